/** One text that is kept for later, whole or not at all. */
export type Keep = {
  /** what was saved last; undefined when nothing was */
  load(): Promise<string | undefined>
  save(text: string): Promise<void>
}
