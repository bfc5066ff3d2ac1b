import type { PlanResult } from '@cutwater/engine/plan/PlanResult.ts'
import { useCallback } from 'react'
import * as Format from '../../charts/Format.ts'
import type { View } from '../../charts/parts.ts'
import { termChart, termHeight } from '../../charts/termChart.ts'
import { Chart } from '../../parts/Chart.tsx'
import { Export } from '../../parts/Export.tsx'
import { Fact } from '../../parts/Fact.tsx'
import { Key } from '../../parts/Key.tsx'
import { Empty } from '../../parts/States.tsx'

/** What the rules would have done at this close, as orders to type in; none is sent. */
export function Plan({ plan }: { plan: PlanResult }) {
  const { date, decision, orders, term, maxLossUsd, equityUsd, notes } = plan
  const option = useCallback((view: View) => termChart(term, view), [term])
  return (
    <>
      <p className="sentence">{decision.sentence.replace(/^\S+Z: /, `${date}: `)}</p>
      <div className="columns">
        <div>
          <h3>VIX term structure at the close of {date}</h3>
          <Key
            entries={[
              { name: 'indices', colour: 'near' },
              { name: 'futures', colour: 'mid' },
            ]}
          />
          {term.length === 0 ? (
            <Empty title="No level is known for this day." />
          ) : (
            <Chart label={termSays(plan)} option={option} height={termHeight} />
          )}
        </div>
        <dl className="facts">
          <Fact name="Equity">{Format.usd(equityUsd)}</Fact>
          <Fact name="Condors can lose">{Format.usd(maxLossUsd.condors)}</Fact>
          <Fact name="Hedges can lose">{Format.usd(maxLossUsd.hedges)}</Fact>
          {plan.greeks.filter(isHeld).map(({ owner, delta, vega, theta }) => (
            <Fact key={owner} name={owner}>
              {`${Format.plain(delta)} $ a point · ${Format.plain(vega)} $ a vol point · ${Format.plain(theta)} $ a day`}
            </Fact>
          ))}
        </dl>
      </div>
      <div className="row between">
        <h3>Orders</h3>
        <Export name="orders" rows={orders} />
      </div>
      {orders.length === 0 ? (
        <Empty title="Nothing is to be traded today." />
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th>Side</th>
                <th className="n">Quantity</th>
                <th>Instrument</th>
                <th className="n">
                  Limit<small>$</small>
                </th>
                <th className="n">
                  Bid – ask<small>$</small>
                </th>
                <th>Because</th>
              </tr>
            </thead>
            <tbody>
              {orders.map(({ side, quantity, instrument, limit, bid, ask, because }) => (
                <tr key={`${side} ${instrument}`}>
                  <td>{side}</td>
                  <td className="n">{quantity}</td>
                  <th scope="row">{instrument}</th>
                  <td className="n">{limit.toFixed(2)}</td>
                  <td className="n">
                    {bid.toFixed(2)} – {ask.toFixed(2)}
                  </td>
                  <td className="words">{because}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ul className="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}

function isHeld({ delta, gamma, vega, theta }: PlanResult['greeks'][number]): boolean {
  return [delta, gamma, vega, theta].some((greek) => greek !== 0)
}

function termSays({ term, date }: PlanResult): string {
  return `VIX term structure of ${date}: ${term.map(({ of, days, points }) => `${of} at ${days} days ${points.toFixed(2)}`).join(', ')}`
}
