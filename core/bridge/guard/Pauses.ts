import type { UnixTime } from '../../units/UnixTime.ts'

/** A stop, as narrow as the evidence allows: one message, one lane, one route, or the bridge. */
export type Scope =
  | { readonly kind: 'message'; readonly route: number; readonly message: string }
  | { readonly kind: 'lane'; readonly lane: number }
  | { readonly kind: 'route'; readonly route: number }
  | { readonly kind: 'bridge' }

export type Pause = {
  readonly scope: Scope
  readonly decidedAt: UnixTime
  /** in force from here on */
  readonly from: UnixTime
  /** ends by itself here, unless renewed */
  until: UnixTime
  readonly reason: string
}

/** A name for a scope, the same wherever it shows. */
export function key(scope: Scope): string {
  switch (scope.kind) {
    case 'message':
      return `message:${scope.route}:${scope.message}`
    case 'lane':
      return `lane:${scope.lane}`
    case 'route':
      return `route:${scope.route}`
    case 'bridge':
      return 'bridge'
  }
}

/** Whether a pause covers a lane of a route as a whole. */
export function covers(scope: Scope, lane: number, route: number): boolean {
  switch (scope.kind) {
    case 'message':
      return false
    case 'lane':
      return scope.lane === lane
    case 'route':
      return scope.route === route
    case 'bridge':
      return true
  }
}
