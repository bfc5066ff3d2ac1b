import { describe, expect, it } from 'vitest'
import { hour, minute } from '../../units/UnixTime.ts'
import { step } from '../step.ts'
import {
  alpha,
  begin,
  beta,
  forgery,
  gold,
  legs,
  price,
  sampleBook,
  silver,
  whole,
} from '../testing/sampleBridge.ts'
import * as Tally from './Tally.ts'

const transfer = { token: gold, from: alpha, to: beta, amount: whole(gold, 100), message: '0', at: begin }

function counted(...observations: Parameters<typeof step>[1][]) {
  const book = sampleBook('none')
  const tally = Tally.create(3)
  for (const each of [price(gold, 1), price(silver, 20), ...observations]) {
    const outputs = step(book, each)
    Tally.takeFindings(tally, outputs)
    if (each.kind !== 'price' && 'beneficiary' in each) Tally.takeLeg(tally, book, each)
  }
  return tally
}

describe('the tally of an hour', () => {
  it('counts what enters and leaves escrow by pair of chains and token', () => {
    const back = legs({
      ...transfer,
      from: beta,
      to: alpha,
      amount: whole(gold, 30),
      message: '1',
      at: begin + hour,
    })
    expect([...counted(...legs(transfer), ...back).netUsd]).toEqual([['1:2:0', 70]])
  })

  it('counts as settled what was delivered and had its out leg, and as due what was burned and not released', () => {
    const [burn] = legs({
      ...transfer,
      from: beta,
      to: alpha,
      amount: whole(gold, 30),
      message: '1',
      at: begin + hour,
    })
    const tally = counted(...legs(transfer), burn)
    expect(tally.settledUsd).toBe(100)
    expect(tally.dueUnits).toEqual([30e6, 0, 0])
  })

  it('does not count a forgery as settled, and remembers that it was found', () => {
    const tally = counted(
      ...legs(transfer),
      forgery({ ...transfer, from: beta, to: alpha, message: '7', at: begin + hour }),
    )
    expect(tally.settledUsd).toBe(100)
    expect(tally.hardFindings.sum).toBe(0)
    const large = { ...transfer, amount: whole(gold, 1e6) }
    const stolen = forgery({ ...large, from: beta, to: alpha, message: '7', at: begin + hour })
    expect(counted(...legs(large), stolen).hardFindings.sum).toBeGreaterThan(0)
  })

  it('sees money that goes straight back, within a minute and on one chain', () => {
    const arriving = legs({ ...transfer, from: beta, to: alpha, message: '1', at: begin })[1]
    const again = (at: number) => legs({ ...transfer, message: '2', at })[0]
    expect(counted(arriving, again(arriving.at + minute)).roundTrips.sum).toBeCloseTo(200, 9)
    expect(counted(arriving, again(arriving.at + minute + 1)).roundTrips.sum).toBe(0)
  })

  it('begins each hour anew, and forgets who moved what a minute ago', () => {
    const tally = counted(...legs(transfer))
    Tally.close(tally, begin + 2 * hour)
    expect([tally.netUsd.size, tally.settledUsd, tally.recent.size]).toEqual([0, 0, 0])
  })
})
