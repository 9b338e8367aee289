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

/** Several tasks given at once are one mail, and of two mails to one owner the second knows what the first told. */
export async function mailOwner(tx: Db, { id, organization_id }: Actor, owner_id: string | null): Promise<void> {
  if (!owner_id || owner_id === id) return
  const key = `${tasksGivenMail.name} ${organization_id} ${owner_id}`
  await addJob(tx, tasksGivenMail, { organization_id, owner_id }, { key, queue: key })
}

interface GivenTask {
  task_id: string
  kind: TaskKind
  title: string
  titles: Record<string, string> | null
  due_on: string | null
  person_id: string | null
  tell_owner_since: Date
}

const waiting = (db: Db, organization_id: string, owner_id: string) =>
  db
    .selectFrom('task')
    .select(['task_id', 'kind', 'title', 'titles', 'due_on', 'person_id', 'tell_owner_since'])
    .where('organization_id', '=', organization_id)
    .where('owner_id', '=', owner_id)
    .where('ended_at', 'is', null)
    .where('tell_owner_since', 'is not', null)
    .orderBy(sql`due_on nulls last`)
    .orderBy('made_at')
    .orderBy('task_id')
    .$castTo<GivenTask>()
    .execute()

/** What of these they need not be told any more; what was given again meanwhile is told once more. */
export async function wereTold(db: Db, organization_id: string, tasks: readonly GivenTask[]): Promise<void> {
  for (const { task_id, tell_owner_since } of tasks)
    await db
      .updateTable('task')
      .set({ tell_owner_since: null })
      .where('organization_id', '=', organization_id)
      .where('task_id', '=', task_id)
      .where('tell_owner_since', '=', tell_owner_since)
      .execute()
}

const mostLines = 20

/**
 * What they were given, as it stands now, in the language of their account; `mail` null: nothing, they have left, or want no such
 * mail. What somebody is about may be confidential: of it the mail names the day alone, the rest is read after signing in.
 */
export async function tasksGivenMailOf(
  { database, url }: Pick<Installation, 'database' | 'url'>,
  { organization_id, owner_id }: { organization_id: string; owner_id: string },
): Promise<{ mail: MailAsked | null; tasks: GivenTask[] }> {
  const db = database.of(organization_id)
  const tasks = await waiting(db, organization_id, owner_id)
  const owner = await database.owner
    .selectFrom('member as m')
    .innerJoin('auth.user as u', 'u.id', 'm.user_id')
    .select(['u.email', 'u.language', 'm.display_name', 'm.mails_tasks'])
    .where('m.organization_id', '=', organization_id)
    .where('m.user_id', '=', owner_id)
    .where('m.ended_at', 'is', null)
    .where('u.emailVerified', '=', true)
    .executeTakeFirst()
  if (tasks.length === 0 || !owner?.mails_tasks) return { mail: null, tasks }
  const wished = owner.language ?? undefined
  const language: Language = isLanguage(wished) ? wished : 'en'
  const t = translator(language)
  const { name, languages } = await organizationById(db, organization_id)
  const lines = tasks.slice(0, mostLines).map(({ kind, title, titles, due_on, person_id }) => {
    const what = person_id ? t(`task.given.${kind}`) : titles ? localized(titles, language).text : title
    return `- ${what}${due_on ? ` · ${t('task.given.due', { date: dayText(language, due_on) })}` : ''}`
  })
  if (tasks.length > mostLines) lines.push(t('task.given.more', { count: tasks.length - mostLines }))
  const mail = {
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
  return { mail, tasks }
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
