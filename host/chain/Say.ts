import type { Facts } from '@cutwater/core/units/CutwaterError.ts'

/** Takes what a person who runs this may want to know; it never holds a key, nor a URL's path. */
export type Say = (level: 'info' | 'warn', what: string, facts: Facts) => void
