import type { Translation } from '@cutwater/engine/translate/Translation.ts'
import * as Format from '../../charts/Format.ts'
import { Fact } from '../../parts/Fact.tsx'

/** The questions behind the table, each with its figure. */
export function Answers({ translation }: { translation: Translation }) {
  const { split, breakEvenSignal, singleLayer, adversary } = translation
  const best = [split.best.near, split.best.mid, split.best.far]
    .map((share) => Math.round(100 * share))
    .join('/')
  return (
    <section className="apart" aria-labelledby="answers-title">
      <h2 id="answers-title">The answers</h2>
      <dl className="facts wide">
        <Fact name="How far is 4/4/2 from the best split?">
          The best is {best}; 4/4/2 costs {pct(split.regretOf442Pct)} more ({pct(split.low)} to{' '}
          {pct(split.high)}).
        </Fact>
        <Fact name="How informative must a signal be?">
          A signal must catch {Format.percent(breakEvenSignal.hitRate)} of attacks
          {breakEvenSignal.falseAlarmRate === null
            ? '; no number of false alarms is small enough'
            : ` with at most ${Format.plain(breakEvenSignal.falseAlarmRate)} false alarms a year`}
          . The record has a sign before {Format.percent(breakEvenSignal.recordHitRate)} of incidents.
        </Fact>
        <Fact name="What does one wall lose?">
          {singleLayer
            .map(
              ({ name, aboveLadderPct, low, high }) =>
                `${name} costs ${pct(aboveLadderPct)} of the ladder’s more (${pct(low)} to ${pct(high)})`,
            )
            .join('; ')}
          .
        </Fact>
        <Fact name="And one who knows the policy?">
          Against {adversary.policy} the freest attacker takes {Format.plain(adversary.ratio)} times what the
          naive one does ({Format.plain(adversary.low)} to {Format.plain(adversary.high)}).
        </Fact>
      </dl>
    </section>
  )
}

function pct(value: number): string {
  return `${Format.fixed(value, 1)}%`
}
