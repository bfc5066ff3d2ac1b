/**
 * Texts by name: what can be made anew at any time and takes long to make. A text that is missing costs time, never
 * an answer.
 */
export type Shelf = {
  put(name: string, text: string): void
  get(name: string): string | undefined
  drop(name: string): void
  /** another one, empty, that lasts as long as the process */
  aside(): Shelf
}

/** A shelf that lasts as long as the process. */
export function memoryShelf(): Shelf {
  const texts = new Map<string, string>()
  return {
    put: (name, text) => void texts.set(name, text),
    get: (name) => texts.get(name),
    drop: (name) => void texts.delete(name),
    aside: memoryShelf,
  }
}
