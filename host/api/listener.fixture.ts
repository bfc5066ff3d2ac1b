/** An event of the stream, as a browser takes it. */
export type Heard = { readonly event: string; readonly id: string | undefined; readonly data: string }

/** A listener as a browser is one; `quiet` waits until nothing has come for a while. */
export async function listening(url: string, after?: string) {
  const heard: Heard[] = []
  const abort = new AbortController()
  const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': after }
  const answer = await fetch(`${url}/api/events`, { headers, signal: abort.signal })
  let text = ''
  let newest = performance.now()
  void (async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      newest = performance.now()
      const whole = text.split('\n\n')
      text = whole.pop()!
      heard.push(...whole.map(eventOf))
    }
  })().catch(() => {})
  const quiet = async () => {
    while (performance.now() - newest < 150) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { heard, quiet, close: () => abort.abort() }
}

function eventOf(text: string): Heard {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1]
  return { event: field('event')!, id: field('id'), data: field('data')! }
}
