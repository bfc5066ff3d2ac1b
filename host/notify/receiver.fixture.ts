import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as the far side got it. */
export type Request = {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What goes wrong with one request. */
export type Fault =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body?: string | ((request: Request) => string)
    }
  /** takes the request and never answers */
  | { readonly kind: 'silence' }
  /** tears the connection down before an answer */
  | { readonly kind: 'reset' }
  /** answers with a status, and with a body that never ends */
  | { readonly kind: 'slowBody'; readonly status: number }

/** A receiver on loopback that fails as it is told to, one fault per request, and takes everything else. */
export type ReceiverServer = {
  readonly origin: string
  /** every request, those that failed among them */
  readonly requests: Request[]
  /** requests that were answered with 202 */
  readonly taken: Request[]
  /** for the next requests, in order */
  readonly faults: Fault[]
  /** for every request while it is set */
  always: Fault | null
  close(): Promise<void>
}

export async function startReceiver(): Promise<ReceiverServer> {
  const server = createServer((message, response) => {
    handle(receiver, message, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const receiver: ReceiverServer = {
    origin: `http://127.0.0.1:${port}`,
    requests: [],
    taken: [],
    faults: [],
    always: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}

async function handle(
  receiver: ReceiverServer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString('utf8')
  const request = { url: message.url ?? '', headers: message.headers, body }
  receiver.requests.push(request)
  const fault = receiver.always ?? receiver.faults.shift()
  if (fault) return fail(fault, request, message, response)
  receiver.taken.push(request)
  response.writeHead(202).end('ok')
}

function fail(fault: Fault, request: Request, message: IncomingMessage, response: ServerResponse): void {
  switch (fault.kind) {
    case 'answer': {
      const body = typeof fault.body === 'function' ? fault.body(request) : fault.body
      response.writeHead(fault.status, fault.headers).end(body)
      return
    }
    case 'silence':
      return
    case 'reset':
      message.socket.resetAndDestroy()
      return
    case 'slowBody':
      response.writeHead(fault.status).write('{"a')
      return
  }
}
