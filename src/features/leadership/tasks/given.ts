import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { isLanguage, localized, type Language } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { organizationById } from '../../events/queries.ts'
import { dayText } from '../../events/when.ts'
import type { MailAsked } from '../../people/mail.ts'
import { isBarred } from '../../people/suppressions/commands.ts'
import '../../access/tables.ts'
import '../../organizations/tables.ts'
import '../messages.ts'
import type { TaskKind } from '../tables.ts'

/** One mail to an account of what it was given to do since the last one; done by the job, asked for by the commands. */
export const tasksGivenMail = {
  name: 'leadership.tasks_given',
  payload: z.object({ organization_id: z.uuid(), owner_id: z.uuid() }),
}

/** Since when the owner is to be told: what one gives oneself one knows. */
export const tellsOwner = (actor: Actor, owner_id: string | null, now: Date): Date | null =>
  owner_id && owner_id !== actor.id ? now : null

/** From the first task until the mail: what is given meanwhile stands in the same one. */
const waits_ms = 10 * 60_000

/** One mail waits for an owner, and the next begins when it is out. */
export async function mailOwner(tx: Db, { id, organization_id }: Actor, owner_id: string | null): Promise<void> {
  if (!owner_id || owner_id === id) return
  const key = `${tasksGivenMail.name} ${organization_id} ${owner_id}`
  const run_at = new Date(Date.now() + waits_ms) // by the queue's clock
  await addJob(tx, tasksGivenMail, { organization_id, owner_id }, { key, queue: key, run_at, keeps_run_at: true })
}

export interface GivenTask {
  task_id: string
  kind: TaskKind
  title: string
  titles: Record<string, string> | null
  due_on: string | null
  person_id: string | null
  tell_owner_since: Date
}

/** What an owner is still to be told, and need not be from now on. What is over by now is told to nobody. */
export const takeUntold = (db: Db, organization_id: string, owner_id: string): Promise<GivenTask[]> =>
  inTransaction(db, async (tx) => {
    const tasks = await tx
      .selectFrom('task')
      .select(['task_id', 'kind', 'title', 'titles', 'due_on', 'person_id', 'tell_owner_since'])
      .where('organization_id', '=', organization_id)
      .where('owner_id', '=', owner_id)
      .where('tell_owner_since', 'is not', null)
      .where('ended_at', 'is', null)
      .orderBy(sql`due_on nulls last`)
      .orderBy('made_at')
      .orderBy('task_id')
      .forUpdate()
      .$castTo<GivenTask>()
      .execute()
    if (tasks.length === 0) return tasks
    await tx
      .updateTable('task')
      .set({ tell_owner_since: null })
      .where('organization_id', '=', organization_id)
      .where(
        'task_id',
        'in',
        tasks.map(({ task_id }) => task_id),
      )
      .execute()
    return tasks
  })

/** No mail went: they are still to be told of what is theirs yet. */
export async function giveBackUntold(
  db: Db,
  { organization_id, owner_id }: { organization_id: string; owner_id: string },
  tasks: readonly GivenTask[],
): Promise<void> {
  await sql`update task t set tell_owner_since = u.since
    from unnest(${tasks.map(({ task_id }) => task_id)}::uuid[], ${tasks.map((each) => each.tell_owner_since.toISOString())}::timestamptz[]) u (task_id, since)
    where t.organization_id = ${organization_id}::uuid and t.task_id = u.task_id and t.owner_id = ${owner_id}::uuid and t.tell_owner_since is null and t.ended_at is null`.execute(
    db,
  )
}

const mostLines = 20

/**
 * Of what they were given, in the language of their account, else the organization's first; null: they have left, want no such mail, or
 * nothing may go to their mailbox. What somebody is about may be confidential: of it the mail names the day alone, the rest is read
 * after signing in.
 */
export async function tasksGivenMailOf(
  { database, url }: Pick<Installation, 'database' | 'url'>,
  { organization_id, owner_id }: { organization_id: string; owner_id: string },
  tasks: readonly GivenTask[],
): Promise<MailAsked | null> {
  const db = database.of(organization_id)
  const owner = await database.owner
    .selectFrom('member as m')
    .innerJoin('auth.user as u', 'u.id', 'm.user_id')
    .select(['u.email', 'u.language', 'm.display_name', 'm.mails_tasks'])
    .where('m.organization_id', '=', organization_id)
    .where('m.user_id', '=', owner_id)
    .where('m.ended_at', 'is', null)
    .where('u.emailVerified', '=', true)
    .executeTakeFirst()
  if (!owner?.mails_tasks || (await isBarred(db, organization_id, owner.email))) return null
  const { name, languages } = await organizationById(db, organization_id)
  const language: Language = [owner.language ?? undefined, ...languages].find(isLanguage) ?? 'en'
  const t = translator(language)
  const lines = tasks.slice(0, mostLines).map(({ kind, title, titles, due_on, person_id }) => {
    const what = person_id ? t(`task.given.${kind}`) : titles ? localized(titles, language).text : title
    return `- ${what}${due_on ? ` · ${t('task.given.due', { date: dayText(language, due_on) })}` : ''}`
  })
  if (tasks.length > mostLines) lines.push(t('task.given.more', { count: tasks.length - mostLines }))
  return {
    to: owner.email,
    language,
    subject: t('task.given.subject', { count: tasks.length }),
    text: [
      t('task.given.hello', { name: owner.display_name }),
      t('task.given.lead'),
      lines.join('\n'),
      t('task.given.where', { url: `${url}/my-day` }),
      localized(name, language, languages).text,
      t('task.given.stop'),
    ].join('\n\n'),
  }
}

export const wantsTaskMail = async (db: Db, { organization_id, id }: Actor): Promise<boolean | null> =>
  (
    await db
      .selectFrom('member')
      .select('mails_tasks')
      .where('organization_id', '=', organization_id)
      .where(sql<string>`user_id::text`, '=', id)
      .executeTakeFirst()
  )?.mails_tasks ?? null

/** Whether whoever acts is mailed about tasks from now on. */
export const wantTaskMail = (db: Db, actor: Actor, mails_tasks: boolean): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx
      .updateTable('member')
      .set({ mails_tasks })
      .where('organization_id', '=', actor.organization_id)
      .where(sql<string>`user_id::text`, '=', actor.id)
      .execute()
    await audit(tx, actor, {
      action: 'member.task_mail',
      subject: 'member',
      subject_id: actor.id,
      after: { mails_tasks },
    })
  })
