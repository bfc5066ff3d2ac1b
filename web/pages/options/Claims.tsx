import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import * as Format from '../../charts/Format.ts'
import { Export } from '../../parts/Export.tsx'

/** What the method says of itself, claim by claim, held against what was measured. */
export function Claims({ claims }: { claims: BacktestResult['claims'] }) {
  return (
    <section className="apart" aria-labelledby="claims-title">
      <div className="row between">
        <h2 id="claims-title">Claims</h2>
        <Export name="claims" rows={claims} />
      </div>
      <div className="scroll">
        <table className="stacking claims">
          <thead>
            <tr>
              <th>Claim</th>
              <th className="n">
                Measured<small>95%</small>
              </th>
              <th>Verdict</th>
              <th>Why</th>
            </tr>
          </thead>
          <tbody>
            {claims.map(({ id, claimed, measured, low, high, verdict, why }) => (
              <tr key={id}>
                <th scope="row">
                  <span className="quiet">{id}</span> {claimed}
                </th>
                <td className="n" data-head="Measured">
                  {measured === null ? '–' : Format.signedPercent(measured)}
                  {low !== null && high !== null && <small>{Format.between([low, high])}</small>}
                </td>
                <td className={`verdict ${verdict.replaceAll(' ', '-')}`} data-head="Verdict">
                  {verdict}
                </td>
                <td className="words">{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
