import type * as Api from '@cutwater/host/api/schemas.ts'
import { useQuery } from '@tanstack/react-query'
import { ask } from './ask.ts'
import { type Answer, answers, asAnswer } from './useAnswer.ts'

/** A report and how far it is; `result` is what its command prints as JSON. */
export type Report<T> = { readonly head: Api.ReportHead; readonly result: T | null }

/** A report by name; how far it is comes by itself, and now and then it is asked for all the same. */
export function useReport<T>(name: string): Answer<Report<T>> {
  const query = useQuery<Report<T>>({
    queryKey: [`/api/reports/${name}`],
    queryFn: ({ signal }) => ask<Report<T>>(`/api/reports/${name}`, signal),
    refetchInterval: ({ state }) => (state.data?.head.status === 'running' ? 5_000 : false),
  })
  return asAnswer(query)
}

/** Takes in how far a report is; one that is over is asked for. */
export function keepHead(head: Api.ReportHead): void {
  const key = [`/api/reports/${head.name}`]
  if (head.status === 'running')
    answers.setQueryData<Report<unknown>>(key, (known) => known && { ...known, head })
  else void answers.invalidateQueries({ queryKey: key })
}
