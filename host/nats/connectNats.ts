import { readFileSync } from 'node:fs'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node'
import * as NatsAddress from './NatsAddress.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Connects to any server of an address, and to another one when that is lost, for as long as it takes.
 *
 * Who it is says the credentials file that `CUTWATER_NATS_CREDS` names, or the token in `CUTWATER_NATS_TOKEN`.
 *
 * @throws CutwaterError `NATS_UNREACHABLE`, `NATS_REFUSED`, `NATS_CREDENTIALS_UNREADABLE`
 */
export async function connectNats(
  address: NatsAddress.NatsAddress,
  environment: Environment = process.env,
): Promise<NatsConnection> {
  const identity = identityOf(environment)
  try {
    return await connect({
      servers: [...address.servers],
      name: `cutwater ${address.name}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      timeout: connectMilliseconds,
      ...(address.tls ? { tls: {} } : {}),
      ...identity,
    })
  } catch (cause) {
    throw notConnected(NatsAddress.text(address), cause)
  }
}

const connectMilliseconds = 5_000

function identityOf(environment: Environment) {
  const { CUTWATER_NATS_CREDS: file, CUTWATER_NATS_TOKEN: token } = environment
  if (file) return { authenticator: credsAuthenticator(readCredentials(file)) }
  return token ? { token } : {}
}

function readCredentials(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new CutwaterError('NATS_CREDENTIALS_UNREADABLE', 'the credentials file cannot be read', {
      where: file,
      right: 'in CUTWATER_NATS_CREDS, the path of a .creds file this user may read',
      cause,
    })
  }
}

function notConnected(where: string, cause: unknown): CutwaterError {
  const detail = cause instanceof Error ? cause.message : String(cause)
  return /authoriz|authentic/i.test(detail)
    ? new CutwaterError('NATS_REFUSED', `the server refuses this user (${detail})`, {
        where,
        right: 'a credentials file in CUTWATER_NATS_CREDS or a token in CUTWATER_NATS_TOKEN that it knows',
        cause,
      })
    : new CutwaterError('NATS_UNREACHABLE', `no server answers (${detail})`, {
        where,
        right: 'a nats-server that runs there, with JetStream: nats-server -js',
        cause,
      })
}
