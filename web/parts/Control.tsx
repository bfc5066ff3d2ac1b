import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { useState } from 'react'
import { send } from '../client/ask.ts'
import { answers } from '../client/useAnswer.ts'
import { keepToken, useToken } from '../client/useToken.ts'

export type ControlProps<T> = {
  readonly text: string
  readonly path: string
  readonly body?: unknown
  readonly isDisabled?: boolean
  /** what is known of how far it is, while it goes on */
  readonly meanwhile?: string | null
  readonly onDone?: (result: T) => void
}

/** A button that changes something: it needs the token, and says what the server said of it. */
export function Control<T>(props: ControlProps<T>) {
  const { text, path, body, isDisabled = false, meanwhile = null, onDone } = props
  const token = useToken()
  const [says, setSays] = useState<CutwaterError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const act = async () => {
    setBusy(true)
    setSays(null)
    try {
      const result = await send<T>(path, token ?? '', body)
      onDone?.(result)
      await answers.invalidateQueries()
    } catch (error) {
      const refused = error instanceof CutwaterError ? error : new CutwaterError('PAGE_FAILED', String(error))
      // A token that does not fit is worth nothing; whoever has the right one is asked again.
      if (refused.code === 'TOKEN_REFUSED') keepToken(null)
      setSays(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="control">
      <button type="button" disabled={isDisabled || isBusy || token === null} onClick={() => void act()}>
        {isBusy ? 'Working …' : text}
      </button>
      {isBusy && meanwhile !== null && <span role="status">{meanwhile}</span>}
      {token === null && says === null && <span className="quiet">Unlock controls first.</span>}
      {says !== null && (
        <span className="refused" role="alert">
          {says.what}
          {says.right === undefined ? '' : `; what would be right: ${says.right}`} <code>{says.code}</code>
        </span>
      )}
    </div>
  )
}
