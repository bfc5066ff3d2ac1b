import type { Translation, Verdict } from '@cutwater/engine/translate/Translation.ts'
import { useState } from 'react'
import * as Format from '../../charts/Format.ts'
import { Export } from '../../parts/Export.tsx'
import { Reported } from '../../parts/Reported.tsx'
import { Answers } from './Answers.tsx'
import { ConceptTable } from './ConceptTable.tsx'
import { Tornado } from './Tornado.tsx'

/** Does it translate? Each concept on both sides, what it is worth there, and the verdict. */
export function EvidencePage() {
  return (
    <>
      <header className="page-head">
        <h1>Evidence</h1>
        <p className="lead">
          Does a layered volatility hedge translate to bridges? Each concept is switched off and on in both
          books; what changes is its effect.
        </p>
      </header>
      <Reported<Translation> name="translate" what="The translation">
        {(translation) => <Translated translation={translation} />}
      </Reported>
    </>
  )
}

function Translated({ translation }: { translation: Translation }) {
  const { concepts, notes } = translation
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const shown = concepts.filter((each) => verdict === null || each.verdict === verdict)
  return (
    <>
      <div className="row between">
        <fieldset className="choice">
          <legend className="unseen">Which verdicts are shown</legend>
          {[null, ...verdicts].map((each) => (
            <label key={each ?? 'all'}>
              <input
                type="radio"
                name="verdict"
                checked={verdict === each}
                onChange={() => setVerdict(each)}
              />
              <span>
                {each ?? 'all'}{' '}
                {Format.count(concepts.filter((concept) => each === null || concept.verdict === each).length)}
              </span>
            </label>
          ))}
        </fieldset>
        <Export name="translation" rows={shown} />
      </div>
      <ConceptTable concepts={shown} reach={reachOf(concepts)} />
      <Answers translation={translation} />
      <Tornado tornado={translation.tornado} />
      <ul className="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}

const verdicts: readonly Verdict[] = ['translates', 'partly', 'does not', 'cannot be measured here']

// The scale of all intervals: nine in ten ends lie within it, so that one wild row does not flatten the rest.
function reachOf(concepts: Translation['concepts']): number {
  const ends = concepts.flatMap(({ options, bridge }) => [options.low, options.high, bridge.low, bridge.high])
  const sizes = ends.flatMap((end) => (end === null ? [] : [Math.abs(end)])).sort((a, b) => a - b)
  return sizes[Math.floor((sizes.length - 1) * 0.9)] ?? 1
}
