import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { GiveUp } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import { addJob, job } from '../../platform/jobs/jobs.ts'
import '../organizations/tables.ts'
import { applyFile } from './checked/commands.ts'
import { freezeDrop, giveUpFreeze } from './drops/commands.ts'
import { dropById } from './drops/queries.ts'
import { runPrint } from './printing/commands.ts'
import './tables.ts'

const payload = z.object({ organization_id: z.uuid(), drop_id: z.uuid() })

/** Makes the list of a large drop. Killed, nothing of it is there, and `resumeDrops` begins it anew at the next start. */
export const freezeDropJob = job({
  name: 'postal.freeze',
  payload,
  async run({ organization_id, drop_id }, context) {
    const { database, clock } = context.installation as Installation
    const db = database.of(organization_id)
    const drop = await dropById(db, organization_id, drop_id)
    if (drop?.state !== 'freezing') return
    const { time_zone } = await db
      .selectFrom('organization')
      .select('time_zone')
      .where('organization_id', '=', organization_id)
      .executeTakeFirstOrThrow()
    const actor = {
      kind: 'user' as const,
      id: drop.frozen_by_id ?? drop.made_by_id,
      name: drop.frozen_by ?? drop.made_by,
      organization_id,
      roles: [],
      is_steward: false,
    }
    try {
      const done = await freezeDrop(db, actor, drop_id, clock.now(), dateIn(time_zone, clock.now()))
      if (!done.ok) await giveUpFreeze(db, actor, drop_id, done.problem)
    } catch (problem) {
      if (context.signal.aborted) throw problem
      await giveUpFreeze(db, actor, drop_id, 'interrupted')
      throw new GiveUp('the list of a drop could not be made', { cause: problem })
    }
  },
})

export const queueFreeze = (db: Db, { organization_id, drop_id }: z.output<typeof payload>): Promise<void> =>
  addJob(db, freezeDropJob, { organization_id, drop_id }, { key: `postal.freeze ${drop_id}` })

/** Makes the files for the printer. Killed, it goes on at the next start behind the last part it made. */
export const printDropJob = job({
  name: 'postal.print',
  payload,
  async run({ organization_id, drop_id }, context) {
    const { database, clock, config, url } = context.installation as Installation
    const db = database.of(organization_id)
    const run = { db, data: config.data, now: () => clock.now(), url, signal: context.signal }
    try {
      await runPrint(run, { organization_id, drop_id })
    } catch (problem) {
      if (context.signal.aborted) throw problem
      throw new GiveUp('the files of a drop could not be made', { cause: problem })
    }
  },
})

export const queuePrint = (db: Db, { organization_id, drop_id }: z.output<typeof payload>): Promise<void> =>
  addJob(db, printDropJob, { organization_id, drop_id }, { key: `postal.print ${drop_id}` })

const filePayload = z.object({ organization_id: z.uuid(), file_id: z.uuid() })

/** Takes over a file of checked addresses or moves. Killed, it goes on at the next start where it was. */
export const applyCheckedJob = job({
  name: 'postal.apply_checked',
  payload: filePayload,
  async run({ organization_id, file_id }, context) {
    const { database, clock } = context.installation as Installation
    await applyFile(database.of(organization_id), organization_id, file_id, () => clock.now(), context.signal)
  },
})

export const queueApply = (db: Db, { organization_id, file_id }: z.output<typeof filePayload>): Promise<void> =>
  addJob(db, applyCheckedJob, { organization_id, file_id }, { key: `postal.apply_checked ${file_id}` })

/** At the start of a server: what the last one did not finish is queued again. Returns how many. */
export async function resumeDrops({ database }: Installation): Promise<number> {
  const open = await database.owner
    .selectFrom('postal_drop')
    .select(['organization_id', 'drop_id', 'state'])
    .where((eb) => eb.or([eb('state', '=', 'freezing'), eb('print_state', 'in', ['queued', 'running'])]))
    .execute()
  for (const { state, ...each } of open) await (state === 'freezing' ? queueFreeze : queuePrint)(database.owner, each)
  const files = await database.owner
    .selectFrom('postal_checked_file')
    .select(['organization_id', 'file_id'])
    .where('state', '=', 'applying')
    .execute()
  for (const file of files) await queueApply(database.owner, file)
  return open.length + files.length
}
