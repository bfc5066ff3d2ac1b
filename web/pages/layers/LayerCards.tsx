import type { LayerState } from '@cutwater/engine/assess/Assessment.ts'
import * as Format from '../../charts/Format.ts'

/** The three layers beside each other: weight against base, stress, budget, and what each carries. */
export function LayerCards({ layers }: { layers: readonly LayerState[] }) {
  return (
    <div className="cards">
      {layers.map(({ layer, name, weight, base, stress, budgetUsdPerYear, carries, marginal, sentence }) => (
        <section key={layer} className={`card ${layer}`} aria-label={name}>
          <h2>{name}</h2>
          <p className="big">
            {Format.percent(weight)}
            <small>base {Format.percent(base)}</small>
          </p>
          <dl>
            <dt>stress</dt>
            <dd>{stress.toFixed(2)}</dd>
            <dt>budget a year</dt>
            <dd>{Format.usd(budgetUsdPerYear)}</dd>
            <dt>of what is saved</dt>
            <dd>{Format.percent(carries)}</dd>
            <dt>one more dollar saves</dt>
            <dd>{Format.usd(marginal)}</dd>
          </dl>
          <p className="unseen">{sentence}</p>
        </section>
      ))}
    </div>
  )
}
