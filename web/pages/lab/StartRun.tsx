import type * as Api from '@cutwater/host/api/schemas.ts'
import { useState } from 'react'
import { go } from '../../client/useRoute.ts'
import { Control } from '../../parts/Control.tsx'

/** Which attack, on which seed, against which level of the guard. */
export function StartRun({ scenarios }: { scenarios: Api.LabScenarios['scenarios'] }) {
  const [name, setName] = useState(scenarios[0]?.name ?? '')
  const [seed, setSeed] = useState(1)
  const [level, setLevel] = useState(3)
  const chosen = scenarios.find((each) => each.name === name)
  return (
    <section aria-labelledby="start-title">
      <h2 id="start-title">Start an attack</h2>
      <div className="fields">
        <label>
          Attack
          <select value={name} onChange={(event) => setName(event.target.value)}>
            {scenarios.map((each) => (
              <option key={each.name}>{each.name}</option>
            ))}
          </select>
        </label>
        <label>
          Guard level
          <select value={level} onChange={(event) => setLevel(Number(event.target.value))}>
            <option value={3}>3 prove</option>
            <option value={2}>2 limit</option>
          </select>
        </label>
        <label>
          Seed
          <input
            className="seed"
            type="number"
            min={0}
            max={999_999_999}
            value={seed}
            onChange={(event) => setSeed(Math.max(0, Math.round(Number(event.target.value))))}
          />
        </label>
      </div>
      {chosen !== undefined && (
        <p className="scenario">
          {chosen.says} <span className="quiet">As in: {chosen.incident}.</span>
        </p>
      )}
      <Control<Api.LabRun>
        text="Start it"
        path="/api/lab/runs"
        body={{ name, seed, level }}
        isDisabled={chosen === undefined}
        onDone={({ id }) => go({ id })}
      />
    </section>
  )
}
