import { expect } from 'vitest'

/** Fails with the path of the first number that is none, anywhere in a result. */
export function expectFinite(value: unknown, path = 'result'): void {
  if (typeof value === 'number') expect(Number.isFinite(value), path).toBe(true)
  else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) expectFinite(part, `${path}.${key}`)
}
