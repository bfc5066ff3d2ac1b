import * as Posture from '@cutwater/core/ladder/Posture.ts'
import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as z from 'zod'
import { someText } from './bridgeSchemas.ts'
import { readYaml } from './readYaml.ts'

/** What a simulation is told about a bridge. */
export type SimulationFile = z.output<typeof schema>

/**
 * Reads the description of a bridge to simulate.
 *
 * Throws `FILE_*`, `YAML_*` or `ASSUMPTION_*` with the line.
 */
export function read(file: string): SimulationFile {
  const { value, place } = readYaml(file, schema)
  for (const [name, number] of Object.entries(value.assumptions)) {
    try {
      Assumptions.withChanges({ [name]: number })
    } catch (cause) {
      if (cause instanceof CutwaterError) throw atLine(cause, place(['assumptions', name]))
      throw cause
    }
  }
  return value
}

const schema = z.strictObject({
  name: someText.default('My bridge'),
  valueUsd: z.number().positive('dollars above zero'),
  years: z.number().min(0.01, '0.01 or more').max(100, 'at most 100').default(1),
  posture: z.enum(Posture.names).default('balanced'),
  assumptions: z.record(z.string(), z.number()).default({}),
})

function atLine({ code, message, right, facts }: CutwaterError, where: string): CutwaterError {
  const what = message.replace(/; expected .*$/, '')
  return new CutwaterError(code, what, { where, right, facts })
}
