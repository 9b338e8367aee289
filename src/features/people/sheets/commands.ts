import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { receiveKnown, receivePerson } from '../arrivals/commands.ts'
import { recordConsent, takeEvidenceBack } from '../commands.ts'
import { newestSaid } from '../consent.ts'
import { personById } from '../queries.ts'
import './messages.ts'
import type { Sheet } from './queries.ts'
import { photoTypeOf } from './rules.ts'
import { largest_photo_bytes, most_photos, Said, type LineFacts, type SheetChannel, type SheetFacts } from './schema.ts'

/** A sheet to print; they are counted, so that a line of one can be named. The same form sent twice makes one. */
export function makeSheet(
  db: Db,
  actor: Actor,
  { form_key: sheet_id, ...facts }: SheetFacts & { event_id?: string; shift_id?: string },
  now: Date,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in sheets ${organization_id}`}, 0))`.execute(tx)
    const { last } = await tx
      .selectFrom('sign_in_sheet')
      .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
      .where('organization_id', '=', organization_id)
      .executeTakeFirstOrThrow()
    const made = await tx
      .insertInto('sign_in_sheet')
      .values({ organization_id, sheet_id, number: last + 1, ...facts, made_by: actor.name, made_at: now })
      .onConflict((conflict) => conflict.columns(['organization_id', 'sheet_id']).doNothing())
      .returning('sheet_id')
      .executeTakeFirst()
    if (!made) return sheet_id
    await audit(tx, actor, {
      action: 'sign_in.make',
      subject: 'sign_in_sheet',
      subject_id: sheet_id,
      after: { ...facts },
    })
    return sheet_id
  })
}

/** A sheet nobody typed in and nobody photographed was made for nothing, and goes. */
export function removeSheet(db: Db, actor: Actor, sheet_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { title, held_on } = await lockSheet(tx, actor, sheet_id)
    const { numDeletedRows } = await tx
      .deleteFrom('sign_in_sheet as s')
      .where('s.organization_id', '=', organization_id)
      .where('s.sheet_id', '=', sheet_id)
      .where(
        sql<boolean>`not exists (select from sign_in_line l where l.organization_id = s.organization_id and l.sheet_id = s.sheet_id)
          and not exists (select from sign_in_photo p where p.organization_id = s.organization_id and p.sheet_id = s.sheet_id)`,
      )
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new Conflict()
    await audit(tx, actor, {
      action: 'sign_in.remove',
      subject: 'sign_in_sheet',
      subject_id: sheet_id,
      before: { title, held_on },
    })
  })
}

/** `is_new`: false where the line was there already. */
export type Typed =
  | { ok: true; person_id: string; is_new: false }
  /** `counted`: the ticks that hold; they had not opted out again since. */
  | { ok: true; person_id: string; is_new: true; counted: readonly SheetChannel[] }
  | { ok: false; field: 'line' | 'phone'; problem: 'line_typed' | 'no_line' | 'phone' }

/**
 * Types a line in: whoever was chosen, somebody we surely know, or a new person; with their consent for each box they
 * ticked, and the line as evidence. Sent twice it is one line, unless another person was chosen.
 */
export function typeLine(
  db: Db,
  actor: Actor,
  sheet_id: string,
  { line, person_id: chosen, consents, phone: written, ...named }: LineFacts,
  { now, time_zone }: { now: Date; time_zone: string },
): Promise<Typed> {
  return inTransaction(db, async (tx): Promise<Typed> => {
    const { organization_id } = actor
    const sheet = await lockSheet(tx, actor, sheet_id)
    if (line > sheet.lines) return { ok: false, field: 'line', problem: 'no_line' }
    const phone = written && e164(written)
    if (written && !phone) return { ok: false, field: 'phone', problem: 'phone' }
    const there = await tx
      .selectFrom('sign_in_line')
      .select(['said', 'person_id'])
      .where('organization_id', '=', organization_id)
      .where('sheet_id', '=', sheet_id)
      .where('line', '=', line)
      .executeTakeFirst()
    const fields = { ...named, phone, consents }
    if (there) {
      const { not_counted: _, ...before } = Said.parse(there.said)
      const isSame = Object.entries(before).every(([field, value]) => String(value) === String(fields[field as keyof typeof fields])) // prettier-ignore
      const isTheirs = !chosen || (await personById(tx, organization_id, chosen))?.person_id === there.person_id
      return isSame && isTheirs
        ? { ok: true, person_id: there.person_id, is_new: false }
        : { ok: false, field: 'line', problem: 'line_typed' }
    }

    const evidence = evidenceOf(sheet, line)
    const arrival = { ...named, phone, address: null, city: null, zip5: null }
    const { person_id, how } = chosen
      ? { ...(await receiveKnown(tx, actor, chosen, arrival, evidence)), how: 'chosen' as const }
      : await receivePerson(tx, actor, arrival, evidence)
    const not_counted: SheetChannel[] = []
    for (const channel of consents) {
      if (await optedOutSince(tx, organization_id, person_id, channel, sheet.held_on, time_zone))
        not_counted.push(channel)
      else await recordConsent(tx, actor, person_id, { channel, is_given: true, evidence })
    }
    await tx
      .insertInto('sign_in_line')
      .values({
        organization_id,
        sheet_id,
        line,
        person_id,
        said: JSON.stringify({ ...fields, not_counted }),
        how,
        typed_by: actor.name,
        typed_at: now,
      })
      .execute()
    await audit(tx, actor, {
      action: 'sign_in.type',
      subject: 'sign_in_sheet',
      subject_id: sheet_id,
      after: { line, person_id },
    })
    return { ok: true, person_id, is_new: true, counted: consents.filter((channel) => !not_counted.includes(channel)) }
  })
}

