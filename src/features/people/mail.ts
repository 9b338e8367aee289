import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Installation } from '../../platform/http/room.ts'
import { deliver } from '../../platform/mail/deliver.ts'
import type { Mail } from '../../platform/mail/mailer.ts'
import { afterTaken } from '../../platform/mail/once.ts'
import './tables.ts'

/** Whose timeline tells of a mail. */
export const MailOf = z.object({
  organization_id: z.uuid(),
  whom: z.union([z.object({ person_id: z.uuid() }), z.object({ voter_id: z.int() })]),
})
export type MailOf = z.infer<typeof MailOf>

/** A mail that a job sends; without `of` no timeline tells of it. */
export const MailAsked = z.object({
  to: z.email(),
  subject: z.string(),
  text: z.string(),
  language: z.string(),
  of: MailOf.optional(),
})
export type MailAsked = z.infer<typeof MailAsked>

/** Sends a mail from a job, as `deliver` does, and notes it for the timeline of whom it went to. */
export async function deliverTo(
  { database, mailer, clock }: Installation,
  { of, ...mail }: Mail & { of?: MailOf | undefined },
): Promise<void> {
  await deliver(database.owner, mailer, mail)
  if (!of) return
  const { organization_id, whom } = of
  const person_id = 'person_id' in whom ? whom.person_id : null
  const voter_id = 'voter_id' in whom ? whom.voter_id : null
  // Whoever was taken out or erased since has no timeline.
  const noting = sql`
    insert into person_mail (organization_id, person_id, voter_id, sent_to, subject, language, sent_at)
    select ${organization_id}::uuid, ${person_id}::uuid, ${voter_id}::integer, ${mail.to}, ${mail.subject}, ${mail.language}, ${clock.now()}
    where ${person_id}::uuid is null or exists (select from person p
      where p.organization_id = ${organization_id}::uuid and p.person_id = ${person_id}::uuid and p.erased_at is null for key share)`
  await afterTaken(() => noting.execute(database.of(organization_id)))
}

export interface NotedMail {
  person_id: string
  sent_to: string
  subject: string
  language: string
}

/**
 * Notes mails that went out for the timelines of whom they went to; whoever was taken out or erased since has none. A statement, which may
 * stand in a `with` of another room's.
 */
export const notingMails = (organization_id: string, mails: readonly NotedMail[], sent_at: Date): RawBuilder<unknown> =>
  sql`
    insert into person_mail (organization_id, person_id, voter_id, sent_to, subject, language, sent_at)
    select ${organization_id}::uuid, m.person_id, null, m.sent_to, m.subject, m.language, ${sent_at}::timestamptz
    from unnest(${mails.map(({ person_id }) => person_id)}::uuid[], ${mails.map(({ sent_to }) => sent_to)}::text[],
      ${mails.map(({ subject }) => subject)}::text[], ${mails.map(({ language }) => language)}::text[]) m (person_id, sent_to, subject, language)
    where exists (select from person p where p.organization_id = ${organization_id}::uuid and p.person_id = m.person_id and p.erased_at is null)`
