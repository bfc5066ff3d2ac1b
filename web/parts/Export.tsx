import { csvOf } from '../client/csvOf.ts'

export type Row = Readonly<Record<string, unknown>>

/** What is shown, as a file: CSV for a sheet, JSON for a program. */
export function Export({ name, rows }: { name: string; rows: readonly Row[] }) {
  return (
    <div className="row export">
      <button type="button" className="plain" onClick={() => save(`${name}.csv`, 'text/csv', csvOf(rows))}>
        CSV
      </button>
      <button
        type="button"
        className="plain"
        onClick={() => save(`${name}.json`, 'application/json', `${JSON.stringify(rows, null, 1)}\n`)}
      >
        JSON
      </button>
    </div>
  )
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = `cutwater-${name}`
  link.click()
  URL.revokeObjectURL(url)
}
