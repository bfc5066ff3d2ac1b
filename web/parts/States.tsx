import type { ReactNode } from 'react'
import type { Answer } from '../client/useAnswer.ts'

/** What is shown while there is no answer, when there is none to be had, and once it is there. */
export function Answered<T>({
  answer,
  children,
  lines = 4,
}: {
  answer: Answer<T>
  children: (data: T) => ReactNode
  lines?: number
}) {
  if (answer.data !== undefined) {
    return (
      <div className={answer.error === null ? undefined : 'stale'} aria-busy={answer.isStale}>
        {answer.error !== null && (
          <p className="stale-note" role="status">
            Shown as last known: {answer.error.what}. <Retry retry={answer.retry} />
          </p>
        )}
        {children(answer.data)}
      </div>
    )
  }
  if (answer.error !== null) return <Trouble answer={answer} />
  return <Loading lines={lines} />
}

export function Loading({ lines }: { lines: number }) {
  return (
    <div className="loading" role="status">
      <span className="unseen">Loading</span>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key) => (
        <i key={key} />
      ))}
    </div>
  )
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <b>{title}</b>
      {children !== undefined && <div>{children}</div>}
    </div>
  )
}

/** What went wrong, where, and what would be right. */
export function Trouble({ answer }: { answer: Pick<Answer<unknown>, 'error' | 'retry'> }) {
  const { code, what, where, right } = answer.error!
  return (
    <div className="trouble" role="alert">
      <b>{what}</b>
      <p>
        {where !== undefined && <>{where}. </>}
        {right !== undefined && <>What would be right: {right}. </>}
        <code>{code}</code>
      </p>
      <Retry retry={answer.retry} />
    </div>
  )
}

function Retry({ retry }: { retry: () => void }) {
  return (
    <button type="button" className="plain" onClick={retry}>
      Ask again
    </button>
  )
}
