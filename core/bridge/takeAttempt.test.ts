import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, hour } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import * as Book from './BridgeBook.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import * as Policy from './BridgePolicy.ts'
import type { Attempt, Observation } from './Observation.ts'
import type { Output } from './Output.ts'
import { step } from './step.ts'
import { wishes } from './testing/arbitraries.fixture.ts'
import {
  alpha,
  begin,
  beta,
  contractOn,
  gamma,
  gold,
  inLeg,
  lead,
  outLeg,
  price,
  sampleBridge,
  silver,
  whole,
} from './testing/sampleBridge.ts'
import { pausesOf } from './testing/steal.ts'
import { honest } from './testing/traffic.ts'

const withdrawal = {
  token: gold,
  from: beta,
  to: alpha,
  amount: whole(gold, 50_000),
  message: '0',
  at: begin,
}

describe('a release that the guard on chain holds', () => {
  it('is honest when an out leg of its token and amount waits: its proof is late', () => {
    const book = bookWith(1e6)
    step(book, outLeg(withdrawal))
    expect(run(book, [attempt(), ...seen(begin + 2 * hour)])).toEqual([])
  })

  it('is not judged before every chain it could come from was seen as far', () => {
    const book = bookWith(1e6, [alpha, beta, gamma])
    const [later, earlier] = [attempt().at, attempt().at - 1]
    expect(run(book, [attempt(), head(beta, later), head(gamma, earlier)])).toEqual([])
    expect(book.attempts).toHaveLength(1)
    expect(findingsOf(run(book, [head(gamma, later)]))).toEqual(['ReleaseWithoutSource'])
    expect(book.attempts).toEqual([])
  })

  it('is honest after all when its out leg is seen in time', () => {
    const book = bookWith(1e6)
    expect(run(book, [attempt(), outLeg(withdrawal), ...seen(begin + 2 * hour)])).toEqual([])
    expect(book.attempts).toEqual([])
  })

  it('is honest when it has been let pass before its source was seen, though its out leg is used up by then', () => {
    const book = bookWith(1e6, [alpha, beta, gamma])
    const passed = inLeg({ ...withdrawal, latencySeconds: hour + 60 })
    const [at, all] = [passed.at + 1, [attempt(), passed]]
    run(book, [...all, head(gamma, at), outLeg(withdrawal), head(beta, at)])
    expect(book.counts.findings.ReleaseWithoutSource).toBe(0)
    expect([book.counts.matched.withdrawals, book.attempts, book.pending]).toEqual([1, [], []])
  })

  it('is found and answered when there is none: the allowance is shut, the lane stays open', () => {
    const book = bookWith(1e6)
    const outputs = run(book, [attempt(), ...seen(begin + 2 * hour)])
    const [finding] = outputs.flatMap((output) => (output.type === 'finding' ? [output.finding] : []))
    expect(finding).toMatchObject({
      name: 'ReleaseWithoutSource',
      severity: 'critical',
      usd: 50_000_00,
      tx: '0xee',
    })
    expect(outputs.filter(({ type }) => type === 'shut')).toMatchObject([{ at: begin + 2 * hour }])
    expect(pausesOf(book, outputs)).toEqual([])
    expect(book.stress.near).toBe(1)
  })

  it('that is an oddity is found, and nothing is done', () => {
    const book = bookWith(1e6)
    const outputs = run(book, [attempt(whole(gold, 1)), ...seen(begin + 2 * hour)])
    expect([findingsOf(outputs), outputs.length]).toEqual([['ReleaseWithoutSource'], 1])
  })

  it('of a token or on a chain that nobody mapped is left to the finding of its legs', () => {
    const book = bookWith(1e6)
    expect(
      run(book, [{ ...attempt(), token: 'tin-1' }, { ...attempt(), chain: 9 }, ...seen(begin + 2 * hour)]),
    ).toEqual([])
  })

  it('law: honest releases with late proofs accuse nobody, in whatever order the chains are seen', () => {
    const lag = fc.array(fc.nat(2 * day), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(wishes(), lag, (wished, late) => {
        const bridge = sampleBridge([alpha, beta], [gold, silver, lead])
        const book = Book.create(bridge, Policy.of('adaptive', { level: 3 }), true)
        const tries = honest(bridge, wished).map((transfer): [number, Observation[]] => {
          const at = transfer.at + transfer.latencySeconds!
          const token = contractOn(transfer.token, transfer.to.id)
          const tried = { ...attempt(transfer.amount), at, chain: transfer.to.id, token }
          return [at + late[transfer.to.id - 1]!, [tried]]
        })
        const outs = honest(bridge, wished).map((transfer): [number, Observation[]] => {
          const out: BridgeEvent = outLeg(transfer)
          return [out.at + late[out.chain - 1]!, [{ kind: 'head', chain: out.chain, at: out.at - 1 }, out]]
        })
        const inSight = [...outs, ...tries]
          .sort(([a], [b]) => a - b)
          .flatMap(([, observations]) => observations)
        run(book, [...inSight, ...seen(Math.max(begin, ...inSight.map(({ at }) => at)))])
        expect(book.counts.findings.ReleaseWithoutSource).toBe(0)
      }),
    )
  })
})

/** A live book with so many gold locked, which has seen both chains until then. */
function bookWith(locked: number, chains = [alpha, beta]): BridgeBook {
  const book = Book.create(sampleBridge(chains), Policy.of('adaptive', { level: 3 }), true)
  const deposit = {
    token: gold,
    from: alpha,
    to: beta,
    amount: whole(gold, locked),
    message: 'vault',
    at: begin,
  }
  run(book, [price(gold, 1), outLeg(deposit)])
  return book
}

function attempt(amount = withdrawal.amount): Attempt {
  const place = { at: begin + hour, chain: alpha.id, tx: '0xee', index: 0, block: 7 }
  return { kind: 'attempt', ...place, token: contractOn(gold, alpha.id), amount }
}

function head({ id }: { readonly id: number }, at: number): Observation {
  return { kind: 'head', chain: id, at }
}

function seen(at: number): Observation[] {
  return [head(alpha, at), head(beta, at)]
}

function run(book: BridgeBook, observations: readonly Observation[]): Output[] {
  return observations.flatMap((observation) => [...step(book, observation)])
}

function findingsOf(outputs: readonly Output[]): string[] {
  return outputs.flatMap((output) => (output.type === 'finding' ? [output.finding.name] : []))
}
