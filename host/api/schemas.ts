import { names as policyNames } from '@cutwater/core/bridge/BridgePolicy.ts'
import { names as findingNames } from '@cutwater/core/bridge/findings/Finding.ts'
import { names as postureNames } from '@cutwater/core/ladder/Posture.ts'
import { z } from '@hono/zod-openapi'

/** What the API takes and gives. Times are unix seconds UTC, money is dollars, shares are 0 to 1. */

const time = z.number().int().openapi({ description: 'unix seconds, UTC', example: 1_659_389_551 })
const usd = z.number().openapi({ description: 'US dollars' })
const share = z.number().openapi({ description: 'fraction, 0 to 1' })
const seq = z.number().int().openapi({ description: 'place in the journal, from 1' })
const perLayer = z.object({ near: share, mid: share, far: share })

/** A moment in a query: unix seconds. Left out, it is the newest. */
const atQuery = z.coerce.number().int().min(-62_167_219_200).max(253_402_300_799)

const branchQuery = z
  .string()
  .max(40)
  .openapi({ description: 'id of a branch; left out, the bridge as it was watched' })

export const errorBody = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'QUERY_INVALID' }),
      what: z.string(),
      where: z.string().optional(),
      right: z.string().optional(),
    }),
  })
  .openapi('Error')

export const bridge = z
  .object({
    name: z.string(),
    synthetic: z.boolean(),
    live: z.boolean(),
    /** changes when another journal is shown */
    generation: z.string(),
    policy: z.string(),
    posture: z.string(),
    level: z.number().int(),
    chains: z.array(z.object({ id: z.number(), name: z.string(), finalitySeconds: z.number() })),
    tokens: z.array(z.object({ symbol: z.string(), decimals: z.number().int(), home: z.number() })),
    range: z.object({ from: time, to: time }).nullable(),
    seq,
    says: z.string().nullable(),
  })
  .openapi('Bridge')

const reading = z.object({ name: z.string(), value: z.number().nullable(), unit: z.string(), rank: share })

const pause = z.object({ at: time, scope: z.string(), until: time.nullable(), reason: z.string() })

const waiting = z.object({
  event: z.string(),
  lane: z.string(),
  usd: usd.nullable(),
  since: time,
  reason: z.string(),
  proven: z.boolean(),
})

export const state = z
  .object({
    at: time,
    asOf: time.nullable().openapi({ description: 'time of the newest entry behind this answer' }),
    policy: z.string(),
    posture: z.string(),
    level: z.number().int(),
    alarm: z.enum(['calm', 'watch', 'stopped']),
    lockedUsd: usd,
    boundUsd: usd
      .nullable()
      .openapi({ description: 'most that can be lost from now on; null where nothing bounds it' }),
    weights: perLayer,
    stress: perLayer,
    readings: z.array(reading),
    coverUsd: usd,
    reserveUsd: usd,
    openMessages: z.number().int(),
    waiting: z.array(waiting),
    waitingCount: z.number().int(),
    pauses: z.array(pause),
    counts: z.object({
      legs: z.number().int(),
      matched: z.object({ deposits: z.number().int(), withdrawals: z.number().int() }),
      early: z.object({ deposits: z.number().int(), withdrawals: z.number().int() }),
      withoutSource: z.object({ releases: z.number().int(), mints: z.number().int() }),
      findings: z.record(z.string(), z.number().int()),
    }),
    decision: z.object({ at: time, sentence: z.string() }).nullable(),
  })
  .openapi('State')

export const stateQuery = z.object({ at: atQuery.optional(), branch: branchQuery.optional() })

const column = z.array(z.number().nullable())

export const series = z
  .object({
    stepSeconds: z.number(),
    at: z.array(time),
    columns: z
      .record(z.string(), column)
      .openapi({ description: 'one number a row; null where there is none' }),
  })
  .openapi('Series')

export const seriesQuery = z.object({
  from: atQuery.optional(),
  to: atQuery.optional(),
  points: z.coerce.number().int().min(2).max(4_096).default(720),
  branch: branchQuery.optional(),
})

