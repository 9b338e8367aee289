import { fork, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, hash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import { chooseAudience, makeMailing } from '../src/features/mailings/commands.ts'
import { sealedFor } from '../src/features/mailings/identity/queries.ts'
import { mailingById, type Mailing } from '../src/features/mailings/queries.ts'
import { planMailing } from '../src/features/mailings/sending/commands.ts'
import { ownTextsOf } from '../src/features/mailings/sending/prepared.ts'
import { sendDue, type Sending } from '../src/features/mailings/sending/send.ts'
import { smtpTransport, type BulkMail, type BulkTransport } from '../src/features/mailings/sending/transport.ts'
import { MailContent } from '../src/features/mailings/writing/schema.ts'
import { systemActor } from '../src/platform/audit.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { inTransaction, openDatabase, type Database, type Db } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { found } from '../src/platform/errors.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { seal } from '../src/platform/seal.ts'
import type { BenchResult } from './run.ts'
import { forgetStatements, sayStatements, watched } from './statements.ts'
import { measured, median, rested } from './steady.ts'

// A mailing in two languages, made for each reader and handed over TLS to a mail server of its own process, with a row for each
// kept in PostgreSQL. Beside it, in the same run: a bare loop over nodemailer's pool, another process of that server, as many connections, that sends
// everybody the same mail in their language, which nodemailer puts together anew for each. Both once without and once with a DKIM
// signature (RSA, 2048 bits). They take turns, a few thousand mails each, and rest before. What the mail server got is compared with
// whom the mailing is for. Then the queue alone, with a mail server that answers at once: rows taken and answered a second where few
// and where many wait, their lists made as any is.
// --part unsigned,signed,queue: these alone. --drain: the queue to its end. --statements: what PostgreSQL was asked.
const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    count: { type: 'string' },
    queue: { type: 'string' },
    part: { type: 'string' },
    drain: { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
  },
})
const count = Number(values.count ?? (values.small ? 10_000 : 100_000))
const [few, many] = [10_000, Number(values.queue ?? (values.small ? 200_000 : 1_000_000))]
/** What is claimed before the clock runs is more than one. */
const short_list = few + 800
const at_once = 8
/** Mails of a turn. */
const turn_of = 5000
const queue_turns = 3
const secret = 'b'.repeat(64)
const from_address = 'office@example.org'
const folder = mkdtempSync(join(tmpdir(), 'hanpyo-bench-'))
const cluster = await openCluster(join(folder, 'database'), values.statements ? watched : {})
/** One for each, so that both are counted by themselves. */
const receivers = { bare: startReceiver(), ours: startReceiver() }
const { privateKey: private_key, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

interface Sums {
  taken: number
  twice: number
  bytes: number
  /** SHA-256 of whom mails came for. */
  mailboxes: string
  /** Mails in each; '' where none was named. */
  languages: Record<string, number>
  /** When the first one was there, in milliseconds. */
  first_at: number | null
  /** Seconds of the mail server. */
  cpu: number
}

async function main(): Promise<void> {
  const [bare_url, our_url] = [await urlOf(receivers.bare), await urlOf(receivers.ours)]
  await migrate(cluster.owner('postgres'))
  const database = openDatabase({ owner: cluster.owner('postgres') })
  await migrateJobs(database.ownerPool)
  const problems: string[] = []
  const results: BenchResult[] = []
  const isWanted = (part: string): boolean => values.part?.split(',').includes(part) ?? true
  const mails = isWanted('unsigned') || isWanted('signed')
  const organization_id = await fill(database, 'bench', mails ? count : 1)
  const db = database.of(organization_id)
  const transport = await smtpTransport(our_url)
  for (const is_signed of [false, true].filter((each) => isWanted(each ? 'signed' : 'unsigned'))) {
    if (is_signed) await sign(db, organization_id)
    const mailing_id = await plan(db, organization_id, count)
    const mailing = found(await mailingById(db, organization_id, mailing_id))
    if (values.statements) await forgetStatements(database.owner)
    const [bare, ours]: [Turn[], Turn[]] = [[], []]
    let planned_at = 0
    for (let from = 0; from < count; from += turn_of) {
      const to = Math.min(from + turn_of, count)
      await rested()
      bare.push({ ...(await timed(() => bareLoop(bare_url, db, mailing, is_signed, from, to))), mails: to - from })
      await rested()
      planned_at ||= Date.now()
      // Begun ones end: what is too many is too few in the next turn.
      const enough = upTo(transport, to < count ? to - mailsOf(ours) : Infinity)
      const ran = await timed(() =>
        sendAll({ database, transport: enough }, organization_id, mailing_id, enough.signal),
      )
      ours.push({ ...ran, mails: enough.made() })
    }
    const [bareSums, ourSums] = [await sums(receivers.bare), await sums(receivers.ours)]
    if (values.statements) await sayStatements(database.owner, count)
    const { rows } = await sql<{ state: string; count: number }>`select state, count(*)::integer as count from mail_delivery where mailing_id = ${mailing_id}::uuid group by 1`.execute(database.owner) // prettier-ignore
    if (mailsOf(ours) !== count) problems.push(`${mailsOf(ours)} tries for ${count} mails`)
    if (ourSums.taken !== count || ourSums.twice !== 0) problems.push(`the server took ${ourSums.taken} of ${count}, ${ourSums.twice} twice`) // prettier-ignore
    if (bareSums.taken !== count || ourSums.mailboxes !== bareSums.mailboxes || ourSums.mailboxes !== meant()) problems.push('mails came for others than those who were meant') // prettier-ignore
    if (ourSums.languages.ko !== Math.floor(count / 2) || ourSums.languages.en !== Math.ceil(count / 2)) problems.push(`languages: ${JSON.stringify(ourSums.languages)}`) // prettier-ignore
    if (rows.length !== 1 || rows[0]?.state !== 'sent') problems.push(`rows: ${JSON.stringify(rows)}`)
    const signed = is_signed ? ', signed' : ''
    console.log(`bare${signed}: ${said(bare, bareSums)}`)
    console.log(`ours${signed}: ${said(ours, ourSums)}; the first after ${((found(ourSums.first_at) - planned_at) / 1000).toFixed(1)} s, the list being made; ${JSON.stringify(ourSums.languages)}`) // prettier-ignore
    const ratio = rateOf(ours) / rateOf(bare)
    results.push({
      work: `${count.toLocaleString('en')} mails in two languages handed over TLS${signed}, a row for each`,
      ours: `${inWhole(rateOf(ours))} mails/s`,
      reference: `${inWhole(rateOf(bare))} mails/s, a bare nodemailer loop${signed}`,
      ratio,
      goal: '≥ 0.7',
      is_met: ratio >= 0.7,
    })
    console.log(`ratio${signed} ${ratio.toFixed(2)}`)
  }
  transport.close()
  if (isWanted('queue')) {
    const rates: [number[], number[]] = [[], []]
    const long = await listOf(database, many)
    // In turn, so that what else the machine does falls on both; a short list is new each time, and as long as its turn.
    for (let turn = 0; turn < queue_turns; turn++) {
      const short = () => listOf(database, short_list)
      rates[0].push(
        await measured(`${inWhole(short_list)} wait`, (listed) => rowsOf(database, listed), { ready: short }),
      )
      rates[1].push(await measured(`${inWhole(many)} wait`, () => rowsOf(database, long)))
      console.log(`taken and answered: ${rates.map((each) => rowRate(each[turn] ?? 0)).join(', ')}, ratio ${((rates[1][turn] ?? 0) / (rates[0][turn] ?? 1)).toFixed(2)}`) // prettier-ignore
    }
    if (values.drain) await drain(database, long)
    const ratios = rates[1].map((each, turn) => each / (rates[0][turn] ?? 1))
    const ratio = median(ratios)
    const [alone = 0, among = 0] = rates.map((each) => each[ratios.indexOf(ratio)] ?? 0)
    results.push({
      work: `rows of a mailing taken and answered where ${many.toLocaleString('en')} wait`,
      ours: rowRate(among),
      reference: `${rowRate(alone)}, where ${short_list.toLocaleString('en')} wait`,
      ratio,
      goal: '≥ 0.8',
      is_met: ratio >= 0.8,
    })
    console.log(`ratio of the queue ${ratio.toFixed(2)}`)
  }
  await database.close()
  console.log(problems.length ? `PROBLEMS: ${problems.join('; ')}` : 'checked: everybody once, each row says so')
  console.log(`load ${loadavg().map((each) => each.toFixed(1)).join(' ')}`) // prettier-ignore
  if (problems.length) process.exitCode = 1
  else if (process.env.HANPYO_BENCH_RESULT) writeFileSync(process.env.HANPYO_BENCH_RESULT, JSON.stringify(results))
}

/** Of all whom a mailing is for, as the mail server says it. */
const meant = (): string => hash('sha256', Array.from({ length: count }, (_, at) => `reader${at + 1}@example.org`).toSorted().join(' ')) // prettier-ignore
const inWhole = (each: number): string => Math.round(each).toLocaleString('en')
const rowRate = (each: number): string => `${inWhole(each)} rows/s`
const sumOf = (turns: readonly Turn[], of: 'mails' | 'seconds' | 'cpu' | 'database_cpu'): number => turns.reduce((sum, turn) => sum + turn[of], 0) // prettier-ignore
const mailsOf = (turns: readonly Turn[]): number => sumOf(turns, 'mails')
const rateOf = (turns: readonly Turn[]): number => mailsOf(turns) / sumOf(turns, 'seconds')
/** With the most memory of the first and the last turn: of this process, in which both are. */
const said = (turns: readonly Turn[], { bytes, taken, cpu }: Sums): string =>
  `${inWhole(rateOf(turns))} mails/s (of its turns the middle one ${inWhole(median(turns.map(({ mails, seconds }) => mails / seconds)))}/s); processor time of each: ${each(sumOf(turns, 'cpu'), count)} of the sender, ${each(sumOf(turns, 'database_cpu'), count)} of PostgreSQL, ${each(cpu, count)} of the mail server; ${turns[0]?.memory} MB at most in the first turn, ${turns.at(-1)?.memory} MB in the last; ${Math.round(bytes / taken)} bytes each`
const each = (seconds: number, mails: number): string => `${((seconds / mails) * 1000).toFixed(2)} ms`

/** Mails `from` until before `to`. */
async function bareLoop(
  url: string,
  db: Db,
  mailing: Mailing,
  is_signed: boolean,
  from: number,
  to: number,
): Promise<void> {
  const prepared = await ownTextsOf(db, organization, mailing, { url: 'http://localhost', now: new Date() })
  const reader = { first_name: 'Reader1', last_name: 'Kim', name_hangul: null, preferred_title: null }
  const link = `http://localhost/u/${'A'.repeat(70)}`
  const mails = ['en', 'ko'].map((language) => prepared(language, reader, { unsubscribe: link, preferences: link }))
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: at_once,
    maxMessages: Infinity,
    ...(is_signed && { dkim: { domainName: 'example.org', keySelector: 's1', privateKey: private_key } }),
  })
  let next = from
  const work = async (): Promise<void> => {
    for (let at = next++; at < to; at = next++) {
      const mail = found(mails[at % 2])
      await pool.sendMail({ from: { name: 'Bench', address: from_address }, to: `reader${at + 1}@example.org`, subject: mail.subject, text: mail.text, html: mail.html, headers: { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } }) // prettier-ignore
    }
  }
  await Promise.all(Array.from({ length: at_once }, work))
  pool.close()
}

