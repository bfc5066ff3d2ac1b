import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Alert, Notifier } from './Notifier.ts'

export type Opened = {
  readonly notifier: Notifier
  /** what has reached the far side, in the order it came */
  received(): Promise<readonly Received[]>
  /** from now on nothing gets through */
  breakDown(): Promise<void>
  repair(): Promise<void>
  /** the stable code of the error when nothing gets through */
  readonly downCode: string
  /** how much of a long sentence must arrive, UTF-16 units */
  readonly sentenceUnits: number
  /** what no error may show */
  readonly secrets: readonly string[]
  readonly dispose: () => Promise<void>
}

export type Received = { readonly id: string; readonly sentence: string }

/** What every notifier keeps, whomever it tells. */
export function notifierContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps the notifier contract`, () => {
    let opened: Opened
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.dispose())

    const tell = (...alerts: Alert[]) => Promise.all(alerts.map((each) => opened.notifier.notify(each)))
    const receivedIds = async () => (await opened.received()).map(({ id }) => id)

    test('has a name that can be printed and journaled', () => {
      expect(opened.notifier.name).toMatch(/^[\w ]+$/)
    })

    test('every alert arrives, before notify returns', async () => {
      for (const nth of [1, 2, 3]) {
        await tell(alert({ id: `alert ${nth}` }))
        expect(await receivedIds()).toHaveLength(nth)
      }
    })

    test('alerts asked for at once arrive in the order they were asked for', async () => {
      const ids = Array.from({ length: 20 }, (_, nth) => `1:0xab:${nth}:Replay`)
      await tell(...ids.map((id) => alert({ id })))
      expect(await receivedIds()).toEqual(ids)
    })

    test('the same alert twice carries the same id twice', async () => {
      await tell(alert({ id: 'one' }), alert({ id: 'one' }))
      expect(new Set(await receivedIds())).toEqual(new Set(['one']))
    })

    test.each(sentences)('a sentence with $what arrives as it is', async ({ sentence }) => {
      await tell(alert({ sentence }))
      expect(await opened.received()).toEqual([{ id: alert({}).id, sentence }])
    })

    test('a sentence of 100,000 characters arrives, its beginning at least', async () => {
      const sentence = '🌊 a wave 波; '.repeat(8_334)
      await tell(alert({ sentence }))
      const [first] = await opened.received()
      const kept = sentence.slice(0, opened.sentenceUnits)
      expect(first!.sentence.slice(0, kept.length)).toBe(kept)
      expect(first!.sentence.isWellFormed()).toBe(true)
    })

    test.each(oddAlerts)('an alert with $what arrives', async ({ odd }) => {
      await tell(odd)
      expect(await opened.received()).toHaveLength(1)
    })

    test('when nothing gets through, an error with its code says that another try may work', async () => {
      await opened.breakDown()
      await expect(opened.notifier.notify(alert({}))).rejects.toMatchObject({
        code: opened.downCode,
        facts: { retryable: true },
      })
    })

    test('no error shows a secret, nor does anything it carries', async () => {
      await opened.breakDown()
      const error = await opened.notifier.notify(alert({})).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      for (const secret of opened.secrets) expect(textsOf(error)).not.toContain(secret)
    })

    test('an alert that failed stops none of those behind it, and arrives when told again', async () => {
      await opened.breakDown()
      await expect(opened.notifier.notify(alert({ id: 'first' }))).rejects.toThrow()
      await opened.repair()
      await tell(alert({ id: 'second' }), alert({ id: 'first' }))
      expect((await receivedIds()).slice(-2)).toEqual(['second', 'first'])
    })
  })
}

/** An alert with everything in it. */
export function alert(parts: Partial<Alert>): Alert {
  return {
    id: '1284:0x5f1c:3:ReleaseWithoutSource',
    at: 1_659_389_551,
    severity: 'critical',
    rule: 'ReleaseWithoutSource',
    bridge: 'Harbour',
    chain: 'Ethereum',
    block: 15_259_101,
    tx: '0x5f1c',
    message: '7421',
    usd: 2_297_086.01,
    sentence: 'A release has no out leg that agrees with it (WBTC, $2.30M; chain 1, transaction 0x5f1c).',
    done: ['pause on chain, because a release without source in transaction 0x5f1c'],
    check: ['Does the out leg exist?', 'Ask every operator.'],
    ...parts,
  }
}

const sentences = [
  { what: 'accents', sentence: 'Überfällige Brücke: é and e\u0301.' },
  { what: 'other scripts', sentence: '橋が壊れた。 Мост разрушен. الجسر مكسور.' },
  { what: 'emoji joined of several', sentence: '🌊🌉 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿' },
  {
    what: 'marks of markup',
    sentence: '<!channel> & <https://evil.example|click> *bold* `code` "quoted" \\n',
  },
]

const oddAlerts: readonly { readonly what: string; readonly odd: Alert }[] = [
  {
    what: 'nothing in it',
    odd: alert({ block: null, tx: null, message: null, usd: null, bridge: '', done: [], check: [] }),
  },
  { what: 'an id that is long and not ASCII', odd: alert({ id: `橋:${'x'.repeat(5_000)}` }) },
  { what: 'half a character', odd: alert({ id: 'half \ud800', sentence: 'half \udc00', tx: '\ud800' }) },
  {
    what: 'long lists',
    odd: alert({ done: many('done'), check: many('check'), message: 'm'.repeat(10_000) }),
  },
]

function many(what: string): string[] {
  return Array.from({ length: 200 }, (_, nth) => `${what} ${nth}: ${'and so on '.repeat(50)}`)
}

/** Every text in an error and in what it carries: message, stack, facts, cause. */
function textsOf(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null || seen.has(value)) return String(value)
  seen.add(value)
  return Object.getOwnPropertyNames(value)
    .map((key) => textsOf((value as Record<string, unknown>)[key], seen))
    .join('\n')
}
