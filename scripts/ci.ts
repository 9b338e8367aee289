import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

/** Everything that must hold before a change is taken: the static checks, each counted as one, and all tests. */
const checks = ['types', 'lint', 'format', 'imports', 'messages', 'unused', 'lock']
const reportPath = 'node_modules/.cache/vitest.json'

let passed = 0
let failed = 0

const npm = (...words: string[]): boolean => spawnSync('npm', words, { stdio: 'inherit' }).status === 0

for (const check of checks) {
  const started = performance.now()
  const ok = npm('run', '--silent', `check:${check}`)
  console.log(`${ok ? 'ok    ' : 'FAILED'} check:${check} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  if (ok) passed++
  else failed++
}

mkdirSync('node_modules/.cache', { recursive: true })
rmSync(reportPath, { force: true })
const ok = npm('test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`)
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
