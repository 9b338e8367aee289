import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import { MailContent, type MailText } from '../writing/schema.ts'
import type { Arm } from './rules.ts'
import './tables.ts'
import type { MailingSubjectTestTable } from './tables.ts'

export type SubjectTest = Selectable<MailingSubjectTestTable>
type Which = Pick<Mailing, 'organization_id' | 'mailing_id'>

export const subjectTestOf = (db: Db, { organization_id, mailing_id }: Which): Promise<SubjectTest | undefined> =>
  db
    .selectFrom('mailing_subject_test')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .executeTakeFirst()

/** All that are tried, the mailing's own first. */
export const subjectsOf = (content: unknown, { subjects }: Pick<SubjectTest, 'subjects'>): MailText[] => [
  MailContent.parse(content).subject,
  ...subjects,
]

/** A mailing's content with another of its subjects. */
export const withSubject = (content: unknown, test: SubjectTest | undefined, variant: number): MailContent => {
  const own = MailContent.parse(content)
  const subject = variant > 0 ? test?.subjects[variant - 1] : undefined
  return subject ? { ...own, subject } : own
}

export interface TriedArm extends Arm {
  unsubscribed: number
  replied: number
  clicked: number
  opened: number
  /** On the list with it. */
  listed: number
}

/** What became of each subject as it was tried, not of what the better one brought to the rest. */
export async function armsOf(
  db: Db,
  { organization_id, mailing_id }: Which,
  { subjects, rule }: Pick<SubjectTest, 'subjects' | 'rule'>,
): Promise<TriedArm[]> {
  const { rows } = await sql<Omit<TriedArm, 'hits'> & { variant: number }>`
    select variant, count(*)::integer as listed, count(*) filter (where state in ('sent', 'unknown'))::integer as sent,
      count(replied_at)::integer as replied, count(unsubscribed_at)::integer as unsubscribed,
      count(clicked_at)::integer as clicked, count(opened_at)::integer as opened
    from mail_delivery where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and variant is not null and not is_rest
    group by 1`.execute(db)
  return Array.from({ length: subjects.length + 1 }, (_, variant) => {
    const row = rows.find((each) => each.variant === variant)
    const { listed = 0, sent = 0, replied = 0, clicked = 0, opened = 0, unsubscribed = 0 } = row ?? {}
    const hits = { replies: replied, clicks: clicked, opens: opened, person: replied }[rule]
    return { listed, sent, replied, clicked, opened, unsubscribed, hits: Math.min(hits, sent) }
  })
}
