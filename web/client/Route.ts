/** Where a reader is: a page, perhaps one thing on it, the moment everything is shown at, and what is asked of it. */
export type Route = {
  readonly page: PageName
  /** one thing of the page, such as a finding */
  readonly id: string | null
  /** the moment that is shown, unix seconds; null follows the newest */
  readonly at: number | null
  /** the branch that is shown; null is the bridge as it was watched */
  readonly branch: string | null
  /** a second future beside it */
  readonly versus: string | null
  /** what is filtered for */
  readonly filter: Filter
}

export type Filter = { readonly name: string; readonly severity: string; readonly q: string }

export type PageName = (typeof pages)[number]['name']

export const pages = [
  { name: 'now', title: 'Now' },
  { name: 'timeline', title: 'Timeline' },
  { name: 'findings', title: 'Findings' },
  { name: 'layers', title: 'Layers' },
  { name: 'options', title: 'Options' },
  { name: 'lab', title: 'Lab' },
  { name: 'evidence', title: 'Evidence' },
] as const

export const noFilter: Filter = { name: '', severity: '', q: '' }

export const home: Route = {
  page: 'now',
  id: null,
  at: null,
  branch: null,
  versus: null,
  filter: noFilter,
}

/**
 * The route of an address; what it does not understand it leaves out.
 *
 * @example
 * Route.parse('#/timeline?at=1659389551').at // 1659389551
 */
export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
  const [name, ...rest] = path.split('/')
  const page = pages.find((each) => each.name === name)?.name
  if (page === undefined) return home
  const given = new URLSearchParams(query)
  const text = (key: string) => given.get(key)?.slice(0, 200) ?? ''
  return {
    page,
    id: rest.length === 0 ? null : decoded(rest.join('/')),
    at: timeOf(given.get('at')),
    branch: text('branch') || null,
    versus: text('versus') || null,
    filter: { name: text('name'), severity: text('severity'), q: text('q') },
  }
}

/**
 * The address of a route.
 *
 * @example
 * Route.format({ ...Route.home, page: 'timeline', at: 1659389551 }) // '#/timeline?at=1659389551'
 */
export function format({ page, id, at, branch, versus, filter }: Route): string {
  const given = { ...(at === null ? {} : { at: String(at) }), branch, versus, ...filter }
  const query = new URLSearchParams(
    Object.entries(given).flatMap(([key, value]): [string, string][] => (value ? [[key, value]] : [])),
  ).toString()
  return `#/${page}${id === null ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`
}

function timeOf(text: string | null): number | null {
  const value = text === null || text === '' ? Number.NaN : Number(text)
  return Number.isSafeInteger(value) && value >= earliest && value <= latest ? value : null
}

// The years 0 to 9999, as the API takes them.
const earliest = -62_167_219_200
const latest = 253_402_300_799

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
