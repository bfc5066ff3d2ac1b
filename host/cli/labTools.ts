import type { Tools } from '@cutwater/lab/run/Tools.ts'
import { plainTools } from '@cutwater/lab/testing/plainTools.ts'

/** What the lab is run with. */
export const labTools: Tools = plainTools
