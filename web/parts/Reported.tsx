import type * as Api from '@cutwater/host/api/schemas.ts'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import * as Format from '../charts/Format.ts'
import { useReport } from '../client/useReport.ts'
import { Boundary } from './Boundary.tsx'
import { Control } from './Control.tsx'
import { Empty, Loading, Trouble } from './States.tsx'
import { Time } from './Time.tsx'

/** A report of the program on the page: not made yet, being made, made, failed, or not offered here. */
export function Reported<T>({ name, what, children }: ReportedProps<T>) {
  const answer = useReport<T>(name)
  if (answer.data === undefined) {
    if (answer.error?.code === 'REPORT_UNKNOWN') {
      return (
        <Empty title={`${what} is not offered here.`}>
          This server was started on a record that it cannot be made of.
        </Empty>
      )
    }
    return answer.error === null ? <Loading lines={5} /> : <Trouble answer={answer} />
  }
  const { head, result } = answer.data
  if (result !== null && head.status === 'done') {
    return (
      <>
        <Boundary what={what} place={`${head.endedAt}`}>
          <Drawn result={result} draw={children} />
        </Boundary>
        <Made head={head} />
      </>
    )
  }
  if (head.status === 'running') return <Running head={head} />
  return <NotYet head={head} what={what} />
}

type ReportedProps<T> = {
  readonly name: string
  /** what it is called where it is missing */
  readonly what: string
  readonly children: (result: T) => ReactNode
}

// A component of its own, so that what fails in it fails within the boundary.
function Drawn<T>({ result, draw }: { result: T; draw: ReportedProps<T>['children'] }) {
  return draw(result)
}

function NotYet({ head, what }: { head: Api.ReportHead; what: string }) {
  return (
    <Empty title={head.status === 'failed' ? `${what} could not be made.` : `${what} was not made yet.`}>
      {head.says !== null && <p className="refused">{head.says}</p>}
      <p>
        It is what this prints: <Command text={`npx ${head.command}`} />
      </p>
      <Control text={head.status === 'failed' ? 'Try again' : 'Make it'} path={`/api/reports/${head.name}`} />
    </Empty>
  )
}

// A line ends between two words of a command, never within one: a browser would break after a hyphen.
function Command({ text }: { text: string }) {
  return (
    <code className="command">
      {text.split(' ').map((word, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words of one text never move
        <Fragment key={i}>
          {i > 0 && ' '}
          <span>{word}</span>
        </Fragment>
      ))}
    </code>
  )
}

function Running({ head }: { head: Api.ReportHead }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.round(now / 1000 - (head.startedAt ?? now / 1000)))
  const { progress } = head
  return (
    <div className="running">
      <progress aria-label={`Making ${head.name}`} value={progress?.share} />
      <p>
        <Command text={head.command} /> has run for {seconds} s
        {progress !== null && `: ${progress.step}, ${Format.percent(progress.share)} of it done`}.
      </p>
    </div>
  )
}

function Made({ head }: { head: Api.ReportHead }) {
  return (
    <footer className="made">
      <span>
        Made by <Command text={head.command} />
        {head.endedAt !== null && (
          <>
            {' '}
            at <Time at={head.endedAt} />
          </>
        )}
      </span>
      <Control text="Make it anew" path={`/api/reports/${head.name}`} />
    </footer>
  )
}
