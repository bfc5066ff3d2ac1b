import type { Tools } from '@cutwater/lab/run/Tools.ts'

/** Tools with which the last watcher signs so many messages and no more. */
export function silentFrom(tools: Tools, messages: number): Tools {
  let made = 0
  return {
    ...tools,
    attester: (...to) => {
      const attest = tools.attester(...to)
      made += 1
      if (made % 3 !== 0) return attest
      let asked = 0
      return async (...about) => (asked++ < messages ? attest(...about) : null)
    },
  }
}
