import { alert } from '@cutwater/engine/ports/Notifier.contract.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import { describe, expect, test } from 'vitest'
import { atLeast, severities } from './atLeast.ts'
import { environment, notifiersOf, type Written } from './config.fixture.ts'
import { inOrder } from './inOrder.ts'
import * as NotifyConfig from './NotifyConfig.ts'

const webhook = { type: 'webhook', url: 'https://alerts.example/hook', secretEnv: 'SIGNING_SECRET' }
const slack = { type: 'slack', url: `https://hooks.slack.example/\${SLACK_PATH}` }
const pagerduty = { type: 'pagerduty', keyEnv: 'PAGER_KEY' }

describe('a list of notifiers', () => {
  test('may be missing, then nobody is told', () => {
    expect(NotifyConfig.schema.parse(undefined)).toEqual([])
    expect(notifiersOf([]).notifiers).toEqual([])
  })

  test('names each by its type, numbered where there are several', () => {
    const { notifiers } = notifiersOf([{ type: 'terminal' }, webhook, slack, webhook, pagerduty])
    expect(notifiers.map(({ name }) => name)).toEqual([
      'terminal',
      'webhook 1',
      'slack',
      'webhook 2',
      'pagerduty',
    ])
  })

  const wrong: readonly (readonly [string, Written, string, string])[] = [
    ['a webhook without URL', { type: 'webhook', secretEnv: 'SIGNING_SECRET' }, 'NOTIFY_KEY_MISSING', 'url'],
    ['a webhook without secret', { type: 'webhook', url: webhook.url }, 'NOTIFY_KEY_MISSING', 'secretEnv'],
    ['PagerDuty without key', { type: 'pagerduty' }, 'NOTIFY_KEY_MISSING', 'keyEnv'],
    ['a file without path', { type: 'file' }, 'NOTIFY_KEY_MISSING', 'path'],
    ['a terminal with a URL', { type: 'terminal', url: webhook.url }, 'NOTIFY_KEY_UNUSED', 'url'],
    ['PagerDuty with a secret', { ...pagerduty, secretEnv: 'PAGER_KEY' }, 'NOTIFY_KEY_UNUSED', 'secretEnv'],
    [
      'Slack’s secret in the file',
      { type: 'slack', url: 'https://hooks.slack.example/services/T0/B0/leaked' },
      'SECRET_IN_FILE',
      'url',
    ],
    [
      'a secret for its variable’s name',
      { ...webhook, secretEnv: 'leaked-9f3a' },
      'ENVIRONMENT_NAME_MALFORMED',
      'secretEnv',
    ],
    ['a key that looks like a name', { ...pagerduty, keyEnv: 'leaked9F3A' }, 'ENVIRONMENT_MISSING', 'keyEnv'],
    [
      'a variable that is not set',
      { ...slack, url: `https://x.example/\${leaked}` },
      'ENVIRONMENT_MISSING',
      'url',
    ],
    ['a secret of three letters', { ...webhook, secretEnv: 'SHORT' }, 'SECRET_SHORT', 'secretEnv'],
    ['a URL that is none', { ...webhook, url: 'leaked' }, 'URL_MALFORMED', 'url'],
    ['a URL with a password', { ...webhook, url: 'https://me:leaked@x.example' }, 'URL_MALFORMED', 'url'],
    ['a file URL', { ...webhook, url: 'file:///leaked' }, 'URL_MALFORMED', 'url'],
    [
      'a secret in the clear',
      { ...slack, url: `http://x.example/leaked/\${SLACK_PATH}` },
      'URL_MALFORMED',
      'url',
    ],
    ['a key in the clear', { ...pagerduty, url: 'http://x.example/leaked' }, 'URL_MALFORMED', 'url'],
    ['a page that is no URL', { ...pagerduty, detailsUrl: 'leaked/{id}' }, 'URL_MALFORMED', 'detailsUrl'],
  ]

  test.each(wrong)('%s is refused with its line, and its value is not shown', (_, written, code, key) => {
    const world = { environment: { ...environment, SHORT: 'abc' } }
    const read = () => notifiersOf([{ type: 'terminal' }, written], world)
    expect(read).toThrow(expect.objectContaining({ code, where: `bridge.yaml:notify/1/${key}` }))
    expect(read).not.toThrow(/leaked/)
    for (const secret of Object.values(environment)) expect(read).not.toThrow(secret)
  })

  test('a key of another type is answered with the nearest of its own', () => {
    const read = () => notifiersOf([{ type: 'file', path: 'a', url: 'https://x.example' }])
    expect(read).toThrow('notify[0].url means nothing to a file; expected one of "least", "path"')
  })

  test.each([
    [`http://127.0.0.1:8080/\${SLACK_PATH}`],
    [`http://localhost/\${SLACK_PATH}`],
    [`http://[::1]/\${SLACK_PATH}`],
    [`https://\${SLACK_PATH}`],
    [`\${WHOLE}`],
  ])('Slack’s URL may be %s', (url) => {
    const world = { environment: { ...environment, WHOLE: ' https://hooks.slack.example/services/a\n' } }
    expect(notifiersOf([{ type: 'slack', url }], world).notifiers).toHaveLength(1)
  })
})

describe('who is told what', () => {
  const collect = () => {
    const told: string[] = []
    const notifier: Notifier = { name: 'list', notify: async ({ severity }) => void told.push(severity) }
    return { told, notifier }
  }

  test.each(severities)('from %s on', async (least) => {
    const { told, notifier } = collect()
    for (const severity of severities) await atLeast(least, notifier).notify(alert({ severity }))
    expect(told).toEqual(severities.slice(severities.indexOf(least)))
  })

  test('a pager is told from high on, everyone else everything, unless the file says otherwise', async () => {
    const printed: string[] = []
    const write = (text: string, done: () => void) => {
      printed.push(text)
      done()
    }
    const tell = async (written: Written) => {
      const { notifiers } = notifiersOf([written], { terminal: { write } })
      await notifiers[0]!.notify(alert({ severity: 'low' }))
    }
    await tell({ type: 'terminal' })
    expect(printed).toHaveLength(1)
    await tell({ type: 'terminal', least: 'medium' })
    expect(printed).toHaveLength(1)
    // Would be refused at once if it were sent: nobody listens at port 1.
    await tell({ ...pagerduty, url: 'http://127.0.0.1:1/' })
  })

  test('one after the other: a slow one is waited for, a failed one is passed over', async () => {
    const order: string[] = []
    const gates = new Map<string, () => void>()
    const notifier = inOrder({
      name: 'slow',
      notify: async ({ id }) => {
        order.push(`begin ${id}`)
        await new Promise<void>((resolve) => gates.set(id, resolve))
        order.push(`end ${id}`)
        if (id === 'a') throw new Error('no')
      },
    })
    const first = notifier.notify(alert({ id: 'a' })).catch(() => order.push('failed a'))
    const second = notifier.notify(alert({ id: 'b' }))
    await new Promise((resolve) => setImmediate(resolve))
    expect(order).toEqual(['begin a'])
    gates.get('a')!()
    await first
    await new Promise((resolve) => setImmediate(resolve))
    gates.get('b')!()
    await second
    expect(order).toEqual(['begin a', 'end a', 'failed a', 'begin b', 'end b'])
  })
})
