import type * as Api from '@cutwater/host/api/schemas.ts'
import { useQuery } from '@tanstack/react-query'
import { ask } from './ask.ts'
import { type Answer, asAnswer } from './useAnswer.ts'

/** A report and how far it is; `result` is what its command prints as JSON. */
export type Report<T> = { readonly head: Api.ReportHead; readonly result: T | null }

/** A report by name, asked for again while it is being made. */
export function useReport<T>(name: string): Answer<Report<T>> {
  const query = useQuery<Report<T>>({
    queryKey: [`/api/reports/${name}`],
    queryFn: ({ signal }) => ask<Report<T>>(`/api/reports/${name}`, signal),
    refetchInterval: ({ state }) => (state.data?.head.status === 'running' ? 1_000 : false),
  })
  return asAnswer(query)
}
