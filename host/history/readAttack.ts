import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'
import type { Events } from './readEvents.ts'

/** Reads the ids of the replayed in legs that a table labels `attack`; its other labels are left alone. */
export function readAttack(file: string, events: Events): Set<string> {
  const attack = new Set<string>()
  Csv.forEachRow(file, { required: ['label', 'chain_id', 'tx_hash', 'event_index'] }, (row) => {
    if (Cell.text(row, 'label') !== 'attack') return
    const chain = Cell.wholeNumber(row, 'chain_id')
    const id = BridgeEvent.id({
      chain,
      tx: Cell.hash(row, 'tx_hash'),
      index: Cell.wholeNumber(row, 'event_index'),
    })
    const labelled = events.rows.get(id)
    if (!labelled) throw strayError(Cell.place(row), id, events.file)
    if (BridgeEvent.isOut(labelled.event.kind)) throw outLegError(Cell.place(row), id, events.file, labelled)
    if (labelled.isReplayed) attack.add(id)
  })
  return attack
}

function strayError(where: string, id: string, file: string): CutwaterError {
  return new CutwaterError('LABEL_WITHOUT_EVENT', `the label is for the event ${id}, which does not exist`, {
    where,
    right: `chain_id, tx_hash and event_index of a row of ${file}`,
  })
}

function outLegError(
  where: string,
  id: string,
  file: string,
  { event, line }: { event: BridgeEvent.BridgeEvent; line: number },
) {
  return new CutwaterError(
    'LABEL_NOT_IN_LEG',
    `the event ${id} labelled attack is a ${event.kind} (${file}:${line})`,
    {
      where,
      right: 'an in leg, a mint or a release: what the attack took out',
    },
  )
}
