import type * as Api from '@cutwater/host/api/schemas.ts'

/** One field of a message as both legs have it; null where the evidence does not say. */
export type Field = {
  readonly name: string
  readonly source: string | null
  readonly destination: string | null
  readonly differs: boolean
}

/**
 * A finding's evidence, told apart: what each leg says of a field, and what belongs to neither.
 *
 * @example
 * Legs.of({ fields: 'amount', amountSource: '1', amountDestination: '2' }).fields[0].differs // true
 */
export function of(evidence: Api.Finding['evidence']): {
  readonly fields: readonly Field[]
  readonly rest: readonly (readonly [string, string])[]
} {
  const names = [...new Set(Object.keys(evidence).flatMap((key) => stemOf(key) ?? []))]
  const text = (key: string) => {
    const value = evidence[key]
    return value === null || value === undefined ? null : String(value)
  }
  const differing = new Set((text('fields') ?? '').split(/[\s,]+/))
  const fields = names.map((name) => {
    const [source, destination] = [text(`${name}Source`), text(`${name}Destination`)]
    const differs = differing.has(name) || (source !== null && destination !== null && source !== destination)
    return { name, source, destination, differs }
  })
  const rest = Object.entries(evidence).flatMap(([key, value]) =>
    stemOf(key) !== undefined || value === null ? [] : [[key, String(value)] as const],
  )
  return { fields, rest }
}

function stemOf(key: string): string | undefined {
  return /^(.+)(?:Source|Destination)$/.exec(key)?.[1]
}
