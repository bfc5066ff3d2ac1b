import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const endWithNpm = join(import.meta.dirname, 'endWithNpm.ts')

/** A shell that starts a program and is ended by a signal; whether the program ended in good order after it. */
async function orphaned(env: Readonly<Record<string, string>>): Promise<string> {
  const program = `
    import { endWithNpm } from ${JSON.stringify(endWithNpm)}
    process.on('SIGTERM', () => { console.log('ended'); process.exit() })
    setTimeout(() => { console.log('stayed'); process.exit() }, 6000)
    endWithNpm()
    console.log('runs')`
  const { npm_command: _, ...rest } = process.env
  const shell = spawn(
    'sh',
    ['-c', '"$0" --input-type=module-typescript -e "$1"; true', process.execPath, program],
    { env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let told = ''
  shell.stdout.on('data', (chunk) => {
    told += String(chunk)
    if (told.startsWith('runs')) shell.kill('SIGTERM')
  })
  await once(shell.stdout, 'close')
  return told.trim().split('\n').at(-1)!
}

test('a program ends when npm is gone that started it', async () => {
  expect(await orphaned({ npm_command: 'exec' })).toBe('ended')
})

test('started by a shell it goes on', async () => {
  expect(await orphaned({})).toBe('stayed')
})
