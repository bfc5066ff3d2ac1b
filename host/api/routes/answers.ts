import type { z } from '@hono/zod-openapi'
import { errorBody } from '../schemas.ts'

/** A route's answers for its document: what fits, and the one shape of all errors. */
export function answers<Schema extends z.ZodType>(schema: Schema) {
  const error = {
    description: 'what was wrong, and what would be right',
    content: { 'application/json': { schema: errorBody } },
  }
  return {
    200: { description: 'the answer', content: { 'application/json': { schema } } },
    400: error,
    404: error,
  } as const
}
