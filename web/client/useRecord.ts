import type * as Api from '@cutwater/host/api/schemas.ts'
import type { Route } from './Route.ts'
import { type Answer, pathOf, useAnswer } from './useAnswer.ts'
import { useSettled } from './useSettled.ts'

/** The bridge that is shown, and how far its journal is. */
export function useBridge(): Answer<Api.Bridge> {
  return useAnswer<Api.Bridge>('/api/bridge')
}

/** Everything known at the moment of a route. */
export function useMoment({ at, branch }: Pick<Route, 'at' | 'branch'>): Answer<Api.State> {
  return useAnswer<Api.State>(pathOf('/api/state', { at, branch }))
}

/** The bridge's life as rows. */
export function useSeries(
  window: { readonly from: number | null; readonly to: number | null },
  points: number,
  branch: string | null,
): Answer<Api.Series> {
  return useAnswer<Api.Series>(pathOf('/api/series', { ...window, points, branch }))
}

type ListOf<T> = { readonly limit: number } & Pick<Route, 'at' | 'branch'> & T

export function useFindings({
  limit,
  at,
  branch,
  filter,
}: ListOf<Partial<Pick<Route, 'filter'>>>): Answer<Api.Findings> {
  const to = useSettled(at, listMilliseconds)
  return useAnswer<Api.Findings>(pathOf('/api/findings', { limit, to, branch, ...filter }))
}

export function useDecisions({ limit, at, branch }: ListOf<unknown>): Answer<Api.Decisions> {
  const to = useSettled(at, listMilliseconds)
  return useAnswer<Api.Decisions>(pathOf('/api/decisions', { limit, to, branch }))
}

export function useActions({ limit, at, branch }: ListOf<unknown>): Answer<Api.Actions> {
  const to = useSettled(at, listMilliseconds)
  return useAnswer<Api.Actions>(pathOf('/api/actions', { limit, to, branch }))
}

// Lists follow a moving hand more slowly than the state does.
const listMilliseconds = 400
