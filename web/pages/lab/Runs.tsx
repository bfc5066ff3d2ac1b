import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { format, home } from '../../client/Route.ts'
import { Time } from '../../parts/Time.tsx'

/** What was run, newest first. */
export function Runs({ runs, shown }: { runs: Api.LabRuns['runs']; shown: string | null }) {
  if (runs.length === 0) return null
  return (
    <section className="apart" aria-labelledby="runs-title">
      <h2 id="runs-title">Runs</h2>
      <ul className="run-list">
        {runs.map(({ id, name, level, status, startedAt, result }) => (
          <li key={id}>
            <a href={format({ ...home, page: 'lab', id })} aria-current={id === shown ? 'true' : undefined}>
              <b>{name}</b>
              <span>
                {result === null
                  ? status
                  : `${Format.usd(result.on.lostUsd)} of ${Format.usd(result.off.lostUsd)} lost`}
              </span>
              <span className="quiet">
                level {level} · <Time at={startedAt} isShort />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
