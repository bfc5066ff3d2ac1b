import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alert } from '@cutwater/engine/ports/Notifier.contract.ts'
import type { Alert } from '@cutwater/engine/ports/Notifier.ts'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cut, keyOf, longestKey, printable } from './AlertText.ts'
import { environment, notifiersOf, type Written } from './config.fixture.ts'
import { limits as pagerLimits } from './pagerDutyNotifier.ts'
import { type ReceiverServer, startReceiver } from './receiver.fixture.ts'
import { limits as slackLimits } from './slackNotifier.ts'
import { blockOf, terminalNotifier } from './terminalNotifier.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({ unit: fc.constantFrom('&', '<', '>', 'a', '🌊'), maxLength: 6_000 }),
)
const anyAlert: fc.Arbitrary<Alert> = fc.record({
  id: text,
  at: fc.integer({ min: 0, max: 4_000_000_000 }),
  severity: fc.constantFrom('low', 'medium', 'high', 'critical'),
  rule: text,
  bridge: text,
  chain: text,
  block: fc.option(fc.nat()),
  tx: fc.option(text),
  message: fc.option(text),
  usd: fc.option(fc.double({ min: 0, max: 1e13, noNaN: true })),
  sentence: text,
  done: fc.array(text, { maxLength: 60 }),
  check: fc.array(text, { maxLength: 60 }),
})

