import { format, fromDollars } from '@cutwater/core/units/Usd.ts'
import type { Replayed } from './Translation.ts'

/** What the replays of the recorded attack say, in words; the rows say the rest. */
export function replaySays({ allUsd, staticUsd, honestUsd, signals }: Replayed): string {
  const worst = Math.max(honestUsd, ...signals.map(({ honestWithoutUsd }) => honestWithoutUsd))
  const honest =
    worst === 0
      ? 'nothing is lost, with any of these signals or without it'
      : `at most ${usd(worst)} is lost, whichever signal is left out`
  return `The recorded attack, replayed: with watchers that see what is there ${honest}. With deceived ones the ladder tilted by all signals loses ${usd(allUsd)}, held fixed ${usd(staticUsd)}. One attack is one case: these have no intervals.`
}

export const replayHead = ['left out', 'lost without it', 'having it saves', 'holds more honest releases']

/** One row a signal: the figures of the replay without it, and what having it changed. */
export function replayRows({ signals, honestReleases }: Replayed): readonly string[][] {
  return signals.map(({ says, withoutUsd, savedUsd, heldMore }) => [
    says,
    usd(withoutUsd),
    usd(savedUsd),
    `${heldMore} of ${honestReleases.toLocaleString('en-US')}`,
  ])
}

function usd(dollars: number): string {
  return format(fromDollars(dollars))
}
