import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import {
  agendaOf,
  askedIn,
  claimById,
  claimsOf,
  contentOf,
  guideById,
  guidesWith,
  mayShowAnswers,
  newerAnswers,
  versionsOf,
  type Guide,
} from './queries.ts'
import { forgetPart } from '../campaigns/parts/commands.ts'
import { contestsHeld, cycleById } from '../endorsements/cycles/queries.ts'
import { olderOf } from './older.ts'
import { proofsOf } from './replies/queries.ts'
import { amendedOn, besideHeld, isLate, publishProblem, takenFrom, type PublishProblem } from './rules.ts'
import { attributionLines } from './law.ts'
import type { Attribution, ClaimKind, GuideKind } from './schema.ts'
import './tables.ts'

interface IssueTexts {
  name: LocalizedText
  about: LocalizedText
}

/** Whoever saves says that what was not changed still says the same as what was. */
interface SaysSame {
  is_same?: boolean
}

/** Adds an issue at the end of the agenda, or changes one. Guides that name it are to be read again by a second person. */
export function saveIssue(
  db: Db,
  actor: Actor,
  issue_id: string | null,
  { is_same = false, ...texts }: IssueTexts & SaysSame,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockAgenda(tx, organization_id)
    const issues = await agendaOf(tx, organization_id)
    const before = issue_id === null ? null : found(issues.find((each) => each.issue_id === issue_id))
    const older = olderOf(before ? { name: before.name, about: before.about } : {}, { ...texts }, { older: before?.older ?? {}, is_same }) // prettier-ignore
    const written = { name: JSON.stringify(texts.name), about: JSON.stringify(texts.about), older: JSON.stringify(older) } // prettier-ignore
    const saved = before
      ? await tx
          .updateTable('agenda_issue')
          .set(written)
          .where('organization_id', '=', organization_id)
          .where('issue_id', '=', before.issue_id)
          .returning('issue_id')
          .executeTakeFirstOrThrow()
      : await tx
          .insertInto('agenda_issue')
          .values({ organization_id, position: issues.length + 1, ...written })
          .returning('issue_id')
          .executeTakeFirstOrThrow()
    await touchGuidesOf(tx, actor, [saved.issue_id], now)
    await audit(tx, actor, {
      action: before ? 'agenda.change' : 'agenda.add',
      subject: 'agenda_issue',
      subject_id: saved.issue_id,
      before: before && { name: before.name, about: before.about },
      after: { ...texts },
    })
    return saved.issue_id
  })
}

