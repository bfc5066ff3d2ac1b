import * as Life from './Life.ts'

export type Subscription = {
  readonly url: string
  /** what `eth_subscribe` takes, such as ['newHeads']; a node that refuses the first is asked for the next */
  readonly params: readonly [Params, ...Params[]]
  readonly life: Life.Life
  /** what the node tells, not yet checked */
  readonly onData: (data: unknown) => void
  /** true when the node has agreed to tell, false when the connection is lost */
  readonly onState: (isOpen: boolean) => void
}

type Params = readonly unknown[]

/**
 * Keeps a websocket subscription open until the end of the watch: a lost connection is made again, for ever.
 *
 * The library's own transport gives up after a few attempts and prints the URL, which may hold a key.
 */
export async function subscribe(subscription: Subscription): Promise<void> {
  const { life, onState } = subscription
  let failures = 0
  let refusals = 0
  while (!life.isOver()) {
    const params = subscription.params[refusals % subscription.params.length]!
    await connection(subscription, params, (isOpen) => {
      failures = isOpen ? 0 : failures
      refusals += isOpen ? 0 : 1
      if (isOpen) onState(true)
    }).catch(() => {})
    onState(false)
    failures += 1
    await life.rest(Math.min(firstPauseMilliseconds * 2 ** Math.min(failures, 16), longestPauseMilliseconds))
  }
}

const firstPauseMilliseconds = 50
const longestPauseMilliseconds = 30_000
const openingMilliseconds = 10_000

/** Resolves when the connection is over, for whatever reason. */
async function connection(
  { url, life, onData }: Subscription,
  params: Params,
  onAnswer: (isOpen: boolean) => void,
): Promise<void> {
  const socket = new WebSocket(url)
  const answered = Life.createBell()
  let isOpen = false
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params })),
  )
  socket.addEventListener('message', ({ data }) => {
    const message = parsed(data)
    if (message.method === 'eth_subscription') onData((message.params as { result?: unknown })?.result)
    if (message.id !== 1) return
    isOpen = typeof message.result === 'string'
    onAnswer(isOpen)
    answered.ring()
  })
  await new Promise<void>((resolve) => {
    const forget = life.atEnd(resolve)
    const isOver = () => {
      forget()
      resolve()
    }
    socket.addEventListener('close', isOver)
    socket.addEventListener('error', isOver)
    void life.rest(openingMilliseconds, answered).then(() => {
      if (!isOpen) isOver()
    })
  })
  answered.ring()
  socket.close()
}

type Message = {
  readonly id?: unknown
  readonly result?: unknown
  readonly method?: unknown
  readonly params?: unknown
}

function parsed(data: unknown): Message {
  try {
    const message: unknown = JSON.parse(String(data))
    return typeof message === 'object' && message !== null ? message : {}
  } catch {
    return {}
  }
}
