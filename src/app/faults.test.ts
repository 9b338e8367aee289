import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { sendAccessMail } from '../features/access/jobs.ts'
import { addTestCaller, addVoters, makeBank, type TestBank, type TestCaller } from '../features/phonebanks/testing.ts'
import type { CallCard, RecordOutput, Turn } from '../features/phonebanks/schema.ts'
import { systemActor } from '../platform/audit.ts'
import { readConfig } from '../platform/config.ts'
import { addJob } from '../platform/jobs/jobs.ts'
import { openInstallation } from './installation.ts'

/* The real program as several processes over the embedded PostgreSQL, each of which is killed while volunteers call. */

const folder = mkdtempSync(join(tmpdir(), 'hanpyo-faults-'))
const mailbox = await openMailbox()
const environment = {
  HANPYO_DATA: folder,
  HANPYO_PORT: String(await freePort()),
  HANPYO_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
  HANPYO_LOG: 'silent',
}
const read = readConfig(environment, folder)
if (!read.ok) throw new Error(read.problems.join())
const installation = await openInstallation(read.config)
const { owner } = installation.database
const running = new Map<ChildProcess, string>()

afterAll(async () => {
  for (const each of running.keys()) await killed(each)
  await mailbox.close()
  await installation.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the program and waits until it says that it is at work. */
async function started(...words: string[]): Promise<ChildProcess> {
  const child = spawn(join(import.meta.dirname, '../../bin/hanpyo'), words, {
    env: { ...process.env, ...environment, DATABASE_URL: '', DATABASE_DIRECT_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.set(child, words.join(' '))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (/Hanpyo is at|Working off jobs/.test(text.toString())) resolve()
    })
    child.once('exit', (code) => reject(new Error(`hanpyo ${words.join(' ')} ended with ${code}`)))
  })
  return child
}

/** The one that still runs, of the test before; else a new one: starting takes longer than the rest. */
async function atWork(...words: string[]): Promise<ChildProcess> {
  const [same] = [...running].find(([, each]) => each === words.join(' ')) ?? []
  return same ?? started(...words)
}

async function killed(child: ChildProcess): Promise<void> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Asks again while PostgreSQL is being started again, and until the connections that died with it are gone. */
async function settled<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask()
    } catch (problem) {
      if (tries === 600) throw problem
      await sleep(50)
    }
  }
}

