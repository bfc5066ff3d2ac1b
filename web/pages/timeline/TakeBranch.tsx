import { names as policies } from '@cutwater/core/bridge/BridgePolicy.ts'
import { names as postures } from '@cutwater/core/ladder/Posture.ts'
import type * as Api from '@cutwater/host/api/schemas.ts'
import { useState } from 'react'
import * as Format from '../../charts/Format.ts'
import { useBridge } from '../../client/useRecord.ts'
import { go, useRoute } from '../../client/useRoute.ts'
import { Control } from '../../parts/Control.tsx'

/** Another policy from the moment that is shown on: the same past, another future. */
export function TakeBranch() {
  const { at } = useRoute()
  const { data: bridge } = useBridge()
  const [policy, setPolicy] = useState<string>('none')
  const [posture, setPosture] = useState<string>('balanced')
  const [level, setLevel] = useState(3)
  const from = at ?? bridge?.range?.to ?? null
  return (
    <section aria-labelledby="branch-title">
      <h2 id="branch-title">Branch from here</h2>
      <p className="quiet">
        {from === null
          ? 'There is no moment to branch from yet.'
          : `The same past until ${Format.time(from)} UTC, then folded on under another policy.`}
      </p>
      <div className="fields">
        <Choice name="Policy" value={policy} options={policies} choose={setPolicy} />
        <Choice name="Posture" value={posture} options={postures} choose={setPosture} />
        <label>
          Guard level
          <select value={level} onChange={(event) => setLevel(Number(event.target.value))}>
            {['observe', 'pause', 'limit', 'prove'].map((text, each) => (
              <option key={text} value={each}>
                {each} {text}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Control<Api.Branch>
        text="Take this branch"
        path="/api/branches"
        body={{ at: from ?? 0, policy, posture, level }}
        isDisabled={from === null}
        meanwhile={bridge?.says ?? null}
        onDone={({ id }) => go({ versus: id })}
      />
    </section>
  )
}

type ChoiceProps = {
  readonly name: string
  readonly value: string
  readonly options: readonly string[]
  readonly choose: (value: string) => void
}

function Choice({ name, value, options, choose }: ChoiceProps) {
  return (
    <label>
      {name}
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  )
}
