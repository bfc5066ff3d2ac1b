/** One text that is changed only by who knows it as it is. */
export type Register = {
  /** the text and its revision, which grows with each change; undefined where none was ever written */
  read(): Promise<Held | undefined>
  /**
   * Writes a text in place of the one of that revision, 0 where there is none; undefined when that is not the
   * newest any more. After a failure it may have been written all the same.
   */
  write(text: string, after: number): Promise<number | undefined>
}

export type Held = { readonly text: string; readonly revision: number }
