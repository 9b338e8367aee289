import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { chooseAudience, makeMailing } from './commands.ts'
import { planMailing, type Plan } from './sending/commands.ts'
import { MailContent } from './writing/schema.ts'

export interface Received {
  to: string
  message_id: string
  content: string
}

/** A real mail server on loopback, over TLS with the certificate of its library; keeps what it took. */
export async function mailServer(options: SMTPServerOptions = {}, port = 0) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    onData: taking(async (to, content) => {
      received.push(receivedFrom(to, content))
      return undefined
    }),
    ...options,
  })
  // A client that was killed leaves a broken connection.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  onTestFinished(stop)
  /** Every line dies at once. */
  const cut = () => {
    for (const { _socket } of server.connections as Iterable<{ _socket: Socket }>) _socket.destroy()
  }
  const { port: taken } = server.server.address() as AddressInfo
  return {
    received,
    stop,
    cut,
    port: taken,
    url: `smtp://127.0.0.1:${taken}/?requireTLS=true&tls.rejectUnauthorized=false`,
  }
}

/** What a server does with a mail it has read: takes it, answers with a refusal, or never answers. */
type Take = (to: string, content: string) => Promise<Error | 'silence' | undefined>

export const taking =
  (take: Take): NonNullable<SMTPServerOptions['onData']> =>
  (stream, session, done) => {
    void answer(stream, session.envelope.rcptTo[0]?.address ?? '', take, done)
  }

async function answer(stream: AsyncIterable<Buffer>, to: string, take: Take, done: (problem?: Error | null) => void) {
  try {
    const answered = await take(to, await readAll(stream))
    if (answered !== 'silence') done(answered)
  } catch (problem) {
    done(problem instanceof Error ? problem : new Error(String(problem)))
  }
}

export const receivedFrom = (to: string, content: string): Received => ({
  to,
  content,
  message_id: /^Message-ID:\s*(\S+)/im.exec(content)?.[1] ?? '',
})

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** As a mail server says it. */
export const refusal = (reply: number, words: string): Error => Object.assign(new Error(words), { responseCode: reply })

/** People with a mailbox each, `reader1@…`, every second one reading Korean. */
export async function addReaders(db: Db, organization_id: string, count: number, tag: string): Promise<string[]> {
  const people = await db
    .insertInto('person')
    .values(
      Array.from({ length: count }, (_, at) => ({
        organization_id,
        first_name: `Reader${at + 1}`,
        last_name: 'Kim',
        language: at % 2 === 0 ? 'ko' : 'en',
      })),
    )
    .returning('person_id')
    .execute()
  const ids = people.map(({ person_id }) => person_id)
  await db.insertInto('tag').values({ organization_id, tag }).execute()
  await db.insertInto('person_tag').values(ids.map((person_id) => ({ organization_id, person_id, tag, tagged_by: 'test' }))).execute() // prettier-ignore
  await db
    .insertInto('person_email')
    .values(
      ids.map((person_id, at) => ({
        organization_id,
        person_id,
        email: `${tag}${at + 1}@example.org`,
        source: 'test',
      })),
    ) // prettier-ignore
    .execute()
  return ids
}

/** One in both languages for `expression`, planned for now. */
export async function planned(
  db: Db,
  actor: Actor,
  expression: string,
  now: Date,
  plan: Partial<Plan> = {},
): Promise<string> {
  const mailing_id = await makeMailing(db, actor, { name: `For ${expression}`, lane: 'non_partisan' }, now)
  const content = MailContent.parse({
    subject: { en: 'News for {first_name|you}', ko: '{first_name|친구}님께 소식' },
    blocks: [
      { key: 'b1', kind: 'text', said: { en: 'Hello {first_name|friend}.', ko: '안녕하세요, {first_name|친구}님.' } },
    ],
    postal_address: '1 Main St, Flushing NY 11354',
    reason: { en: 'You signed up.', ko: '신청하셔서 보냅니다.' },
  })
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  await inTransaction(db, (tx) => chooseAudience(tx, actor, mailing_id, expression))
  const all = {
    scheduled_at: null,
    window_starts: null,
    window_ends: null,
    per_minute: null,
    people: 0,
    expression,
    ...plan,
  }
  await planMailing(db, actor, mailing_id, all, now)
  return mailing_id
}
