import { readFileSync, statSync } from 'node:fs'
import type { Bridge, State } from '@cutwater/host/api/schemas.ts'
import { launch, openPage } from '@cutwater/host/cli/browser/browser.fixture.ts'
import { type Server, serving, until } from '@cutwater/host/cli/serve.fixture.ts'
import { builtPage } from '@cutwater/web/build.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { type Area, budget, type Contest } from '../harness.ts'
import { millionJournaled, millisecondsOf, spanOf, spread } from './millionJournaled.ts'

/** The page itself on a journal of a million events: until it can be used, and until it has followed the slider. */
export const journalPage: Area = {
  name: 'journal-page',
  prepare: async () => {
    const { file, events, note, remove } = await millionJournaled()
    // Otherwise the first server would build the page, and have the tools for it in memory.
    await builtPage()
    const first = await serving('--journal', file)
    const firstMs = await millisecondsOf(() => isRead(first))
    const firstMegabytes = residentOf(first.child.pid!)
    await stopped(first)
    const server = await serving('--journal', file)
    await isRead(server)
    const times = spread(await rangeOf(server))
    const asked: number[] = []
    for (const at of times) asked.push(await millisecondsOf(() => stateOf(server, at)))
    const shown = await shownBy(server)
    const moved: number[] = []
    let agrees = true
    for (const at of times.slice(0, moves)) {
      moved.push(await shown.move(at))
      const { lockedUsd } = await stateOf(server, at)
      agrees &&= (await shown.text()).includes(Format.usd(lockedUsd))
    }
    const said = [
      `read for the first time in ${(firstMs / 1_000).toFixed(0)} s by a server that then has ${firstMegabytes} MB`,
      `${megabytes(statSync(`${file}-timeline`).size)} MB kept beside a journal of ${megabytes(statSync(file).size)} MB`,
      `a state over HTTP, ${times.length} moments: ${spanOf(asked)}`,
      `the page can be used after ${shown.usableMs.toFixed(0)} ms`,
      `${moves} moves of its slider until the moment is drawn: ${spanOf(moved)}`,
      await shown.memory(),
      `a server that reads on has ${residentOf(server.child.pid!)} MB`,
    ]
    let nth = 0
    return {
      ...{ unit: 'M moves/s', items: 1, target: 1, agrees },
      peer: `a budget of ${budgetMs} ms`,
      note: `${events} events, ${note}; agrees when the page shows what the API says; ${said.join('; ')}`,
      ours: () => shown.move(times[nth++ % times.length]!),
      theirs: budget(budgetMs),
      close: () => {
        void shown.close()
        void stopped(server).then(remove)
      },
    } satisfies Contest
  },
}

const budgetMs = 100

const moves = 50

async function shownBy(server: Server) {
  const browser = await launch()
  const { page, context } = await openPage(browser, server.url)
  const usableMs = await millisecondsOf(async () => {
    await page.goto(`${server.url}/#/now`)
    await page.getByRole('slider', { name: 'Moment shown' }).waitFor()
    await page.locator('.state-band').waitFor()
  })
  return {
    usableMs,
    move: (at: number) => page.evaluate<number>(moving(at)),
    text: () => page.getByRole('main').innerText(),
    close: () => browser.close(),
    memory: async () => {
      const session = await context.newCDPSession(page)
      await session.send('HeapProfiler.collectGarbage')
      await session.send('Performance.enable')
      const { metrics } = await session.send('Performance.getMetrics')
      const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value
      const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo')
      const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentOf(id))
      return `a JavaScript heap of ${megabytes(heap)} MB, its process ${Math.max(...renderers)} MB`
    },
  }
}

// As a hand on the slider does it; the answer is the milliseconds until the page shows that moment.
function moving(at: number): string {
  return `new Promise((resolve) => {
    const slider = document.querySelector('input[type=range]')
    const from = performance.now()
    const look = () => {
      if (!document.querySelector('.state-band')?.textContent.includes('${Format.time(at)}')) return
      observer.disconnect()
      resolve(performance.now() - from)
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, ${at})
    slider.dispatchEvent(new Event('input', { bubbles: true }))
  })`
}

// A server that reads as fast as it can may let a line go before it is used again.
function isRead({ url }: Server): Promise<void> {
  return until(async () => {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    return answer?.ok === true
  })
}

async function rangeOf({ url }: Server) {
  const { range } = (await (await fetch(`${url}/api/bridge`)).json()) as Bridge
  return { from: range!.from, at: range!.to }
}

async function stateOf({ url }: Server, at: number): Promise<State> {
  return (await (await fetch(`${url}/api/state?at=${at}`)).json()) as State
}

function stopped({ child }: Server): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGINT')
  })
}

/** What a process has in memory, as Linux tells it. */
function residentOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]
  return megabytes(1_024 * Number(kilobytes))
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
