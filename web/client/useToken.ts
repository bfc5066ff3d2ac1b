import { useSyncExternalStore } from 'react'

/** The token that opens controls, for as long as this tab lives; null before somebody gives it. */
export function useToken(): string | null {
  return useSyncExternalStore(subscribe, currentToken)
}

export function currentToken(): string | null {
  return sessionStorage.getItem(key)
}

export function keepToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, token)
  for (const listen of listeners) listen()
}

const key = 'cutwater-token'
const listeners = new Set<() => void>()

function subscribe(listen: () => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
