import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

/* The program itself, as somebody at a terminal starts it: `bin/hanpyo`, with a data folder of its own. */

const program = join(import.meta.dirname, '../bin/hanpyo')
const folder = mkdtempSync(join(tmpdir(), 'hanpyo program '))
chmodSync(folder, 0o755)
const data = join(folder, 'data')
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  /** Both streams so far. */
  said(): string
  out(): string
  ended: Promise<number | null>
}

function hanpyo(words: string[], environment: Record<string, string> = {}): Run {
  const { VITEST: _, NODE_ENV: __, ...inherited } = process.env
  const child = spawn(program, words, {
    env: { ...inherited, HANPYO_DATA: data, HANPYO_LOG: 'silent', HANPYO_PORT: '0', ...environment },
  })
  running.add(child)
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child)
      resolve(code)
    }),
  )
  return { child, said: () => out + error, out: () => out, ended }
}

/** Runs a command to its end. */
async function command(words: string[], environment: Record<string, string> = {}) {
  const run = hanpyo(words, environment)
  return { code: await run.ended, out: run.out(), said: run.said() }
}

/** Starts the server and waits for its address. */
async function serve(environment: Record<string, string> = {}): Promise<Run & { url: string }> {
  const run = hanpyo(['serve'], environment)
  await expect.poll(run.said, { timeout: 60_000, interval: 50 }).toContain('Hanpyo is at ')
  return { ...run, url: /Hanpyo is at (\S+)/.exec(run.said())?.[1] ?? '' }
}

const ready = async (url: string): Promise<number> => (await fetch(`${url}/readyz`)).status

test.each([
  [{ HANPYO_PORT: 'eighty' }, 'HANPYO_PORT="eighty" is not valid. It takes: port to listen on, 0-65535.'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL="mysql://x…" is not valid. It takes: postgresql://'],
])('%o ends it with exit code 2: name, what it got, what it takes', async (environment, sentence) => {
  const { code, said } = await command(['serve'], environment)
  expect(said).toContain(sentence)
  expect(code).toBe(2)
})

test('a busy port gives the next free one, said aloud', async () => {
  const busy = await new Promise<Server>((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
  const { port } = busy.address() as AddressInfo
  const server = await serve({ HANPYO_PORT: String(port) })
  expect(server.said()).toMatch(new RegExp(`Port ${port} is in use, so this is port \\d+\\.`))
  expect(await ready(server.url)).toBe(200)
  server.child.kill('SIGINT')
  await server.ended
  busy.close()
})
