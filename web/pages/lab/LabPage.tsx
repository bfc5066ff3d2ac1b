import type * as Api from '@cutwater/host/api/schemas.ts'
import { useAnswer } from '../../client/useAnswer.ts'
import { useRoute } from '../../client/useRoute.ts'
import { Answered, Empty, Loading, Trouble } from '../../parts/States.tsx'
import { Run } from './Run.tsx'
import { Runs } from './Runs.tsx'
import { StartRun } from './StartRun.tsx'

/** Attacks on twin bridges on real chains of this machine: one twin with the layers, one without. */
export function LabPage() {
  const { id } = useRoute()
  const scenarios = useAnswer<Api.LabScenarios>('/api/lab/scenarios')
  return (
    <>
      <header className="page-head">
        <h1>Lab</h1>
        <p className="lead">
          Attacks that happened, run again on two bridges on local chains: one with the layers, one without.
          Losses are measured on chain.
        </p>
      </header>
      {scenarios.error?.code === 'LAB_UNAVAILABLE' ? (
        <Empty title="The lab does not run here.">
          It does with <code>npm start</code>, or with <code>npx cutwater serve</code> without a folder.
        </Empty>
      ) : (
        <Answered answer={scenarios} lines={8}>
          {(data) => <Bench scenarios={data.scenarios} id={id} />}
        </Answered>
      )}
    </>
  )
}

function Bench({ scenarios, id }: { scenarios: Api.LabScenarios['scenarios']; id: string | null }) {
  const runs = useAnswer<Api.LabRuns>('/api/lab/runs')
  const newest = runs.data?.runs[0]?.id ?? null
  if (runs.data === undefined) return runs.error === null ? <Loading lines={6} /> : <Trouble answer={runs} />
  return (
    <div className="bench">
      <div>
        <StartRun scenarios={scenarios} />
        <Runs runs={runs.data.runs} shown={id ?? newest} />
      </div>
      {(id ?? newest) === null ? (
        <Empty title="Nothing was run yet.">
          Choose an attack and start it: both twins are shown block by block.
        </Empty>
      ) : (
        <Run id={(id ?? newest)!} scenarios={scenarios} />
      )}
    </div>
  )
}
