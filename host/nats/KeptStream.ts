import {
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream'

/** A stream of which nothing is ever deleted, by age or size or by anybody. */
export type KeptStream = {
  readonly name: string
  readonly subject: string
  readonly description: string
  readonly replicas: number | undefined
}

/** What there is of a stream; undefined where there is none. */
export async function find(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name)
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === notFound) return undefined
    throw error
  }
}

export async function create(
  manager: JetStreamManager,
  { name, subject, description, replicas }: KeptStream,
): Promise<void> {
  await manager.streams.add({
    name,
    subjects: [subject],
    description,
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    num_replicas: replicas ?? 1,
    deny_delete: true,
    deny_purge: true,
    allow_direct: false,
  })
}

/** How long one question waits; what is lost with a connection is asked again after it. */
export const answerMilliseconds = 2_000

/** Whether a message was refused because another one has its place. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === wrongLastSequence
}

// https://github.com/nats-io/nats-server/blob/v2.9.10/server/errors.json
const wrongLastSequence = 10_071
const notFound = 10_059
