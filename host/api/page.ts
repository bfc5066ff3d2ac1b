import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'

/**
 * The built page: its hashed files may be kept for good, its first file is asked for anew each time. Whoever asks
 * while it is still being built waits.
 */
export function page(folder: Promise<string>): MiddlewareHandler {
  let files: MiddlewareHandler | undefined
  return async (context, next) => {
    files ??= filesOf(await folder)
    return files(context, next)
  }
}

function filesOf(folder: string): MiddlewareHandler {
  return serveStatic({
    root: folder,
    onFound: (path, context) => {
      const isHashed = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(path)
      context.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