async function sendAll(
  over: Pick<Sending, 'database' | 'transport'>,
  organization_id: string,
  mailing_id: string,
  signal = new AbortController().signal,
) {
  const sending = { ...over, clock: systemClock, secret, url: 'http://localhost', from_address, prepare: ownTextsOf }
  while (!signal.aborted && (await sendDue(sending, { organization_id, mailing_id }, { for_ms: 5000, signal })))
    continue
}

/** A transport that calls it a day once so many have been handed to it. */
function upTo(transport: Pick<BulkTransport, 'at_once' | 'send'>, most: number) {
  const enough = new AbortController()
  let made = 0
  return {
    ...transport,
    async send(mail: BulkMail) {
      made += 1
      if (made >= most) enough.abort()
      return transport.send(mail)
    },
    close: () => undefined,
    signal: enough.signal,
    made: () => made,
  }
}

/** A mailing to so many, who are an organization of their own; its list is made and its first ones are gone. */
async function listOf(database: Database, people: number): Promise<Listed> {
  let organization_id = ''
  const filled = await timed(async () => void (organization_id = await fill(database, `queue-${people}-${randomUUID()}`, people))) // prettier-ignore
  const mailing_id = await plan(database.of(organization_id), organization_id, people)
  const listed = { organization_id, mailing_id }
  const made = await timed(() => sendRows(database, listed, 1))
  console.log(`${people.toLocaleString('en')} people made up in ${filled.seconds.toFixed(1)} s, their list made in ${made.seconds.toFixed(1)} s`) // prettier-ignore
  return listed
}

