import { useRef } from 'react'
import { keepToken, useToken } from '../client/useToken.ts'

/** Where the token for controls is given, and taken back. */
export function TokenGate() {
  const token = useToken()
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  if (token !== null) {
    return (
      <button type="button" className="plain" onClick={() => keepToken(null)}>
        Lock controls
      </button>
    )
  }
  return (
    <>
      <button type="button" className="plain" onClick={() => dialog.current?.showModal()}>
        Unlock controls
      </button>
      <dialog ref={dialog} aria-labelledby="token-title">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const given = field.current?.value.trim() ?? ''
            if (given !== '') keepToken(given)
            dialog.current?.close()
          }}
        >
          <h2 id="token-title">Unlock controls</h2>
          <p>
            Reading needs no key. Branches, reports, attacks of the lab and stops need the token that{' '}
            <code>cutwater serve</code> printed when it began. It is kept in this tab only.
          </p>
          <label>
            Token
            <input ref={field} type="password" autoComplete="off" required />
          </label>
          <div className="row">
            <button type="submit">Unlock</button>
            <button type="button" className="plain" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}
