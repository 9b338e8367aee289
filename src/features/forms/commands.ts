import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { addDays, dateIn } from '../../platform/clock.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { recordAttempt } from '../contacts/commands.ts'
import { fillIn, lockArrivals, receivePerson, takeOver } from '../people/arrivals/commands.ts'
import { addNote, addTag, recordConsent } from '../people/commands.ts'
import { hasOptedOut } from '../people/consent.ts'
import { allFields } from '../people/fields/commands.ts'
import { addFollowUp } from '../phonebanks/follow-ups/commands.ts'
import { possibleOwners } from '../phonebanks/follow-ups/queries.ts'
import { sendConfirmJob, type ConfirmMail } from './jobs.ts'
import { addSignature } from './petition/commands.ts'
import { formById, formVersion, type Form, type FormVersion } from './queries.ts'
import { fieldValue, questionsOf, tagsOf } from './rules.ts'
import { FormContent, type FormSettings, type Response } from './schema.ts'
import type { FormKind } from './tables.ts'

export interface NewFormDraft {
  name: string
  kind: FormKind
  content: FormContent
}

/** Starts a form with version 1; nobody sees it before it is published. */
export function createForm(db: Db, actor: Actor, draft: NewFormDraft, now: Date): Promise<{ form_id: string }> {
  const content = FormContent.parse(draft.content)
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const slug = await freeSlug(tx, organization_id, draft)
    const { form_id } = await tx
      .insertInto('form')
      .values({
        organization_id,
        kind: draft.kind,
        name: draft.name,
        slug,
        opens_on: null,
        closes_on: null,
        created_by: actor.name,
        created_at: now,
      })
      .returning('form_id')
      .executeTakeFirstOrThrow()
    await insertVersion(tx, actor, { form_id, version: 1, content, first_used_at: null }, now)
    await audit(tx, actor, {
      action: 'form.create',
      subject: 'form',
      subject_id: form_id,
      after: { name: draft.name, kind: draft.kind, slug },
    })
    return { form_id }
  })
}

/** A readable last part of the address: of the name's Latin letters, else of the kind, with a number where it is taken. */
async function freeSlug(tx: Db, organization_id: string, { name, kind }: NewFormDraft): Promise<string> {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  const latin = plain
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  // A number that is left of a Korean name says nothing alone.
  const wished = /[a-z]/.test(latin) ? latin : [kind, latin].filter(Boolean).join('-')
  await lockSlugs(tx, organization_id)
  const rows = await tx.selectFrom('form').select('slug').where('organization_id', '=', organization_id).execute()
  const taken = new Set(rows.map((row) => row.slug))
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wished : `${wished}-${number}`
    if (!taken.has(slug)) return slug
  }
}

