import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Runs every benchmark beside this file, one after the other, and prints their results as one table.
 * A benchmark is a program that takes `--small` and writes `BenchResult[]` as JSON to the file named in HANPYO_BENCH_RESULT.
 */
export interface BenchResult {
  work: string
  /** What was measured, with its unit: '71,200 rows/s'. */
  ours: string
  /** The same of the reference. */
  reference: string
  /** Ours against the reference, in the direction of `goal`. */
  ratio: number
  /** '≤ 1.25', '≥ 0.25'. */
  goal: string
  is_met: boolean
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
})
const all = globSync(join(import.meta.dirname, '*.bench.ts')).sort()
const names = all.map((path) => basename(path, '.bench.ts'))

if (values.help) {
  console.log(`npm run bench -- [--small] [NAME…]\n\nNames: ${names.join(', ')}`)
} else process.exitCode = run()

function run(): number {
  const unknown = positionals.filter((name) => !names.includes(name))
  if (unknown.length) {
    console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}`)
    return 2
  }
  const chosen = positionals.length ? names.filter((name) => positionals.includes(name)) : names
  mkdirSync('node_modules/.cache', { recursive: true })
  const results: BenchResult[] = []
  let failed = 0
  for (const name of chosen) {
    console.log(`\n── ${name}`)
    const path = `node_modules/.cache/bench-${name}.json`
    rmSync(path, { force: true })
    const { status } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, `${name}.bench.ts`), ...(values.small ? ['--small'] : [])],
      {
        stdio: 'inherit',
        env: { ...process.env, NODE_ENV: 'production', HANPYO_BENCH_RESULT: path },
      },
    )
    if (status === 0) results.push(...(JSON.parse(readFileSync(path, 'utf8')) as BenchResult[]))
    else {
      console.error(`${name} failed`)
      failed++
    }
  }
  const cores = cpus()
  console.log(
    `\n${cores.length} × ${cores[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}${values.small ? ', small sizes' : ''}\n`,
  )
  console.log('| work | ours | reference | ratio | goal | met |\n|---|---|---|---|---|---|')
  for (const each of results) {
    console.log(
      `| ${each.work} | ${each.ours} | ${each.reference} | ${each.ratio.toFixed(2)} | ${each.goal} | ${each.is_met ? 'yes' : 'no'} |`,
    )
  }
  return failed === 0 ? 0 : 1
}
