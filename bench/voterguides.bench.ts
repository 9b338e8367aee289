import { fork, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { versionsOf } from '../src/features/voterguides/queries.ts'
import type { Content } from '../src/features/voterguides/schema.ts'
import { askCandidates, publishGuide } from '../src/features/voterguides/testing.ts'
import { systemActor } from '../src/platform/audit.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { openDatabase } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { found } from '../src/platform/errors.ts'
import { launchChromium } from '../src/platform/testing/chromium.ts'
import type { BenchResult } from './run.ts'
import { measured } from './steady.ts'

// A guide's front page and the page of a contest, asked over 200 connections as fast as they are answered, beside Hono
// answering a constant string in the same run, as browsers ask; how soon a phone on a slow line shows it, and all bytes that came until it is whole.
// First a short guide (one contest, three candidates, two questions), then a long one (six contests of eight candidates with ten answers
// of eighty words each, in two languages). Then a booklet of 50 pages, with other texts in each run.
const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, seconds: { type: 'string' } } })
const seconds = Number(values.seconds ?? (values.small ? 2 : 4))
const connections = 200
const most_bytes = 50_000
const usable_ms = 1000
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
  const [version] = await versionsOf(database.of(organization_id), { organization_id, guide_id })
  const { content } = found(version)
  for (const size of ['short', 'long'] as const) {
    if (size === 'long') await publishAs(guide_id, grown(content, 6, 1))
    const pages = [[`${size}, front page`, `/g/bench/${guide_id}?lang=ko`], [`${size}, contest page`, `/g/bench/${guide_id}/contests/${contest_id}?lang=ko`]] as const
    for (const [title, path] of pages) {
      // Ours between two of the reference, three times; the middle one counts.
      const turns: { ours: number; reference: number }[] = []
      for (let turn = 0; turn < 3; turn++) turns.push(await measured(title, () => inTurn(constant, port, path)))
      const rates = found(turns.toSorted((one, other) => ratioOf(one) - ratioOf(other))[1])
      const ratio = ratioOf(rates)
      console.log(`${title.padEnd(20)} ${Math.round(rates.ours)}/s   Hono, a constant string ${Math.round(rates.reference)}/s   ${ratio.toFixed(2)} x`)
      results.push({ work: `voter guide, ${title}, ${connections} connections`, ours: `${Math.round(rates.ours)}/s`, reference: `${Math.round(rates.reference)}/s Hono`, ratio, goal: '≥ 0.2', is_met: ratio >= 0.2 })
    }
    for (const [title, path] of pages) {
      const { usable, bytes } = await measured(title, () => onSlowPhone(port, path))
      console.log(`${title.padEnd(20)} usable after ${usable.toFixed(0)} ms on a slow phone (400 ms, 400 kbit/s, a quarter of this processor), ${bytes} bytes until it is whole`)
      results.push({ work: `voter guide, ${title}: bytes on the way`, ours: `${bytes} bytes`, reference: `${most_bytes} bytes`, ratio: bytes / most_bytes, goal: '≤ 1.0', is_met: bytes <= most_bytes })
      results.push({ work: `voter guide, ${title}: usable on a phone with slow 3G`, ours: `${usable.toFixed(0)} ms`, reference: `${usable_ms} ms`, ratio: usable / usable_ms, goal: '≤ 1.0', is_met: usable <= usable_ms })
    }
  }
  const { pages, ms } = await measured('booklet', () => booklet(port, guide_id, content))
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

const ratioOf = ({ ours, reference }: { ours: number; reference: number }): number => ours / reference

async function inTurn(constant: number, port: number, path: string): Promise<{ ours: number; reference: number }> {
  const before = await askedOver(constant, '/')
  const ours = await askedOver(port, path)
  return { ours, reference: (before + (await askedOver(constant, '/'))) / 2 }
}

/** Answers a second. Bare sockets: a client that takes longer than the server would measure itself. */
async function askedOver(port: number, path: string): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n`
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

/** From the tap to a page that can be read and used, in a browser that knows nothing of us yet, the middle of five; with all that came over the line. */
async function onSlowPhone(port: number, path: string): Promise<{ usable: number; bytes: number }> {
  const at = `http://127.0.0.1:${port}${path}`
  const browser = await launchChromium()
  const times: number[] = []
  let bytes = 0
  try {
    for (let turn = 0; turn < 5; turn++) {
      const context = await browser.newContext({ viewport: { width: 360, height: 800 }, isMobile: true, deviceScaleFactor: 2 })
      const page = await context.newPage()
      const devtools = await context.newCDPSession(page)
      await devtools.send('Network.enable')
      let came = 0
      devtools.on('Network.loadingFinished', ({ encodedDataLength }) => void (came += encodedDataLength))
      await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 })
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await page.goto(at, { waitUntil: 'networkidle' })
      times.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              // Seen is told once it was drawn, which may be after all of it has come.
              new PerformanceObserver((list) => {
                const [drawn] = list.getEntriesByName('first-contentful-paint')
                if (drawn) resolve(drawn.startTime)
              }).observe({ type: 'paint', buffered: true })
            }),
        ),
      )
      bytes = Math.max(bytes, came)
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return { usable: found(times.toSorted((one, other) => one - other)[2]), bytes }
} // prettier-ignore

