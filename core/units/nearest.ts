/**
 * The candidate a misspelt word most likely meant; `undefined` when none is close.
 *
 * Close is an edit distance (insert, delete, replace, swap of neighbours; letter case is free) of at most a
 * third of the longer word, or one being the beginning of the other.
 *
 * @example
 * nearest('lokc', ['lock', 'mint']) // 'lock'
 * nearest('finality', ['id', 'name', 'finalitySeconds']) // 'finalitySeconds'
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least && isClose(word, candidate, distance)) {
      best = candidate
      least = distance
    }
  }
  return best
}

/**
 * What an error says is right: the word that was likely meant, or all of them when none is close.
 *
 * @example
 * choice('lokc', ['lock', 'mint']) // '"lock" or another known one'
 * choice('x', ['lock', 'mint']) // 'one of "lock", "mint"'
 */
export function choice(word: string, words: Iterable<string>): string {
  const all = [...words]
  const similar = nearest(word, all)
  if (similar !== undefined)
    return `${JSON.stringify(similar)}${all.length > 1 ? ' or another known one' : ''}`
  const shown = all
    .slice(0, 12)
    .map((each) => JSON.stringify(each))
    .join(', ')
  return `${all.length > 1 ? 'one of ' : ''}${shown}${all.length > 12 ? ' …' : ''}`
}

function isClose(word: string, candidate: string, distance: number): boolean {
  const [short, long] = word.length < candidate.length ? [word, candidate] : [candidate, word]
  if (short.length >= 3 && long.toLowerCase().startsWith(short.toLowerCase())) return true
  return distance <= Math.floor(long.length / 3)
}

// Optimal string alignment: Levenshtein's table with one more case, two neighbours swapped.
function editDistance(a: string, b: string): number {
  // A pasted novel is close to no keyword; without a bound the table would be as large as the novel.
  if (Math.max(a.length, b.length) > 100) return Number.POSITIVE_INFINITY
  let older: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + Number(a[row - 1] !== b[column - 1])
      current[column] = Math.min(previous[column]! + 1, current[column - 1]! + 1, replaced)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        current[column] = Math.min(current[column]!, older[column - 2]! + 1)
    }
    older = previous
    previous = current
  }
  return previous[b.length]!
}
