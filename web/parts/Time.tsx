import * as Format from '../charts/Format.ts'

/** A moment in UTC; its title says it in the reader's own time. */
export function Time({ at, isShort = false }: { at: number; isShort?: boolean }) {
  const iso = new Date(at * 1000).toISOString()
  return (
    <time dateTime={iso} title={`${new Date(at * 1000).toLocaleString()} where you are`}>
      {isShort ? Format.time(at).slice(0, 16) : Format.time(at)}
      <small> UTC</small>
    </time>
  )
}
