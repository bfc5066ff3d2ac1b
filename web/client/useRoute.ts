import { useSyncExternalStore } from 'react'
import * as Route from './Route.ts'

/** The route of the address bar, and how to go elsewhere. */
export function useRoute(): Route.Route {
  return useSyncExternalStore(subscribe, current)
}

/** Goes to a changed route; the way there can be walked back unless it only replaces. */
export function go(change: Partial<Route.Route>, { replaces = false } = {}): void {
  const hash = Route.format({ ...current(), ...change })
  if (hash === location.hash) return
  if (replaces) history.replaceState(null, '', hash)
  else history.pushState(null, '', hash)
  for (const listen of listeners) listen()
}

const listeners = new Set<() => void>()

function subscribe(listen: () => void): () => void {
  listeners.add(listen)
  window.addEventListener('hashchange', listen)
  window.addEventListener('popstate', listen)
  return () => {
    listeners.delete(listen)
    window.removeEventListener('hashchange', listen)
    window.removeEventListener('popstate', listen)
  }
}

// One object for one address, so that nothing is drawn again without need.
let known = { hash: '', route: Route.home }

function current(): Route.Route {
  if (known.hash !== location.hash) known = { hash: location.hash, route: Route.parse(location.hash) }
  return known.route
}
