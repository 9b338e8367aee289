import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { systemActor } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import { addJob, job } from '../../platform/jobs/jobs.ts'
import { log } from '../../platform/log.ts'
import type { Actor } from '../../platform/actor.ts'
import { Answers } from '../scripts/schema.ts'
import { receiveResponse, type SentResponse } from './commands.ts'
import { ConfirmMail } from './jobs.ts'
import { formById, formVersion, type Form, type FormVersion } from './queries.ts'
import { consentChannels, helpKinds, Said, shownAs } from './schema.ts'

/*
 * Who somebody is takes time to find out, one after the other of an organization. What a crowd sends at once is stored
 * as it is first, in one short statement, and its senders are thanked; a job finds out who they are.
 */

const Kept = z.object({
  said: Said,
  answers: Answers,
  consents: z.array(z.object({ channel: z.enum(consentChannels), wording: z.string() })),
  help: z.array(z.enum(helpKinds)),
  shown_as: z.enum(shownAs),
})

const again_after_ms = 5000
const rows_at_once = 100

/** When this process kept the last one. */
let kept_ms = -Infinity

/** While a crowd is sending, five a second are taken in: whoever waits for an answer comes first. */
const giveWay = async (): Promise<void> => {
  if (performance.now() - kept_ms < 300) await sleep(200)
}

/** Keeps a response, without files, until it is its turn. The same one twice is kept once. */
export function keepForLater(
  db: Db,
  organization_id: string,
  { form, version }: { form: Form; version: FormVersion },
  { response_id, response, language, confirm = null }: SentResponse,
  now: Date,
): Promise<void> {
  const { files: _none, ...kept } = response
  kept_ms = performance.now()
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ is_first: boolean }>`
      insert into form_intake (organization_id, response_id, form_id, version, language, response, confirm, received_at)
      values (${organization_id}::uuid, ${response_id}::uuid, ${form.form_id}::uuid, ${version.version}, ${language}, ${JSON.stringify(kept)}::jsonb,
        ${confirm && JSON.stringify(confirm)}::jsonb, ${now}::timestamptz)
      on conflict do nothing
      returning not exists (
        select from form_intake i where i.organization_id = ${organization_id}::uuid and i.failed_at is null) as is_first`.execute(
      tx,
    )
    // Whatever was kept before this has a job that waits or runs, and that looks again after its last. The job of what
    // failed may wait for hours, or was given up: this one asks anew, by the same key.
    if (rows[0]?.is_first) await askForIntake(tx, organization_id)
  })
}

const askForIntake = (db: Db, organization_id: string, run_at?: Date): Promise<void> =>
  addJob(
    db,
    takeInJob,
    { organization_id },
    { key: `forms.take_in ${organization_id}`, queue: `forms.take_in ${organization_id}`, ...(run_at && { run_at }) },
  )

/** Takes in everything that was kept, in the order it came; what failed before, after that and each for itself. */
export const takeInJob = job({
  name: 'forms.take_in',
  payload: z.object({ organization_id: z.uuid() }),
  async run({ organization_id }, { installation }) {
    const { database, clock } = installation as Installation
    const db = database.of(organization_id)
    const problems: unknown[] = []
    const failed: string[] = []
    let settled = 0
    for (;;) {
      const rows = await waiting(db, organization_id, failed)
      if (rows.length === 0) break
      for (const row of rows) {
        await giveWay()
        try {
          await takeIn(db, organization_id, row)
          settled++
        } catch (problem) {
          // Neither the others nor those who come later are kept waiting.
          const { form_id, response_id } = row
          log.error({ problem, organization_id, form_id, response_id }, 'a response could not be taken in')
          failed.push(response_id)
          problems.push(problem)
          if (row.failed_at !== null) continue
          await markFailed(db, organization_id, response_id, clock.now())
          settled++
        }
      }
    }
    // One that began before the last was settled, and ends after it, has asked for no job. Whoever asks must not fail
    // too: its own key is gone to the next, so that it would lie there for ever.
    if (settled > 0) await askForIntake(db, organization_id, new Date(clock.now().getTime() + again_after_ms))
    else if (problems.length > 0) throw new AggregateError(problems, `${problems.length} responses were not taken in`)
  },
})

interface KeptRow {
  response_id: string
  form_id: string
  version: number
  language: string
  response: unknown
  confirm: unknown
  received_at: Date
  failed_at: Date | null
}

const waiting = (db: Db, organization_id: string, failed: readonly string[]): Promise<KeptRow[]> =>
  db
    .selectFrom('form_intake')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('response_id', '<>', sql<string>`all(${[...failed]}::uuid[])`)
    .orderBy((eb) => eb('failed_at', 'is not', null))
    .orderBy('received_at')
    .orderBy('response_id')
    .limit(rows_at_once)
    .execute()

const markFailed = (db: Db, organization_id: string, response_id: string, now: Date) =>
  db
    .updateTable('form_intake')
    .set({ failed_at: now })
    .where('organization_id', '=', organization_id)
    .where('response_id', '=', response_id)
    .execute()

async function takeIn(db: Db, organization_id: string, row: KeptRow): Promise<void> {
  const form = found(await formById(db, organization_id, row.form_id))
  const version = found(await formVersion(db, organization_id, row.form_id, row.version))
  const actor: Actor = formActor(form)
  const sent: SentResponse = {
    response_id: row.response_id,
    response: { ...Kept.parse(row.response), files: {} },
    language: row.language,
    source: 'web',
    confirm: ConfirmMail.nullable().parse(row.confirm),
  }
  await inTransaction(db, async (tx) => {
    await receiveResponse(tx, actor, { form, version }, sent, row.received_at)
    await tx
      .deleteFrom('form_intake')
      .where('organization_id', '=', organization_id)
      .where('response_id', '=', row.response_id)
      .execute()
  })
}

/** Writes for everybody who fills it in. */
export const formActor = (form: Pick<Form, 'organization_id' | 'name'>): Actor => ({
  ...systemActor(form.organization_id, form.name),
  id: 'form',
})