interface Listed {
  organization_id: string
  mailing_id: string
}

async function sendRows(database: Database, { organization_id, mailing_id }: Listed, most: number): Promise<number> {
  const at_once_answered = upTo({ at_once, send: async () => ({ result: 'sent', answer: '250 2.0.0 taken' }) }, most)
  await sendAll({ database, transport: at_once_answered }, organization_id, mailing_id, at_once_answered.signal)
  return at_once_answered.made()
}

/** Rows of a list taken and answered a second, the next few of it. */
async function rowsOf(database: Database, listed: Listed): Promise<number> {
  const began = performance.now()
  const made = await sendRows(database, listed, few)
  if (made < few) throw new Error('the list has come to its end')
  return (made / (performance.now() - began)) * 1000
}

/** What is left of a list, to its end. */
async function drain(database: Database, listed: Listed): Promise<void> {
  let [last, left] = [0, 0]
  for (let made = few; made >= few; left += made) {
    const began = performance.now()
    made = await sendRows(database, listed, few)
    if (made >= few) last = (made / (performance.now() - began)) * 1000
  }
  console.log(`${inWhole(left)} more to the end, the last ${inWhole(few)} at ${rowRate(last)}`)
}

interface Turn extends Ran {
  mails: number
}

interface Ran {
  seconds: number
  /** Seconds of this process alone. */
  cpu: number
  database_cpu: number
  memory: number
}

