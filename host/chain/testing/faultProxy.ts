import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'

/** One question to a node. */
export type Call = { readonly method: string; readonly params: readonly unknown[] }

/** What is done to one question: nothing, no answer, a broken connection, another HTTP answer, another result. */
export type Behaviour =
  | 'pass'
  | 'hang'
  | 'drop'
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** asks another question, tells another result, or both */
  | { readonly ask?: Call; readonly result?: (result: unknown) => unknown }
  | { readonly error: { readonly code: number; readonly message: string } }

/** Stands between a client and a node, and spoils what passes when told to. */
export type FaultProxy = {
  readonly url: string
  readonly ws: string
  /** what is done to each question from now on */
  behave(fault: (call: Call) => Behaviour): void
  /** questions seen, by method */
  readonly seen: Map<string, number>
  /** breaks all websockets off; while shut, new ones are refused */
  cutSockets(): void
  shutSockets(isShut: boolean): void
  /** how many websockets have been opened so far */
  socketsOpened(): number
  close(): Promise<void>
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const state: State = {
    target: new URL(target),
    fault: () => 'pass',
    seen: new Map(),
    sockets: new Set(),
    opened: 0,
    isShut: false,
  }
  const server = createServer((request, response) => {
    answer(state, request, response).catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket, head) => tunnel(state, request, socket as Socket, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const cutSockets = () => {
    for (const socket of state.sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    behave: (fault) => {
      state.fault = fault
    },
    seen: state.seen,
    cutSockets,
    shutSockets: (isShut) => {
      state.isShut = isShut
      if (isShut) cutSockets()
    },
    socketsOpened: () => state.opened,
    close: async () => {
      cutSockets()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type State = {
  readonly target: URL
  fault: (call: Call) => Behaviour
  readonly seen: Map<string, number>
  readonly sockets: Set<Socket>
  opened: number
  isShut: boolean
}

type Message = Call & { readonly id: unknown }

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = JSON.parse(await textOf(request)) as Message | readonly Message[]
  const messages = Array.isArray(asked) ? (asked as readonly Message[]) : [asked as Message]
  const behaviours = messages.map((message) => {
    state.seen.set(message.method, (state.seen.get(message.method) ?? 0) + 1)
    return state.fault(message)
  })
  // One spoiled question of a batch spoils the connection of all.
  if (behaviours.includes('hang')) return
  if (behaviours.includes('drop')) {
    response.destroy()
    return
  }
  const http = behaviours.find((each) => typeof each === 'object' && 'status' in each)
  if (typeof http === 'object' && 'status' in http) {
    response.writeHead(http.status, { 'content-type': 'application/json', ...http.headers })
    response.end(http.body)
    return
  }
  const answers = await Promise.all(messages.map((each, at) => answerOne(state, each, behaviours[at]!)))
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(Array.isArray(asked) ? answers : answers[0]))
}

async function answerOne({ target }: State, message: Message, behaviour: Behaviour): Promise<object> {
  const spoiled = typeof behaviour === 'object' && !('status' in behaviour) ? behaviour : {}
  if ('error' in spoiled) return { jsonrpc: '2.0', id: message.id, error: spoiled.error }
  const { ask = message, result } = spoiled
  const response = await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: message.id, method: ask.method, params: ask.params }),
  })
  const told = (await response.json()) as { readonly result?: unknown }
  return result && told.result !== undefined ? { ...told, result: result(told.result) } : told
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}

// Bytes pass as they are, in both directions, until one side is cut.
function tunnel(state: State, request: IncomingMessage, client: Socket, head: Buffer): void {
  if (state.isShut) {
    client.destroy()
    return
  }
  state.opened += 1
  const node = connect(Number(state.target.port), state.target.hostname)
  for (const socket of [client, node]) {
    state.sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      state.sockets.delete(socket)
      client.destroy()
      node.destroy()
    })
  }
  const headers = request.rawHeaders.reduce(
    (text, each, at) => text + each + (at % 2 === 0 ? ': ' : '\r\n'),
    '',
  )
  node.write(`GET / HTTP/1.1\r\n${headers}\r\n`)
  node.write(head)
  client.pipe(node)
  node.pipe(client)
}
