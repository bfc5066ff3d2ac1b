import { names } from '@cutwater/core/bridge/findings/Finding.ts'
import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { type Filter, format, noFilter } from '../../client/Route.ts'
import { pathOf, useAnswer } from '../../client/useAnswer.ts'
import { useBridge, useFindings } from '../../client/useRecord.ts'
import { go, useRoute } from '../../client/useRoute.ts'
import { Export } from '../../parts/Export.tsx'
import { NotBegun } from '../../parts/NotBegun.tsx'
import { Answered, Empty } from '../../parts/States.tsx'
import { Time } from '../../parts/Time.tsx'
import { Evidence } from './Evidence.tsx'

/** What rules found wrong, newest first, and the evidence of one of them. */
export function FindingsPage() {
  const route = useRoute()
  const { data: bridge } = useBridge()
  const answer = useFindings({ ...route, limit: 200 })
  if (bridge !== undefined && bridge.range === null) return <NotBegun title="Findings" />
  return (
    <>
      <header className="page-head">
        <h1>Findings</h1>
        <Filters filter={route.filter} />
        {answer.data !== undefined && <Export name="findings" rows={answer.data.findings} />}
      </header>
      <div className={`findings${route.id === null ? '' : ' with-one'}`}>
        <Answered answer={answer} lines={10}>
          {(data) => <List data={data} />}
        </Answered>
        {route.id !== null && <One id={route.id} />}
        {route.id === null && answer.data?.findings.length !== 0 && (
          <Empty title="No finding is chosen.">Choose one to see its evidence, both legs side by side.</Empty>
        )}
      </div>
    </>
  )
}

function One({ id }: { id: string }) {
  const answer = useAnswer<Api.Finding>(pathOf(`/api/findings/${encodeURIComponent(id)}`, {}))
  return <Answered answer={answer}>{(finding) => <Evidence finding={finding} />}</Answered>
}

function List({ data }: { data: Api.Findings }) {
  const route = useRoute()
  if (data.findings.length === 0) {
    const isFiltered = Object.values(route.filter).some((text) => text !== '')
    return isFiltered ? (
      <Empty title="No finding fits.">
        <button type="button" className="plain" onClick={() => go({ filter: noFilter })}>
          Show all
        </button>
      </Empty>
    ) : (
      <Empty title="Nothing was found wrong by then." />
    )
  }
  return (
    <div>
      <p className="quiet" role="status">
        {Format.counted(data.total, 'finding')}
        {data.total > data.findings.length ? `, the newest ${data.findings.length} shown` : ''}
      </p>
      <ul className="finding-list finding-pane" tabIndex={-1}>
        {data.findings.map((finding) => (
          <li key={finding.id}>
            <a
              href={format({ ...route, id: finding.id })}
              aria-current={finding.id === route.id ? 'true' : undefined}
              className={finding.severity}
            >
              <span className="tag">{finding.severity}</span>
              <b>{finding.name}</b>
              <span>
                {finding.usd === null ? 'no price' : Format.usd(finding.usd)} {finding.token ?? ''}
              </span>
              <Time at={finding.at} isShort />
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Filters({ filter }: { filter: Filter }) {
  const change = (part: Partial<Filter>) => go({ filter: { ...filter, ...part } }, { replaces: true })
  return (
    <search className="fields">
      <label>
        Words
        <input
          type="search"
          value={filter.q}
          placeholder="transaction, message, token"
          onChange={(event) => change({ q: event.target.value.slice(0, 200) })}
        />
      </label>
      <label>
        Rule
        <select value={filter.name} onChange={(event) => change({ name: event.target.value })}>
          <option value="">all</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Severity
        <select value={filter.severity} onChange={(event) => change({ severity: event.target.value })}>
          <option value="">any</option>
          {['medium', 'high', 'critical'].map((name) => (
            <option key={name} value={name}>
              {name} or above
            </option>
          ))}
        </select>
      </label>
    </search>
  )
}
