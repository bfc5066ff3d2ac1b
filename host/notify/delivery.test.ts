import { createServer } from 'node:net'
import { alert } from '@cutwater/engine/ports/Notifier.contract.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { environment, notifiersOf, tries, type Written } from './config.fixture.ts'
import { retryAfter } from './post.ts'
import { type Fault, type ReceiverServer, startReceiver } from './receiver.fixture.ts'
import * as Signature from './Signature.ts'

let server: ReceiverServer
beforeEach(async () => {
  server = await startReceiver()
})
afterEach(() => server.close())

const far: readonly { readonly type: string; readonly written: () => Written }[] = [
  {
    type: 'webhook',
    written: () => ({ type: 'webhook', url: `${server.origin}/hook`, secretEnv: 'SIGNING_SECRET' }),
  },
  { type: 'slack', written: () => ({ type: 'slack', url: `${server.origin}/\${SLACK_PATH}` }) },
  {
    type: 'pagerduty',
    written: () => ({ type: 'pagerduty', url: `${server.origin}/v2/enqueue`, keyEnv: 'PAGER_KEY' }),
  },
]

function open(written: Written, timeoutMilliseconds = tries.timeoutMilliseconds) {
  const { notifiers, clock } = notifiersOf([written], { tries: { ...tries, timeoutMilliseconds } })
  return { notify: notifiers[0]!.notify, clock }
}

/** Short only where nothing else ends the wait. */
function timeoutFor({ kind }: Fault): number {
  return kind === 'silence' || kind === 'slowBody' ? 400 : tries.timeoutMilliseconds
}

describe.each(far)('$type', ({ type, written }) => {
  const passing: readonly { readonly what: string; readonly fault: Fault }[] = [
    { what: 'no answer in time', fault: { kind: 'silence' } },
    { what: 'a connection torn down', fault: { kind: 'reset' } },
    { what: '408', fault: { kind: 'answer', status: 408 } },
    { what: '429', fault: { kind: 'answer', status: 429 } },
    { what: '500', fault: { kind: 'answer', status: 500 } },
    { what: '503 with a body that never ends', fault: { kind: 'slowBody', status: 503 } },
  ]

  test.each(passing)('tries again after $what, and the alert arrives', async ({ fault }) => {
    server.faults.push(fault, fault)
    const { notify, clock } = open(written(), timeoutFor(fault))
    await notify(alert({}))
    expect(server.requests).toHaveLength(3)
    expect(server.taken).toHaveLength(1)
    expect(clock.sleeps).toHaveLength(2)
  })

  test.each(passing)('gives up after its tries of $what', async ({ fault }) => {
    server.always = fault
    const { notify, clock } = open(written(), timeoutFor(fault))
    await expect(notify(alert({}))).rejects.toMatchObject({
      code: 'NOTIFIER_UNREACHABLE',
      where: type,
      facts: { tries: 3, retryable: true },
    })
    expect(server.requests).toHaveLength(3)
    expect(clock.sleeps).toHaveLength(2)
  })

  test('gives up after its tries where nobody listens', async () => {
    await server.close()
    const error = await open(written())
      .notify(alert({}))
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'NOTIFIER_UNREACHABLE', facts: { status: null, retryable: true } })
    expect(String(error)).toContain('ECONNREFUSED')
    server = await startReceiver()
  })

  test.each([400, 401, 403, 404, 410, 413, 422, 301, 307])('takes %i as final', async (status) => {
    server.always = { kind: 'answer', status, headers: { location: `${server.origin}/elsewhere` } }
    const { notify, clock } = open(written())
    await expect(notify(alert({}))).rejects.toMatchObject({
      code: 'NOTIFIER_REFUSED',
      facts: { status, retryable: false },
    })
    expect(server.requests).toHaveLength(1)
    expect(clock.sleeps).toEqual([])
  })

  test('is content with 200 whose body never ends', async () => {
    server.faults.push({ kind: 'slowBody', status: 200 })
    await open(written()).notify(alert({}))
    expect(server.requests).toHaveLength(1)
  })

  test('an error quotes what the receiver said, without secrets and without control characters', async () => {
    const body = ({ url, body }: { url: string; body: string }) => `no_such_hook\u001b[2J ${url} ${body}`
    server.always = { kind: 'answer', status: 404, body }
    const error = await open(written())
      .notify(alert({}))
      .catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('no_such_hook\\u{1b}[2J')
    for (const secret of Object.values(environment).flatMap((each) => [each, ...each.split('/')])) {
      if (secret !== 'services') expect(String(error)).not.toContain(secret)
    }
  })

  test('an answer too long to be looked through is not quoted', async () => {
    const body = `${'x'.repeat(50)}${environment.PAGER_KEY.slice(0, 20)}${'y'.repeat(100_000)}`
    server.always = { kind: 'answer', status: 400, body }
    await expect(open(written()).notify(alert({}))).rejects.toThrow(/it answered 400;/)
  })
})

