#!/usr/bin/env node
// Stands in for the solc binary, which Forge would otherwise download: answers `--version` and
// `--standard-json` from the npm package's compiled solc.
import fs from 'node:fs'
import solc from 'solc'

if (process.argv.includes('--version')) {
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++')
  write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`)
} else if (process.argv.includes('--standard-json')) {
  write(solc.compile(fs.readFileSync(0, 'utf8')))
} else {
  process.stderr.write('solc.js answers --version and --standard-json only\n')
  process.exitCode = 1
}

// A pipe takes 64 KiB at a time and process.exit would cut the rest, so write until all is gone.
function write(text) {
  const bytes = Buffer.from(text)
  let done = 0
  while (done < bytes.length) {
    try {
      done += fs.writeSync(1, bytes, done)
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}
