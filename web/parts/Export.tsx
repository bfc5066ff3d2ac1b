import { csvOf } from '../client/csvOf.ts'
import { pictures } from './pictures.ts'

export type Row = Readonly<Record<string, unknown>>

export type ExportProps = {
  readonly name: string
  readonly rows: readonly Row[]
  /** whether a chart of this name is on the page */
  readonly hasPicture?: boolean
}

/** What is shown, as a file: CSV for a sheet, JSON for a program, a chart as PNG for a slide. */
export function Export({ name, rows, hasPicture = false }: ExportProps) {
  const files = [
    { type: 'csv', of: async () => new Blob([csvOf(rows)], { type: 'text/csv' }) },
    {
      type: 'json',
      of: async () => new Blob([`${JSON.stringify(rows, null, 1)}\n`], { type: 'application/json' }),
    },
    ...(hasPicture ? [{ type: 'png', of: async () => (await pictures.get(name)?.()) ?? null }] : []),
  ]
  return (
    <div className="row">
      {files.map(({ type, of }) => (
        <button
          key={type}
          type="button"
          className="plain"
          title={`Save as ${name}.${type}`}
          onClick={() => void of().then((file) => save(`${name}.${type}`, file))}
        >
          {type.toUpperCase()}
        </button>
      ))}
    </div>
  )
}

function save(name: string, file: Blob | null): void {
  if (file === null) return
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = `cutwater-${name}`
  link.click()
  URL.revokeObjectURL(url)
}
