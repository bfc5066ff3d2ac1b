import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the built page, built now where it is missing or older than its sources. */
export function builtPage(): Promise<string> {
  const folder = isFresh() ? Promise.resolve(dist) : build()
  // Who asks for the page hears of it; nobody has to.
  folder.catch(() => {})
  return folder
}

const web = fileURLToPath(new URL('.', import.meta.url))
const dist = join(web, 'dist')
const sources = ['index.html', 'main.tsx', 'charts', 'client', 'parts', 'pages', 'style']

function isFresh(): boolean {
  const built = statSync(join(dist, 'index.html'), { throwIfNoEntry: false })
  return built !== undefined && sources.every((name) => newest(join(web, name)) <= built.mtimeMs)
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path)
  const below = statSync(path).isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : []
  return Math.max(mtimeMs, ...below)
}

// Beside its place first, so that another server never serves half a page.
async function build(): Promise<string> {
  const { build: bundle } = await import('vite')
  const waiting = join(web, '../.cutwater')
  mkdirSync(waiting, { recursive: true })
  const outDir = mkdtempSync(join(waiting, 'page-'))
  await bundle({
    root: web,
    mode: 'production',
    // Whatever this process is, such as a test: what people get is the same.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  })
  const before = `${outDir}-before`
  if (existsSync(dist)) renameSync(dist, before)
  try {
    renameSync(outDir, dist)
  } catch {
    // Another server was quicker: its page is as good.
    rmSync(outDir, { recursive: true, force: true })
  }
  rmSync(before, { recursive: true, force: true })
  return dist
}
