import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** The browser of the machine; where there is none, these tests say so by their names. */
export const chromiumPath = '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

/** Generous: a machine that does many things at once is slow, not wrong. */
export const patience = { timeout: 30_000 } as const

export function launch(): Promise<Browser> {
  const args = ['--disable-gpu', '--disable-background-networking', '--disable-component-update']
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-sync', '--no-first-run', ...args],
  })
}

/** A page that notes whatever it must not do. */
export type Watched = {
  readonly page: Page
  readonly context: BrowserContext
  /** errors, refusals of the page's policy, and requests that left the origin */
  readonly complaints: string[]
}

export async function openPage(
  browser: Browser,
  origin: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(patience.timeout)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // That an answer was a refusal is what some of the tests are about.
    const isRefusal = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isRefusal) complaints.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob):/.test(url)) complaints.push(`request: ${url}`)
  })
  return { page, context, complaints }
}

/** What axe finds serious or worse, each with where it is. */
export async function seriousFlaws(page: Page): Promise<readonly string[]> {
  // Through the debugger, not as a script of the page: its policy lets no other script in.
  await page.evaluate(axeSource)
  const found = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary)))`,
  )) as string[]
  return found
}

/** What the Tab key does not reach on a page, and what it reaches without showing it. */
export async function flawsOfKeys(page: Page): Promise<readonly string[]> {
  const unseen: string[] = []
  const count = (await page.evaluate(`${controls}.length`)) as number
  // Where Tab goes on from is the last thing that was used, unless something stands at the top.
  await page.evaluate(`${controls}.forEach((each) => delete each.dataset.reached)
    document.body.tabIndex = -1
    document.body.focus()`)
  for (let step = 0; step < count; step++) {
    await page.keyboard.press('Tab')
    const hidden = (await page.evaluate(reach)) as string | null
    if (hidden !== null) unseen.push(`no focus is seen on ${hidden}`)
  }
  const missed = (await page.evaluate(`${controls}
    .filter((each) => each.dataset.reached === undefined)
    .map((each) => 'not reached: ' + each.outerHTML.slice(0, 160))`)) as string[]
  return [...unseen, ...missed]
}

// Whatever is seen and can be used; of a group of radios the one that is chosen, the arrow keys do the rest.
const controls = `[...document.querySelectorAll('a[href], button:enabled, input:enabled, select:enabled, summary, [tabindex="0"]')]
  .filter((each) => each.checkVisibility() && (each.type !== 'radio' || each.checked))`

// The outline of a radio that is drawn as a button is its neighbour's.
const reach = `(() => {
  const reached = document.activeElement
  reached.dataset.reached = 'yes'
  const isSeen = [reached, reached.nextElementSibling].some((each) => {
    const { outlineStyle, outlineWidth } = each === null ? {} : getComputedStyle(each)
    return outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2
  })
  return isSeen ? null : reached.outerHTML.slice(0, 160)
})()`

const axeSource = createRequire(import.meta.url)('axe-core').source as string

/** A history whose every name and message tries to be a script. */
export function hostileHistory(history: History): History {
  const tokens = history.bridge.tokens.map((token) => ({ ...token, symbol: `${script}${token.symbol}` }))
  const chains = history.bridge.chains.map((chain) => ({ ...chain, name: `${chain.name}${script}` }))
  const observations = history.observations.map((each) =>
    isLeg(each) ? { ...each, message: `${script}${each.message}` } : each,
  )
  return { ...history, bridge: { ...history.bridge, name: `Bridge ${script}`, tokens, chains }, observations }
}

export const script = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>'
