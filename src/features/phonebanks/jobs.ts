import { sql } from 'kysely'
import { z } from 'zod'
import { systemActor } from '../../platform/audit.ts'
import type { Db } from '../../platform/db/db.ts'
import type { Installation } from '../../platform/http/room.ts'
import { addJob, job, type Job } from '../../platform/jobs/jobs.ts'
import { log } from '../../platform/log.ts'
import { attendedByCalling } from '../events/calls/commands.ts'
import { applyDone, preparePhoneBank, renewTargets } from './targets/commands.ts'
import { repeatPhoneBanks } from './rounds/repeating.ts'
import '../voterfile/tables.ts'
import './tables.ts'

/** Puts the list of a phone bank together, away from the request that made it. */
export const prepareJob = job({
  name: 'phonebanks.prepare',
  payload: z.object({ organization_id: z.uuid(), phone_bank_id: z.uuid(), reorder: z.boolean().default(false) }),
  async run({ organization_id, phone_bank_id, reorder }, context) {
    const { database, clock } = context.installation as Installation
    await preparePhoneBank(database.owner, systemActor(organization_id), phone_bank_id, clock.now(), { reorder })
  },
})

/** How long what target and done expression say may be old, while somebody calls and otherwise. */
const done_every_minutes = { busy: 1, idle: 30 }
const target_every_minutes = { busy: 15, idle: 360 }

/** Once a minute: asks the live expressions of the phone banks again, and makes those that repeat. */
export const watchJob: Job<Record<string, never>> = job({
  name: 'phonebanks.watch',
  payload: z.object({}),
  async run(_, context) {
    const installation = context.installation as Installation
    const { database, clock } = installation
    try {
      await watchPhoneBanks(installation)
      for (const made of await repeatPhoneBanks(database.owner, clock.now()))
        await addJob(database.owner, prepareJob, { ...made, reorder: false })
      await attendedByCalling(database.owner, clock.now())
    } finally {
      const run_at = new Date(Date.now() + 60_000)
      await addJob(database.owner, watchJob, {}, { key: 'phonebanks.watch', run_at })
    }
  },
})

/** At the start of a server. */
export const startPhoneBanks = ({ database }: Pick<Installation, 'database'>): Promise<void> =>
  addJob(database.owner, watchJob, {}, { key: 'phonebanks.watch' })

/** Asks target and done of every phone bank whose answer is too old. One that fails does not keep the others waiting. */
export async function watchPhoneBanks({ database, clock }: Pick<Installation, 'database' | 'clock'>): Promise<void> {
  const db = database.owner
  const now = clock.now()
  await endOldLeases(db, now)
  await renewAfterImports(db, now)
  const { rows } = await sql<Watched>`
    select b.organization_id, b.phone_bank_id, b.is_live, b.done_expression is not null as has_done, b.checked_at, b.targeted_at,
      exists (select from phone_bank_caller c where c.organization_id = b.organization_id and c.phone_bank_id = b.phone_bank_id
        and c.last_seen_at > ${new Date(now.getTime() - 10 * 60_000)}) as is_busy
    from phone_bank b join organization o using (organization_id)
    where b.ended_at is null and b.prepared_at is not null and (b.is_live or b.done_expression is not null)
      and (${now.toISOString()}::timestamptz at time zone o.time_zone)::date <= b.ends_on`.execute(db)
  for (const bank of rows) {
    const isOld = (at: Date | null, { busy, idle }: typeof done_every_minutes): boolean =>
      !at || now.getTime() - at.getTime() >= (bank.is_busy ? busy : idle) * 60_000
    try {
      if (bank.is_live && isOld(bank.targeted_at, target_every_minutes))
        await preparePhoneBank(db, systemActor(bank.organization_id), bank.phone_bank_id, now)
      else if (bank.has_done && isOld(bank.checked_at, done_every_minutes))
        await applyDone(db, bank.organization_id, bank.phone_bank_id, now)
    } catch (problem) {
      log.error({ problem, phone_bank: bank.phone_bank_id }, 'live expressions of a phone bank could not be asked')
    }
  }
}

/** Turns do so too; after the last of an evening nobody takes one. */
async function endOldLeases(db: Db, now: Date): Promise<void> {
  const { rows } = await sql<{ organization_id: string }>`
    select organization_id from call_lease where leased_until < ${now.toISOString()}::timestamptz
    union select organization_id from line_on_screen where shown_until < ${now.toISOString()}::timestamptz`.execute(db)
  for (const { organization_id } of rows) {
    try {
      await sql`select end_old_leases(${organization_id}::uuid, ${now.toISOString()}::timestamptz)`.execute(db)
    } catch (problem) {
      log.error({ problem, organization: organization_id }, 'voters in hand for too long could not be given back')
    }
  }
}

/** Lists that were put together before the newest numbers of the commons came in. */
async function renewAfterImports(db: Db, now: Date): Promise<void> {
  const { rows } = await sql<{ organization_id: string; phone_bank_id: string; as_of: Date }>`
    select b.organization_id, b.phone_bank_id, i.as_of
    from phone_bank b join organization o using (organization_id)
    cross join (select max(finished_at) as as_of from voter_import where state = 'done') i
    where b.ended_at is null and b.prepared_at is not null and i.as_of > coalesce(b.numbers_at, b.prepared_at)
      and (${now.toISOString()}::timestamptz at time zone o.time_zone)::date <= b.ends_on`.execute(db)
  for (const { organization_id, phone_bank_id, as_of } of rows) {
    try {
      await renewTargets(db, organization_id, phone_bank_id, as_of)
    } catch (problem) {
      log.error({ problem, phone_bank: phone_bank_id }, 'numbers of a phone bank could not be brought up to date')
    }
  }
}

interface Watched {
  organization_id: string
  phone_bank_id: string
  is_live: boolean
  has_done: boolean
  checked_at: Date | null
  targeted_at: Date | null
  is_busy: boolean
}
