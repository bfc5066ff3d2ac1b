import { useActions, useDecisions } from '../../client/useRecord.ts'
import { useRoute } from '../../client/useRoute.ts'
import { Sentence } from '../../parts/Sentence.tsx'
import { Answered, Empty } from '../../parts/States.tsx'
import { Time } from '../../parts/Time.tsx'

/** The last decisions and what was done, as sentences, newest first. */
export function Decisions() {
  const { at, branch } = useRoute()
  const decisions = useDecisions({ limit: 6, at, branch })
  const actions = useActions({ limit: 6, at, branch })
  return (
    <section aria-labelledby="decisions-title">
      <h2 id="decisions-title">What was decided and done</h2>
      <Answered answer={decisions}>
        {({ decisions: decided }) => {
          const done = actions.data?.actions ?? []
          const all = [...decided, ...done].sort((a, b) => b.at - a.at || b.seq - a.seq).slice(0, 9)
          if (all.length === 0) return <Empty title="Nothing was decided yet." />
          return (
            <ol className="log">
              {all.map(({ seq, at: time, sentence }) => (
                <li key={`${seq}:${sentence}`}>
                  <Time at={time} isShort />
                  <p>
                    <Sentence text={sentence.replace(/^\d{4}-\d\d-\d\dT[\d:]+Z: /, '')} />
                  </p>
                </li>
              ))}
            </ol>
          )
        }}
      </Answered>
    </section>
  )
}