async function timed(work: () => Promise<unknown>): Promise<Ran> {
  let most = 0
  const watch = setInterval(() => void (most = Math.max(most, process.memoryUsage.rss())), 200)
  const [began, before, asked] = [performance.now(), process.cpuUsage(), databaseCpu()]
  await work()
  clearInterval(watch)
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, database_cpu: databaseCpu() - asked, memory: Math.round(most / 1e6) } // prettier-ignore
}

/** Seconds of all processes the PostgreSQL of this benchmark has had: of those that ended, its first one knows. Linux alone tells. */
function databaseCpu(): number {
  const [postmaster] = readFileSync(join(cluster.home, 'pg/postmaster.pid'), 'utf8').split('\n')
  const ticks = globSync('/proc/[0-9]*/stat').map((path) => {
    try {
      const stat = readFileSync(path, 'utf8')
      const fields = stat.replace(/^.*\) /s, '').split(' ')
      const sum = (from: number, to: number): number =>
        fields.slice(from, to).reduce((total, each) => total + Number(each), 0)
      // Its own two, and of a parent the two of all children it has seen end (proc(5), 14 to 17).
      return stat.startsWith(`${postmaster} `) ? sum(11, 15) : fields[1] === postmaster ? sum(11, 13) : 0
    } catch {
      return 0 // it has ended meanwhile
    }
  })
  return ticks.reduce((sum, each) => sum + each, 0) / 100
}

