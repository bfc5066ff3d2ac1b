import { format, home } from '../../client/Route.ts'
import { useNews } from '../../client/useNews.ts'
import { Sentence } from '../../parts/Sentence.tsx'
import { Time } from '../../parts/Time.tsx'

/** What has come since the page was opened, newest first; nothing is shown while nothing has. */
export function JustNow() {
  const { told } = useNews()
  if (told.length === 0) return null
  return (
    <section className="just-now" aria-labelledby="just-now-title">
      <h2 id="just-now-title">
        Since you opened this page <small>{told.length}</small>
      </h2>
      <ol className="log" aria-live="polite">
        {told.slice(0, mostShown).map(({ id, kind, at, sentence, what }) => (
          <li key={id} data-news={id}>
            <Time at={at} isShort />
            <p>
              {kind === 'finding' ? (
                <a href={format({ ...home, page: 'findings', id: what.id })}>{what.name}</a>
              ) : (
                <b>{kind}</b>
              )}{' '}
              <Sentence text={sentence.replace(/^\d{4}-\d\d-\d\dT[\d:]+Z: /, '')} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const mostShown = 5
