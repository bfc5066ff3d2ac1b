#!/usr/bin/env node
// Node 24 runs the TypeScript sources as they are. Where an older Node starts this file, it hands over
// to the Node 24 that the workspace carries as an npm package.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'

const wanted = 24
if (Number(process.versions.node.split('.')[0]) >= wanted) {
  const [{ main }, { endWithNpm }] = await Promise.all([import('../main.ts'), import('../cli/endWithNpm.ts')])
  endWithNpm()
  await main(process.argv.slice(2))
} else {
  handOver()
}

function handOver() {
  const node = carriedNode()
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}

function carriedNode() {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node')
  } catch {
    console.error(
      `cutwater needs Node ${wanted} or later; this is ${process.version}. Run \`npm ci\` first, it brings one.`,
    )
    process.exit(1)
  }
}
