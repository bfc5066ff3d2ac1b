import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** Told of a file that cannot be relied on. */
export type OnBroken = (error: CutwaterError) => void

/** What `read` gives, or nothing where it fails with an error of ours and `onBroken` takes it. */
export function orNothing<Row>(read: () => readonly Row[], onBroken: OnBroken): readonly Row[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CutwaterError)) throw error
    onBroken(error)
    return []
  }
}

/** Takes no error. */
export function rethrow(error: CutwaterError): never {
  throw error
}
