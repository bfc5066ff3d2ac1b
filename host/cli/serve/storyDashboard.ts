import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Scene } from '@cutwater/lab/run/runScenario.ts'
import type { Tools } from '@cutwater/lab/run/Tools.ts'
import type { Scenario } from '@cutwater/lab/scenarios/Scenario.ts'
import * as Station from '../../api/Station.ts'
import { labTools } from '../labTools.ts'
import * as Dashboard from './Dashboard.ts'
import { labRuns } from './labRuns.ts'
import { readAlong } from './lookOn.ts'

/** The lab's story in the browser: what each run's watch observes, one run after the other. */
export type StoryDashboard = {
  readonly url: string
  readonly tokenText: string
  /** tools whose watches the page looks on at */
  readonly tools: Tools
  /** turns the page to a run as soon as its watch has begun */
  follow(scenario: Scenario, seed: number): (scene: Scene) => Promise<void>
  stop(): Promise<void>
}

/** Serves the story on a port, or on any that is free where that is taken. */
export async function storyDashboard(port: number): Promise<StoryDashboard> {
  const station = Station.awaiting('two local chains are started, and a bridge on them')
  const lab = labRuns()
  const options = { token: Dashboard.tokenOf(undefined), reports: Dashboard.anywhere, lab }
  const { url, tokenText, stop } = await Dashboard.open(station, { ...options, port }).catch((error) => {
    if (error instanceof CutwaterError && error.code === 'PORT_TAKEN')
      return Dashboard.open(station, { ...options, port: 0 })
    throw error
  })
  return {
    url,
    tokenText,
    tools: { ...labTools, journal: () => readAlong(station, labTools.journal()) },
    follow: ({ name, incident }, seed) => {
      const generation = `${name}-${seed}`
      return async ({ observer: { bridge, policy, journal } }) => {
        if (station.shown.generation === generation) return
        const showing = { generation, bridge, policy, journal, kind: 'watched', live: true } as const
        await Station.show(station, { ...showing, says: `${name} re-enacts ${incident}` })
      }
    },
    stop: async () => {
      await Promise.all([stop(), lab.stop()])
    },
  }
}
