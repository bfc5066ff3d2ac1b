import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { keepPreviousData, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { ask } from './ask.ts'

/** What is known of an answer: nothing yet, the answer, an older one while the next comes, or why there is none. */
export type Answer<T> = {
  readonly data: T | undefined
  readonly error: CutwaterError | null
  /** nothing to show yet */
  readonly isLoading: boolean
  /** what is shown answers an earlier question, or could not be asked again */
  readonly isStale: boolean
  retry(): void
}

/** One memory of answers for the whole page. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 60_000,
      // Of a refusal nothing changes by asking again; a server that is away comes back.
      retry: (count, error) => count < 2 && isUnreachable(error),
      retryDelay: (count) => 500 * 2 ** count,
      refetchOnWindowFocus: false,
    },
  },
})

/** The answer to a path of the API; null asks nothing. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const query = useQuery<T>({
    queryKey: [path],
    queryFn: ({ signal }) => ask<T>(path!, signal),
    enabled: path !== null,
    placeholderData: keepPreviousData,
  })
  const answer = asAnswer(query)
  const last = useRef(answer.data)
  if (answer.data !== undefined) last.current = answer.data
  // A refusal is an answer too; silence is none, and takes nothing away that was known.
  const isSilence = answer.data === undefined && query.error !== null && isUnreachable(query.error)
  return isSilence ? { ...answer, data: last.current, isStale: last.current !== undefined } : answer
}

/** A query of the library, as the page reads it. */
export function asAnswer<T>(query: UseQueryResult<T>): Answer<T> {
  return {
    data: query.data,
    error: query.error === null ? null : asCutwaterError(query.error),
    isLoading: query.isLoading,
    isStale: query.isPlaceholderData || (query.data !== undefined && query.error !== null),
    retry: () => void query.refetch(),
  }
}

/** A path with its query; what is null is left out. */
export function pathOf(path: string, query: Readonly<Record<string, string | number | null>>): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [[key, String(value)]],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

function isUnreachable(error: Error): boolean {
  return error instanceof CutwaterError && error.code === 'SERVER_UNREACHABLE'
}

function asCutwaterError(error: Error): CutwaterError {
  return error instanceof CutwaterError ? error : new CutwaterError('PAGE_FAILED', error.message)
}
