import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import type { PlanResult } from '@cutwater/engine/plan/PlanResult.ts'
import { Reported } from '../../parts/Reported.tsx'
import { Claims } from './Claims.tsx'
import { Ladder } from './Ladder.tsx'
import { Plan } from './Plan.tsx'
import { Variants } from './Variants.tsx'

/** The ladder's other side: condors under VIX calls, each part by itself, and what it would do today. */
export function OptionsPage() {
  return (
    <>
      <header className="page-head">
        <h1>Options book</h1>
        <p className="lead">
          Condors on the S&amp;P 500 under a ladder of VIX calls, on recorded markets: the method this project
          comes from.
        </p>
      </header>
      <Reported<BacktestResult> name="backtest" what="The backtest">
        {(result) => (
          <>
            <Variants result={result} />
            <Ladder result={result} />
            <Claims claims={result.claims} />
          </>
        )}
      </Reported>
      <section className="apart" aria-labelledby="plan-title">
        <h2 id="plan-title">Today’s plan</h2>
        <Reported<PlanResult> name="plan" what="The plan">
          {(plan) => <Plan plan={plan} />}
        </Reported>
      </section>
    </>
  )
}
