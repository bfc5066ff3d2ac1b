import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'

/**
 * The built page: its hashed files may be kept for good, its first file is asked for anew each time. Whoever asks
 * for the page while it is still being built is told so, and gets it as soon as it is there.
 */
export function page(folder: Promise<string>): MiddlewareHandler {
  let files: MiddlewareHandler | undefined
  let isBuilding = true
  const end = () => {
    isBuilding = false
  }
  folder.then(end, end)
  return async (context, next) => {
    if (isBuilding && context.req.path === '/')
      return context.html(beingBuilt, 200, { 'Cache-Control': 'no-store' })
    files ??= filesOf(await folder)
    return files(context, next)
  }
}

// Asked for again by the browser itself, at the place where the reader wanted to be.
const beingBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="1">
<title>Cutwater</title>
<h1>The page is being built</h1>
<p role="status">It is built from its sources once, which takes some seconds, and then shows by itself.</p>
</html>
`

function filesOf(folder: string): MiddlewareHandler {
  return serveStatic({
    root: folder,
    onFound: (path, context) => {
      const isHashed = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(path)
      context.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
