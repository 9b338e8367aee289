import { fork, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { guidePdf } from '../src/features/voterguides/paper/print.ts'
import { versionsOf } from '../src/features/voterguides/queries.ts'
import type { Reading } from '../src/features/voterguides/reading.tsx'
import { askCandidates, publishGuide } from '../src/features/voterguides/testing.ts'
import { publicTranslator } from '../src/features/voterguides/translate.ts'
import { systemActor } from '../src/platform/audit.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { openDatabase } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { found } from '../src/platform/errors.ts'
import type { BenchResult } from './run.ts'

// A guide's front page and the page of a contest, asked over 200 connections as fast as they are answered, beside Hono
// answering a constant string in the same run; the bytes a page and its styles take on the way; a booklet of 50 pages.
const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, seconds: { type: 'string' } } })
const seconds = Number(values.seconds ?? (values.small ? 3 : 10))
const connections = 200
const most_bytes = 50_000
const booklet_pages = 50
const booklet_ms = 2000

const folder = mkdtempSync(join(tmpdir(), 'hanpyo-bench-'))
const cluster = await openCluster(join(folder, 'database'))
const database = openDatabase({ owner: cluster.owner('postgres') })
let children: ChildProcess[] = []

async function main(): Promise<void> {
  await migrate(cluster.owner('postgres'))
  const { organization_id, guide_id, contest_id } = await fill()
  const port = await startServer(`/g/bench/${guide_id}`)
  const constant = await startConstant()
  console.log(`${connections} connections, ${seconds} s each, load ${loadavg()[0]?.toFixed(1)}`)
  const results: BenchResult[] = []
  for (const [title, path] of [['front page', `/g/bench/${guide_id}?lang=ko`], ['contest page', `/g/bench/${guide_id}/contests/${contest_id}?lang=ko`]] as const) {
    // In turn, twice, so that what else the machine does falls on both.
    const rates = { ours: 0, reference: 0 }
    for (let turn = 0; turn < 2; turn++) {
      rates.reference += (await askedOver(constant, '/')) / 2
      rates.ours += (await askedOver(port, path)) / 2
    }
    const ratio = rates.ours / rates.reference
    const bytes = await bytesOf(port, path)
    console.log(`${title.padEnd(16)} ${Math.round(rates.ours)}/s   Hono, a constant string ${Math.round(rates.reference)}/s   ${ratio.toFixed(2)} x   ${bytes} bytes with styles, compressed`)
    results.push({ work: `voter guide, ${title}, ${connections} connections`, ours: `${Math.round(rates.ours)}/s`, reference: `${Math.round(rates.reference)}/s Hono`, ratio, goal: '≥ 0.2', is_met: ratio >= 0.2 })
    results.push({ work: `voter guide, ${title}: bytes on the way`, ours: `${bytes} bytes`, reference: `${most_bytes} bytes`, ratio: bytes / most_bytes, goal: '≤ 1.0', is_met: bytes <= most_bytes })
  }
  const { pages, ms } = await booklet(organization_id, guide_id)
  console.log(`booklet of ${pages} pages ${ms.toFixed(0)} ms`)
  results.push({ work: `voter guide, booklet of ${pages} pages`, ours: `${ms.toFixed(0)} ms`, reference: `${booklet_ms} ms`, ratio: ms / booklet_ms, goal: '≤ 1.0', is_met: ms <= booklet_ms && pages >= booklet_pages })
  if (process.env.HANPYO_BENCH_RESULT) writeFileSync(process.env.HANPYO_BENCH_RESULT, JSON.stringify(results))
} // prettier-ignore

async function fill(): Promise<{ organization_id: string; guide_id: string; contest_id: number }> {
  const { owner } = database
  const { rows } = await sql<{ organization_id: string }>`insert into organization (slug, name)
    values ('bench', '{"en":"Bench"}') returning organization_id`.execute(owner)
  const { organization_id } = found(rows[0])
  const actor = systemActor(organization_id, 'bench')
  const now = new Date('2027-04-01T17:00:00Z')
  const asked = await askCandidates({ owner, db: database.of(organization_id), actor })
  const reviewer = { ...actor, id: '0c0ffee0-0000-4000-8000-000000000001', name: 'Reviewer' }
  const guide_id = await publishGuide({ db: database.of(organization_id), actor, reviewer, asked, now })
  return { organization_id, guide_id, contest_id: asked.contest_id }
}

