import { createHash } from 'node:crypto'
import { z } from 'zod'
import { allow } from '../../features/access/allow.ts'
import { ApiRefusal, type ApiCall, type Operation } from '../../features/access/tokens/operation.ts'
import { countUse, tokenInForce, type ApiToken } from '../../features/access/tokens/queries.ts'
import type { Actor } from '../../platform/actor.ts'
import { dateIn } from '../../platform/clock.ts'
import { inTransactionTwice, type Db } from '../../platform/db/db.ts'
import { Conflict, Forbidden, found, NotFound } from '../../platform/errors.ts'
import { problemJson } from '../../platform/http/problem-json.ts'
import { room, type Ctx } from '../../platform/http/room.ts'
import { notToKeep } from '../../platform/http/texts.ts'
import { log } from '../../platform/log.ts'
import { issuesOf } from './fields.ts'
import { openApiDocument } from './openapi.ts'
import { operations } from './operations.ts'

/** Requests of one token in one minute, over all processes. */
export const requestsPerMinute = 600
const root = '/api/v1'
const day_ms = 86_400_000

/** Refused before any operation: status, code and sentence of an `application/problem+json` (RFC 9457). */
class Refused extends Error {
  readonly status: 400 | 401 | 403 | 404 | 422 | 429
  readonly problem: string
  readonly detail: string
  readonly more: Record<string, unknown>

  constructor(status: Refused['status'], problem: string, detail: string, more: Record<string, unknown> = {}) {
    super(problem)
    this.status = status
    this.problem = problem
    this.detail = detail
    this.more = more
  }
}

/** The API for other programs: every operation of the list, its description, and a plain answer for anything else. */
export const apiRoutes = room()

apiRoutes.get(`${root}/openapi.json`, allow('public'), (c) => {
  c.header('Cache-Control', 'public, max-age=300')
  return c.json(openApiDocument(c.var.installation.url))
})
for (const each of operations) apiRoutes.on(each.method, root + each.path, allow('api-token'), (c) => answer(c, each))
const nothing = (c: Ctx) =>
  problemJson(c, 404, 'not_found', `There is no such operation. ${root}/openapi.json lists all there are.`)
apiRoutes.get(`${root}/*`, allow('public'), nothing)
apiRoutes.post(`${root}/*`, allow('public'), nothing)

async function answer(c: Ctx, asked: Operation): Promise<Response> {
  try {
    const token = await tokenOf(c)
    if (!token.scopes.includes(asked.scope)) {
      throw new Refused(403, 'scope_missing', `This token may not do this; it needs ${asked.scope}.`, {
        scope: asked.scope,
      })
    }
    const db = c.var.installation.database.of(token.organization_id)
    await limitRate(c, db, token)
    const input = {
      params: asked.params && addressed(asked.params, c.req.param()),
      query: parsed(asked.query ?? Nothing, c.req.query()),
      body: await bodyOf(c, asked),
    }
    const now = c.var.installation.clock.now()
    const { time_zone } = found(await db.selectFrom('organization').select('time_zone').executeTakeFirst())
    const call = {
      actor: actorOf(token),
      installation: c.var.installation,
      now,
      today: dateIn(time_zone, now),
      request_id: c.var.request_id,
    }
    if (asked.method === 'GET') return c.json(asked.answer.parse(await asked.run({ ...call, db }, input)) as object)
    const { status, body, is_replayed } = await inTransactionTwice(db, (tx) =>
      once(tx, c, token, input.body, now, (running) => doIt(asked, { ...call, db: running }, input)),
    )
    if (is_replayed) c.header('Idempotency-Replayed', 'true')
    return c.json(body as object, status as 200)
  } catch (problem) {
    return problemOf(c, problem)
  }
}

async function doIt(
  asked: Operation,
  call: ApiCall,
  input: { params: unknown; query: unknown; body: unknown },
): Promise<{ status: number; body: unknown }> {
  return { status: asked.status ?? 200, body: asked.answer.parse(await asked.run(call, input)) }
}

async function tokenOf(c: Ctx): Promise<ApiToken> {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  const known = token
    ? await tokenInForce(c.var.installation.database.owner, token, c.var.installation.clock.now())
    : undefined
  if (known) return known
  c.header('WWW-Authenticate', 'Bearer')
  throw token
    ? new Refused(401, 'token_unknown', 'This token is not known, has ended or was revoked.')
    : new Refused(401, 'token_missing', 'Send a token of the organization: Authorization: Bearer hanpyo_…')
}

const actorOf = (token: ApiToken): Actor => ({
  kind: 'api',
  id: token.token_id,
  name: token.name,
  organization_id: token.organization_id,
  roles: [],
  is_steward: false,
})

