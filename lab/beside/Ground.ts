import type { Twin } from '../bridge/Twin.ts'
import type { World } from '../World.ts'

/** Where something is put beside a twin, between its blocks. */
export type Ground = {
  readonly world: World
  readonly twin: Twin
  /** waits for the next block; what was sent before is mined in it */
  nextBlock(): Promise<number>
}
