import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import { chooseAudience, makeMailing } from '../src/features/mailings/commands.ts'
import { mailingById } from '../src/features/mailings/queries.ts'
import { planMailing } from '../src/features/mailings/sending/commands.ts'
import { ownTextsOf } from '../src/features/mailings/sending/prepared.ts'
import { sendDue } from '../src/features/mailings/sending/send.ts'
import { smtpTransport } from '../src/features/mailings/sending/transport.ts'
import { MailContent } from '../src/features/mailings/writing/schema.ts'
import { systemActor } from '../src/platform/audit.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { inTransaction, openDatabase, type Database } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { found } from '../src/platform/errors.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import type { BenchResult } from './run.ts'

// A mailing in two languages, made for each reader and handed over TLS to a mail server of its own process, with a row for each
// kept in PostgreSQL. Beside it, to the same server: a bare loop over nodemailer's pool that sends everybody the same mail.
const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, count: { type: 'string' } } })
const count = Number(values.count ?? (values.small ? 10_000 : 100_000))
const at_once = 8
const secret = 'b'.repeat(64)
const folder = mkdtempSync(join(tmpdir(), 'hanpyo-bench-'))
const cluster = await openCluster(join(folder, 'database'))
const receiver = fork(join(import.meta.dirname, 'mail-receiver.ts'), { stdio: ['ignore', 'inherit', 'ignore', 'ipc'] }) // prettier-ignore

interface Sums {
  taken: number
  twice: number
  bytes: number
}

async function main(): Promise<void> {
  const { port } = await told<{ port: number }>(receiver)
  const url = `smtp://127.0.0.1:${port}/?requireTLS=true&tls.rejectUnauthorized=false` // its certificate is its library's own
  await migrate(cluster.owner('postgres'))
  const database = openDatabase({ owner: cluster.owner('postgres') })
  await migrateJobs(database.ownerPool)
  const { organization_id, mailing_id } = await fill(database)
  const db = database.of(organization_id)
  const mailing = found(await mailingById(db, organization_id, mailing_id))
  const organization = { name: { en: 'Bench', ko: '벤치' }, languages: ['en', 'ko'] }
  const prepared = await ownTextsOf(db, organization, mailing, { url: 'http://localhost', now: new Date() })
  const reader = { first_name: 'Reader1', last_name: 'Kim', name_hangul: null, preferred_title: null }
  const link = 'http://localhost/u/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
  const mails = ['en', 'ko'].map((language) => prepared(language, reader, { unsubscribe: link, preferences: link }))

  const bare = await timed(async () => {
    const pool = createTransport({ url, pool: true, maxConnections: at_once, maxMessages: Infinity } as Parameters<typeof createTransport>[0]) // prettier-ignore
    let next = 0
    const work = async (): Promise<void> => {
      for (let at = next++; at < count; at = next++) {
        const mail = found(mails[at % 2])
        await pool.sendMail({ from: { name: 'Bench', address: 'office@example.org' }, to: `reader${at}@example.org`, subject: mail.subject, text: mail.text, html: mail.html, headers: { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } }) // prettier-ignore
      }
    }
    await Promise.all(Array.from({ length: at_once }, work))
    pool.close()
  })
  const bareSums = await sums()

  const transport = await smtpTransport(url)
  const sending = { database, clock: systemClock, secret, url: 'http://localhost', transport, from_address: 'office@example.org', prepare: ownTextsOf } // prettier-ignore
  const { signal } = new AbortController()
  const ours = await timed(async () => {
    while (await sendDue(sending, { organization_id, mailing_id }, { for_ms: 5000, signal })) continue
  })
  transport.close()
  const ourSums = await sums()
  const { rows } = await sql<{ state: string; count: number }>`select state, count(*)::integer as count from mail_delivery group by 1`.execute(database.owner) // prettier-ignore
  await database.close()

  const problems = [
    ...(ourSums.taken === count && ourSums.twice === 0 ? [] : [`the server took ${ourSums.taken} of ${count}, ${ourSums.twice} twice`]), // prettier-ignore
    ...(rows.length === 1 && rows[0]?.state === 'sent' ? [] : [`rows: ${JSON.stringify(rows)}`]),
  ]
  const rate = ({ seconds, cpu, memory }: Ran): string => `${Math.round(count / seconds).toLocaleString('en')} mails/s, ${((cpu / count) * 1000).toFixed(2)} ms of our processor time each, ${memory} MB at most` // prettier-ignore
  console.log(`bare: ${rate(bare)}; ${Math.round(bareSums.bytes / bareSums.taken)} bytes each`)
  console.log(`ours: ${rate(ours)}; ${Math.round(ourSums.bytes / ourSums.taken)} bytes each`)
  console.log(problems.length ? `PROBLEMS: ${problems.join('; ')}` : 'checked: everybody once, each row says so')
  console.log(`load ${loadavg().map((each) => each.toFixed(1)).join(' ')}`) // prettier-ignore
  const ratio = bare.seconds / ours.seconds
  const results: BenchResult[] = [
    {
      work: `${count.toLocaleString('en')} mails in two languages handed over TLS, a row for each`,
      ours: rate(ours),
      reference: `${rate(bare)}, a bare nodemailer loop`,
      ratio,
      goal: '≥ 0.7',
      is_met: problems.length === 0 && ratio >= 0.7,
    },
  ]
  if (process.env.HANPYO_BENCH_RESULT) writeFileSync(process.env.HANPYO_BENCH_RESULT, JSON.stringify(results))
  console.log(`ratio ${ratio.toFixed(2)}`)
  if (problems.length) process.exitCode = 1
}