describe('over HTTP', () => {
  let server: ReceiverServer
  beforeEach(async () => {
    server = await startReceiver()
  })
  afterEach(() => server.close())

  const bodyOf = async (written: Written, told: Alert) => {
    const before = server.taken.length
    await notifiersOf([{ ...written, least: 'low' }]).notifiers[0]!.notify(told)
    return JSON.parse(server.taken[before]!.body)
  }
  const slack = () => ({ type: 'slack', url: `${server.origin}/\${SLACK_PATH}` })
  const pager = () => ({ type: 'pagerduty', url: server.origin, keyEnv: 'PAGER_KEY' })

  test('a Slack message says everything, its marks escaped', async () => {
    const { text, blocks } = await bodyOf(
      slack(),
      alert({ sentence: 'A <!channel> & more.', check: ['Look.'] }),
    )
    expect(text).toBe(
      'CRITICAL · ReleaseWithoutSource · Harbour: A &lt;!channel&gt; &amp; more. ' +
        'Done: pause on chain, because a release without source in transaction 0x5f1c',
    )
    expect(blocks.map((block: { type: string }) => block.type)).toEqual(
      'header section section section section context'.split(' '),
    )
    expect(blocks[1].text.text).toBe('A &lt;!channel&gt; &amp; more.')
    expect(blocks[2].fields.map((field: { text: string }) => field.text)).toEqual([
      '*chain*\nEthereum',
      '*block*\n15259101',
      '*transaction*\n0x5f1c',
      '*message*\n7421',
      '*value*\n$2.30M',
    ])
    expect(blocks[4].text.text).toBe('*Check*\n1. Look.')
  })

  test('any alert fits Slack: no text empty or too long, none that begins a link or a mention', async () => {
    await fc.assert(
      fc.asyncProperty(anyAlert, async (any) => {
        const { text, blocks } = await bodyOf(slack(), any)
        const fits = (given: string, limit: number) => {
          expect(given.length).toBeGreaterThan(0)
          expect(given.length).toBeLessThanOrEqual(limit)
          expect(given.isWellFormed()).toBe(true)
          expect(given).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
        }
        fits(text, slackLimits.text)
        expect(blocks.length).toBeLessThanOrEqual(50)
        for (const block of blocks) {
          if (block.type === 'header') fits(block.text.text, slackLimits.header)
          else if (block.type === 'context') fits(block.elements[0].text, slackLimits.context)
          else if (block.text) fits(block.text.text, slackLimits.section)
          else for (const field of block.fields) fits(field.text, slackLimits.field)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a PagerDuty event triggers, with what its API asks for', async () => {
    expect(await bodyOf({ ...pager(), detailsUrl: 'https://watch.example/f/{id}' }, alert({}))).toEqual({
      routing_key: environment.PAGER_KEY,
      event_action: 'trigger',
      dedup_key: '1284:0x5f1c:3:ReleaseWithoutSource',
      client: 'Cutwater',
      client_url: 'https://watch.example/f/1284%3A0x5f1c%3A3%3AReleaseWithoutSource',
      links: [{ href: 'https://watch.example/f/1284%3A0x5f1c%3A3%3AReleaseWithoutSource', text: 'Details' }],
      payload: {
        summary: `ReleaseWithoutSource: ${alert({}).sentence}`,
        source: 'Harbour',
        severity: 'critical',
        timestamp: '2022-08-01T21:32:31Z',
        component: 'Ethereum',
        class: 'ReleaseWithoutSource',
        custom_details: {
          details: 'https://watch.example/f/1284%3A0x5f1c%3A3%3AReleaseWithoutSource',
          id: alert({}).id,
          severity: 'critical',
          sentence: alert({}).sentence,
          block: 15_259_101,
          transaction: '0x5f1c',
          message: '7421',
          usd: 2_297_086.01,
          done: alert({}).done,
          check: alert({}).check,
        },
      },
    })
  })

  test.each([
    ['low', 'info'],
    ['medium', 'warning'],
    ['high', 'error'],
    ['critical', 'critical'],
  ] as const)('%s is %s to PagerDuty', async (severity, theirs) => {
    expect((await bodyOf(pager(), alert({ severity }))).payload.severity).toBe(theirs)
  })

  test('any alert fits PagerDuty: key, summary and size', async () => {
    await fc.assert(
      fc.asyncProperty(anyAlert, async (any) => {
        const { dedup_key, payload } = await bodyOf(pager(), any)
        expect(dedup_key.length).toBeLessThanOrEqual(longestKey)
        expect(payload.summary.length).toBeLessThanOrEqual(pagerLimits.summary)
        expect(Buffer.byteLength(server.taken.at(-1)!.body)).toBeLessThan(512_000)
      }),
      { numRuns: 60 },
    )
  })
})

describe('in a terminal', () => {
  test('one block says what, where, how much, what was done and what to look at', () => {
    expect(blockOf(alert({}), false)).toBe(`
CRITICAL  ReleaseWithoutSource  Harbour  2022-08-01T21:32:31Z
  A release has no out leg that agrees with it (WBTC, $2.30M; chain 1, transaction 0x5f1c).
  where  chain Ethereum · block 15259101 · transaction 0x5f1c · message 7421 · value $2.30M
  done   pause on chain, because a release without source in transaction 0x5f1c
  check  1. Does the out leg exist?
         2. Ask every operator.
  id     1284:0x5f1c:3:ReleaseWithoutSource
`)
  })

  test('when nothing was done, it says so', () => {
    expect(blockOf(alert({ done: [] }), false)).toContain('  done   nothing: this is left to people\n')
  })

  test.each([
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, {}, false],
  ])('terminal: %s, environment: %o, colours: %s', async (isTTY, given, hasColours) => {
    let printed = ''
    const write = (added: string, done: () => void) => {
      printed += added
      done()
    }
    await terminalNotifier('terminal', { isTTY, write }, given).notify(alert({}))
    expect(printed.includes('\u001b[')).toBe(hasColours)
  })

  test('whatever an alert quotes, a line stays a line and no character moves the cursor', () => {
    fc.assert(
      fc.property(anyAlert, (any) => {
        const lines = blockOf(any, false).split('\n')
        expect(lines).toHaveLength(6 + Math.max(1, any.done.length) + any.check.length)
        expect(lines.join('')).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})

describe('in a file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notify-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('half a line that a crash left does not swallow the next alert', async () => {
    const path = join(folder, 'alerts.jsonl')
    await writeFile(path, '{"id":"whole"}\n{"id":"ha')
    await notifiersOf([{ type: 'file', path }]).notifiers[0]!.notify(alert({}))
    const lines = (await readFile(path, 'utf8')).split('\n')
    expect(lines.slice(0, 2)).toEqual(['{"id":"whole"}', '{"id":"ha'])
    expect(JSON.parse(lines[2]!).id).toBe(alert({}).id)
    expect(lines[3]).toBe('')
  })

  test('only its owner may read it', async () => {
    const path = join(folder, 'alerts.jsonl')
    await notifiersOf([{ type: 'file', path }]).notifiers[0]!.notify(alert({}))
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })
})

describe('text', () => {
  test('cut keeps to its limit, keeps characters whole, and leaves alone what fits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (any, limit) => {
          const kept = cut(any, limit)
          expect(kept.length).toBeLessThanOrEqual(limit)
          expect(kept.isWellFormed()).toBe(true)
          if (any.length <= limit) expect(kept).toBe(any)
          else expect(any.startsWith(kept.slice(0, -1))).toBe(true)
        },
      ),
    )
  })

  test('two ids have two keys, and every key fits a header', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(keyOf(one)).toMatch(/^[\x21-\x7e]{1,255}$/)
        expect(keyOf(one) === keyOf(other)).toBe(one.toWellFormed() === other.toWellFormed())
      }),
    )
  })

  test('printable leaves joined emoji and every script alone', () => {
    for (const fine of ['👩‍👩‍👧‍👦', 'e\u0301', 'الجسر', 'भारत', 'a\u200bb'])
      expect(printable(fine)).toBe(fine)
    expect(printable('a\u202eb\nc\u009bd')).toBe('a\\u{202e}b\\u{a}c\\u{9b}d')
  })
})
