import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import type { Actor } from '../actor.ts'
import { testClock } from '../clock.ts'
import { openDatabase, type Database } from '../db/db.ts'
import { createApp } from '../http/app.tsx'
import { pageTime } from '../http/page-time.ts'
import type { Env, Installation } from '../http/room.ts'
import type { TwilioAccount } from '../telephony/twilio.ts'
import type { Mail } from '../mail/mailer.ts'

export interface TestOrganization {
  organization_id: string
  /** Its organizer. */
  organizer: Actor
  /** Somebody of it with these roles. */
  actor(roles: string[], more?: Partial<Actor>): Actor
}

export interface World {
  database: Database
  installation: Installation & { clock: ReturnType<typeof testClock> }
  /** Two organizations that must not see each other. */
  ours: TestOrganization
  theirs: TestOrganization
  /** Mail that was sent. */
  mails: Mail[]
  /** A folder of its own, removed afterwards. */
  folder: string
  /** The application with these routes, asked as `actor`. */
  as(actor: Actor | null, routes: readonly Hono<Env>[]): TestBrowser
}

export interface TestBrowser {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** Posts a form as a browser of ours would; a stranger's has lain open for a minute. A list becomes several values. */
  post(path: string, form: Record<string, string | string[]>, headers?: Record<string, string>): Promise<Response>
  /** A form with files. */
  postBody(path: string, body: FormData): Promise<Response>
  postJson(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** Posts a form with files in it. */
  postFiles(path: string, form: FormData): Promise<Response>
}

/** A database of its own for this test file, cloned from the migrated template, with two organizations. Call at the top of the file, with await: in a hook or a test nothing would clear it up. */
export async function makeWorld(now = '2026-11-23T17:00:00Z'): Promise<World> {
  const socket = inject('socket')
  const name = `clone_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ host: socket, user: 'postgres', database: 'postgres' })
  await admin.connect()
  // Copied file by file, which takes a third less than through the log.
  await admin.query(`create database ${name} template ${inject('template')} strategy file_copy`)
  const owner = { host: socket, user: 'postgres', database: name }
  const database = openDatabase({ owner })
  const folder = mkdtempSync(join(tmpdir(), 'hanpyo-world-'))
  const mails: Mail[] = []
  const installation = {
    config: {
      data: folder,
      database_url: null,
      database_direct_url: null,
      port: 0,
      host: '127.0.0.1',
      url: null,
      metrics_token: null,
      smtp_url: null,
      accepts_plain_smtp: false,
      mail_from: 'Hanpyo <hanpyo@localhost>',
      accept_law: false,
      private_webhooks: false,
      twilio: null as TwilioAccount | null,
    },
    database,
    clock: testClock(now),
    mailer: { send: async (mail: Mail) => void mails.push(mail) },
    secret: 'a'.repeat(64),
    url: 'http://localhost',
  }
  afterAll(async () => {
    await database.close()
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    database,
    installation,
    ours: await addOrganization(database, 'ours', { en: 'Flushing Civic Action', ko: '플러싱 시민행동' }),
    theirs: await addOrganization(database, 'theirs', { en: 'Sunnyside Neighbors', ko: '서니사이드 이웃모임' }),
    mails,
    folder,
    as: (actor, routes) =>
      browser(
        createApp({
          installation,
          routes,
          nav: [],
          actorOf: async () => actor,
          may: () => true,
          largeBodies: /\/uploads\/|^\/f\/[^/]+\/[^/]+$|\/answers\/.+\/files\/[^/]+$/,
        }),
        () => (actor ? null : pageTime(installation.secret, new Date(installation.clock.now().getTime() - 60_000))),
      ),
  }
}

async function addOrganization(
  database: Database,
  slug: string,
  name: Record<string, string>,
): Promise<TestOrganization> {
  const client = await database.ownerPool.connect()
  try {
    const { rows } = await client.query<{ organization_id: string }>(
      'insert into organization (slug, name) values ($1, $2) returning organization_id',
      [slug, name],
    )
    const organization_id = rows[0]?.organization_id ?? ''
    const actor = (roles: string[], more: Partial<Actor> = {}): Actor => ({
      kind: 'user',
      id: randomUUID(),
      name: `${slug} ${roles.join('+')}`,
      organization_id,
      roles,
      is_steward: false,
      ...more,
    })
    return { organization_id, organizer: actor(['organizer']), actor }
  } finally {
    client.release()
  }
}

/** `pageTimeOf`: what a public page says of when it was made. */
function browser(app: Hono<Env>, pageTimeOf: () => string | null): TestBrowser {
  const base = {
    host: 'localhost',
    origin: 'http://localhost',
    'sec-fetch-site': 'same-origin',
    'accept-language': 'en',
  }
  return {
    get: async (path, headers = {}) => app.request(path, { headers: { ...base, ...headers } }),
    async post(path, form, headers = {}) {
      const body = new URLSearchParams()
      const page_time = pageTimeOf()
      if (page_time !== null && !('page_time' in form)) body.append('page_time', page_time)
      for (const [name, value] of Object.entries(form)) for (const each of [value].flat()) body.append(name, each)
      return app.request(path, { method: 'POST', body, headers: { ...base, ...headers } })
    },
    async postBody(path, body) {
      const page_time = pageTimeOf()
      if (page_time !== null && !body.has('page_time')) body.append('page_time', page_time)
      return app.request(path, { method: 'POST', body, headers: base })
    },
    postJson: async (path, body, headers = {}) =>
      app.request(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...base, 'content-type': 'application/json', accept: 'application/json', ...headers },
      }),
    postFiles: async (path, body) => app.request(path, { method: 'POST', body, headers: base }),
  }
}
