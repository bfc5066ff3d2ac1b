import type * as Api from '@cutwater/host/api/schemas.ts'
import { type ReactNode, useEffect } from 'react'
import * as Route from '../client/Route.ts'
import { useNews } from '../client/useNews.ts'
import { useBridge } from '../client/useRecord.ts'
import { useRoute } from '../client/useRoute.ts'
import { Boundary } from './Boundary.tsx'
import { TimeBar } from './TimeBar.tsx'
import { TokenGate } from './TokenGate.tsx'
import { chooseTheme, useTheme } from './useTheme.ts'

/** What stands around every page: where one is, what is shown, and the hand on time. */
export function Shell({ children }: { children: ReactNode }) {
  const route = useRoute()
  const { data: bridge } = useBridge()
  const { link } = useNews()
  const title = Route.pages.find(({ name }) => name === route.page)!.title
  useEffect(() => {
    document.title = `${title} · ${bridge?.name ?? 'Cutwater'}`
  }, [title, bridge?.name])
  // On a narrow screen the navigation scrolls; where one is must be in sight.
  useEffect(() => {
    document.querySelector(`nav [href^="#/${route.page}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [route.page])
  const hasTime = ['now', 'timeline', 'findings'].includes(route.page)
  return (
    <div className={link === 'lost' ? 'shell unheard' : 'shell'}>
      <button type="button" className="skip" onClick={skip}>
        To the content
      </button>
      <header className="top">
        <a className="brand" href={Route.format(Route.home)}>
          <Mark />
          Cutwater
        </a>
        {bridge !== undefined && <Shown bridge={bridge} />}
        <Link />
        <TokenGate />
        <ThemeSwitch />
      </header>
      <nav aria-label="Pages">
        {Route.pages.map(({ name, title: text }) => (
          <a
            key={name}
            href={Route.format({ ...Route.home, page: name, at: route.at, branch: route.branch })}
            aria-current={name === route.page ? 'page' : undefined}
          >
            {text}
          </a>
        ))}
      </nav>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {hasTime && (
        <Boundary what="The time bar" place={Route.format(route)}>
          <TimeBar />
        </Boundary>
      )}
    </div>
  )
}

function Shown({ bridge }: { bridge: Api.Bridge }) {
  return (
    <p className="shown">
      <b>{bridge.name}</b>
      {bridge.synthetic && <span className="badge">SYNTHETIC</span>}
      <span className="quiet">
        {bridge.policy} · {bridge.posture} · level {bridge.level}
      </span>
    </p>
  )
}

/** Whether the server is heard, so that nobody trusts a picture that stands still. */
function Link() {
  const { link } = useNews()
  const text = { connecting: 'connecting', open: 'connected', lost: 'connection lost, trying again' }[link]
  return (
    <p className={`link ${link}`} role="status">
      <i aria-hidden="true" />
      {text}
    </p>
  )
}

function ThemeSwitch() {
  const theme = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <button type="button" className="plain" onClick={() => chooseTheme(other)}>
      {other === 'dark' ? 'Dark' : 'Light'}
    </button>
  )
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path className="near" d="M2 16 12 4h18v24H12z" />
      <path className="mid" d="M9 16l6-7.5h15v15H15z" />
      <path className="far" d="M16 16l3.4-4H30v8H19.4z" />
    </svg>
  )
}

// A link would change the address, which is the route's.
function skip(): void {
  document.querySelector<HTMLElement>('#main')?.focus()
}
