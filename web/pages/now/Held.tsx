import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { Sentence } from '../../parts/Sentence.tsx'
import { Empty } from '../../parts/States.tsx'
import { Time } from '../../parts/Time.tsx'

/** What is stopped and what waits, each with its reason and since when. */
export function Held({ state }: { state: Api.State }) {
  const { pauses, waiting, waitingCount, at } = state
  const inForce = pauses.filter(({ until }) => until === null || until > at)
  const newest = waiting.toReversed()
  const shown = newest.slice(0, mostShown)
  return (
    <section aria-labelledby="held-title">
      <h2 id="held-title">
        What is held <small>{waitingCount === 0 ? '' : Format.counted(waitingCount, 'leg')}</small>
      </h2>
      {inForce.length > 0 && (
        <ul className="stops">
          {inForce.map(({ scope, until, reason, at: since }) => (
            <li key={`${scope}:${since}`}>
              <b>{scope} is stopped</b>
              <p>
                <Sentence text={reason} />
              </p>
              <p className="quiet">
                since <Time at={since} />,{' '}
                {until === null ? (
                  'until people end it'
                ) : (
                  <>
                    until <Time at={until} />
                  </>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {shown.length === 0 ? (
        <Empty title="Nothing waits.">Every leg has passed, or none has come.</Empty>
      ) : (
        <ul className="waiting">
          {shown.map(({ event, lane, usd, since, reason, proven }) => (
            <li key={event} title={event}>
              <b>{usd === null ? 'no price' : Format.usd(usd)}</b>
              <span>{lane}</span>
              <Time at={since} isShort />
              <span className="quiet">
                {reasons[reason] ?? reason}
                {proven ? '; proven, it will pass' : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
      {waitingCount > shown.length && (
        <p className="quiet">and {Format.count(waitingCount - shown.length)} more, older ones.</p>
      )}
    </section>
  )
}

const mostShown = 6

const reasons: Readonly<Record<string, string>> = {
  limit: 'the limit of its lane is used up',
  large: 'larger than its lane lets through at once',
  unproven: 'nothing proves its source',
  paused: 'its lane is stopped',
}