/** Headers as in the IETF's draft "RateLimit header fields for HTTP"; the count is shared by all processes. */
async function limitRate(c: Ctx, db: Db, token: ApiToken): Promise<void> {
  const now = c.var.installation.clock.now()
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const used = await countUse(db, token, minute)
  const resets_in = Math.ceil((minute.getTime() + 60_000 - now.getTime()) / 1000)
  c.header('RateLimit-Policy', `"minute";q=${requestsPerMinute};w=60`)
  c.header('RateLimit', `"minute";r=${Math.max(0, requestsPerMinute - used)};t=${resets_in}`)
  // Once a minute is enough to see that a token is in use.
  if (used === 1) {
    await db
      .updateTable('api_token')
      .set({ last_used_at: now })
      .where('organization_id', '=', token.organization_id)
      .where('token_id', '=', token.token_id)
      .execute()
  }
  if (used <= requestsPerMinute) return
  c.header('Retry-After', String(resets_in))
  throw new Refused(
    429,
    'too_many_requests',
    `${requestsPerMinute} requests a minute are allowed. Wait ${resets_in} s.`,
  )
}

/** What an address names. */
function addressed(schema: z.ZodType, raw: unknown): unknown {
  const result = notToKeep(raw) ? undefined : schema.safeParse(raw)
  if (!result?.success) throw new NotFound()
  return result.data
}

/** Of operations that ask for nothing. */
const Nothing = z.object({})

async function bodyOf(c: Ctx, { method, body }: Operation): Promise<unknown> {
  if (body) return parsed(body, await jsonOf(c))
  if (method !== 'GET' && (await c.req.text()) !== '') parsed(Nothing, await jsonOf(c))
  return undefined
}

function parsed(schema: z.ZodType, raw: unknown): unknown {
  const odd = notToKeep(raw)
  if (odd) throw new Refused(422, 'invalid', oddities[odd])
  const result = schema.safeParse(raw)
  const issues = issuesOf(schema, raw, result)
  if (issues.length) throw new Refused(422, 'invalid', 'The request does not fit.', { issues })
  return result.data
}

const oddities = {
  nul: 'A text holds the character U+0000, which cannot be kept.',
  half: 'A text holds half of a character (a lone surrogate), which cannot be kept.',
  deep: 'The body has too many levels.',
} as const

async function jsonOf(c: Ctx): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    throw new Refused(400, 'not_json', 'The body must be JSON, with Content-Type: application/json.')
  }
}

/**
 * A request with an Idempotency-Key is done once: its answer is kept in the transaction of the work itself, so that what was
 * done and what was answered cannot come apart. A second one at the same moment waits for the first at the primary key.
 */
async function once(
  tx: Db,
  c: Ctx,
  { organization_id, token_id }: ApiToken,
  body: unknown,
  now: Date,
  work: (tx: Db) => Promise<{ status: number; body: unknown }>,
): Promise<{ status: number; body: unknown; is_replayed: boolean }> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return { ...(await work(tx)), is_replayed: false }
  if (key.length < 1 || key.length > 200)
    throw new Refused(422, 'bad_idempotency_key', 'An Idempotency-Key has 1 to 200 characters.')
  const request_hash = createHash('sha256')
    .update(JSON.stringify([c.req.method, c.req.path, body]))
    .digest('hex')
  await tx
    .deleteFrom('api_answer')
    .where('organization_id', '=', organization_id)
    .where('answered_at', '<', new Date(now.getTime() - day_ms))
    .execute()
  const mine = await tx
    .insertInto('api_answer')
    .values({ organization_id, token_id, key, request_hash, status: 0, body: 'null', answered_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (mine) {
    const done = await work(tx)
    await tx
      .updateTable('api_answer')
      .set({ status: done.status, body: JSON.stringify(done.body) as never }) // jsonb takes the text
      .where('organization_id', '=', organization_id)
      .where('token_id', '=', token_id)
      .where('key', '=', key)
      .execute()
    return { ...done, is_replayed: false }
  }
  const before = found(
    await tx
      .selectFrom('api_answer')
      .select(['request_hash', 'status', 'body'])
      .where('organization_id', '=', organization_id)
      .where('token_id', '=', token_id)
      .where('key', '=', key)
      .executeTakeFirst(),
  )
  if (before.request_hash !== request_hash)
    throw new Refused(422, 'idempotency_key_reused', 'This Idempotency-Key was used for another request.')
  return { status: before.status, body: before.body, is_replayed: true }
}

function problemOf(c: Ctx, problem: unknown): Response {
  if (problem instanceof Refused || problem instanceof ApiRefusal)
    return problemJson(c, problem.status, problem.problem, problem.detail, problem.more)
  if (problem instanceof NotFound)
    return problemJson(c, 404, 'not_found', 'There is nothing here that this token may see.')
  if (problem instanceof Forbidden) return problemJson(c, 403, 'forbidden', 'This may not be done.')
  if (problem instanceof Conflict)
    return problemJson(c, 409, 'conflict', 'Somebody changed this meanwhile. Read it again.')
  log.error({ problem, request_id: c.var.request_id, method: c.req.method, path: c.req.routePath }, 'request failed')
  return problemJson(c, 500, 'failed', `Something went wrong on our side. Request ${c.var.request_id}.`)
}