/** Answers a second. Bare sockets: a client that takes longer than the server would measure itself. */
async function askedOver(port: number, path: string): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
  let [answers, isOver] = [0, false]
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(request))
      let [head, missing] = ['', 0]
      socket.on('data', (bytes) => {
        if (missing > 0) missing -= bytes.length
        else {
          head += bytes.toString('latin1')
          const end = head.indexOf('\r\n\r\n')
          if (end < 0) return
          if (!head.startsWith('HTTP/1.1 200')) {
            socket.destroy(new Error(head.slice(0, 100)))
            return
          }
          missing = Number(found(/content-length: (\d+)/i.exec(head)?.[1])) - (head.length - end - 4)
        }
        if (missing > 0) return
        head = ''
        answers++
        if (isOver) socket.end()
        else socket.write(request)
      })
      socket.on('close', () => resolve())
      socket.on('error', reject)
    })
  const all = Promise.all(Array.from({ length: connections }, one))
  await sleep(1000) // warm
  const [before, started] = [answers, performance.now()]
  await Promise.race([sleep(seconds * 1000), all])
  const rate = ((answers - before) / (performance.now() - started)) * 1000
  isOver = true
  await all
  return rate
}

/** A page and its styles, as a proxy would send them. */
async function bytesOf(port: number, path: string): Promise<number> {
  const at = `http://127.0.0.1:${port}`
  const page = await (await fetch(at + path)).text()
  const styles = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href)
  let bytes = gzipSync(page).length
  for (const href of styles) bytes += gzipSync(await (await fetch(`${at}${href}`)).text()).length
  return bytes
}

/** The guide's contest over and over, until the booklet has its pages; the fonts are read before. */
async function booklet(organization_id: string, guide_id: string): Promise<{ pages: number; ms: number }> {
  const [version] = await versionsOf(database.of(organization_id), { organization_id, guide_id })
  const { content } = found(version)
  const contest = found(content.contests[0])
  const readingOf = (contests: number): Reading => ({
    t: publicTranslator('ko'), words: 'ko', language: 'ko', languages: ['ko'], path: `/g/bench/${guide_id}`, url: 'http://localhost', organization: { ko: '한표' }, version: 1, published_on: '2027-04-01',
    content: { ...content, contests: Array.from({ length: contests }, () => contest) },
  }) // prettier-ignore
  const print = async (contests: number) => {
    const started = performance.now()
    const file = await guidePdf([readingOf(contests)], { form: 'booklet', contest: null, is_press: true }, new Date(0))
    const pages =
      Buffer.from(file)
        .toString('latin1')
        .match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
    return { pages, ms: performance.now() - started }
  }
  let contests = 10
  for (let last = await print(contests); last.pages < booklet_pages; last = await print(contests)) contests += 10
  const runs = [await print(contests), await print(contests), await print(contests)]
  return found(runs.toSorted((one, other) => one.ms - other.ms)[1])
}

async function startServer(path: string): Promise<number> {
  const port = await freePort()
  const started = spawn(join(import.meta.dirname, '../bin/hanpyo'), ['serve'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HANPYO_DATA: folder,
      HANPYO_PORT: String(port),
      HANPYO_LOG: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.push(started)
  for (let tries = 0; tries < 600; tries++) {
    if (started.exitCode !== null) throw new Error(`the server ended with ${started.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null)
    if (answer?.ok) return port
    await sleep(200)
  }
  throw new Error('the server does not answer')
}

const startConstant = (): Promise<number> =>
  new Promise((resolve) => {
    const started = fork(join(import.meta.dirname, 'hono-constant.ts'))
    children.push(started)
    started.once('message', (port) => resolve(Number(port)))
  })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const taken = createServer().listen(0, '127.0.0.1', () => {
      const address = taken.address()
      taken.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

try {
  await main()
} finally {
  for (const child of children) child.kill()
  children = []
  await database.close()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
}
