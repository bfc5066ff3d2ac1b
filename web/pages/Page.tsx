import type { ComponentType } from 'react'
import type { PageName } from '../client/Route.ts'
import { useRoute } from '../client/useRoute.ts'
import { EvidencePage } from './evidence/EvidencePage.tsx'
import { FindingsPage } from './findings/FindingsPage.tsx'
import { LabPage } from './lab/LabPage.tsx'
import { LayersPage } from './layers/LayersPage.tsx'
import { NowPage } from './now/NowPage.tsx'
import { OptionsPage } from './options/OptionsPage.tsx'
import { TimelinePage } from './timeline/TimelinePage.tsx'

const pages: Readonly<Record<PageName, ComponentType>> = {
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
  const { page } = useRoute()
  const Shown = pages[page]
  return <Shown key={page} />
}
