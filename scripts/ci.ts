import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'

/** Everything that must hold before a change is taken: the static checks, each counted as one, and all tests. */
const checks = [['types'], ['lint', 'format', 'imports', 'messages', 'unused', 'lock']] // side by side: both take a minute of one core
const reportPath = 'node_modules/.cache/vitest.json'

let passed = 0
let failed = 0

/** Its words are printed when it ends, so that two side by side do not mix. */
async function runCheck(check: string): Promise<void> {
  const started = performance.now()
  const child = spawn('npm', ['run', '--silent', `check:${check}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  process.stdout.write(Buffer.concat(said))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} check:${check} (${seconds} s)`)
  if (code === 0) passed++
  else failed++
}

/** Each test file makes a database of a thousand small files: in memory, where there is room, that takes a third of the time. */
function inMemory(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return ''
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize < 6e9) return ''
  const folder = mkdtempSync(`${memory}/hanpyo-test-`)
  chmodSync(folder, 0o755) // as root PostgreSQL runs as somebody else
  return folder
}

await Promise.all(
  checks.map(async (lane) => {
    for (const check of lane) await runCheck(check)
  }),
)

mkdirSync('node_modules/.cache', { recursive: true })
rmSync(reportPath, { force: true })
const words = ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`]
const data = inMemory()
const ok = spawnSync('npm', words, { stdio: 'inherit', env: { ...process.env, HANPYO_TEST_DATA: data } }).status === 0
if (data) rmSync(data, { recursive: true, force: true })
if (existsSync(reportPath)) {
  const report = JSON.parse(readFileSync(reportPath, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numFailedTestSuites: number
  }
  passed += report.numPassedTests
  failed += report.numFailedTests
  // A file that could not even be loaded, or an error outside any test, has no failed test of its own.
  if (!ok && report.numFailedTests === 0) failed += Math.max(1, report.numFailedTestSuites)
} else {
  console.log('the tests did not run')
  failed++
}

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
