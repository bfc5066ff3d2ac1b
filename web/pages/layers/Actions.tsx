import type { Action, PostureState } from '@cutwater/engine/assess/Assessment.ts'
import * as Format from '../../charts/Format.ts'

type ActionsProps = { readonly actions: readonly Action[]; readonly postures: readonly PostureState[] }

/** The next things to do, first things first, and what another posture would hold. */
export function Actions({ actions, postures }: ActionsProps) {
  return (
    <section className="apart" aria-labelledby="actions-title">
      <h2 id="actions-title">What to do next</h2>
      <ol className="actions">
        {actions.map(({ what, because, costUsdPerYear, effect }) => (
          <li key={what}>
            <b>{what}</b>
            <p>{because}</p>
            <p className="quiet">
              {costUsdPerYear === null ? 'costs a decision' : `costs ${Format.usd(costUsdPerYear)} a year`};{' '}
              {effect}
            </p>
          </li>
        ))}
      </ol>
      <p className="quiet">{postures.map(({ sentence }) => sentence).join(' ')}</p>
    </section>
  )
}
