import type { Assessment } from '@cutwater/engine/assess/Assessment.ts'
import type { SimulationResult } from '@cutwater/engine/simulate/SimulationResult.ts'
import * as Format from '../../charts/Format.ts'
import { Export } from '../../parts/Export.tsx'
import { Reported } from '../../parts/Reported.tsx'
import { Time } from '../../parts/Time.tsx'
import { Actions } from './Actions.tsx'
import { Economics } from './Economics.tsx'
import { LayerCards } from './LayerCards.tsx'
import { Parameters } from './Parameters.tsx'
import { Setup } from './Setup.tsx'
import { SignalTable } from './SignalTable.tsx'
import { Simplex } from './Simplex.tsx'

/** The board's page: what each layer costs and carries, what to do next, and how that follows. */
export function LayersPage() {
  return (
    <>
      <header className="page-head">
        <h1>Layers and economics</h1>
        <p className="lead">
          What the board decides about: where the budget stands, what it buys, what to do next.
        </p>
      </header>
      <Reported<Assessment> name="assess" what="The assessment">
        {(assessment) => (
          <>
            <div className="row between">
              <p className="quiet">
                {assessment.bridge.name} at <Time at={assessment.at} isShort />, {assessment.posture},{' '}
                {Format.usd(assessment.lockedUsd)} locked
              </p>
              <Export name="assessment" rows={assessment.signals} />
            </div>
            <LayerCards layers={assessment.layers} />
            <Actions actions={assessment.actions} postures={assessment.postures} />
            <Economics economics={assessment.economics} />
            <SignalTable signals={assessment.signals} />
            <Setup lint={assessment.lint} doubts={assessment.doubts} notes={assessment.notes} />
            <Parameters parameters={assessment.economics.parameters} />
          </>
        )}
      </Reported>
      <section aria-labelledby="simplex-title" className="apart">
        <h2 id="simplex-title">Every split of the budget</h2>
        <Reported<SimulationResult> name="simulate" what="The simulation">
          {(simulation) => <Simplex simulation={simulation} />}
        </Reported>
      </section>
    </>
  )
}
