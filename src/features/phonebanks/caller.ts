import { getCookie, setCookie } from 'hono/cookie'
import type { Actor } from '../../platform/actor.ts'
import { NotSignedIn } from '../../platform/errors.ts'
import type { Ctx, Installation } from '../../platform/http/room.ts'
import type { Joined } from './callers/commands.ts'
import { hashOf } from './callers/token.ts'

type JoinedCaller = Extract<Joined, { ok: true }>

/** Somebody who joined a phone bank, known by the cookie of that phone bank alone. */
export interface Caller {
  organization_id: string
  phone_bank_id: string
  caller_id: string
  name: string
  languages: string[]
}

/** A device that comes back later than that is nobody's any more. */
export const kept_days = 60

const cookieName = (phone_bank_id: string): string => `caller_${phone_bank_id.slice(0, 8)}`

export function keepCaller(c: Ctx, phone_bank_id: string, token: string): void {
  setCookie(c, cookieName(phone_bank_id), token, {
    path: '/call',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: kept_days * 86_400,
    secure: c.var.installation.url.startsWith('https:'),
  })
}

const memberCookie = 'calls_as'

/** As `keepCaller`, of a member: the pages where they start learn which caller this device is. */
export function keepMember(c: Ctx, { phone_bank_id, caller_id, token }: Omit<JoinedCaller, 'ok'>): void {
  keepCaller(c, phone_bank_id, token)
  setCookie(c, memberCookie, caller_id, {
    path: `/phonebanks/${phone_bank_id}`,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: kept_days * 86_400,
    secure: c.var.installation.url.startsWith('https:'),
  })
}

/** Which caller this device was before; says nothing about who may call. */
export const memberHere = (c: Ctx): string | null => getCookie(c, memberCookie) ?? null

// Whether they still may call, the database says at every turn; that a member went on with another token, after this time.
const known_ms = 60_000
const most_known = 20_000
/** By token: making its hash for each request costs as much as reading the request. */
const known = new WeakMap<Installation, Map<string, { caller: Caller; until: number }>>()

/** The caller of this phone bank who asks, or null: never joined, or removed since. */
export async function callerOrNull(c: Ctx, phone_bank_id: string): Promise<Caller | null> {
  const token = getCookie(c, cookieName(phone_bank_id))
  return token ? readCaller(c, phone_bank_id, hashOf(token)) : null
}

/** The caller who asks; 401 where nobody joined with this browser, and at once for who was removed. */
export async function callerOf(c: Ctx, phone_bank_id: string): Promise<Caller> {
  const caller = await callerOrNull(c, phone_bank_id)
  if (!caller) throw new NotSignedIn()
  return caller
}

/**
 * Who asks for a turn of the queue, which itself turns away who was removed: what they did before that is still taken.
 */
export async function callerInTurn(c: Ctx, phone_bank_id: string): Promise<Caller> {
  const token = getCookie(c, cookieName(phone_bank_id))
  if (!token) throw new NotSignedIn()
  const installation = c.get('installation')
  let callers = known.get(installation)
  if (!callers) known.set(installation, (callers = new Map()))
  const before = callers.get(token)
  if (before?.caller.phone_bank_id === phone_bank_id && before.until > performance.now()) return before.caller
  const caller = await readCaller(c, phone_bank_id, hashOf(token), { or_removed: true })
  if (!caller) throw new NotSignedIn()
  if (callers.size > most_known) callers.clear()
  // The first are the oldest.
  for (const [other, { until }] of callers) {
    if (until > performance.now()) break
    callers.delete(other)
  }
  callers.delete(token)
  // A copy: a part of the header would keep all of its cookies.
  callers.set(Buffer.from(token).toString(), { caller, until: performance.now() + known_ms })
  return caller
}

async function readCaller(
  c: Ctx,
  phone_bank_id: string,
  token_hash: string,
  { or_removed = false } = {},
): Promise<Caller | null> {
  const row = await c.var.installation.database.owner
    .selectFrom('phone_bank_caller')
    .select(['organization_id', 'phone_bank_id', 'caller_id', 'name', 'languages', 'removed_at'])
    .where('token_hash', '=', token_hash)
    .executeTakeFirst()
  if (row?.phone_bank_id !== phone_bank_id || (row.removed_at && !or_removed)) return null
  const { removed_at: _, ...caller } = row
  return caller
}

/** Was this browser's caller taken off the phone bank? */
export async function isRemoved(c: Ctx, phone_bank_id: string): Promise<boolean> {
  const token = getCookie(c, cookieName(phone_bank_id))
  return token !== undefined && (await readCaller(c, phone_bank_id, hashOf(token), { or_removed: true })) !== null
}

/** A caller by their id, removed or not: for what only they can have on their device. */
export async function callerNamed(
  { database }: Installation,
  phone_bank_id: string,
  caller_id: string,
): Promise<Caller | null> {
  const row = await database.owner
    .selectFrom('phone_bank_caller')
    .select(['organization_id', 'phone_bank_id', 'caller_id', 'name', 'languages'])
    .where('phone_bank_id', '=', phone_bank_id)
    .where('caller_id', '=', caller_id)
    .executeTakeFirst()
  return row ?? null
}

export const actorOfCaller = (caller: Caller): Actor => ({
  kind: 'caller',
  id: caller.caller_id,
  name: caller.name,
  organization_id: caller.organization_id,
  roles: [],
  is_steward: false,
})
