import { expect, test } from 'vitest'
import * as Legs from './Legs.ts'

test('puts both legs of a field beside each other and marks what differs', () => {
  const evidence = {
    fields: 'beneficiary',
    sourceTx: '0x01',
    beneficiarySource: '0xaa',
    beneficiaryDestination: '0xbb',
    amountSource: '5',
    amountDestination: '5',
    nothing: null,
  }
  expect(Legs.of(evidence)).toEqual({
    fields: [
      { name: 'beneficiary', source: '0xaa', destination: '0xbb', differs: true },
      { name: 'amount', source: '5', destination: '5', differs: false },
    ],
    rest: [
      ['fields', 'beneficiary'],
      ['sourceTx', '0x01'],
    ],
  })
})
