import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { permissions } from '../../access/permissions.ts'
import { attendedByCalling } from '../../events/calls/commands.ts'
import { letGoSoon } from '../bridge/jobs.ts'
import { runningBank } from '../running.ts'
import '../tables.ts'
import { isAtWork } from './here.ts'
import { hashOf } from './token.ts'

export interface NewCaller {
  name: string
  phone: string | null
  email: string | null
  languages: string[]
  user_id?: string
  /** Sent again, the same form names the same: there is one caller, opened by one link. */
  as?: { caller_id: string; token: string }
}

export type Joined =
  | { ok: true; phone_bank_id: string; caller_id: string; token: string }
  | { ok: false; problem: 'unknown' | 'closed' | 'ended' }

/** Joins by the code of the link. `owner`: before anybody is known, no organization is. */
export async function joinPhoneBank(owner: Db, code: string, caller: NewCaller, now: Date): Promise<Joined> {
  const bank = await owner
    .selectFrom('phone_bank')
    .select(['organization_id', 'phone_bank_id', 'join_closed_at', 'ended_at'])
    .where('join_code', '=', code)
    .executeTakeFirst()
  if (!bank) return { ok: false, problem: 'unknown' }
  if (bank.ended_at) return { ok: false, problem: 'ended' }
  if (bank.join_closed_at) return { ok: false, problem: 'closed' }
  return addCaller(owner, bank, caller, null, now)
}