describe('patience', () => {
  const pausesAfter = async (...faults: Fault[]) => {
    server.faults.push(...faults)
    const { notify, clock } = open(far[0]!.written())
    await notify(alert({}))
    return clock.sleeps
  }
  const busy = (value: string): Fault => {
    return { kind: 'answer', status: 429, headers: { 'retry-after': value } }
  }

  test('pauses double, give or take half', async () => {
    const [first, second] = await pausesAfter({ kind: 'reset' }, { kind: 'reset' })
    expect(first).toBeGreaterThanOrEqual(50)
    expect(first).toBeLessThanOrEqual(150)
    expect(second).toBeGreaterThanOrEqual(100)
    expect(second).toBeLessThanOrEqual(300)
  })

  test('two notifiers of one configuration do not try again in step', async () => {
    server.faults.push({ kind: 'reset' }, { kind: 'reset' })
    const { notifiers, clock } = notifiersOf([far[0]!.written(), far[0]!.written()])
    for (const { notify } of notifiers) {
      server.faults.splice(0, 2, { kind: 'reset' })
      await notify(alert({}))
    }
    expect(clock.sleeps).toHaveLength(2)
    expect(clock.sleeps[0]).not.toBe(clock.sleeps[1])
  })

  test('Retry-After is waited for, in seconds and as a date', async () => {
    expect(await pausesAfter(busy('7'))).toEqual([7_000])
    // The fake clock began at 2023-11-14T22:13:20Z.
    expect(await pausesAfter(busy('Tue, 14 Nov 2023 22:13:30 GMT'))).toEqual([10_000])
    expect(await pausesAfter(busy('0'))).toEqual([0])
  })

  test('a Retry-After longer than its patience is an error at once, so that others are asked', async () => {
    server.always = busy('3600')
    const { notify, clock } = open(far[0]!.written())
    await expect(notify(alert({}))).rejects.toMatchObject({
      code: 'NOTIFIER_UNREACHABLE',
      facts: { tries: 1, retryable: true },
    })
    expect(clock.sleeps).toEqual([])
  })

  test.each([
    [null, null],
    ['12', 12_000],
    ['-1', null],
    ['soon', null],
    ['1.5', null],
    ['Thu, 01 Jan 1970 00:00:30 GMT', 20_000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ])('Retry-After: %s', (value, milliseconds) => {
    expect(retryAfter(value, 10)).toBe(milliseconds)
  })
})

describe('what a webhook carries', () => {
  test('a signature over time and body, made anew for each try', async () => {
    server.faults.push({ kind: 'answer', status: 429, headers: { 'retry-after': '20' } })
    const { notify } = open(far[0]!.written())
    await notify(alert({ sentence: 'Überfällig 🌊' }))
    const [first, second] = server.requests
    const times = [1_700_000_000, 1_700_000_020]
    for (const [nth, { headers, body }] of [first!, second!].entries()) {
      const value = headers['cutwater-signature'] as string
      expect(value).toMatch(new RegExp(`^t=${times[nth]},v1=[0-9a-f]{64}$`))
      expect(Signature.verify(environment.SIGNING_SECRET, value, body, times[nth]!)).toBe(true)
    }
  })

  test('a signature holds for its secret, body and time alone', () => {
    const { sign, verify } = Signature
    const value = sign('secret', 1_000, 'body')
    expect(verify('secret', value, 'body', 1_300)).toBe(true)
    expect(verify('secret', value, 'body', 700)).toBe(true)
    expect(verify('secret', value, 'body', 1_301)).toBe(false)
    expect(verify('secret', value, 'Body', 1_000)).toBe(false)
    expect(verify('Secret', value, 'body', 1_000)).toBe(false)
    expect(verify('secret', value.replace('t=1000', 't=1001'), 'body', 1_000)).toBe(false)
    for (const odd of ['', 'v1=', `t=,v1=${'0'.repeat(64)}`, value.slice(0, -1), `${value},v1=0`]) {
      expect(verify('secret', odd, 'body', 1_000), odd).toBe(false)
    }
  })

  // RFC 4231, test case 2, is HMAC-SHA256 of "what do ya want for nothing?" under "Jefe"; a signature puts
  // "time." before the body, so the same text is time 0 and a body of its own.
  test('the code is HMAC-SHA256 in hexadecimal', async () => {
    const { createHmac } = await import('node:crypto')
    expect(createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
    expect(Signature.sign('Jefe', 7, 'x')).toBe(
      `t=7,v1=${createHmac('sha256', 'Jefe').update('7.x').digest('hex')}`,
    )
  })

  test('the id as idempotency key, the same for each try and for each telling', async () => {
    server.faults.push({ kind: 'answer', status: 500 })
    const { notify } = open(far[0]!.written())
    await notify(alert({}))
    await notify(alert({}))
    const keys = server.requests.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toEqual(Array(3).fill('1284:0x5f1c:3:ReleaseWithoutSource'))
  })

  test('the whole alert, its time readable', async () => {
    await open(far[0]!.written()).notify(alert({}))
    expect(JSON.parse(server.taken[0]!.body)).toEqual({
      version: 1,
      ...alert({}),
      at: '2022-08-01T21:32:31Z',
    })
  })
})

describe('a receiver that is no HTTP server', () => {
  test('is as good as down', async () => {
    const odd = createServer((socket) => socket.end('220 smtp.example ESMTP\r\n'))
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
    const { port } = odd.address() as { port: number }
    const { notify } = open({ ...far[0]!.written(), url: `http://127.0.0.1:${port}/` })
    await expect(notify(alert({}))).rejects.toMatchObject({
      code: 'NOTIFIER_UNREACHABLE',
      facts: { tries: tries.most },
    })
    odd.close()
  })
})
