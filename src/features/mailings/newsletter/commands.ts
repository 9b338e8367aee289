import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { knownAs, lockArrivals, receiveKnown, receivePerson, type Arrival } from '../../people/arrivals/commands.ts'
import { addTag, recordConsent, saveEmail } from '../../people/commands.ts'
import type { MailAsked } from '../../people/mail.ts'
import { spokenLanguages } from '../../people/schema.ts'
import { hashOf, saidAndWished, whyNot } from '../audience/queries.ts'
import type { WhyNot } from '../schema.ts'
import { keepWish, readerActor } from '../stopping/commands.ts'
import { isBarred } from '../../people/suppressions/commands.ts'
import { wishTopics } from '../topics/commands.ts'
import { sendSignupJob } from './jobs.ts'
import { newsletterPageOf, signupById, type NewsletterPage } from './queries.ts'
import { SignupSaid, type SignupSource } from './schema.ts'

/** Whoever does not confirm is forgotten then. */
export const kept_days = 14

export interface NewSignup {
  signup_id: string
  address: string
  said: SignupSaid
  language: string
  wording: string
  source: SignupSource
  site: string | null
}

/**
 * Keeps that somebody asked, and has the mailbox asked whether it was them. `mail` null: this mailbox had enough of such
 * mails. Nothing is mailed where it must not be; nobody who asks is told of it.
 */
export function askToConfirm(
  db: Db,
  organization_id: string,
  signup: NewSignup,
  mail: MailAsked | null,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { signup_id, said, ...kept } = signup
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('newsletter_signup')
      .values({ organization_id, signup_id, ...kept, said: JSON.stringify(said), asked_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (!mail || !numInsertedOrUpdatedRows || (await isBarred(tx, organization_id, signup.address))) return
    await addJob(tx, sendSignupJob, mail)
  })
}

export interface Confirmed {
  /** Not now, but before. */
  was_confirmed: boolean
  /** Why they get nothing all the same; null: they do. */
  why: WhyNot | null
}

/**
 * Whoever reads the mailbox says that it was them: from now on they get e-mail, with what they agreed to as evidence. Asked
 * twice it is once, and an old link does not bring back who said stop since.
 */
export function confirmSignup(
  db: Db,
  organization_id: string,
  signup_id: string,
  now: Date,
  today: string,
): Promise<Confirmed | null> {
  return inTransaction(db, async (tx) => {
    await lockArrivals(tx, organization_id)
    const signup = await signupById(tx, organization_id, signup_id)
    if (!signup) return null
    const { address, language, wording, source, site, asked_at } = signup
    const { person_id: known, confirmed_at } = signup
    if (confirmed_at) {
      const why = known === null ? null : await whyNotNow(tx, organization_id, known, address, today)
      return { was_confirmed: true, why }
    }
    const actor = readerActor(organization_id)
    const { topics, ...named } = SignupSaid.parse(signup.said)
    const spoken = spokenLanguages.find((each) => each === language) ?? null
    const arrival = { ...named, email: address, phone: null, address: null, city: null, language: spoken }
    const person_id = await personAt(tx, actor, arrival)
    await proveMailbox(tx, actor, person_id, address)
    const asked = asked_at.toISOString().slice(0, 16).replace('T', ' ')
    const where = { page: 'own page', embed: 'own page inside another site', site: 'form of another site' }[source]
    const evidence = `newsletter sign-up, asked ${asked} UTC (${where}${site ? `, ${site}` : ''}), confirmed by the link mailed to the address` // prettier-ignore
    await recordConsent(tx, actor, person_id, { channel: 'email', is_given: true, evidence, words: { wording } })
    await wishTopics(tx, actor, person_id, topics, now)
    await keepWish(tx, organization_id, person_id, { language, paused_until: null }, now)
    const { tag } = await newsletterPageOf(tx, organization_id)
    if (tag) await addTag(tx, actor, person_id, tag)
    await tx
      .updateTable('newsletter_signup')
      .set({ confirmed_at: now, person_id, said: '{}' })
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .execute()
    return { was_confirmed: false, why: await whyNotNow(tx, organization_id, person_id, address, today) }
  })
}

/**
 * Whose mailbox it is: of that name, else whoever has it for longest where no name was written, else somebody new. Not whoever it
 * was only claimed for: that it is read proves the mailbox, not whose it is.
 */
async function personAt(tx: Db, actor: Actor, arrival: Arrival): Promise<string> {
  const { organization_id } = actor
  const isNamed = arrival.first_name !== null || arrival.last_name !== null || arrival.name_hangul !== null
  const { rows } = await sql<{ person_id: string }>`
    select p.person_id from person_email e join person p using (organization_id, person_id)
    where e.organization_id = ${organization_id}::uuid and e.email = ${arrival.email} and p.merged_into is null and p.erased_at is null
      and e.claimed_at is null and e.quality <> 'wrong'
    order by p.created_at, p.person_id limit 1`.execute(tx)
  const owner = isNamed ? await knownAs(tx, organization_id, arrival) : (rows[0]?.person_id ?? null)
  if (owner === null) return (await receivePerson(tx, actor, arrival, 'newsletter')).person_id
  return (await receiveKnown(tx, actor, owner, arrival, 'newsletter')).person_id
}

/** A mail has just come there, and its reader answered: it works. */
async function proveMailbox(tx: Db, actor: Actor, person_id: string, address: string): Promise<void> {
  const { organization_id } = actor
  const known = await tx.selectFrom('person_email').select('is_preferred').where('organization_id', '=', organization_id).where('person_id', '=', person_id).where('email', '=', address).executeTakeFirst() // prettier-ignore
  await saveEmail(tx, actor, person_id, { email: address, quality: 'good', is_preferred: known?.is_preferred ?? false }, { how: 'typed', source: 'newsletter' }) // prettier-ignore
  // What was said by a link there holds for whoever else reads it: their own consent, later than that, is what counts for them.
  await sql`delete from mail_stop where organization_id = ${organization_id}::uuid and reason in ('hard_bounce', 'soft_bounces')
    and address_hash = ${hashOf(organization_id, sql`${address}::text`)}`.execute(tx)
}

async function whyNotNow(tx: Db, organization_id: string, person_id: string, address: string, today: string) {
  const { rows } = await sql<{ why: WhyNot | null }>`
    select ${whyNot(organization_id, sql`${address}::text`, today, null)} as why from person p ${saidAndWished(organization_id)}
    where p.organization_id = ${organization_id}::uuid and p.person_id = mail_person(${organization_id}::uuid, ${person_id}::uuid)`.execute(
    tx,
  )
  return rows[0]?.why ?? null
}

/** Open or closed, what it says, and the tag of whoever confirms. */
export async function setUpNewsletter(tx: Db, actor: Actor, page: NewsletterPage): Promise<void> {
  const { organization_id } = actor
  const before = await newsletterPageOf(tx, organization_id)
  const row = { is_open: page.is_open, intro: JSON.stringify(page.intro), tag: page.tag }
  await tx
    .insertInto('newsletter_page')
    .values({ organization_id, ...row })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row))
    .execute()
  await audit(tx, actor, {
    action: 'newsletter.set_up',
    subject: 'organization',
    subject_id: organization_id,
    before: { ...before },
    after: { ...page },
  })
}

/** Forgets who asked and did not confirm, of all organizations. */
export async function forgetUnconfirmed(owner: Db, now: Date): Promise<void> {
  await owner
    .deleteFrom('newsletter_signup')
    .where('confirmed_at', 'is', null)
    .where('asked_at', '<', new Date(now.getTime() - kept_days * 86_400_000))
    .execute()
}