/** A volunteer at the door: the host writes the name down and hands over the link that opens the calling page. */
export async function addWalkIn(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  caller: NewCaller,
  now: Date,
): Promise<Joined> {
  const bank = found(
    await db
      .selectFrom('phone_bank')
      .select(['organization_id', 'phone_bank_id', 'ended_at'])
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
  if (bank.ended_at) return { ok: false, problem: 'ended' }
  return addCaller(db, bank, caller, actor, now)
}

/** What a member said before that they call in; null: they never called in this phone bank. */
export async function languagesOf(db: Db, actor: Actor, phone_bank_id: string): Promise<string[] | null> {
  const row = await db
    .selectFrom('phone_bank_caller')
    .select('languages')
    .where('organization_id', '=', actor.organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('user_id', '=', actor.id)
    .orderBy('last_seen_at', 'desc')
    .executeTakeFirst()
  return row?.languages ?? null
}

/**
 * A member calls with their account; who comes again finds their own results. While the account calls on another device
 * they are a caller of their own: two devices never hold the same voter. `here`: the caller this device was before.
 */
export async function joinAsMember(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  languages: string[],
  now: Date,
  here: string | null = null,
): Promise<Joined> {
  const bank = found(
    await db
      .selectFrom('phone_bank')
      .select(['organization_id', 'phone_bank_id', 'ended_at'])
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
  if (bank.ended_at) return { ok: false, problem: 'ended' }
  return addCaller(
    db,
    bank,
    { name: actor.name, phone: null, email: null, languages, user_id: actor.id },
    actor,
    now,
    here,
  )
}

/** Whoever joins while their shift runs is there for it. */
function addCaller(
  db: Db,
  bank: { organization_id: string; phone_bank_id: string },
  caller: NewCaller,
  actor: Actor | null,
  now: Date,
  here: string | null = null,
): Promise<Joined> {
  return inTransaction(db, async (tx) => {
    const joined = await insertCaller(tx, bank, caller, actor, now, here)
    if (joined.ok) await attendedByCalling(tx, now, bank)
    return joined
  })
}

function insertCaller(
  db: Db,
  bank: { organization_id: string; phone_bank_id: string },
  caller: NewCaller,
  actor: Actor | null,
  now: Date,
  here: string | null,
): Promise<Joined> {
  const { caller_id, token } = caller.as ?? {
    caller_id: randomUUID(),
    token: randomBytes(24).toString('base64url'),
  }
  return inTransaction(db, async (tx): Promise<Joined> => {
    const own = caller.user_id
      ? await tx
          .selectFrom('phone_bank_caller as k')
          .select(['k.caller_id', 'k.removed_at', isAtWork(now).as('is_at_work')])
          .where('k.organization_id', '=', bank.organization_id)
          .where('k.phone_bank_id', '=', bank.phone_bank_id)
          .where('k.user_id', '=', caller.user_id)
          .orderBy('k.last_seen_at', 'desc')
          .forUpdate('k')
          .execute()
      : []
    if (own.some((each) => each.removed_at)) return { ok: false, problem: 'closed' }
    const before = own.find((each) => each.caller_id === here) ?? own.find((each) => !each.is_at_work)
    if (before) {
      await tx
        .updateTable('phone_bank_caller')
        .set({ token_hash: hashOf(token), languages: caller.languages, last_seen_at: now })
        .where('organization_id', '=', bank.organization_id)
        .where('caller_id', '=', before.caller_id)
        .execute()
      return { ok: true, phone_bank_id: bank.phone_bank_id, caller_id: before.caller_id, token }
    }
    const added = await tx
      .insertInto('phone_bank_caller')
      .values({
        organization_id: bank.organization_id,
        phone_bank_id: bank.phone_bank_id,
        caller_id,
        user_id: caller.user_id ?? null,
        name: caller.name,
        phone: caller.phone,
        email: caller.email,
        languages: caller.languages,
        token_hash: hashOf(token),
        joined_at: now,
        last_seen_at: now,
      })
      .onConflict((same) => same.doNothing())
      .returning('caller_id')
      .executeTakeFirst()
    if (!added) return { ok: true, phone_bank_id: bank.phone_bank_id, caller_id, token }
    const who: Actor = actor ?? {
      kind: 'caller',
      id: caller_id,
      name: caller.name,
      organization_id: bank.organization_id,
      roles: [],
      is_steward: false,
    }
    await audit(tx, who, {
      action: 'phonebank.join',
      subject: 'phone_bank_caller',
      subject_id: caller_id,
      after: { phone_bank_id: bank.phone_bank_id, languages: caller.languages },
    })
    return { ok: true, phone_bank_id: bank.phone_bank_id, caller_id, token }
  })
}

/** Takes a caller's access away at once, on every device of their account, their line over the bridge with it; what they recorded stays. */
export function removeCaller(db: Db, actor: Actor, phone_bank_id: string, caller_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { user_id } = found(await callerIn(tx, actor, phone_bank_id, caller_id))
    const removed = await tx
      .updateTable('phone_bank_caller')
      .set({ removed_at: now })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where((eb) => eb.or([eb('caller_id', '=', caller_id), ...(user_id ? [eb('user_id', '=', user_id)] : [])]))
      .where('removed_at', 'is', null)
      .returning(['caller_id', 'name'])
      .execute()
    for (const each of removed) {
      await giveBack(tx, actor.organization_id, each.caller_id)
      await letGoSoon(tx, actor.organization_id, phone_bank_id, { caller_id: each.caller_id })
      await audit(tx, actor, {
        action: 'phonebank.remove_caller',
        subject: 'phone_bank_caller',
        subject_id: each.caller_id,
        before: { phone_bank_id, name: each.name },
      })
    }
  })
}

/**
 * Whoever a host removed calls again, on every device of their account. false: nobody did, or the account may not call any
 * more by its membership, with which the access comes back.
 */
export function letInAgain(db: Db, actor: Actor, phone_bank_id: string, caller_id: string): Promise<boolean> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await runningBank(tx, actor, phone_bank_id)
    const { user_id } = found(await callerIn(tx, actor, phone_bank_id, caller_id))
    const back = await tx
      .updateTable('phone_bank_caller as k')
      .set({ removed_at: null })
      .where('k.organization_id', '=', organization_id)
      .where('k.phone_bank_id', '=', phone_bank_id)
      .where((eb) => eb.or([eb('k.caller_id', '=', caller_id), ...(user_id ? [eb('k.user_id', '=', user_id)] : [])]))
      .where('k.removed_at', 'is not', null)
      .where('k.is_removed_as_member', '=', false)
      .where('k.is_on_paper', '=', false)
      .where(sql<boolean>`(k.user_id is null or exists (select from member m where m.organization_id = k.organization_id
        and m.user_id = k.user_id and m.ended_at is null and m.roles && ${[...permissions['phonebanks.call']]}::text[]))`)
      .returning(['k.caller_id', 'k.name'])
      .execute()
    for (const each of back) {
      await audit(tx, actor, {
        action: 'phonebank.let_in_caller',
        subject: 'phone_bank_caller',
        subject_id: each.caller_id,
        after: { phone_bank_id, name: each.name },
      })
    }
    return back.length > 0
  })
}

/** A caller of this phone bank, removed or not. */
export async function callerIn(db: Db, { organization_id }: Actor, phone_bank_id: string, caller_id: string) {
  const row = await db
    .selectFrom('phone_bank_caller')
    .select(['caller_id', 'name', 'user_id', 'removed_at'])
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('caller_id', '=', caller_id)
    .executeTakeFirst()
  return row ?? null
}

/** Whatever a caller has in hand is the next one's. */
export const giveBack = (tx: Db, organization_id: string, caller_id: string) =>
  sql`select give_back_calls(${organization_id}::uuid, ${caller_id}::uuid, null, null)`.execute(tx)