export const severity = z.enum(['low', 'medium', 'high', 'critical'])

export const finding = z
  .object({
    id: z.string(),
    seq,
    at: time,
    name: z.enum([...findingNames] as [string, ...string[]]),
    severity,
    chain: z.object({ id: z.number(), name: z.string() }),
    tx: z.string().nullable(),
    index: z.number().int(),
    message: z.string().nullable(),
    token: z.string().nullable(),
    usd: usd.nullable(),
    sentence: z.string(),
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    check: z.array(z.string()).openapi({ description: 'what a person should check, in order' }),
  })
  .openapi('Finding')

const pageQuery = {
  before: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .openapi({ description: 'only what is older than this place' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  to: atQuery.optional(),
  branch: branchQuery.optional(),
}

export const findingsQuery = z.object({
  ...pageQuery,
  name: z.enum([...findingNames] as [string, ...string[]]).optional(),
  severity: severity.optional().openapi({ description: 'this severity or above' }),
  q: z.string().max(200).optional().openapi({ description: 'words of its sentence, transaction or message' }),
})

export const findings = z
  .object({
    findings: z.array(finding),
    total: z.number().int().openapi({ description: 'how many fit, on this page and before it' }),
    next: seq.nullable(),
  })
  .openapi('Findings')

export const decision = z
  .object({
    seq,
    at: time,
    sentence: z.string(),
    weights: perLayer,
    stress: perLayer,
    reasons: z.array(
      z.object({
        signal: z.string(),
        value: z.number().nullable(),
        unit: z.string(),
        rank: share,
        share: perLayer,
      }),
    ),
    actions: z.array(z.object({ what: z.string(), because: z.string() })),
  })
  .openapi('Decision')

export const listQuery = z.object(pageQuery)

export const decisions = z.object({ decisions: z.array(decision), next: seq.nullable() }).openapi('Decisions')

export const action = z
  .object({
    seq,
    at: time,
    type: z.enum(['held', 'released', 'paused', 'renewed', 'shut', 'limits', 'rebalance']),
    sentence: z.string(),
    usd: usd.nullable(),
  })
  .openapi('Action')

export const actions = z.object({ actions: z.array(action), next: seq.nullable() }).openapi('Actions')

export const journalQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
})

export const journalPage = z
  .object({
    entries: z.array(
      z.object({
        seq,
        topic: z.string(),
        id: z.string(),
        at: time,
        body: z.string().openapi({ description: 'JSON text' }),
      }),
    ),
    next: seq.nullable(),
  })
  .openapi('JournalPage')

export const branchWanted = z
  .object({
    at: z.number().int().min(-62_167_219_200).max(253_402_300_799),
    policy: z.enum([...policyNames] as [string, ...string[]]),
    posture: z.enum([...postureNames] as [string, ...string[]]).default('balanced'),
    level: z.number().int().min(0).max(3).default(3),
  })
  .strict()
  .openapi('BranchWanted')

export const branch = z
  .object({ id: z.string(), at: time, policy: z.string(), posture: z.string(), level: z.number().int() })
  .openapi('Branch')

export const branches = z.object({ branches: z.array(branch) }).openapi('Branches')

export const actionWanted = z
  .object({
    id: z
      .string()
      .regex(/^[\w.:-]{8,64}$/)
      .openapi({ description: 'a name of your choice; the same id is the same order, and done once' }),
    kind: z.enum(['pause', 'resume']).default('pause'),
    scope: z.enum(['message', 'token', 'direction', 'bridge']),
    key: z
      .string()
      .max(200)
      .default('')
      .openapi({ description: 'message id, token address, in or out; nothing for the bridge' }),
    chain: z.number().int(),
    seconds: z
      .number()
      .int()
      .min(60)
      .max(604_800)
      .default(21_600)
      .openapi({ description: 'how long a pause is' }),
    reason: z.string().min(3).max(240),
    dryRun: z.boolean().default(true).openapi({ description: 'only say what would be sent' }),
  })
  .strict()
  .openapi('ActionWanted')

