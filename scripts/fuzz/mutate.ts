import * as Rng from '@cutwater/core/simulation/Rng.ts'

/** Texts where numbers stood, and where anything stood, that catch those who did not look. */
const odd = [
  '',
  '0',
  '-1',
  '1e999',
  '-0',
  'NaN',
  '0x',
  '1.5',
  '9'.repeat(80),
  '\u0000',
  '\ud800',
  '__proto__',
  'null',
  '😀',
  '../..',
]

/** A text with a few things wrong, mostly one: characters changed, cut, doubled, or a number that is none. */
export function mutateText(rng: Rng.Rng, text: string): string {
  let mutated = text
  do mutated = mutateOnce(rng, mutated)
  while (Rng.chance(rng, 0.3))
  return mutated
}

function mutateOnce(rng: Rng.Rng, text: string): string {
  const at = Rng.integer(rng, text.length + 1)
  const end = Math.min(text.length, at + Rng.integer(rng, 12))
  const [before, part, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)]
  switch (Rng.integer(rng, 7)) {
    case 0:
      return before + after
    case 1:
      return before + part + part + after
    case 2:
      return Rng.chance(rng, 0.3) ? before : before + part.toLowerCase() + after
    case 3:
      return before + Rng.pick(rng, odd) + after
    case 4:
      return (
        before + String.fromCharCode(Rng.integer(rng, Rng.chance(rng, 0.9) ? 128 : 65_536)) + part + after
      )
    case 5:
      return before + part.toUpperCase() + after.replace(/\d+/, Rng.pick(rng, odd))
    default:
      return before + text.slice(Rng.integer(rng, text.length + 1)).slice(0, 40) + after
  }
}

/** A value with one thing in it that is another, missing, or nested without end. */
export function mutateValue(rng: Rng.Rng, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && Rng.chance(rng, 0.9)) {
    const at = Rng.integer(rng, value.length)
    if (Rng.chance(rng, 0.1)) return value.toSpliced(at, 1, value[at], value[at])
    return value.with(at, mutateValue(rng, value[at]))
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Rng.chance(rng, 0.95)) {
    const entries = Object.entries(value)
    if (entries.length === 0) return Rng.pick(rng, strange)
    const [key, held] = Rng.pick(rng, entries)
    if (Rng.chance(rng, 0.15)) return Object.fromEntries(entries.filter(([other]) => other !== key))
    return { ...value, [key]: mutateValue(rng, held) }
  }
  if (typeof value === 'string' && Rng.chance(rng, 0.6)) return mutateText(rng, value)
  return Rng.pick(rng, strange)
}

const deep = JSON.parse(`${'['.repeat(400)}${']'.repeat(400)}`) as unknown
const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.5,
  '',
  '0x',
  '0x0',
  'latest',
  [],
  {},
  [[]],
  deep,
  ...odd,
]