const organization = { name: { en: 'Bench', ko: '벤치' }, languages: ['en', 'ko'] }

/** People with a mailbox each, half of them reading Korean. */
async function fill(database: Database, slug: string, people: number): Promise<string> {
  const { rows } = await sql<{ organization_id: string }>`insert into organization (slug, name)
    values (${slug}, '{"en":"Bench","ko":"벤치"}') returning organization_id`.execute(database.owner)
  const organization_id = rows[0]?.organization_id ?? ''
  const db = database.of(organization_id)
  await sql`insert into person (organization_id, first_name, last_name, language)
    select ${organization_id}::uuid, 'Reader' || i, 'Kim', case when i % 2 = 0 then 'ko' else 'en' end from generate_series(1, ${people}::integer) i`.execute(db) // prettier-ignore
  await sql`insert into person_email (organization_id, person_id, email, source)
    select organization_id, person_id, lower(first_name) || '@example.org', 'bench' from person where organization_id = ${organization_id}::uuid`.execute(db) // prettier-ignore
  await sql`analyze person, person_email`.execute(database.owner)
  return organization_id
}

/** From now on mail is written in the organization's name, signed. */
async function sign(db: Db, organization_id: string): Promise<void> {
  const key = { selector: 's1', public_key: publicKey.toString('base64'), sealed_key: seal(secret, sealedFor(organization_id), private_key) } // prettier-ignore
  await db.insertInto('mail_identity').values({ organization_id, from_address, reply_to: null, ...key, is_signing: true, made_at: new Date() }).execute() // prettier-ignore
}

async function plan(db: Db, organization_id: string, people: number): Promise<string> {
  const actor = systemActor(organization_id, 'bench')
  const now = new Date()
  const mailing_id = await makeMailing(db, actor, { name: 'Bench', lane: 'non_partisan' }, now)
  const words = { en: 'Hello {first_name|friend}, the council votes on rent stabilization next week. '.repeat(8), ko: '{first_name|친구}님, 다음 주에 시의회가 렌트안정법을 표결합니다. '.repeat(8) } // prettier-ignore
  const content = MailContent.parse({
    subject: { en: 'News for {first_name|you}', ko: '{first_name|친구}님께 소식' },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: 'This week', ko: '이번 주' } },
      { key: 'b2', kind: 'text', said: words },
      { key: 'b3', kind: 'button', label: { en: 'Call your council member', ko: '시의원에게 전화하기' }, link: { en: 'https://example.org/call' } }, // prettier-ignore
    ],
    postal_address: '1 Main St, Flushing NY 11354',
    reason: { en: 'You signed up.', ko: '신청하셔서 보냅니다.' },
  })
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  await inTransaction(db, (tx) => chooseAudience(tx, actor, mailing_id, 'has:email'))
  await planMailing(db, actor, mailing_id, { scheduled_at: null, window_starts: null, window_ends: null, per_minute: null, people, expression: 'has:email' }, now) // prettier-ignore
  return mailing_id
}

function startReceiver(): ChildProcess {
  return fork(join(import.meta.dirname, 'mail-receiver.ts'), { stdio: ['ignore', 'inherit', 'ignore', 'ipc'] })
}

/** Its certificate is its library's own. */
async function urlOf(receiver: ChildProcess): Promise<string> {
  const { port } = await told<{ port: number }>(receiver)
  return `smtp://127.0.0.1:${port}/?requireTLS=true&tls.rejectUnauthorized=false&socketTimeout=7200000`
}

async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T]
  return message
}

async function sums(receiver: ChildProcess): Promise<Sums> {
  receiver.send('sums')
  return told<Sums>(receiver)
}

try {
  await main()
} finally {
  for (const receiver of Object.values(receivers)) receiver.disconnect()
  await cluster.close()
  for (const path of [cluster.home, folder]) rmSync(path, { recursive: true, force: true })
}
