import type { ComponentType } from 'react'
import * as Route from '../client/Route.ts'
import { useRoute } from '../client/useRoute.ts'
import { Boundary } from '../parts/Boundary.tsx'
import { EvidencePage } from './evidence/EvidencePage.tsx'
import { FindingsPage } from './findings/FindingsPage.tsx'
import { LabPage } from './lab/LabPage.tsx'
import { LayersPage } from './layers/LayersPage.tsx'
import { NowPage } from './now/NowPage.tsx'
import { OptionsPage } from './options/OptionsPage.tsx'
import { TimelinePage } from './timeline/TimelinePage.tsx'

const pages: Readonly<Record<Route.PageName, ComponentType>> = {
  now: NowPage,
  timeline: TimelinePage,
  findings: FindingsPage,
  layers: LayersPage,
  options: OptionsPage,
  lab: LabPage,
  evidence: EvidencePage,
}

/** The page of the route. */
export function Page() {
  const route = useRoute()
  const Shown = pages[route.page]
  return (
    <Boundary key={route.page} what="This page" place={Route.format(route)}>
      <Shown />
    </Boundary>
  )
}
