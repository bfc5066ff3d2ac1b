import { env } from 'node:process'
import fc from 'fast-check'

// The laws are tried on the same values each time, so that one code has one result; `npm run laws` tries them on others.
fc.configureGlobal({ seed: Number(env.CUTWATER_LAW_SEED ?? 1) })
