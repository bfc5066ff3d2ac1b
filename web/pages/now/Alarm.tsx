import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { Sentence } from '../../parts/Sentence.tsx'
import { Time } from '../../parts/Time.tsx'

type AlarmProps = { readonly state: Api.State; readonly says: string | null; readonly isLive: boolean }

/** The one word a whole room should read, and the sentence for who walks up to it. */
export function Alarm({ state, says, isLive }: AlarmProps) {
  const { alarm, at } = state
  return (
    <section className={`state-band ${alarm}`} aria-label="State" aria-live="polite">
      <h1>{words[alarm]}</h1>
      <p className="state-says">
        <Sentence text={sentenceOf(state)} />
      </p>
      <p className="state-at">
        <span>
          {isLive ? 'Live' : 'As of'} <Time at={at} />
        </span>
        {says !== null && <span>{says}</span>}
      </p>
    </section>
  )
}

const words = { calm: 'Calm', watch: 'Watch', stopped: 'Stopped' } as const

function sentenceOf({ alarm, pauses, at, waitingCount, stress }: Api.State): string {
  const waiting =
    waitingCount === 0
      ? 'Nothing waits.'
      : `${Format.counted(waitingCount, 'leg')} ${waitingCount === 1 ? 'is' : 'are'} held.`
  if (alarm === 'calm') return `Nothing is stopped. ${waiting}`
  if (alarm === 'watch')
    return `Something presses: the guard stands at stress ${stress.near.toFixed(2)}. ${waiting}`
  const [pause] = pauses.filter(({ until }) => until === null || until > at)
  const more = pauses.length > 1 ? ` and ${Format.counted(pauses.length - 1, 'other stop')}` : ''
  return `${pause?.scope ?? 'The bridge'}${more}: ${pause?.reason ?? 'stopped'}. ${waiting}`
}
