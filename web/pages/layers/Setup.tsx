import type { Assessment } from '@cutwater/engine/assess/Assessment.ts'

/** What is wrong with how the bridge is set up, what is not believed, and what to keep in mind. */
export function Setup({ lint, doubts, notes }: Pick<Assessment, 'lint' | 'doubts' | 'notes'>) {
  return (
    <section className="apart" aria-labelledby="setup-title">
      <h2 id="setup-title">Setup</h2>
      {lint.length > 0 && (
        <ul className="lint">
          {lint.map(({ severity, what, right }) => (
            <li key={what}>
              <span className={`tag ${severity}`}>{severity}</span>
              <div>
                {what}
                <p className="quiet">What would be right: {right}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <ul className="notes">
        {[...doubts, ...notes].map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  )
}
