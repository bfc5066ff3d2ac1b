import type * as Api from '@cutwater/host/api/schemas.ts'
import { useState } from 'react'
import { incidentNote } from './incidentNote.ts'

/** Copies a finding as a note; where the browser does not let it be copied, it is shown to be copied by hand. */
export function CopyNote({ finding }: { finding: Api.Finding }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const note = incidentNote(finding, location.href)
  const copy = () =>
    navigator.clipboard.writeText(note).then(
      () => setState('copied'),
      () => setState('refused'),
    )
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {state === 'copied' ? 'Copied' : 'Copy as incident note'}
      </button>
      {state === 'refused' && (
        <label className="note">
          Incident note
          <textarea readOnly rows={10} value={note} onFocus={(event) => event.target.select()} />
        </label>
      )}
    </>
  )
}
