import type * as Api from '@cutwater/host/api/schemas.ts'
import { useState } from 'react'
import { useToken } from '../../client/useToken.ts'
import { Control } from '../../parts/Control.tsx'

/** A person's order to the guard: stop one chain's bridge for a while. A dry run unless it is said to be meant. */
export function StopBridge({ bridge }: { bridge: Api.Bridge }) {
  const token = useToken()
  const [chain, setChain] = useState(bridge.chains[0]?.id ?? 0)
  const [hours, setHours] = useState(6)
  const [reason, setReason] = useState('')
  const [isMeant, setMeant] = useState(false)
  const [id, setId] = useState(newId)
  const [outcome, setOutcome] = useState<Api.Outcome | null>(null)
  if (!bridge.live || token === null || bridge.chains.length === 0) return null
  return (
    <details className="apart">
      <summary>Stop the bridge by hand</summary>
      <div className="fields">
        <label>
          On chain
          <select value={chain} onChange={(event) => setChain(Number(event.target.value))}>
            {bridge.chains.map(({ id: each, name }) => (
              <option key={each} value={each}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          For
          <select value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {[1, 6, 24, 72].map((each) => (
              <option key={each} value={each}>
                {each} h
              </option>
            ))}
          </select>
        </label>
        <label>
          Reason
          <input value={reason} maxLength={240} onChange={(event) => setReason(event.target.value)} />
        </label>
        <label>
          <input type="checkbox" checked={isMeant} onChange={(event) => setMeant(event.target.checked)} />
          Send it to the chain
        </label>
      </div>
      <Control<Api.Outcome>
        text={isMeant ? 'Stop it now' : 'Say what would be sent'}
        path="/api/actions"
        body={{ id, kind: 'pause', scope: 'bridge', chain, seconds: hours * 3_600, reason, dryRun: !isMeant }}
        isDisabled={reason.trim().length < 3}
        onDone={(done) => {
          setOutcome(done)
          // The next order is another one; sent again under the same name it would not be done again.
          if (isMeant) setId(newId())
        }}
      />
      {outcome !== null && (
        <p role="status">
          {outcome.kind}: {outcome.says}
        </p>
      )}
    </details>
  )
}

function newId(): string {
  return `page-${crypto.randomUUID()}`
}
