import type { Economics as State, Unsaid } from '@cutwater/engine/assess/Assessment.ts'
import { useCallback, useMemo } from 'react'
import * as Format from '../../charts/Format.ts'
import type { View } from '../../charts/parts.ts'
import { parts, waterfallChart, waterfallHeight } from '../../charts/waterfallChart.ts'
import { Chart } from '../../parts/Chart.tsx'
import { Fact } from '../../parts/Fact.tsx'
import { Key } from '../../parts/Key.tsx'

/** What an attack costs and pays, what cover costs, and where the budget breaks even; or why that cannot be said. */
export function Economics({ economics }: { economics: State }) {
  const { budgetUsdPerYear, boundUsd, breakEven, corruption, cover, exit, optimistic, year } = economics
  return (
    <section className="apart" aria-labelledby="economics-title">
      <h2 id="economics-title">Economics</h2>
      {isSaid(year) && <Year year={year} />}
      <dl className="facts wide">
        <Fact name="Budget a year">{Format.usd(budgetUsdPerYear)}</Fact>
        <Fact name="Loss bound">{boundUsd === null ? 'nothing bounds a loss' : Format.usd(boundUsd)}</Fact>
        <Fact name="Break-even">
          {isSaid(breakEven) ? (
            <BreakEven point={breakEven.point} hurdle={breakEven.hurdle} measured={breakEven.measured} />
          ) : (
            breakEven.why
          )}
        </Fact>
        <Fact name="Corruption">
          {isSaid(corruption) ? (
            numbersOf(corruption)
          ) : (
            <span className="quiet">Cannot be said: {corruption.why}.</span>
          )}
        </Fact>
        <Fact name="Cover">
          {isSaid(cover)
            ? `${Format.usd(cover.inForceUsd)} in force; premium ${Format.usd(cover.premiumUsd)} a year, ${Format.usd(cover.unboundedPremiumUsd)} without the guard’s bound`
            : cover.why}
        </Fact>
        <Fact name="Exit">
          {isSaid(exit) ? numbersOf(exit) : <span className="quiet">Cannot be said: {exit.why}.</span>}
        </Fact>
        <Fact name="Fraud window">
          {isSaid(optimistic) ? (
            numbersOf(optimistic)
          ) : (
            <span className="quiet">Cannot be said: {optimistic.why}.</span>
          )}
        </Fact>
      </dl>
    </section>
  )
}

type YearProps = { readonly year: Exclude<State['year'], Unsaid> }

function Year({ year }: YearProps) {
  const rows = useMemo(() => {
    const { baselineUsd, preventedUsd, coveredUsd, backstoppedUsd, shortfallUsd } = year
    const lostUsd = baselineUsd - preventedUsd
    return [{ label: 'a year', lostUsd, preventedUsd, coveredUsd, backstoppedUsd, shortfallUsd }]
  }, [year])
  const option = useCallback((view: View) => waterfallChart(rows, view), [rows])
  return (
    <figure>
      <Key entries={parts.map(({ name, colour }) => ({ name, colour }))} />
      <Chart
        label={`Expected loss a year, ${Format.usd(year.baselineUsd)}, by the layer that meets it; users lose ${Format.usd(year.shortfallUsd)}`}
        option={option}
        height={waterfallHeight(rows)}
      />
      <figcaption>
        Expected loss a year by the layer that meets it, modelled from the record of incidents.
      </figcaption>
    </figure>
  )
}

function BreakEven({ point, hurdle, measured }: { point: number; hurdle: number; measured: boolean }) {
  const most = Math.max(point, hurdle, 0.001) * 1.15
  const width = (share: number) => `${((100 * Math.max(0, share)) / most).toFixed(1)}%`
  return (
    <>
      <span className="against" aria-hidden="true">
        <i className={point > hurdle ? 'over' : undefined} style={{ width: width(point) }} />
        <b style={{ left: width(hurdle) }} />
      </span>
      Security costs {Format.percent(point)} of value a year; the hurdle, WACC less yield, is{' '}
      {Format.percent(hurdle)}. {point > hurdle ? 'It is passed: raise cover.' : 'It is not passed.'}{' '}
      {!measured && <span className="quiet">Both are assumed, not measured.</span>}
    </>
  )
}

function isSaid<T extends object>(part: T | Unsaid): part is T {
  return !('why' in part)
}

/** The parts of a result in words: `stakeUsd` is a "stake" in dollars. */
function numbersOf(result: object): string {
  return Object.entries(result)
    .flatMap(([name, value]) => {
      if (typeof value === 'boolean') return [`${Format.words(name)}: ${value ? 'yes' : 'no'}`]
      if (typeof value !== 'number') return []
      const text = name.endsWith('Usd') ? Format.usd(value) : Format.plain(value)
      return [`${Format.words(name.replace(/Usd$/, ''))} ${text}`]
    })
    .join(' · ')
}