/** The postmaster, so that all of it ends at once. */
async function killPostgres(): Promise<void> {
  const { rows } = await settled(() =>
    sql<{ path: string }>`select current_setting('data_directory') as path`.execute(owner),
  )
  process.kill(Number(readFileSync(join(rows[0]?.path ?? '', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
}

interface Calls {
  /** Attempts the server said it has, with their voters. */
  saved: Map<string, number>
  /** Voters in the order in which they were handed out. */
  handed: number[]
  /** After each result. */
  between(): void | Promise<void>
  isOver(): boolean | Promise<boolean>
}

/** Calls whoever is handed out until it is over, as a page does: what fails is sent again. */
async function callThrough({ token }: TestCaller, { phone_bank_id }: TestBank, calls: Calls): Promise<void> {
  const { saved, handed, between, isOver } = calls
  // A voter who is never handed out again, or a server that stays away, is said instead of waited for.
  const patience_ms = 60_000
  let heard_at = Date.now()
  const stillWaits = (for_what: string): void => {
    if (Date.now() - heard_at > patience_ms)
      throw new Error(`for a minute ${for_what}; saved ${saved.size}, handed out ${handed.length}`)
  }
  const send = async (path: string, body: unknown): Promise<unknown> => {
    for (;;) {
      stillWaits(`no answer to ${path}, or nobody to call`)
      const answer = await fetch(`http://127.0.0.1:${environment.HANPYO_PORT}/call/${phone_bank_id}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          cookie: `caller_${phone_bank_id.slice(0, 8)}=${token}`,
        },
        body: JSON.stringify(body),
      }).catch(() => null)
      if (answer?.status === 200) return answer.json().catch(() => send(path, body))
      if (answer) expect([500, 503], await answer.text()).toContain(answer.status)
      await sleep(50)
    }
  }
  let { cards } = (await send('/next', { holding: [], want: 1 })) as Turn
  while (!(await isOver())) {
    const card: CallCard | undefined = cards[0]
    if (!card) {
      stillWaits('nobody to call, and it is not over')
      // Nobody free at this moment: as the page does, ask again.
      await sleep(100)
      cards = ((await send('/next', { holding: [], want: 1 })) as Turn).cards
      continue
    }
    heard_at = Date.now()
    handed.push(card.voter_id)
    const attempt_id = randomUUID()
    const now = new Date().toISOString()
    const result = {
      attempt_id,
      voter_id: card.voter_id,
      ticket: card.ticket,
      disposition: 'canvassed',
      answers: { support: 2, plan: true },
      script_version: card.script_version,
      phone: card.phones[0]?.phone ?? null,
      started_at: now,
      ended_at: now,
      sent_at: now,
    }
    const sent = (await send('/calls', { result, holding: [card.voter_id], want: 1 })) as RecordOutput
    expect(sent.recorded.outcome).not.toBe('refused')
    saved.set(attempt_id, card.voter_id)
    await between()
    cards = sent.turn.cards
  }
}

test('web, worker and PostgreSQL killed at any moment of calling: nothing saved is lost or doubled, nobody is out twice', async () => {
  const { rows } = await sql<{ id: string }>`insert into organization (slug, name)
    values ('faults', '{"en":"Flushing Civic Action"}') returning organization_id::text as id`.execute(owner)
  const actor = systemActor(rows[0]?.id ?? '', 'Grace Yoo')
  const voters = Array.from({ length: 60 }, (_, index) => index + 1)
  await addVoters(
    owner,
    voters.map((voter_id) => ({ voter_id })),
  )
  const bank = await makeBank({ installation }, actor, voters, { starts_on: '2020-01-01', ends_on: '2100-01-01' })
  const callers = await Promise.all(Array.from({ length: 4 }, () => addTestCaller({ installation }, actor, bank)))

  let [web, worker] = await Promise.all([started('serve', '--no-jobs'), started('work')])
  const saved = new Map<string, number>()
  const handed: number[] = []
  const faults = [
    async () => {
      await killed(web)
      web = await settled(() => started('serve', '--no-jobs'))
    },
    async () => {
      const found = await settled(() =>
        sql<{ pid: number }>`select pid from pg_stat_activity
        where datname is not null and pid <> pg_backend_pid() order by random() limit 1`.execute(owner),
      )
      process.kill(found.rows[0]?.pid ?? NaN, 'SIGKILL')
    },
    async () => {
      await killed(worker)
      worker = await settled(() => started('work'))
    },
    killPostgres,
    async () => {
      await killed(web)
      web = await settled(() => started('serve', '--no-jobs'))
    },
  ]
  // One after the other, each at a moment of its part.
  const moments = faults.map((_, index) => Math.floor((index + Math.random()) * (voters.length / (faults.length + 1))))
  let disturbance = Promise.resolve()
  const disturb = (): void => {
    while (faults.length && saved.size >= (moments[0] ?? 0)) {
      moments.shift()
      const fault = faults.shift()
      disturbance = disturbance.then(fault)
    }
  }

  const isOver = () => saved.size >= voters.length
  await Promise.all(callers.map((caller) => callThrough(caller, bank, { saved, handed, between: disturb, isOver })))
  await disturbance
  expect(faults).toEqual([])

  expect(handed.toSorted((a, b) => a - b)).toEqual(voters)
  const kept = await settled(() =>
    sql<{ attempt_id: string; voter_id: number; answers: number }>`
    select a.attempt_id::text, a.voter_id, count(w.question)::integer as answers
    from contact_attempt a left join contact_answer w using (organization_id, attempt_id) group by 1, 2`.execute(owner),
  )
  expect(new Map(kept.rows.map((row) => [row.attempt_id, row.voter_id]))).toEqual(saved)
  expect(new Set(kept.rows.map((row) => row.answers))).toEqual(new Set([2]))
  expect((await settled(() => sql`select from call_lease`.execute(owner))).rows).toHaveLength(0)
  // The next test's worker looks for what there is to do as it starts.
  await killed(worker)
}, 300_000)

test('a worker killed in the middle of refreshing a live list while volunteers call: the next one refreshes it, everybody is called once', async () => {
  const { rows } = await sql<{ id: string }>`insert into organization (slug, name)
    values ('faults-worker', '{"en":"Queens Neighbors"}') returning organization_id::text as id`.execute(owner)
  const organization_id = rows[0]?.id ?? ''
  const actor = systemActor(organization_id, 'Grace Yoo')
  const voters = Array.from({ length: 40 }, (_, index) => index + 1001)
  await addVoters(
    owner,
    voters.map((voter_id) => ({ voter_id, county: 'richmond' })),
  )
  // The last ten come by the refresh alone.
  const bank = await makeBank({ installation }, actor, voters.slice(0, 30), {
    starts_on: '2020-01-01',
    ends_on: '2100-01-01',
    expression: 'county:richmond',
    rules: { is_live: true },
  })
  const { phone_bank_id } = bank
  const old = new Date(Date.now() - 3_600_000)
  await owner
    .updateTable('phone_bank')
    .set({ prepared_at: old, targeted_at: old })
    .where('phone_bank_id', '=', phone_bank_id)
    .execute()
  const callers = await Promise.all(Array.from({ length: 3 }, () => addTestCaller({ installation }, actor, bank)))
  const saved = new Map<string, number>()
  const handed: number[] = []

  // A voter the refresh is about to add is held by an open transaction: it waits in the middle of its work.
  const hold = await owner.startTransaction().execute()
  await sql`insert into phone_bank_target (organization_id, phone_bank_id, voter_id, position, time_zone)
    values (${organization_id}::uuid, ${phone_bank_id}::uuid, ${voters[35]}, 1, 'America/New_York')`.execute(hold)
  const [web, first] = await Promise.all([atWork('serve', '--no-jobs'), atWork('work')])
  const waits = async () => {
    const { rows } = await sql`select from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%add_targets%' and pid <> pg_backend_pid()`.execute(owner)
    return rows.length > 0
  }
  const fault: { next?: Promise<ChildProcess> } = {}
  const killWorker = async (): Promise<ChildProcess> => {
    while (!(await waits())) await sleep(50)
    await killed(first)
    await hold.rollback().execute()
    return started('work')
  }
  const between = async () => {
    if (saved.size >= 10) await (fault.next ??= killWorker())
  }
  const standing = () =>
    owner
      .selectFrom('phone_bank_target')
      .select(['voter_id', 'state', 'why'])
      .where('phone_bank_id', '=', phone_bank_id)
      .orderBy('voter_id')
      .execute()
  // The list was refreshed, and nobody of it can be called any more, whoever was.
  const isOver = async () => {
    const { targeted_at } = await owner
      .selectFrom('phone_bank')
      .select('targeted_at')
      .where('phone_bank_id', '=', phone_bank_id)
      .executeTakeFirstOrThrow()
    return (
      (targeted_at ?? old) > old && !(await standing()).some(({ state }) => state === 'ready' || state === 'leased')
    )
  }
  try {
    await Promise.all(callers.map((caller) => callThrough(caller, bank, { saved, handed, between, isOver })))
  } finally {
    if (!hold.isRolledBack) await hold.rollback().execute()
  }
  expect(await standing()).toEqual(voters.map((voter_id) => ({ voter_id, state: 'finished', why: 'canvassed' })))
  expect(handed.toSorted((a, b) => a - b)).toEqual(voters)
  const kept = await owner
    .selectFrom('contact_attempt')
    .select(['attempt_id', 'voter_id'])
    .where('phone_bank_id', '=', phone_bank_id)
    .execute()
  expect(new Map(kept.map((row) => [row.attempt_id, row.voter_id]))).toEqual(saved)
  expect(await owner.selectFrom('call_lease').select('voter_id').execute()).toEqual([])
  await killed(web)
}, 300_000)

test('a worker killed with a job in hand, and PostgreSQL killed under the next: every job is done', async () => {
  const mail = { to: 'grace@example.org', text: '-', language: 'en' }
  const came = (...subjects: string[]) =>
    expect.poll(() => [...new Set(mailbox.subjects)].toSorted(), { timeout: 90_000 }).toEqual(subjects)
  const first = await atWork('work')
  // The worker has it in hand for as long as the mail server says nothing.
  mailbox.isSilent = true
  await settled(() => addJob(owner, sendAccessMail, { ...mail, subject: '1 in hand' }))
  await mailbox.asked()
  await killed(first)
  mailbox.isSilent = false
  await settled(() => addJob(owner, sendAccessMail, { ...mail, subject: '2 while no worker was there' }))
  const second = await started('work')
  await came('1 in hand', '2 while no worker was there')
  await killPostgres()
  await settled(() => addJob(owner, sendAccessMail, { ...mail, subject: '3 after PostgreSQL' }))
  await came('1 in hand', '2 while no worker was there', '3 after PostgreSQL')
  await killed(second)
}, 300_000)

/** A mail server that takes everything, or says nothing. */
async function openMailbox() {
  const sockets = new Set<Socket>()
  let ask = (): void => undefined
  const asking = new Promise<void>((resolve) => (ask = resolve))
  const box = {
    port: 0,
    isSilent: false,
    subjects: [] as string[],
    asked: () => asking,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    ask()
    if (box.isSilent) return
    let text = ''
    let isMail = false
    socket.write('220 ready\r\n')
    socket.on('data', (part) => {
      text += part.toString()
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        if (isMail) {
          if (line.startsWith('Subject: ')) box.subjects.push(line.slice('Subject: '.length))
          if (line !== '.') continue
          isMail = false
        } else if (line === 'DATA') {
          isMail = true
          socket.write('354 go on\r\n')
          continue
        }
        socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  box.port = (server.address() as AddressInfo).port
  return box
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