interface Ran {
  seconds: number
  /** Seconds of this process alone. */
  cpu: number
  memory: number
}

async function timed(work: () => Promise<void>): Promise<Ran> {
  let most = 0
  const watch = setInterval(() => void (most = Math.max(most, process.memoryUsage.rss())), 200)
  const [began, before] = [performance.now(), process.cpuUsage()]
  await work()
  clearInterval(watch)
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, memory: Math.round(most / 1e6) }
}

async function fill(database: Database) {
  const { rows } = await sql<{ organization_id: string }>`insert into organization (slug, name)
    values ('bench', '{"en":"Bench","ko":"벤치"}') returning organization_id`.execute(database.owner)
  const organization_id = rows[0]?.organization_id ?? ''
  const db = database.of(organization_id)
  const actor = systemActor(organization_id, 'bench')
  const now = new Date()
  await sql`insert into person (organization_id, first_name, last_name, language)
    select ${organization_id}::uuid, 'Reader' || i, 'Kim', case when i % 2 = 0 then 'ko' else 'en' end from generate_series(1, ${count}::integer) i`.execute(db) // prettier-ignore
  await sql`insert into person_email (organization_id, person_id, email, source)
    select organization_id, person_id, lower(first_name) || '@example.org', 'bench' from person where organization_id = ${organization_id}::uuid`.execute(db) // prettier-ignore
  await sql`analyze person, person_email`.execute(database.owner)
  const mailing_id = await makeMailing(db, actor, { name: 'Bench', lane: 'non_partisan' }, now)
  const said = { en: 'Hello {first_name|friend}, the council votes on rent stabilization next week. '.repeat(8), ko: '{first_name|친구}님, 다음 주에 시의회가 렌트안정법을 표결합니다. '.repeat(8) } // prettier-ignore
  const content = MailContent.parse({
    subject: { en: 'News for {first_name|you}', ko: '{first_name|친구}님께 소식' },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: 'This week', ko: '이번 주' } },
      { key: 'b2', kind: 'text', said },
      { key: 'b3', kind: 'button', label: { en: 'Call your council member', ko: '시의원에게 전화하기' }, link: { en: 'https://example.org/call' } }, // prettier-ignore
    ],
    postal_address: '1 Main St, Flushing NY 11354',
    reason: { en: 'You signed up.', ko: '신청하셔서 보냅니다.' },
  })
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  await inTransaction(db, (tx) => chooseAudience(tx, actor, mailing_id, 'has:email'))
  await planMailing(db, actor, mailing_id, { scheduled_at: null, window_starts: null, window_ends: null, per_minute: null, people: count, expression: 'has:email' }, now) // prettier-ignore
  return { organization_id, mailing_id }
}

async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T]
  return message
}

async function sums(): Promise<Sums> {
  receiver.send('sums')
  return told<Sums>(receiver)
}

try {
  await main()
} finally {
  receiver.disconnect()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
}
