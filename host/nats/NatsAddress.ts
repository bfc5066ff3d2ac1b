import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** Servers of one cluster, any of which will do, and the name of what is kept there. */
export type NatsAddress = {
  /** `host:port` */
  readonly servers: readonly string[]
  /** whether the connection must be encrypted; a server may ask for it in any case */
  readonly tls: boolean
  readonly name: string
  /** on how many servers everything is kept; undefined leaves it as it is, 1 where it is new */
  readonly replicas: number | undefined
}

export function isOne(text: string): boolean {
  return /^(?:nats|tls):\/\//.test(text)
}

/**
 * Reads `nats://host:port,host:port/name?replicas=3`; `tls://` in place of `nats://` insists on encryption.
 *
 * @throws CutwaterError `NATS_ADDRESS_MALFORMED`, or `SECRET_IN_FILE` where it holds a password
 *
 * @example
 * parse('nats://127.0.0.1:4222/pier').servers // ['127.0.0.1:4222']
 * parse('tls://a,b:4333/pier?replicas=3').servers // ['a:4222', 'b:4333']
 */
export function parse(text: string, where = text): NatsAddress {
  if (text.includes('@')) throw secretInAddress(where)
  const match = /^(nats|tls):\/\/([^/?]+)\/([\w-]{1,64})(?:\?replicas=([135]))?$/.exec(text)
  if (match === null) throw malformed(where, 'the address cannot be read')
  const [, scheme, hosts, name, replicas] = match
  const servers = hosts!.split(',').map((host) => (/:\d+$/.test(host) ? host : `${host}:4222`))
  if (servers.some((server) => !/^(?:[\w.-]+|\[[\da-f:]+\]):\d{1,5}$/i.test(server)))
    throw malformed(where, `its servers are ${hosts}`)
  return {
    servers,
    tls: scheme === 'tls',
    name: name!,
    replicas: replicas === undefined ? undefined : Number(replicas),
  }
}

/** An address as people and errors say it. */
export function text({ servers, tls, name }: NatsAddress): string {
  return `${tls ? 'tls' : 'nats'}://${servers.join(',')}/${name}`
}

function malformed(where: string, what: string): CutwaterError {
  return new CutwaterError('NATS_ADDRESS_MALFORMED', what, {
    where,
    right: 'nats://host:port/name, more hosts after commas, ?replicas=3 (1, 3 or 5) at the end',
  })
}

// The address may hold a password, so this error does not repeat it.
function secretInAddress(where: string): CutwaterError {
  return new CutwaterError('SECRET_IN_FILE', 'an address of NATS holds a user or a password', {
    where: where.includes('@') ? 'address' : where,
    right: 'no @ in it; a credentials file in CUTWATER_NATS_CREDS or a token in CUTWATER_NATS_TOKEN',
  })
}
