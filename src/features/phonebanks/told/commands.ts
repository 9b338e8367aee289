import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
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
  saveEmail,
  savePhone,
  updatePerson,
} from '../../people/commands.ts'
import { livesWith } from '../../people/households/commands.ts'
import { personById } from '../../people/queries.ts'
import { PersonForm, type PersonFacts } from '../../people/schema.ts'
import { linkOf } from '../../scripts/rules.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { actorOfCaller, type Caller } from '../caller.ts'
import { trueTime } from '../rules.ts'
import { scriptContent } from '../script-content.ts'
import { isTicketOf } from '../turns.ts'
import { sendLinkJob } from './jobs.ts'
import './messages.ts'
import type { Told, ToldInput, ToldOutput } from './schema.ts'
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
  const actor = actorOfCaller(caller)
  // A result recorded at the same moment may lock the same voter and person in another order.
  return inTransactionTwice(db, async (tx): Promise<ToldOutput> => {
    if (await wasRemoved(tx, caller, trueTime(told_at, sent_at, now))) return refused('closed')
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
        told_at: trueTime(told_at, sent_at, now),
        recorded_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (!numInsertedOrUpdatedRows) return { outcome: 'already_recorded', problem: null }
    await learn(tx, actor, voter_id, told)
    if (told.kind === 'consent') await sendLink(tx, caller, voter_id, told)
    return { outcome: 'recorded', problem: null }
  })
}

/** Had the caller been taken off the phone bank by then? What they learned before counts. */
async function wasRemoved(tx: Db, { organization_id, caller_id }: Caller, then: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('phone_bank_caller')
    .select('removed_at')
    .where('organization_id', '=', organization_id)
    .where('caller_id', '=', caller_id)
    .executeTakeFirst()
  return !row || (row.removed_at !== null && row.removed_at <= then)
}

/** A name or a family member without any name says nothing. */
const isEmpty = (told: Told): boolean =>
  (told.kind === 'name' || told.kind === 'member') && !told.first_name && !told.last_name && !told.name_hangul

/** Mails of one voter and phone bank: a hand that slips, or a caller who plays, fills nobody's mailbox. */
const most_links = 3

/** Over the bridge the organization sends what was asked for, so that nobody sees the caller's own address. */
async function sendLink(
  tx: Db,
  { organization_id, phone_bank_id }: Caller,
  voter_id: number,
  { channel, is_given, to, fact: key, send_in }: Extract<Told, { kind: 'consent' }>,
): Promise<void> {
  const address = z.email().safeParse(to)
  if (channel !== 'email' || !is_given || !address.success || !key || !send_in) return
  const bank = await tx
    .selectFrom('phone_bank as b')
    .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
    .select(['b.script_id', 'b.script_version', 'o.name'])
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
    .executeTakeFirstOrThrow()
  if (sent > most_links) return
  const language = send_in === 'ko' ? 'ko' : 'en'
  const title = localized(fact.title, send_in).text
  await addJob(tx, sendLinkJob, {
    to: address.data,
    language,
    subject: title,
    text: translator(language)('told.link_mail', { title, link, organization: localized(bank.name, language).text }),
  })
}

const evidence = 'said so on the phone'
const whoSaidSo = { voter: '', household: ' (somebody at home)', other: ' (somebody else)' }

async function learn(tx: Db, actor: Actor, voter_id: number, told: Told): Promise<void> {
  const who = `v${voter_id}`
  switch (told.kind) {
    case 'name':
      return correct(tx, actor, voter_id, {
        ...(told.first_name && { first_name: told.first_name }),
        ...(told.last_name && { last_name: told.last_name }),
        ...(told.name_hangul && { name_hangul: told.name_hangul.normalize('NFC') }),
      })
    case 'address':
      return correct(tx, actor, voter_id, {
        address: told.address,
        city: told.city || null,
        zip5: told.zip5 || null,
      })
    case 'language':
      return correct(tx, actor, voter_id, { language: told.language })
    case 'phone':
      await savePhone(tx, actor, who, { phone: told.phone, kind: 'unknown', quality: 'good', is_preferred: true })
      return undefined
    case 'email':
      return saveEmail(tx, actor, who, { email: told.email, quality: 'good', is_preferred: true })
    case 'member':
      return addMember(tx, actor, voter_id, told)
    case 'tag':
      return addTag(tx, actor, who, told.tag)
    case 'consent': {
      if (told.is_given && told.to) await keepAddress(tx, actor, who, told.channel, told.to)
      const about = `${evidence}${told.fact ? ` (${told.fact})` : ''}${whoSaidSo[told.spoke_with ?? 'voter']}`
      return recordConsent(tx, actor, who, { channel: told.channel, is_given: told.is_given, evidence: about })
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
  await updatePerson(tx, actor, person_id, { ...known, ...changed }, '')
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
    await savePhone(tx, actor, who, { phone: to, kind: 'mobile', quality: 'good', is_preferred: false })
  }
  if (channel === 'email') await saveEmail(tx, actor, who, { email: to, quality: 'good', is_preferred: false })
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
