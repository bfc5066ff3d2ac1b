import type { PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import { createRoute, type z } from '@hono/zod-openapi'
import type { App } from '../app.ts'
import type { Desk } from '../Desk.ts'
import * as Station from '../Station.ts'
import * as schemas from '../schemas.ts'
import { answers } from './answers.ts'

const security = [{ token: [] }]

const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const branches = createRoute({
  method: 'get',
  path: '/api/branches',
  summary: 'the branches that were taken: the same past under another policy',
  responses: answers(schemas.branches),
})

const takeBranch = createRoute({
  method: 'post',
  path: '/api/branches',
  summary: 'take a branch: another policy from a moment on',
  security,
  request: body(schemas.branchWanted),
  responses: answers(schemas.branch),
})

const act = createRoute({
  method: 'post',
  path: '/api/actions',
  summary: 'stop a message, a token, a direction or the bridge, or ask the timelock to end a stop',
  description:
    'A dry run unless told otherwise. What is ordered is journaled before it is sent, and the answer says what is ' +
    'confirmed on chain. The same id is the same order: sent again, it is answered and not done again.',
  security,
  request: body(schemas.actionWanted),
  responses: answers(schemas.outcome),
})

/** Whatever changes something; all of it needs the token, which is looked at before a route is. */
export function controlRoutes(app: App, desk: Desk, now: () => UnixTime): void {
  const { station } = desk
  app.openapi(branches, (context) => {
    return context.json({ branches: [...station.shown.branches.values()].map(branchRow) }, 200)
  })
  app.openapi(takeBranch, async (context) => {
    const { at, policy, posture, level } = context.req.valid('json')
    // The schema has let through no other names and levels.
    const options = { posture: posture as PostureName, level: level as Level }
    return context.json(branchRow(await Station.branch(station, at, policy as PolicyName, options)), 200)
  })
  app.openapi(act, async (context) => {
    const { hand, station } = desk
    if (hand === null) throw actionUnavailable()
    const { dryRun, ...wanted } = context.req.valid('json')
    requireChain(wanted.chain, station)
    const deed = deedOf(wanted, now())
    const outcome = dryRun ? await hand.preview(deed) : await hand.order(deed)
    return context.json({ id: wanted.id, ...outcomeRow(outcome) }, 200)
  })
}

function deedOf(wanted: Omit<z.output<typeof schemas.actionWanted>, 'dryRun'>, at: UnixTime): Deed {
  const { id, kind, scope, key, chain, seconds, reason } = wanted
  const act = kind === 'pause' ? { kind, scope, key, seconds, until: at + seconds } : { kind, scope, key }
  return { id: `person:${id}`, chain, act, reason: `by order of a person: ${reason}` }
}

function branchRow({ id, at, policy }: Station.Branch): schemas.Branch {
  return { id, at, policy: policy.name, posture: policy.posture.name, level: policy.guard.level }
}

function outcomeRow(outcome: Outcome): Omit<schemas.Outcome, 'id'> {
  switch (outcome.kind) {
    case 'confirmed':
      return { kind: outcome.kind, says: `confirmed in block ${outcome.block}, transaction ${outcome.tx}` }
    case 'already':
      return { kind: outcome.kind, says: 'the chain stands so already' }
    case 'dryRun':
      return { kind: outcome.kind, says: `nothing was sent; it would be ${outcome.call}` }
    case 'proposed':
      return { kind: outcome.kind, says: `nothing was sent; the timelock would be asked for ${outcome.call}` }
    case 'failed':
      return { kind: outcome.kind, says: outcome.why }
  }
}

function actionUnavailable(): CutwaterError {
  return new CutwaterError('ACTION_UNAVAILABLE', 'there is no chain to act on', {
    right: 'a server that watches live chains: cutwater serve, or cutwater watch bridge.yaml --serve',
  })
}

function requireChain(chain: number, { shown }: Station.Station): void {
  const { chains } = shown.bridge
  if (chains.some(({ id }) => id === chain)) return
  throw new CutwaterError('CHAIN_UNKNOWN', `the bridge has no chain ${chain}`, {
    where: 'chain',
    right: `one of ${chains.map(({ id, name }) => `${id} (${name})`).join(', ')}`,
  })
}
