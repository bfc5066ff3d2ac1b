import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { format, home } from '../../client/Route.ts'
import { go } from '../../client/useRoute.ts'
import { Fact } from '../../parts/Fact.tsx'
import { Sentence } from '../../parts/Sentence.tsx'
import { Time } from '../../parts/Time.tsx'
import { CopyNote } from './CopyNote.tsx'
import * as Legs from './Legs.ts'

/** One finding with its evidence: both legs side by side, the field that differs marked, and what to check. */
export function Evidence({ finding }: { finding: Api.Finding }) {
  const { fields, rest } = Legs.of(finding.evidence)
  return (
    <article className="evidence" aria-labelledby="finding-title">
      <header>
        <span className={`tag ${finding.severity}`}>{finding.severity}</span>
        <h2 id="finding-title">{finding.name}</h2>
        <p className="sentence">
          <Sentence text={finding.sentence} />
        </p>
      </header>
      <dl className="facts">
        <Fact name="When">
          <Time at={finding.at} />
        </Fact>
        <Fact name="Chain">{finding.chain.name}</Fact>
        <Fact name="Value">
          {finding.usd === null ? 'no price' : Format.usd(finding.usd)} {finding.token ?? ''}
        </Fact>
        <Fact name="Message">{finding.message ?? 'none'}</Fact>
        <Fact name="Transaction">{finding.tx ?? 'none'}</Fact>
      </dl>
      {fields.length > 0 && (
        <div className="scroll">
          <table className="legs">
            <thead>
              <tr>
                <th>Field</th>
                <th>Source, the out leg</th>
                <th>Destination, the in leg</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ name, source, destination, differs }) => (
                <tr key={name} className={differs ? 'differs' : undefined}>
                  <th scope="row">
                    {name}
                    {differs && <small> differs</small>}
                  </th>
                  <td>{source ?? '–'}</td>
                  <td>{destination ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rest.length > 0 && (
        <dl className="facts">
          {rest.map(([name, text]) => (
            <Fact key={name} name={Format.words(name)}>
              {text}
            </Fact>
          ))}
        </dl>
      )}
      <h3>What to check</h3>
      <ol className="checks">
        {finding.check.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
      <div className="row">
        <CopyNote key={finding.id} finding={finding} />
        <button type="button" className="plain" onClick={() => go({ page: 'now', id: null, at: finding.at })}>
          See the bridge then
        </button>
        <a href={format({ ...home, page: 'timeline', at: finding.at })}>On the timeline</a>
      </div>
    </article>
  )
}