const lockSlugs = (tx: Db, organization_id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`form slugs ${organization_id}`}, 0))`.execute(tx)

export type Saved =
  | { ok: true; version: number; is_new_version: boolean }
  /** Somebody saved meanwhile. */
  | { ok: false; problem: 'changed_meanwhile' }

/** Saves over the version the writer started from. One that was open to the public stays as it was and a new one is made. */
export function saveForm(
  db: Db,
  actor: Actor,
  form_id: string,
  edited: { version: number; saved_at: Date },
  draft: FormContent,
  now: Date,
): Promise<Saved> {
  const content = FormContent.parse(draft)
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Saved> => {
    const { published_at } = await lockForm(tx, organization_id, form_id)
    const current = found(await formVersion(tx, organization_id, form_id))
    if (current.version !== edited.version || current.created_at.getTime() !== edited.saved_at.getTime())
      return { ok: false, problem: 'changed_meanwhile' }
    const is_new_version = current.first_used_at !== null
    const version = is_new_version ? current.version + 1 : current.version
    if (is_new_version)
      await insertVersion(tx, actor, { form_id, version, content, first_used_at: published_at && now }, now)
    else {
      await tx
        .updateTable('form_version')
        .set({ content: JSON.stringify(content), created_by: actor.name, created_at: now })
        .where('organization_id', '=', organization_id)
        .where('form_id', '=', form_id)
        .where('version', '=', version)
        .execute()
    }
    await audit(tx, actor, {
      action: is_new_version ? 'form.new_version' : 'form.update',
      subject: 'form',
      subject_id: form_id,
      before: { version: current.version, content: current.content },
      after: { version, content },
    })
    return { ok: true, version, is_new_version }
  })
}

/** Whoever changes a form, and whoever puts a version of it to use first, wait for each other. */
const lockForm = async (tx: Db, organization_id: string, form_id: string): Promise<{ published_at: Date | null }> =>
  found(
    await tx
      .selectFrom('form')
      .select('published_at')
      .where('organization_id', '=', organization_id)
      .where('form_id', '=', form_id)
      .forUpdate()
      .executeTakeFirst(),
  )

/** What somebody may have read is never changed again: an answer, and a consent above all, is to the words as they stood. */
const putToUse = (tx: Db, organization_id: string, form_id: string, version: number, now: Date) =>
  tx
    .updateTable('form_version')
    .set((eb) => ({ first_used_at: eb.fn.coalesce('first_used_at', eb.val(now)) }))
    .where('organization_id', '=', organization_id)
    .where('form_id', '=', form_id)
    .where('version', '=', version)
    .execute()

export type SettingsSaved = { ok: true } | { ok: false; problem: 'slug_taken' }

/** Name, address, days and tags. */
export function saveFormSettings(
  db: Db,
  actor: Actor,
  form_id: string,
  settings: FormSettings,
): Promise<SettingsSaved> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<SettingsSaved> => {
    await lockSlugs(tx, organization_id)
    const before = found(await formById(tx, organization_id, form_id))
    const other = await tx
      .selectFrom('form')
      .select('form_id')
      .where('organization_id', '=', organization_id)
      .where('slug', '=', settings.slug)
      .where('form_id', '<>', form_id)
      .executeTakeFirst()
    if (other) return { ok: false, problem: 'slug_taken' }
    await tx
      .updateTable('form')
      .set(settings)
      .where('organization_id', '=', organization_id)
      .where('form_id', '=', form_id)
      .execute()
    const { name, slug, opens_on, closes_on, tags } = before
    await audit(tx, actor, {
      action: 'form.settings',
      subject: 'form',
      subject_id: form_id,
      before: { name, slug, opens_on, closes_on, tags },
      after: { ...settings },
    })
    return { ok: true }
  })
}

export type FormAct = 'publish' | 'withdraw' | 'archive' | 'restore'

/** Opens it to the public, takes it from there, puts it away, or gets it back. What was answered stays. */
export function changeForm(db: Db, actor: Actor, form_id: string, act: FormAct, now: Date): Promise<void> {
  const { organization_id } = actor
  const change = {
    publish: { published_at: now },
    withdraw: { published_at: null },
    archive: { archived_at: now },
    restore: { archived_at: null },
  }[act]
  return inTransaction(db, async (tx) => {
    await lockForm(tx, organization_id, form_id)
    if (act === 'publish') {
      const { version } = found(await formVersion(tx, organization_id, form_id))
      await putToUse(tx, organization_id, form_id, version, now)
    }
    await tx
      .updateTable('form')
      .set(change)
      .where('organization_id', '=', organization_id)
      .where('form_id', '=', form_id)
      .execute()
    await audit(tx, actor, { action: `form.${act}`, subject: 'form', subject_id: form_id })
  })
}

async function insertVersion(
  tx: Db,
  actor: Actor,
  { content, ...made }: Pick<FormVersion, 'form_id' | 'version' | 'content' | 'first_used_at'>,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('form_version')
    .values({
      organization_id: actor.organization_id,
      ...made,
      content: JSON.stringify(content),
      created_by: actor.name,
      created_at: now,
    })
    .execute()
}

/**
 * One id for one sending: of the key in the page and everything that was typed. The same sent twice (an impatient
 * thumb, a page loaded again) is the same response, though many readers share one page from a cache.
 */
export function responseIdOf(form_id: string, page_key: string, { files, ...typed }: Response): string {
  const sums = Object.entries(files).map(([key, { name, sha256 }]) => [key, name, sha256])
  const hex = createHash('sha256')
    .update(JSON.stringify([form_id, page_key, typed, ...(sums.length > 0 ? [sums] : [])]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A response on its way in. */
export interface SentResponse {
  response_id: string
  response: Response
  /** Of the page. */
  language: string
  source: 'web' | 'paper'
  sheet?: string | null
  /** Of a petition: asks the signer whether it was them. */
  confirm?: ConfirmMail | null
}

export interface Received {
  response_id: string
  person_id: string
  is_new: boolean
}

/**
 * Stores a response with all that follows from it: the person, the contact with its answers, consents with their words,
 * tags, tasks, and of a petition the signature. The same id twice is stored once.
 */
export function receiveResponse(
  db: Db,
  actor: Actor,
  { form, version }: { form: Form; version: FormVersion },
  sent: SentResponse,
  now: Date,
): Promise<Received> {
  const { organization_id } = actor
  const { form_id } = form
  const { response_id, response } = sent
  const { said } = response
  return inTransaction(db, async (tx): Promise<Received> => {
    await lockArrivals(tx, organization_id)
    const before = await tx
      .selectFrom('contact_attempt')
      .select('person_id')
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', response_id)
      .executeTakeFirst()
    if (before?.person_id) return { response_id, person_id: before.person_id, is_new: false }

    // From paper, before it is open.
    if (version.first_used_at === null) {
      await lockForm(tx, organization_id, form_id)
      const current = found(await formVersion(tx, organization_id, form_id, version.version))
      if (current.created_at.getTime() !== version.created_at.getTime()) throw new Conflict()
      await putToUse(tx, organization_id, form_id, version.version, now)
    }
    const arrived = await receivePerson(tx, actor, said, form.name)
    const { person_id } = arrived
    const recorded = await recordAttempt(
      tx,
      actor,
      {
        attempt_id: response_id,
        voter_id: null,
        person_id,
        channel: 'web',
        disposition: 'canvassed',
        attempted_at: now,
        phone: null,
        language: sent.language,
        spoke_with: 'voter',
        note: null,
        made_by: actor.name,
        answers: response.answers,
      },
      now,
    )
    if (!recorded.ok) throw new Error(`a response that is no contact: ${recorded.problem}`)
    await tx
      .insertInto('form_response')
      .values({
        organization_id,
        response_id,
        form_id,
        version: version.version,
        language: sent.language,
        source: sent.source,
        sheet: sent.sheet ?? null,
        said: JSON.stringify(said),
        how: arrived.how,
        differs: Object.keys(arrived.differs).length > 0 ? JSON.stringify(arrived.differs) : null,
        received_at: now,
      })
      .execute()
    for (const [question, { name, kind, sha256, content }] of Object.entries(response.files)) {
      await tx
        .insertInto('form_file')
        .values({ organization_id, response_id, question, name, kind, sha256, bytes: content.length, content })
        .execute()
    }
    for (const { channel, wording } of response.consents) {
      const words = { wording, form_id, form_version: version.version }
      // A form lifts no opt-out: what it said is kept for somebody who asks the person.
      if (await hasOptedOut(tx, organization_id, person_id, channel)) {
        await addNote(tx, actor, person_id, notCounted(form.name, wording))
        continue
      }
      await recordConsent(tx, actor, person_id, { channel, is_given: true, evidence: form.name, words })
    }
    for (const tag of new Set([...form.tags, ...tagsOf(version.content, response.answers)]))
      await addTag(tx, actor, person_id, tag)
    const voter = await tx
      .selectFrom('person')
      .select('voter_id')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .executeTakeFirst()
    await fillIn(tx, actor, person_id, await fieldValues(tx, organization_id, version, response))
    const given = response.help.length > 0 ? await givenTo(tx, organization_id, version, now) : null
    for (const kind of response.help) {
      const task = {
        kind,
        voter_id: voter?.voter_id ?? null,
        person_id,
        attempt_id: response_id,
        note: form.name,
        ...given,
      }
      await addFollowUp(tx, actor, task, now)
    }
    if (version.content.petition) await addSignature(tx, actor, response_id, { person_id, response }, now)
    // With the signature or not at all.
    if (sent.confirm)
      await addJob(tx, sendConfirmJob, { ...sent.confirm, of: { organization_id, whom: { person_id } } })
    return { response_id, person_id, is_new: true }
  })
}

/** Answers that own fields of a profile are asked to hold. */
async function fieldValues(
  tx: Db,
  organization_id: string,
  { content }: FormVersion,
  { answers }: Response,
): Promise<Record<string, string | number | boolean>> {
  const asking = questionsOf(content).filter(({ key, field }) => field !== null && answers[key] !== undefined)
  if (asking.length === 0) return {}
  const fields = await allFields(tx, organization_id)
  return Object.fromEntries(
    asking.flatMap((question) => {
      const field = fields.find(({ key, archived_at }) => key === question.field && archived_at === null)
      const answer = answers[question.key]
      const value = field && answer !== undefined ? fieldValue(field, question, answer) : null
      return field && value !== null ? [[field.key, value]] : []
    }),
  )
}

/** Whose tasks they become and by when; nobody's, where whoever was named is not there any more. */
async function givenTo(tx: Db, organization_id: string, { content }: FormVersion, now: Date) {
  const help = content.blocks.find((block) => block.block === 'help')
  const owners = help?.owner_id ? await possibleOwners(tx, organization_id, now) : []
  const { time_zone } = await tx
    .selectFrom('organization')
    .select('time_zone')
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  return {
    owner_id: owners.find(({ user_id }) => user_id === help?.owner_id)?.user_id ?? null,
    due_on: help?.due_days ? addDays(dateIn(time_zone, now), help.due_days) : null,
  }
}

/** For organizers of either language: a note has one text. */
const notCounted = (form: string, wording: string): string =>
  `${form}: “${wording}”\nNot counted, because of an earlier opt-out: ask first. 예전에 수신을 거부한 분이어서 반영하지 않았습니다. 먼저 여쭤보세요.`

/** Somebody looked: who sent it is nobody we knew. */
export function leaveAsNew(db: Db, actor: Actor, form_id: string, response_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const left = await tx
      .updateTable('form_response')
      .set({ how: 'made' })
      .where('organization_id', '=', actor.organization_id)
      .where('form_id', '=', form_id)
      .where('response_id', '=', response_id)
      .where('how', '=', 'unsure')
      .returning('response_id')
      .executeTakeFirst()
    if (!left) return
    await audit(tx, actor, { action: 'form.new_person', subject: 'form', subject_id: form_id, after: { response_id } })
  })
}

/** What a response said otherwise than the profile: taken over, or left as it is. */
export function settleDifferences(
  db: Db,
  actor: Actor,
  form_id: string,
  response_id: string,
  act: 'take' | 'leave',
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const row = found(
      await tx
        .selectFrom('form_response')
        .innerJoin('contact_attempt', (join) =>
          join
            .onRef('contact_attempt.organization_id', '=', 'form_response.organization_id')
            .onRef('contact_attempt.attempt_id', '=', 'form_response.response_id'),
        )
        .select(['said', 'differs', 'contact_attempt.person_id'])
        .where('form_response.organization_id', '=', organization_id)
        .where('form_id', '=', form_id)
        .where('response_id', '=', response_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    if (!row.differs) return
    if (act === 'take' && row.person_id) {
      const said = Object.entries(row.differs).flatMap(([field, each]) => (each ? [[field, each.said]] : []))
      const { address, city, zip5 } = row.said
      const isOfPlace = Boolean(row.differs.address ?? row.differs.city ?? row.differs.zip5)
      // Parts of one address come from one source, also those left empty.
      const place = isOfPlace && address ? { address, city, zip5 } : {}
      await takeOver(tx, actor, row.person_id, { ...Object.fromEntries(said), ...place })
    }
    await tx
      .updateTable('form_response')
      .set({ differs: null })
      .where('organization_id', '=', organization_id)
      .where('response_id', '=', response_id)
      .execute()
    await audit(tx, actor, {
      action: act === 'take' ? 'form.take_over' : 'form.leave',
      subject: 'form',
      subject_id: form_id,
      after: { response_id, ...row.differs },
    })
  })
}
