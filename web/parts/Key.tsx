import type { Palette } from '../charts/Theme.ts'

/** What the colours of a chart mean. */
export function Key({
  entries,
}: {
  entries: readonly { readonly name: string; readonly colour: keyof Palette }[]
}) {
  return (
    <ul className="key">
      {entries.map(({ name, colour }) => (
        <li key={name}>
          <i className={colour} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  )
}
