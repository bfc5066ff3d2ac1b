import type { ComponentType } from 'react'
import type { PageName } from '../client/Route.ts'
import { useRoute } from '../client/useRoute.ts'
import { FindingsPage } from './findings/FindingsPage.tsx'
import { NowPage } from './now/NowPage.tsx'
import { Soon } from './Soon.tsx'
import { TimelinePage } from './timeline/TimelinePage.tsx'

const pages: Readonly<Record<PageName, ComponentType>> = {
  now: NowPage,
  timeline: TimelinePage,
  findings: FindingsPage,
  layers: Soon,
  options: Soon,
  lab: Soon,
  evidence: Soon,
}

/** The page of the route. */
export function Page() {
  const { page } = useRoute()
  const Shown = pages[page]
  return <Shown key={page} />
}