/** A version of its own, so that nothing of it is at hand. */
async function publishAs(guide_id: string, content: Content): Promise<void> {
  await sql`insert into voter_guide_version (organization_id, guide_id, version, content, reason, edited_by, published_by, published_at)
    select organization_id, guide_id, max(version) + 1, ${JSON.stringify(content)}::jsonb, '{"en":"Longer"}', 'bench', 'bench', max(published_at)
    from voter_guide_version where guide_id = ${guide_id}::uuid group by organization_id, guide_id`.execute(database.owner)
} // prettier-ignore

/** So many contests, each with eight candidates who answered ten questions in eighty words; other words for each seed. */
function grown(content: Content, contests: number, seed: number): Content {
  const [contest, claim, candidate] = [found(content.contests[0]), found(content.contests[0]?.claims[0]), found(content.contests[0]?.candidates[0])] // prettier-ignore
  let state = seed
  const pick = (most: number): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % most
  // Made-up words: real ones would pack better.
  const word = (syllables: string) => Array.from({ length: (syllables === english ? 4 : 2) + pick(2) }, () => syllables[pick(syllables.length)]).join('') // prettier-ignore
  const text = (syllables: string) => `${Array.from({ length: 80 }, () => word(syllables)).join(' ')}.`
  const korean =
    '가각간감강개거건게격결경계고공과관구국권그금기길나남내너노누다단당대더도동되두드등디라람려로록료류르를리마만말매면명모무문물미민바반발방배번법변병보복본부분비사산상새생서선설성세소속수순시식신실심아안어언업에여연영오와요용우운울원위유으은을음의이인일임입자작장재적전정제조종주준중즉지직진질집차참책처천체초최추출치크타터통투특파판평표품풍피하한할합해행향현형호화환회후히힘'
  const english = 'abcdefghiklmnoprstuvwyaeiouaeiou'
  const issues = Array.from({ length: 10 }, (_, at) => ({ issue_id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`, name: { en: `Issue ${at + 1}`, ko: `주제 ${at + 1}` }, about: {} })) // prettier-ignore
  return {
    ...content,
    issues,
    contests: Array.from({ length: contests }, (_, nth) => {
      const candidates = Array.from({ length: 8 }, (_each, at) => ({ ...candidate, candidate_id: nth * 100 + at + 1, name: `Candidate ${nth + 1}-${at + 1}`, names: { ko: `후보 ${nth + 1}-${at + 1}` } })) // prettier-ignore
      return {
        ...contest,
        contest_id: contest.contest_id + nth,
        district: String(20 + nth),
        candidates,
        claims: candidates.flatMap(({ candidate_id }) => issues.map(({ issue_id, name }) => ({ ...claim, candidate_id, issue_id, question: name, text: { en: text(english), ko: text(korean) }, original: null }))), // prettier-ignore
        replies: [],
      }
    }),
  }
}

let seed = 2
/** Fifty pages of contests, as a reader is answered; the fonts are read before, no text is: measured again, it has others. */
async function booklet(port: number, guide_id: string, content: Content): Promise<{ pages: number; ms: number }> {
  const print = async (contests: number, form = 'booklet') => {
    await publishAs(guide_id, grown(content, contests, seed++))
    const started = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}/g/bench/${guide_id}/paper.pdf?form=${form}&press=yes&lang=ko`)
    const file = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    if (!answer.ok) throw new Error(`${answer.status} ${file.slice(0, 200)}`)
    return { pages: file.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0, ms: performance.now() - started }
  }
  let contests = 1
  for (let last = await print(contests, 'letter'); last.pages < booklet_pages; last = await print(contests)) contests++
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
  started.once('exit', (code, signal) => {
    if (children.includes(started)) console.error(`the server ended before its time (${code ?? signal})`)
  })
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
  const ending = children
  children = []
  for (const child of ending) child.kill()
  await database.close()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
}
