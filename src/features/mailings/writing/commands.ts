import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { isSameValue } from '../../../platform/same-value.ts'
import { askedAnew, mailingForChange } from '../commands.ts'
import { stateIn } from '../payer/rules.ts'
import { mailingById } from '../queries.ts'
import { lastAddress, templatesOf, writtenBefore } from './queries.ts'
import { MailContent } from './schema.ts'
import { starterContent, starterKeys } from './starters.ts'
import './tables.ts'

/** 'asks_anew': what was said of the line is to be said of this one. */
export type Written = { ok: true; version: number; asks_anew?: boolean } | { ok: false; problem: 'changed_meanwhile' }

/** Saves what is written, unless somebody else saved since `version`; of a mailing that goes out, nothing changes any more. */
export function writeMailing(
  db: Db,
  actor: Actor,
  mailing_id: string,
  version: number,
  typed: MailContent,
  now: Date,
): Promise<Written> {
  return inTransaction(db, async (tx): Promise<Written> => {
    const mailing = await mailingForChange(tx, actor, mailing_id)
    if (mailing.state !== 'draft') throw new Conflict()
    if (mailing.content_version !== version) return { ok: false, problem: 'changed_meanwhile' }
    const before = MailContent.parse(mailing.content)
    // Said of the line as it stood; whoever says it of another one says so when that stands there.
    const asks_anew = typed.is_line_settled && before.is_line_settled && isOtherLine(before, typed)
    const content = asks_anew ? { ...typed, is_line_settled: false } : typed
    if (isSameValue(before, content)) return { ok: true, version }
    await tx
      .updateTable('mailing')
      .set({ content: JSON.stringify(content), content_version: version + 1, content_by: actor.name, content_at: now })
      .where('organization_id', '=', actor.organization_id)
      .where('mailing_id', '=', mailing_id)
      .execute()
    await audit(tx, actor, {
      action: 'mailing.write',
      subject: 'mailing',
      subject_id: mailing_id,
      before: { content: before },
      after: { content },
    })
    return { ok: true, version: version + 1, ...(asks_anew && { asks_anew }) }
  })
}

/** Another line in any language, or one under another law: of an office, or of a state. */
const isOtherLine = (before: MailContent, now: MailContent): boolean =>
  Object.keys({ ...before.attribution, ...now.attribution }).some(
    (each) => (before.attribution[each] ?? '') !== (now.attribution[each] ?? ''),
  ) ||
  before.level !== now.level ||
  stateIn(before.postal_address) !== stateIn(now.postal_address)

/** What a mailing may begin with: 'starter:gotv', 'template:<id>', 'mailing:<id>'. */
export async function beginnings(db: Db, organization_id: string, mailing_id: string, today: string) {
  const [templates, mailings] = await Promise.all([
    templatesOf(db, organization_id),
    writtenBefore(db, organization_id, mailing_id),
  ])
  return {
    starters: starterKeys.map((key) => ({ value: `starter:${key}`, key, content: () => starterContent(key, today) })),
    templates: templates.map(({ template_id, name, content }) => ({ value: `template:${template_id}`, name, content: () => MailContent.parse(content) })), // prettier-ignore
    mailings: mailings.map((each) => ({ value: `mailing:${each.mailing_id}`, name: each.name, content: () => MailContent.parse(each.content) })), // prettier-ignore
  }
}

/** Begins a mailing in which nothing is written with what is chosen; what was accepted or said of another is asked about anew. `endorsement`: which one it shows, as cycle/contest. */
export async function beginWith(
  db: Db,
  actor: Actor,
  mailing_id: string,
  chosen: string,
  { today, now, endorsement = '' }: { today: string; now: Date; endorsement?: string },
): Promise<Written | { ok: false; problem: 'not_there' }> {
  const mailing = found(await mailingById(db, actor.organization_id, mailing_id))
  if (MailContent.parse(mailing.content).blocks.length > 0) return { ok: false, problem: 'changed_meanwhile' }
  const { starters, templates, mailings } = await beginnings(db, actor.organization_id, mailing_id, today)
  const begun = [...starters, ...templates, ...mailings].find(({ value }) => value === chosen)?.content()
  if (!begun) return { ok: false, problem: 'not_there' }
  const postal_address = begun.postal_address || (await lastAddress(db, actor.organization_id))
  const blocks = begun.blocks.map((block) => (block.kind === 'endorsement' && endorsement ? { ...block, of: endorsement } : block)) // prettier-ignore
  const content = { ...begun, blocks, postal_address, ...askedAnew }
  return writeMailing(db, actor, mailing_id, mailing.content_version, content, now)
}

/** Keeps what is written to begin others with; one of the same name gives way. */
export function keepTemplate(db: Db, actor: Actor, mailing_id: string, name: string, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const mailing = found(await mailingById(tx, organization_id, mailing_id))
    const content = JSON.stringify(MailContent.parse(mailing.content))
    await tx
      .deleteFrom('mailing_template')
      .where('organization_id', '=', organization_id)
      .where(sql<boolean>`lower(name) = lower(${name})`)
      .execute()
    const { template_id } = await tx
      .insertInto('mailing_template')
      .values({ organization_id, name, content, made_by: actor.name, made_at: now })
      .returning('template_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'mailing_template.make',
      subject: 'mailing_template',
      subject_id: template_id,
      after: { name },
    })
    return template_id
  })
}

export function removeTemplate(db: Db, actor: Actor, template_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { name } = found(
      await tx
        .deleteFrom('mailing_template')
        .where('organization_id', '=', actor.organization_id)
        .where('template_id', '=', template_id)
        .returning('name')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'mailing_template.remove',
      subject: 'mailing_template',
      subject_id: template_id,
      before: { name },
    })
  })
}