/** Takes out a line that was typed wrong, with its consents; the person stays. */
export function takeLineBack(db: Db, actor: Actor, sheet_id: string, line: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const sheet = await lockSheet(tx, actor, sheet_id)
    const row = found(
      await tx
        .deleteFrom('sign_in_line')
        .where('organization_id', '=', actor.organization_id)
        .where('sheet_id', '=', sheet_id)
        .where('line', '=', line)
        .returning('person_id')
        .executeTakeFirst(),
    )
    await takeEvidenceBack(tx, actor, row.person_id, evidenceOf(sheet, line))
    await audit(tx, actor, {
      action: 'sign_in.take_back',
      subject: 'sign_in_sheet',
      subject_id: sheet_id,
      before: { line, person_id: row.person_id },
    })
  })
}

export type Added = { ok: true } | { ok: false; problem: 'too_large' | 'no_picture' | 'too_many' }

export function addPhoto(db: Db, actor: Actor, sheet_id: string, content: Buffer, now: Date): Promise<Added> {
  return inTransaction(db, async (tx): Promise<Added> => {
    const { organization_id } = actor
    await lockSheet(tx, actor, sheet_id)
    if (content.length > largest_photo_bytes) return { ok: false, problem: 'too_large' }
    const type = photoTypeOf(content)
    if (!type) return { ok: false, problem: 'no_picture' }
    const { photos } = await tx
      .selectFrom('sign_in_photo')
      .select((eb) => eb.fn.countAll<string>().as('photos'))
      .where('organization_id', '=', organization_id)
      .where('sheet_id', '=', sheet_id)
      .executeTakeFirstOrThrow()
    if (Number(photos) >= most_photos) return { ok: false, problem: 'too_many' }
    await tx
      .insertInto('sign_in_photo')
      .values({ organization_id, sheet_id, type, content, added_by: actor.name, added_at: now })
      .execute()
    await audit(tx, actor, {
      action: 'sign_in.add_photo',
      subject: 'sign_in_sheet',
      subject_id: sheet_id,
      after: { type, bytes: content.length },
    })
    return { ok: true }
  })
}

/** A photo of people's names goes for good. */
export function removePhoto(db: Db, actor: Actor, sheet_id: string, photo_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    found(
      await tx
        .deleteFrom('sign_in_photo')
        .where('organization_id', '=', actor.organization_id)
        .where('sheet_id', '=', sheet_id)
        .where('photo_id', '=', photo_id)
        .returning('photo_id')
        .executeTakeFirst(),
    )
    await audit(tx, actor, { action: 'sign_in.remove_photo', subject: 'sign_in_sheet', subject_id: sheet_id })
  })
}

const lockSheet = async (tx: Db, actor: Actor, sheet_id: string): Promise<Sheet> =>
  found(
    await tx
      .selectFrom('sign_in_sheet')
      .selectAll()
      .where('organization_id', '=', actor.organization_id)
      .where('sheet_id', '=', sheet_id)
      .forUpdate()
      .executeTakeFirst(),
  )

/** In both languages, for whoever asks later where somebody agreed. */
const evidenceOf = ({ number, title }: Sheet, line: number): string =>
  languages.map((each) => translator(each)('sheets.evidence', { number, line, title })).join(' · ')

/** Whoever opted out after they wrote on the sheet wants none of it, whenever it is typed. */
async function optedOutSince(
  tx: Db,
  organization_id: string,
  person_id: string,
  channel: SheetChannel,
  held_on: string,
  time_zone: string,
): Promise<boolean> {
  const last = await tx
    .selectFrom('consent')
    .select(['is_given', 'recorded_at'])
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('channel', '=', channel)
    .orderBy(newestSaid)
    .limit(1)
    .executeTakeFirst()
  if (last?.is_given === false && dateIn(time_zone, last.recorded_at) >= held_on) return true
  if (channel !== 'email') return false
  // Whoever of those who read it stopped it.
  const { rows } = await sql<{ it: boolean }>`
    select exists (select from person_email e join mail_stop s on s.organization_id = e.organization_id
        and s.address_hash = mail_address_hash(e.organization_id, e.email) and s.reason in ('unsubscribed', 'complaint')
      where e.organization_id = ${organization_id}::uuid and e.person_id = ${person_id}::uuid
        and mailbox_stopped(e.organization_id, e.person_id, e.email) = 'opted_out'
        and (s.since at time zone ${time_zone})::date >= ${held_on}::date) as it`.execute(tx)
  return rows[0]?.it === true
}
