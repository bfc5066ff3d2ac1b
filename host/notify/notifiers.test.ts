import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { notifierContract, type Opened, type Received } from '@cutwater/engine/ports/Notifier.contract.ts'
import { environment, notifiersOf, type Written } from './config.fixture.ts'
import { type Request, startReceiver } from './receiver.fixture.ts'

type Far = {
  readonly written: (origin: string) => Written
  readonly read: (request: Request) => Received
  readonly sentenceUnits: number
}

const whole = 200_000

function overHttp({ written, read, sentenceUnits }: Far): () => Promise<Opened> {
  return async () => {
    const server = await startReceiver()
    return {
      notifier: notifiersOf([written(server.origin)]).notifiers[0]!,
      received: async () => server.taken.map(read),
      breakDown: async () => {
        // The far side tells everything it knows, as some error pages do.
        server.always = { kind: 'answer', status: 503, body: ({ url, body }) => `${url} ${body}` }
      },
      repair: async () => {
        server.always = null
      },
      downCode: 'NOTIFIER_UNREACHABLE',
      sentenceUnits,
      secrets: Object.values(environment).flatMap((secret) => [secret, ...secret.split('/')]),
      dispose: server.close,
    }
  }
}

notifierContract(
  'a webhook',
  overHttp({
    written: (origin) => ({ type: 'webhook', url: `${origin}/hook`, secretEnv: 'SIGNING_SECRET' }),
    read: ({ body }) => {
      const { id, sentence } = JSON.parse(body)
      return { id, sentence }
    },
    sentenceUnits: whole,
  }),
)

notifierContract(
  'Slack',
  overHttp({
    written: (origin) => ({ type: 'slack', url: `${origin}/\${SLACK_PATH}` }),
    read: ({ body }) => {
      const { blocks } = JSON.parse(body)
      const context = blocks.at(-1).elements[0].text as string
      return { id: unescapeMarks(context.split(' · ')[1]!), sentence: unescapeMarks(blocks[1].text.text) }
    },
    sentenceUnits: 2_990,
  }),
)

notifierContract(
  'PagerDuty',
  overHttp({
    written: (origin) => ({ type: 'pagerduty', url: `${origin}/v2/enqueue`, keyEnv: 'PAGER_KEY' }),
    read: ({ body }) => {
      const { custom_details } = JSON.parse(body).payload
      return { id: custom_details.id, sentence: custom_details.sentence }
    },
    sentenceUnits: 8_000,
  }),
)

notifierContract('a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notify-'))
  const path = join(folder, 'alerts.jsonl')
  const lines = async () => (await readFile(path, 'utf8').catch(() => '')).split('\n')
  return {
    notifier: notifiersOf([{ type: 'file', path }]).notifiers[0]!,
    received: async () =>
      (await lines())
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
        .map(({ id, sentence }) => ({ id, sentence })),
    breakDown: async () => {
      await mkdir(path)
    },
    repair: () => rename(path, `${path}.broken`),
    downCode: 'NOTIFIER_FILE_FAILED',
    sentenceUnits: whole,
    secrets: Object.values(environment),
    dispose: async () => {
      await chmod(folder, 0o700)
      await rm(folder, { recursive: true })
    },
  }
})

notifierContract('a terminal', async () => {
  let text = ''
  let isBroken = false
  const terminal = {
    isTTY: false,
    write: (added: string, done: (error?: Error | null) => void) => {
      if (!isBroken) text += added
      setImmediate(() => done(isBroken ? new Error('EPIPE') : null))
      return true
    },
  }
  return {
    notifier: notifiersOf([{ type: 'terminal' }], { terminal }).notifiers[0]!,
    received: async () =>
      text
        .split('\n\n')
        .map((block) => block.split('\n').filter((line) => line !== ''))
        .filter((lines) => lines.length > 0)
        .map((lines) => ({ id: lines.at(-1)!.slice(9), sentence: lines[1]!.slice(2) })),
    breakDown: async () => {
      isBroken = true
    },
    repair: async () => {
      isBroken = false
    },
    downCode: 'NOTIFIER_TERMINAL_FAILED',
    sentenceUnits: whole,
    secrets: Object.values(environment),
    dispose: async () => {},
  }
})

function unescapeMarks(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
