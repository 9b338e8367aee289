import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { trueTime } from '../../../platform/clock.ts'
import { inTransaction, inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import type { Actor } from '../../../platform/actor.ts'
import {
  addTag,
  createPerson,
  personForVoter,
  recordConsent,
  relate,
  removeEmail,
  removePhone,
  removeTag,
  saveEmail,
  savePhone,
  takeConsentBack,
  updatePerson,
} from '../../people/commands.ts'
import { livesWith } from '../../people/households/commands.ts'
import { bookByPhone, takeBookingBack } from '../../events/calls/commands.ts'
import { personById } from '../../people/queries.ts'
import { wholeName } from '../../people/rules.ts'
import { PersonForm, type PersonFacts } from '../../people/schema.ts'
import { linkOf } from '../../scripts/rules.ts'
import { voterRecord } from '../../voterfile/queries.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { actorOfCaller, kept_days, type Caller } from '../caller.ts'
import { talk_minutes } from '../commands.ts'
import { undoableSince } from '../endpoints.ts'
import { sendTextJob } from '../bridge/jobs.ts'
import { isCostly } from '../../voterfile/rules/costly.ts'
import { callersPhone } from '../bridge/rules.ts'
import '../bridge/tables.ts'
import { scriptContent } from '../script-content.ts'
import { isTicketOf } from '../turns.ts'
import { sendLinkJob } from './jobs.ts'
import './messages.ts'
import { namesCostly, type Before, type Told, type ToldInput, type ToldOutput, type UntellInput, type UntellOutput } from './schema.ts' // prettier-ignore
import '../tables.ts'

const refused = (problem: NonNullable<ToldOutput['problem']>): ToldOutput => ({ outcome: 'refused', problem })

/** Records what a caller learned, on the organization's own row of the voter. The same `told_id` again changes nothing. */
export function recordTold(
  db: Db,
  caller: Caller,
  { told_id, voter_id, ticket, told, told_at, sent_at }: ToldInput,
  secret: string,
  now: Date,
): Promise<ToldOutput> {
  const { organization_id, phone_bank_id, caller_id } = caller
  if (!isTicketOf(secret, phone_bank_id, caller_id, voter_id, ticket)) return Promise.resolve(refused('not_yours'))
  if (isEmpty(told)) return Promise.resolve(refused('empty'))
  const texted = told.kind === 'consent' && told.channel === 'text' && told.is_given ? e164(told.to ?? '') : null
  if (namesCostly(told) || (texted && isCostly(texted))) return Promise.resolve(refused('costly_number'))
  const actor = actorOfCaller(caller)
  // A result recorded at the same moment may lock the same voter and person in another order.
  return inTransactionTwice(db, async (tx): Promise<ToldOutput> => {
    const heard_at = trueTime(told_at, sent_at, now)
    const { closed_at, is_over } = await whenClosed(tx, caller, told)
    if (closed_at && (heard_at >= closed_at || now.getTime() > closed_at.getTime() + kept_days * 86_400_000))
      return refused('closed')
    if (told.kind === 'tag' && !(await isForCallers(tx, organization_id, told.tag))) return refused('tag_not_allowed')
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('phone_bank_told')
      .values({
        organization_id,
        told_id,
        phone_bank_id,
        caller_id,
        voter_id,
        told: JSON.stringify(told),
        told_at: heard_at,
        recorded_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (!numInsertedOrUpdatedRows) return alreadyTold(tx, organization_id, told_id)
    const booking =
      told.kind === 'event' &&
      (await bookByPhone(tx, actor, { ...told, language: told.language ?? null, who: `v${voter_id}` }, now))
    if (booking && !booking.ok) {
      // Not kept: sent again, it may be taken.
      await tx
        .deleteFrom('phone_bank_told')
        .where('organization_id', '=', organization_id)
        .where('told_id', '=', told_id)
        .execute()
      return refused(booking.problem)
    }
    const before = booking
      ? { signup: { signup_id: booking.signup_id, booked: booking.booked, shift_ids: booking.shift_ids } }
      : await standsBefore(tx, organization_id, voter_id, told)
    await learn(tx, actor, voter_id, told)
    if (before) {
      await tx
        .updateTable('phone_bank_told')
        .set({ before: JSON.stringify(before) })
        .where('organization_id', '=', organization_id)
        .where('told_id', '=', told_id)
        .execute()
    }
    // Nothing is sent any more for a phone bank that is over, nor for somebody who was taken off it.
    if (told.kind === 'consent' && !is_over) await sendLink(tx, caller, { told_id, voter_id, now }, told)
    return { outcome: 'recorded', problem: null, booked: booking ? booking.booked : null }
  })
}

/** The answer to the first may have been lost. */
async function alreadyTold(tx: Db, organization_id: string, told_id: string): Promise<ToldOutput> {
  const { before } = await tx
    .selectFrom('phone_bank_told')
    .select('before')
    .where('organization_id', '=', organization_id)
    .where('told_id', '=', told_id)
    .executeTakeFirstOrThrow()
  return { outcome: 'already_recorded', problem: null, booked: before?.signup?.booked ?? null }
}

/**
 * Takes back what this caller noted: what stood there before is there again, unless somebody changed it since. What has not
 * come yet is kept as taken back, so that it changes nothing when it comes.
 */
export function undoTold(
  db: Db,
  caller: Caller,
  { told_id, unseen }: UntellInput,
  secret: string,
  now: Date,
): Promise<UntellOutput> {
  const { organization_id, phone_bank_id, caller_id } = caller
  const actor = actorOfCaller(caller)
  return inTransactionTwice(db, async (tx): Promise<UntellOutput> => {
    if (unseen && isTicketOf(secret, phone_bank_id, caller_id, unseen.voter_id, unseen.ticket)) {
      const { voter_id, told, told_at } = unseen
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('phone_bank_told')
        .values({
          ...{ organization_id, told_id, phone_bank_id, caller_id, voter_id },
          ...{ told: JSON.stringify(told), told_at: new Date(told_at), recorded_at: now, undone_at: now },
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows) {
        await audit(tx, actor, {
          action: 'phonebank.told_undone',
          subject: 'voter_record',
          subject_id: String(voter_id),
          after: { told_id, kind: told.kind },
        })
        return { outcome: 'undone', problem: null }
      }
    }
    const row = await tx
      .selectFrom('phone_bank_told')
      .select(['voter_id', 'told', 'recorded_at', 'before', 'undone_at'])
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('caller_id', '=', caller_id)
      .where('told_id', '=', told_id)
      .forUpdate()
      .executeTakeFirst()
    if (row?.undone_at) return { outcome: 'undone', problem: null }
    if (!row?.before) return { outcome: 'refused', problem: 'unknown' }
    if (row.recorded_at < undoableSince(now)) return { outcome: 'refused', problem: 'too_late' }
    // Somebody said the same thing since: that stays.
    if (await isSaidAgain(tx, organization_id, row)) return { outcome: 'refused', problem: 'changed_since' }
    if (!(await unlearn(tx, actor, row.voter_id, row.told, row.before, now)))
      return { outcome: 'refused', problem: 'changed_since' }
    await tx
      .updateTable('phone_bank_told')
      .set({ undone_at: now })
      .where('organization_id', '=', organization_id)
      .where('told_id', '=', told_id)
      .execute()
    return { outcome: 'undone', problem: null }
  })
}

/** Of a number, mailbox, tag or consent: which; of a fact there is one. */
function about(told: Told): string | null {
  switch (told.kind) {
    case 'phone':
      return told.phone
    case 'email':
      return told.email
    case 'tag':
      return told.tag
    case 'consent':
      return told.channel
    case 'event':
      return told.event_id
    case 'name':
    case 'address':
    case 'language':
    case 'member':
      return null
    default:
      return told satisfies never
  }
}

/** Was the same fact, number, mailbox, tag or consent noted later, and stands? */
async function isSaidAgain(
  tx: Db,
  organization_id: string,
  { voter_id, told, recorded_at }: { voter_id: number; told: Told; recorded_at: Date },
): Promise<boolean> {
  const later = await tx
    .selectFrom('phone_bank_told')
    .select('told_id')
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .where('recorded_at', '>', recorded_at)
    .where('undone_at', 'is', null)
    .where(sql<boolean>`told->>'kind' = ${told.kind}`)
    .where(
      sql<boolean>`coalesce(told->>'phone', told->>'email', told->>'tag', told->>'channel', told->>'event_id') is not distinct from ${about(told)}::text`,
    )
    .limit(1)
    .executeTakeFirst()
  return later !== undefined
}

/**
 * `closed_at`: when the caller was taken off, or the conversations under way at the end were over. null: neither.
 * `is_over`: it was ended, or they were taken off; those conversations may go on.
 */
async function whenClosed(
  tx: Db,
  { organization_id, caller_id }: Caller,
  told: Told,
): Promise<{ closed_at: Date | null; is_over: boolean }> {
  const { removed_at, ended_at } = await tx
    .selectFrom('phone_bank_caller as c')
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 'c.organization_id').onRef('b.phone_bank_id', '=', 'c.phone_bank_id'),
    )
    .select(['c.removed_at', 'b.ended_at'])
    .where('c.organization_id', '=', organization_id)
    .where('c.caller_id', '=', caller_id)
    .executeTakeFirstOrThrow()
  // Who wants nothing more is heard whenever they say so: the device may know nothing of the end.
  const isOptOut = told.kind === 'consent' && !told.is_given
  const over_at = ended_at && !isOptOut ? new Date(ended_at.getTime() + talk_minutes * 60_000) : null
  const closed_at = removed_at && (!over_at || removed_at < over_at) ? removed_at : over_at
  return { closed_at, is_over: ended_at !== null || removed_at !== null }
}

/** A name or a family member without any name says nothing. */
const isEmpty = (told: Told): boolean =>
  (told.kind === 'name' || told.kind === 'member') && !told.first_name && !told.last_name && !told.name_hangul

/** Mails and texts of one voter and phone bank: a hand that slips, or a caller who plays, fills nobody's mailbox. */
const most_links = 3

/** Over the bridge the organization sends what was asked for, so that nobody sees the caller's own address or number. */
async function sendLink(
  tx: Db,
  { organization_id, phone_bank_id }: Caller,
  { told_id, voter_id, now }: { told_id: string; voter_id: number; now: Date },
  { channel, is_given, to, fact: key, send_in }: Extract<Told, { kind: 'consent' }>,
): Promise<void> {
  if (!is_given || !to || !key || !send_in) return
  const address = channel === 'email' ? z.email().safeParse(to).data : undefined
  const phone = channel === 'text' ? callersPhone(to) : null
  if (!address && !phone) return
  const bank = await tx
    .selectFrom('phone_bank as b')
    .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
    .select(['b.script_id', 'b.script_version', 'o.name', 'o.sends_texts'])
    .where('b.organization_id', '=', organization_id)
    .where('b.phone_bank_id', '=', phone_bank_id)
    .where('b.way_of_calling', '=', 'bridge')
    .executeTakeFirst()
  const script = bank && (await scriptContent(tx, organization_id, bank.script_id, bank.script_version))
  const fact = script?.facts.find((each) => each.key === key)
  const link = fact && linkOf(fact, send_in)
  if (!bank || !fact || !link) return
  const { sent } = await tx
    .selectFrom('phone_bank_told')
    .select((eb) => eb.fn.countAll<number>().as('sent'))
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('voter_id', '=', voter_id)
    .where(sql<boolean>`told->>'send_in' is not null`)
    // Taken back before it came, it sent nothing.
    .where((eb) => eb.or([eb('undone_at', 'is', null), eb('before', 'is not', null)]))
    .executeTakeFirstOrThrow()
  if (sent > most_links) return
  const language = send_in === 'ko' ? 'ko' : 'en'
  const title = localized(fact.title, send_in).text
  const said = { title, link, organization: localized(bank.name, language).text }
  const t = translator(language)
  if (address) {
    const text = t('told.link_mail', said)
    await addJob(tx, sendLinkJob, { to: address, language, subject: title, text, of: { organization_id, whom: { voter_id } } }) // prettier-ignore
  }
  if (!phone || !bank.sends_texts) return
  await tx
    .insertInto('phone_bank_text')
    .values({
      ...{ organization_id, text_id: told_id, phone_bank_id, voter_id, phone },
      ...{ body: t('told.link_text', said), made_at: now, state_at: now },
    })
    .execute()
  await addJob(tx, sendTextJob, { organization_id, text_id: told_id })
}

/** The columns of the person that a correction changes. */
const changedBy = (told: Told): Partial<PersonFacts> => {
  switch (told.kind) {
    case 'name':
      return {
        ...(told.first_name && { first_name: told.first_name }),
        ...(told.last_name && { last_name: told.last_name }),
        ...(told.name_hangul && { name_hangul: told.name_hangul.normalize('NFC') }),
      }
    case 'address':
      return { address: told.address, city: told.city || null, zip5: told.zip5 || null }
    case 'language':
      return { language: told.language }
    case 'phone':
    case 'email':
    case 'member':
    case 'tag':
    case 'event':
    case 'consent':
      return {}
    default:
      return told satisfies never
  }
}

/** The same, of a name with the parts that were not said: what is not said stays. */
async function wholeChange(
  tx: Db,
  organization_id: string,
  voter_id: number,
  told: Told,
): Promise<Partial<PersonFacts>> {
  if (told.kind !== 'name') return changedBy(told)
  const [person, voter] = await Promise.all([
    tx
      .selectFrom('person')
      .select(['last_name', 'first_name', 'middle_name'])
      .where('organization_id', '=', organization_id)
      .where('voter_id', '=', voter_id)
      .where('merged_into', 'is', null)
      .executeTakeFirst(),
    voterRecord(tx, voter_id),
  ])
  return wholeName(changedBy(told), person ?? null, voter ?? null)
}

/** null: somebody new of the family is a person of their own by now, whom the organizer takes out. */
async function standsBefore(tx: Db, organization_id: string, voter_id: number, told: Told): Promise<Before | null> {
  if (told.kind === 'member') return null
  const person = await tx
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  const written = await wholeChange(tx, organization_id, voter_id, told)
  const changed = Object.keys(written) as (keyof PersonFacts)[]
  const facts = Object.fromEntries(changed.map((field) => [field, person?.[field] ?? null]))
  if (changed.length > 0 || told.kind === 'consent') return { facts, written }
  const person_id = person?.person_id
  if (!person_id) return { was_there: false, preferred: null }
  if (told.kind === 'tag') {
    const tag = await tx
      .selectFrom('person_tag')
      .select('tag')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('tag', '=', told.tag)
      .executeTakeFirst()
    return { was_there: tag !== undefined }
  }
  if (told.kind === 'phone') {
    const rows = await tx
      .selectFrom('person_phone')
      .select(['phone', 'is_preferred'])
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .execute()
    return {
      was_there: rows.some((each) => each.phone === told.phone),
      preferred: rows.find((each) => each.is_preferred)?.phone ?? null,
    }
  }
  if (told.kind !== 'email') return null
  const rows = await tx
    .selectFrom('person_email')
    .select(['email', 'is_preferred'])
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .execute()
  return {
    was_there: rows.some((each) => each.email === told.email),
    preferred: rows.find((each) => each.is_preferred)?.email ?? null,
  }
}

/** false: somebody said something else since, which stays. */
async function unlearn(
  tx: Db,
  actor: Actor,
  voter_id: number,
  told: Told,
  before: Before,
  now: Date,
): Promise<boolean> {
  const who = `v${voter_id}`
  switch (told.kind) {
    case 'name':
    case 'address':
    case 'language': {
      const person_id = await personForVoter(tx, actor, voter_id)
      const person = await personById(tx, actor.organization_id, person_id)
      const said = changedBy(told)
      const isAsSaid = Object.entries(said).every(([field, value]) => person?.[field as keyof PersonFacts] === value)
      if (!isAsSaid) return false
      // A part that somebody else put right since stays.
      const { facts = {}, written = {} } = before
      const ours = Object.entries(facts).filter(
        ([field]) => !(field in written) || person?.[field as keyof PersonFacts] === written[field],
      )
      await correct(tx, actor, voter_id, Object.fromEntries(ours))
      return true
    }
    case 'phone':
      // What we knew of a number that was there already is not known any more.
      if (before.was_there) return false
      await removePhone(tx, actor, who, told.phone)
      await preferAgain(tx, actor, voter_id, before.preferred)
      return true
    case 'email':
      if (before.was_there) return false
      await removeEmail(tx, actor, who, told.email)
      await preferAgain(tx, actor, voter_id, before.preferred)
      return true
    case 'tag':
      if (!before.was_there) await removeTag(tx, actor, who, told.tag)
      return true
    case 'consent':
      // It closed every list: whoever may look at the person takes it back, on their profile.
      if (told.channel === 'phone') return false
      return takeConsentBack(tx, actor, who, { ...told, evidence: evidenceOf(told) })
    case 'event':
      return before.signup ? takeBookingBack(tx, actor, { ...told, ...before.signup }, now) : false
    case 'member':
      return false
    default:
      return told satisfies never
  }
}

/** The number or mailbox that came first before, if it is still theirs. */
async function preferAgain(tx: Db, actor: Actor, voter_id: number, preferred: string | null | undefined) {
  if (!preferred) return
  const who = `v${voter_id}`
  const person_id = await personForVoter(tx, actor, voter_id)
  const phone = await tx
    .selectFrom('person_phone')
    .select(['phone', 'kind', 'quality'])
    .where('organization_id', '=', actor.organization_id)
    .where('person_id', '=', person_id)
    .where('phone', '=', preferred)
    .executeTakeFirst()
  if (phone) await savePhone(tx, actor, who, { ...phone, is_preferred: true })
  const email = await tx
    .selectFrom('person_email')
    .select(['email', 'quality'])
    .where('organization_id', '=', actor.organization_id)
    .where('person_id', '=', person_id)
    .where('email', '=', preferred)
    .executeTakeFirst()
  if (email) await saveEmail(tx, actor, who, { ...email, is_preferred: true }, heard)
}

const evidence = 'said so on the phone'
const heard = { how: 'heard' } as const
const whoSaidSo = { voter: '', household: ' (somebody at home)', other: ' (somebody else)' }

const evidenceOf = ({ fact, spoke_with }: Extract<Told, { kind: 'consent' }>): string =>
  `${evidence}${fact ? ` (${fact})` : ''}${whoSaidSo[spoke_with ?? 'voter']}`

async function learn(tx: Db, actor: Actor, voter_id: number, told: Told): Promise<void> {
  const who = `v${voter_id}`
  switch (told.kind) {
    case 'name':
    case 'address':
    case 'language':
      return correct(tx, actor, voter_id, await wholeChange(tx, actor.organization_id, voter_id, told))
    case 'phone':
      await savePhone(tx, actor, who, { phone: told.phone, kind: 'unknown', quality: 'good', is_preferred: true })
      return undefined
    case 'email':
      return saveEmail(tx, actor, who, { email: told.email, quality: 'good', is_preferred: true }, heard)
    case 'member':
      return addMember(tx, actor, voter_id, told)
    case 'tag':
      return addTag(tx, actor, who, told.tag)
    // Booked before, by the events themselves: it may be refused.
    case 'event':
      return undefined
    case 'consent': {
      if (told.is_given && told.to) await keepAddress(tx, actor, who, told.channel, told.to)
      return recordConsent(tx, actor, who, {
        channel: told.channel,
        is_given: told.is_given,
        evidence: evidenceOf(told),
      })
    }
    default:
      return told satisfies never
  }
}

/** One part is put right; what else is known stays. */
async function correct(tx: Db, actor: Actor, voter_id: number, changed: Partial<PersonFacts>): Promise<void> {
  const person_id = await personForVoter(tx, actor, voter_id)
  const person = await personById(tx, actor.organization_id, person_id)
  if (!person) return
  const known = Object.fromEntries(
    Object.keys(PersonForm.shape).map((field) => [field, person[field as keyof PersonFacts]]),
  ) as unknown as PersonFacts // the same fields, read from the row
  await updatePerson(tx, actor, person_id, { ...known, ...changed }, null)
}

async function addMember(
  tx: Db,
  actor: Actor,
  voter_id: number,
  { first_name, last_name, name_hangul, phone }: Extract<Told, { kind: 'member' }>,
): Promise<void> {
  const { birth_year: _birth, ...nothing } = PersonForm.parse({})
  const { person_id } = await createPerson(
    tx,
    actor,
    {
      ...nothing,
      birth_year: null,
      first_name: first_name || null,
      last_name: last_name || null,
      name_hangul: name_hangul.normalize('NFC') || null,
      phones: phone ? [phone] : [],
    },
    actor.name,
  )
  await relate(tx, actor, `v${voter_id}`, { other: person_id, kind: 'household', note: null })
  await livesWith(tx, actor, person_id, { other: `v${voter_id}`, reason: null })
}

/** A number or mailbox they want to be written to is one of theirs. */
async function keepAddress(
  tx: Db,
  actor: Actor,
  who: string,
  channel: 'text' | 'email' | 'post' | 'phone',
  to: string,
) {
  if (channel === 'text' && e164(to)) {
    const landline = await tx
      .selectFrom('person_phone')
      .select('phone')
      .where('organization_id', '=', actor.organization_id)
      .where('phone', '=', e164(to))
      .where('kind', '=', 'landline')
      .executeTakeFirst()
    // Somebody knew better: a landline takes no texts, whatever was heard.
    const kind = landline ? 'landline' : 'mobile'
    await savePhone(tx, actor, who, { phone: to, kind, quality: 'good', is_preferred: false })
  }
  if (channel === 'email') await saveEmail(tx, actor, who, { email: to, quality: 'good', is_preferred: false }, heard)
}

async function isForCallers(tx: Db, organization_id: string, tag: string): Promise<boolean> {
  const row = await tx
    .selectFrom('tag')
    .select('is_for_callers')
    .where('organization_id', '=', organization_id)
    .where('tag', '=', tag)
    .executeTakeFirst()
  return row?.is_for_callers === true
}

/** Which tags callers may put on voters. */
export function allowTags(db: Db, actor: Actor, tags: readonly string[]): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    for (const tag of tags) {
      await tx
        .insertInto('tag')
        .values({ organization_id, tag })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    const before = await tx
      .selectFrom('tag')
      .select('tag')
      .where('organization_id', '=', organization_id)
      .where('is_for_callers', '=', true)
      .orderBy('tag')
      .execute()
    await tx
      .updateTable('tag')
      .set({ is_for_callers: sql<boolean>`tag = any(${[...tags]}::text[])` })
      .where('organization_id', '=', organization_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.caller_tags',
      subject: 'organization',
      subject_id: organization_id,
      before: { tags: before.map((each) => each.tag) },
      after: { tags: [...tags].sort() },
    })
  })
}