export const outcome = z
  .object({
    id: z.string(),
    kind: z.enum(['confirmed', 'already', 'dryRun', 'proposed', 'failed']),
    says: z.string(),
  })
  .openapi('Outcome')

export const reportHead = z
  .object({
    name: z.string(),
    command: z.string().openapi({ description: 'prints the same in a terminal' }),
    status: z.enum(['none', 'running', 'done', 'failed']),
    says: z.string().nullable(),
    progress: z
      .object({ step: z.string(), share })
      .nullable()
      .openapi({ description: 'while it runs: the step it is at, and how much of it is done' }),
    startedAt: time.nullable(),
    endedAt: time.nullable(),
  })
  .openapi('ReportHead')

export const reports = z.object({ reports: z.array(reportHead) }).openapi('Reports')

export const report = z
  .object({
    head: reportHead,
    result: z.unknown().openapi({ description: 'what the command prints with --json' }),
  })
  .openapi('Report')

const scenario = z.object({
  name: z.string(),
  incident: z.string(),
  says: z.string(),
  steps: z.enum(['single', 'many']),
  limitedBy: z.string(),
})

const labResult = z.object({
  incident: z.string(),
  on: z.object({
    lostUsd: usd,
    preventedUsd: usd,
    coveredUsd: usd,
    backstoppedUsd: usd,
    shortfallUsd: usd,
    boundUsd: usd,
    blocksToContain: z.number().int().nullable(),
  }),
  off: z.object({ lostUsd: usd }),
  detectedBy: z.array(z.string()),
})

export const labScenarios = z.object({ scenarios: z.array(scenario) }).openapi('LabScenarios')

export const labWanted = z
  .object({
    name: z.string().max(80),
    seed: z.number().int().min(0).max(999_999_999).default(1),
    level: z.union([z.literal(2), z.literal(3)]).default(3),
  })
  .strict()
  .openapi('LabWanted')

const labHead = {
  id: z.string(),
  name: z.string(),
  seed: z.number().int(),
  level: z.number().int(),
  status: z.enum(['running', 'done', 'failed']),
  phase: z.enum(['starting', 'calm', 'attack', 'after', 'over']),
  says: z.string().nullable().openapi({ description: 'why it failed' }),
  startedAt: time,
  endedAt: time.nullable(),
  result: labResult.nullable(),
}

export const labRun = z
  .object({
    ...labHead,
    blocks: z
      .array(z.object({ block: z.number().int(), onLostUsd: usd, offLostUsd: usd }))
      .openapi({ description: 'what each twin has lost so far: with the layers on, and off' }),
    found: z.array(z.string()),
    done: z.array(z.string()),
  })
  .openapi('LabRun')

export const labRuns = z.object({ runs: z.array(z.object(labHead)) }).openapi('LabRuns')

export type Bridge = z.infer<typeof bridge>
export type State = z.infer<typeof state>
export type Series = z.infer<typeof series>
export type Finding = z.infer<typeof finding>
export type Findings = z.infer<typeof findings>
export type Decision = z.infer<typeof decision>
export type Decisions = z.infer<typeof decisions>
export type Action = z.infer<typeof action>
export type Actions = z.infer<typeof actions>
export type JournalPage = z.infer<typeof journalPage>
export type BranchWanted = z.input<typeof branchWanted>
export type Branch = z.infer<typeof branch>
export type Branches = z.infer<typeof branches>
export type ActionWanted = z.input<typeof actionWanted>
export type Outcome = z.infer<typeof outcome>
export type ReportHead = z.infer<typeof reportHead>
export type Reports = z.infer<typeof reports>
export type Report = z.infer<typeof report>
export type LabScenarios = z.infer<typeof labScenarios>
export type LabWanted = z.input<typeof labWanted>
export type LabRun = z.infer<typeof labRun>
export type LabRuns = z.infer<typeof labRuns>
export type ErrorBody = z.infer<typeof errorBody>
