import * as Format from '../charts/Format.ts'

/** What a signal reads, and of what; or that it has nothing to read. */
export function Reading({ value, unit }: { value: number | null; unit: string }) {
  const said = value === null ? { text: 'no value', unit } : Format.reading(value, unit)
  return (
    <span className="reading">
      {said.text} <small>{said.unit}</small>
    </span>
  )
}