/** One change of the order after the other. */
const lockAgenda = (tx: Db, organization_id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended('agenda ' || ${organization_id}::text, 0))`.execute(tx)

/** Changes places with its neighbour. The first one moved up stays where it is. */
export function moveIssue(db: Db, actor: Actor, issue_id: string, to: 'up' | 'down', now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockAgenda(tx, actor.organization_id)
    const issues = await agendaOf(tx, actor.organization_id)
    const at = issues.findIndex((each) => each.issue_id === issue_id)
    const moved = found(issues[at])
    const neighbour = issues[to === 'up' ? at - 1 : at + 1]
    if (!neighbour) return
    const to_index = issues.indexOf(neighbour)
    const ordered = issues.with(at, neighbour).with(to_index, moved)
    for (const [index, { issue_id: each }] of ordered.entries())
      // prettier-ignore
      await tx
        .updateTable('agenda_issue')
        .set({ position: index + 1 })
        .where('organization_id', '=', actor.organization_id)
        .where('issue_id', '=', each)
        .execute()
    await touchGuidesOf(tx, actor, [moved.issue_id, neighbour.issue_id], now)
    const after = { position: to_index + 1 }
    await audit(tx, actor, { action: 'agenda.move', subject: 'agenda_issue', subject_id: issue_id, before: { position: at + 1 }, after }) // prettier-ignore
  })
}

const touched = (actor: Actor, now: Date) => ({
  editor_ids: sql<string[]>`array_append(array_remove(editor_ids, ${actor.id}), ${actor.id})`,
  edited_by: actor.name,
  edited_at: now,
})

const touchGuidesOf = (tx: Db, actor: Actor, issue_ids: readonly string[], now: Date) =>
  tx
    .updateTable('voter_guide')
    .set(touched(actor, now))
    .where('organization_id', '=', actor.organization_id)
    .where('guide_id', 'in', (eb) =>
      eb
        .selectFrom('voter_guide_issue')
        .select('guide_id')
        .where('organization_id', '=', actor.organization_id)
        .where('issue_id', 'in', issue_ids),
    )
    .execute()

/** Takes an issue off the agenda that no guide has; what was published under it stays as it was read. */
export function removeIssue(db: Db, actor: Actor, issue_id: string): Promise<{ ok: true } | { ok: false; guides: Guide[] }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockAgenda(tx, organization_id)
    const issue = found((await agendaOf(tx, organization_id)).find((each) => each.issue_id === issue_id))
    const guides = await guidesWith(tx, organization_id, issue_id)
    if (guides.length > 0) return { ok: false, guides }
    await tx.deleteFrom('agenda_issue').where('organization_id', '=', organization_id).where('issue_id', '=', issue_id).execute()
    await audit(tx, actor, { action: 'agenda.remove', subject: 'agenda_issue', subject_id: issue_id, before: { name: issue.name, about: issue.about } })
    return { ok: true }
  })
} // prettier-ignore

export interface GuideTexts {
  title: LocalizedText
  audience: LocalizedText
  intro: LocalizedText
}

const textsAsJson = ({ title, audience, intro }: GuideTexts) => ({
  title: JSON.stringify(title),
  audience: JSON.stringify(audience),
  intro: JSON.stringify(intro),
})

export function makeGuide(
  db: Db,
  actor: Actor,
  guide: GuideTexts & { election_id: number; kind: GuideKind; cycle_id?: string | null },
  now: Date,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { election_id, kind, cycle_id = null } = guide
    const { guide_id } = await tx
      .insertInto('voter_guide')
      .values({
        organization_id,
        election_id,
        kind,
        cycle_id,
        ...textsAsJson(guide),
        made_by: actor.name,
        made_at: now,
        editor_ids: [actor.id],
        edited_by: actor.name,
        edited_at: now,
      })
      .returning('guide_id')
      .executeTakeFirstOrThrow()
    const contest_ids = cycle_id ? await contestsOfCycle(tx, organization_id, cycle_id, election_id) : []
    if (contest_ids.length > 0) await tx.insertInto('voter_guide_contest').values(contest_ids.map((contest_id) => ({ organization_id, guide_id, contest_id }))).execute() // prettier-ignore
    await audit(tx, actor, { action: 'voter_guide.make', subject: 'voter_guide', subject_id: guide_id, after: { ...guide, ...(contest_ids.length > 0 && { contest_ids }) } }) // prettier-ignore
    return guide_id
  })
}

/** A guide that is begun from a cycle is about its contests, until somebody says otherwise. */
async function contestsOfCycle(tx: Db, organization_id: string, cycle_id: string, election_id: number): Promise<number[]> {
  const cycle = found(await cycleById(tx, organization_id, cycle_id))
  const held = await contestsHeld(tx, cycle.rules?.contest_ids ?? [])
  return held.flatMap(({ contest, election }) => (election.election_id === election_id ? contest.contest_id : []))
} // prettier-ignore

export interface GuideChosen extends GuideTexts, SaysSame {
  kind: GuideKind
  contest_ids: readonly number[]
  issue_ids: readonly string[]
  cycle_id: string | null
  attribution?: Attribution | null
}

/** What the guide is, and which contests and issues it is about. */
export function saveGuide(db: Db, actor: Actor, guide_id: string, guide: GuideChosen, now: Date): Promise<void> {
  return change(db, actor, guide_id, now, async (tx, before) => {
    const { organization_id } = actor
    const { kind, cycle_id, contest_ids, issue_ids, attribution = null, title, audience, intro, is_same } = guide
    const texts = { title, audience, intro }
    const older = olderOf({ title: before.title, audience: before.audience, intro: before.intro }, texts, { older: before.older, is_same: is_same ?? false }) // prettier-ignore
    await tx
      .updateTable('voter_guide')
      .set({
        kind,
        cycle_id,
        attribution: attribution && JSON.stringify(attribution),
        ...textsAsJson(texts),
        older: JSON.stringify(older),
      })
      .where('organization_id', '=', organization_id)
      .where('guide_id', '=', guide_id)
      .execute()
    const removed = cycle_id === before.cycle_id ? 0 : await dropAnswers(tx, before)
    for (const table of ['voter_guide_contest', 'voter_guide_issue'] as const)
      await tx
        .deleteFrom(table)
        .where('organization_id', '=', organization_id)
        .where('guide_id', '=', guide_id)
        .execute()
    if (contest_ids.length > 0)
      await tx.insertInto('voter_guide_contest').values(contest_ids.map((contest_id) => ({ organization_id, guide_id, contest_id }))).execute() // prettier-ignore
    if (issue_ids.length > 0)
      await tx.insertInto('voter_guide_issue').values(issue_ids.map((issue_id) => ({ organization_id, guide_id, issue_id }))).execute() // prettier-ignore
    await audit(tx, actor, {
      action: 'voter_guide.change',
      subject: 'voter_guide',
      subject_id: guide_id,
      before: { kind: before.kind, cycle_id: before.cycle_id, title: before.title, audience: before.audience, intro: before.intro, attribution: printed(before.attribution) }, // prettier-ignore
      after: { kind, cycle_id, contest_ids, issue_ids, ...texts, attribution: printed(attribution), ...(removed > 0 && { removed }) }, // prettier-ignore
    })
  })
}

const printed = (attribution: Attribution | null): string | null =>
  attribution &&
  (attribution.code === 'not_needed' ? attribution.more : attributionLines(attribution, 'en').join(' · '))

/** Answers of a cycle go with it, and the issues of its questions. */
async function dropAnswers(tx: Db, { organization_id, guide_id }: Guide): Promise<number> {
  await tx.deleteFrom('voter_guide_question').where('organization_id', '=', organization_id).where('guide_id', '=', guide_id).execute() // prettier-ignore
  const gone = await tx
    .deleteFrom('voter_guide_claim')
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .where('question_id', 'is not', null)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

export interface Taken {
  added: number
  changed: number
  removed: number
}

/**
 * Takes answers over as they were signed last, each under the issue of its question. What the guide already has stays as it
 * was cut and translated, unless the candidate amended it; also while its question is left out.
 */
export async function takeAnswers(
  db: Db,
  actor: Actor,
  guide_id: string,
  issue_of: ReadonlyMap<string, string>,
  { now, time_zone }: { now: Date; time_zone: string },
): Promise<Taken | 'answers_private'> {
  if (!(await mayShowAnswers(db, found(await guideById(db, actor.organization_id, guide_id))))) return 'answers_private'
  return change(db, actor, guide_id, now, async (tx, guide) => {
    const { organization_id } = actor
    const cycle_id = found(guide.cycle_id)
    const of = { organization_id, guide_id }
    const answers = async () => (await claimsOf(tx, guide)).filter(({ question_id }) => question_id !== null)
    const shown = new Set((await answers()).map(({ claim_id }) => claim_id))
    await tx.deleteFrom('voter_guide_question').where('organization_id', '=', organization_id).where('guide_id', '=', guide_id).execute() // prettier-ignore
    if (issue_of.size > 0)
      await tx.insertInto('voter_guide_question').values([...issue_of].map(([question_id, issue_id]) => ({ ...of, question_id, issue_id }))).execute() // prettier-ignore
    const held = await answers()
    const sums: Taken = { added: 0, changed: 0, removed: 0 }
    const kept = new Set<string>()
    for (const [candidate_id, { invitation, signings }] of await askedIn(tx, organization_id, cycle_id, time_zone)) {
      const [last] = signings
      if (!last) continue
      const saidTo = (question_id: string) =>
        signings.toReversed().map(({ signed, sent_at, is_late }) => ({
          on: dateIn(time_zone, sent_at),
          is_late,
          answer: signed.answers.find((each) => each.question_id === question_id)?.answer ?? null,
        }))
      for (const taken of takenFrom(last.signed, issue_of)) {
        const before = held.find((each) => each.candidate_id === candidate_id && each.question_id === taken.question_id) ?? null // prettier-ignore
        const beside = besideHeld(before, taken)
        const { question_id, issue_id, source_url, original } = taken
        const row = {
          issue_id,
          number: last.number,
          question: JSON.stringify(taken.question),
          answer: JSON.stringify(taken.answer),
          ranked: JSON.stringify(taken.ranked),
          original,
          source_url,
          source_on: dateIn(time_zone, last.sent_at),
          amended_on: amendedOn(saidTo(question_id)),
          is_late: isLate(saidTo(question_id)),
          ...beside,
          text: JSON.stringify(beside.text),
          // Another answer begins anew.
          older: JSON.stringify(before && beside.text === before.text ? before.older : {}),
        }
        if (before) {
          kept.add(before.claim_id)
          if (!shown.has(before.claim_id)) sums.added++
          else if (before.number !== last.number || before.issue_id !== issue_id) sums.changed++
          await tx.updateTable('voter_guide_claim').set(row).where('organization_id', '=', organization_id).where('claim_id', '=', before.claim_id).execute() // prettier-ignore
        } else {
          sums.added++
          await tx
            .insertInto('voter_guide_claim')
            .values({
              ...of,
              ...row,
              kind: 'answer',
              candidate_id,
              contest_id: invitation.contest_id,
              question_id,
              written_at: now,
            }) // prettier-ignore
            .execute()
        }
      }
    }
    const gone = held.filter(({ claim_id }) => !kept.has(claim_id)).map(({ claim_id }) => claim_id)
    sums.removed = [...shown].filter((claim_id) => !kept.has(claim_id)).length
    if (gone.length > 0)
      await tx.deleteFrom('voter_guide_claim').where('organization_id', '=', organization_id).where('claim_id', 'in', gone).execute() // prettier-ignore
    await audit(tx, actor, { action: 'voter_guide.take_answers', subject: 'voter_guide', subject_id: guide_id, after: { ...sums } }) // prettier-ignore
    return sums
  })
}

export interface WrittenClaim {
  contest_id: number
  candidate_id: number
  issue_id: string
  kind: ClaimKind
  text: LocalizedText
  original_language: string
  source_url: string
  source_on: string
}

/** Something a candidate said or did elsewhere, typed by hand with its source. */
export function addClaim(db: Db, actor: Actor, guide_id: string, claim: WrittenClaim, now: Date): Promise<string> {
  return change(db, actor, guide_id, now, async (tx) => {
    const { organization_id } = actor
    const original = claim.text[claim.original_language] ?? null
    const { claim_id } = await tx
      .insertInto('voter_guide_claim')
      .values({
        organization_id,
        guide_id,
        ...claim,
        text: JSON.stringify(claim.text),
        original,
        ranked: '[]',
        written_at: now,
      }) // prettier-ignore
      .returning('claim_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'voter_guide.add_claim', subject: 'voter_guide', subject_id: guide_id, after: { ...claim } }) // prettier-ignore
    return claim_id
  })
}

export type ClaimChange = Pick<WrittenClaim, 'text' | 'original_language'> &
  Partial<Pick<WrittenClaim, 'issue_id' | 'kind' | 'source_url' | 'source_on'>> &
  SaysSame

/** Cuts and translates. The whole words of an answer that was taken over stay as they were signed. */
export function changeClaim(
  db: Db,
  actor: Actor,
  { guide_id, claim_id }: { guide_id: string; claim_id: string },
  { is_same = false, ...claim }: ClaimChange,
  now: Date,
): Promise<void> {
  return change(db, actor, guide_id, now, async (tx, guide) => {
    const before = found(await claimById(tx, guide, claim_id))
    const isTyped = before.question_id === null
    const { kind, source_url, source_on, issue_id, original_language } = claim
    const older = olderOf({ text: before.text }, { text: claim.text }, { older: before.older, is_same, original: original_language }) // prettier-ignore
    await tx
      .updateTable('voter_guide_claim')
      .set({
        original_language,
        text: JSON.stringify(claim.text),
        older: JSON.stringify(older),
        ...(isTyped && {
          issue_id: issue_id ?? before.issue_id,
          kind: kind ?? before.kind,
          source_url: source_url ?? before.source_url,
          source_on: source_on ?? before.source_on,
          original: claim.text[original_language] ?? null,
        }),
      })
      .where('organization_id', '=', actor.organization_id)
      .where('claim_id', '=', claim_id)
      .execute()
    await audit(tx, actor, {
      action: 'voter_guide.change_claim',
      subject: 'voter_guide_claim',
      subject_id: claim_id,
      before: { issue_id: before.issue_id, text: before.text, original_language: before.original_language, kind: before.kind, source_url: before.source_url, source_on: before.source_on }, // prettier-ignore
      after: { ...claim },
    })
  })
}

/** Takes out what was typed by hand; an answer goes with its question. */
export function removeClaim(db: Db, actor: Actor, guide_id: string, claim_id: string, now: Date): Promise<void> {
  return change(db, actor, guide_id, now, async (tx, guide) => {
    const before = found(await claimById(tx, guide, claim_id))
    if (before.question_id !== null) throw new Conflict('an answer is left out with its question')
    await tx.deleteFrom('voter_guide_claim').where('organization_id', '=', actor.organization_id).where('claim_id', '=', claim_id).execute() // prettier-ignore
    await audit(tx, actor, { action: 'voter_guide.remove_claim', subject: 'voter_guide_claim', subject_id: claim_id, before: { ...before } }) // prettier-ignore
  })
}

export type Published = { ok: true; version: number } | { ok: false; problem: PublishProblem }

/** Shows everybody what stands there, read by somebody who changed nothing of it; from the second time on with a reason. */
export function publish(
  db: Db,
  actor: Actor,
  guide_id: string,
  { key, reason }: { key: string; reason: LocalizedText },
  around: { now: Date; today: string; time_zone: string },
): Promise<Published> {
  return inTransaction(db, async (tx): Promise<Published> => {
    const { organization_id } = actor
    const guide = await lockGuide(tx, actor, guide_id)
    const content = await contentOf(tx, guide, around)
    const [last] = await versionsOf(tx, guide)
    const problem = publishProblem({
      content,
      key,
      published: last?.content ?? null,
      is_withdrawn: guide.withdrawn_at !== null,
      editor_ids: guide.editor_ids,
      publisher_id: actor.id,
      has_reason: Object.keys(reason).length > 0,
      may_show_answers: await mayShowAnswers(tx, guide),
      newer: await newerAnswers(tx, guide, around.time_zone),
    })
    if (problem) return { ok: false, problem }
    const version = (last?.version ?? 0) + 1
    await tx
      .insertInto('voter_guide_version')
      .values({
        organization_id,
        guide_id,
        version,
        content: JSON.stringify(content),
        reason: last ? JSON.stringify(reason) : null,
        edited_by: guide.edited_by,
        published_by: actor.name,
        published_at: around.now,
      })
      .execute()
    await tx
      .updateTable('voter_guide')
      .set({ editor_ids: [], withdrawn_at: null, withdrawn_by: null, withdrawn_reason: null })
      .where('organization_id', '=', organization_id)
      .where('guide_id', '=', guide_id)
      .execute()
    const after = { version, ...(last && { reason }) }
    await audit(tx, actor, { action: 'voter_guide.publish', subject: 'voter_guide', subject_id: guide_id, after })
    return { ok: true, version }
  })
}

/** Takes a published guide away from everybody at once; publishing it anew brings it back. */
export function withdrawGuide(db: Db, actor: Actor, guide_id: string, reason: LocalizedText, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const guide = await lockGuide(tx, actor, guide_id)
    if (guide.withdrawn_at || (await versionsOf(tx, guide)).length === 0) throw new Conflict('nobody reads this guide')
    await tx
      .updateTable('voter_guide')
      .set({ withdrawn_at: now, withdrawn_by: actor.name, withdrawn_reason: JSON.stringify(reason) })
      .where('organization_id', '=', organization_id)
      .where('guide_id', '=', guide_id)
      .execute()
    await audit(tx, actor, { action: 'voter_guide.withdraw', subject: 'voter_guide', subject_id: guide_id, after: { reason } }) // prettier-ignore
  })
}

const of_draft = ['voter_guide_claim', 'voter_guide_question', 'voter_guide_issue', 'voter_guide_contest', 'voter_guide'] as const // prettier-ignore

/** Takes out a guide that nobody outside has seen: never published, and no candidate has a link to it. */
export function removeDraft(db: Db, actor: Actor, guide_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const guide = await lockGuide(tx, actor, guide_id)
    if (!(await isDraft(tx, guide))) throw new Conflict('somebody has read this guide')
    for (const table of of_draft)
      await tx
        .deleteFrom(table)
        .where('organization_id', '=', organization_id)
        .where('guide_id', '=', guide_id)
        .execute()
    await forgetPart(tx, actor, { kind: 'voter_guide', part_id: guide_id })
    const before = { title: guide.title, audience: guide.audience, intro: guide.intro }
    await audit(tx, actor, { action: 'voter_guide.remove_draft', subject: 'voter_guide', subject_id: guide_id, before })
  })
}

export const isDraft = async (db: Db, guide: Guide): Promise<boolean> =>
  (await versionsOf(db, guide)).length === 0 && (await proofsOf(db, guide)).length === 0

export const lockGuide = async (tx: Db, actor: Actor, guide_id: string): Promise<Guide> =>
  found(
    await tx
      .selectFrom('voter_guide')
      .selectAll()
      .where('organization_id', '=', actor.organization_id)
      .where('guide_id', '=', guide_id)
      .forUpdate()
      .executeTakeFirst(),
  )

/** One change after the other; whoever makes it is an editor of what is not published. */
export function change<T>(
  db: Db,
  actor: Actor,
  guide_id: string,
  now: Date,
  work: (tx: Db, guide: Guide) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const guide = await lockGuide(tx, actor, guide_id)
    const done = await work(tx, guide)
    await tx
      .updateTable('voter_guide')
      .set(touched(actor, now))
      .where('organization_id', '=', actor.organization_id)
      .where('guide_id', '=', guide_id)
      .execute()
    return done
  })
}
