import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { askingOf, signupById } from '../queries.ts'
import { clean, standingOf } from '../rules.ts'
import { responseRules, type EventText } from '../schema.ts'
import { lockEvent } from '../seats/commands.ts'
import { questionsOf, type GatheredQuestion } from './queries.ts'
import { askedBy, languageOf, mainOnes, movedIn, sameAs, type Edited } from './rules.ts'
import { longestQuestion, type QuestionAct } from './schema.ts'
import './tables.ts'

/** Whoever is invited or signed up asks the panel something, or something else; an empty text takes it back. */
export function askPanel(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id, asked }: { signup_id: string; asked: string },
  now: Date,
): Promise<{ ok: boolean }> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, organization_id, event_id)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const { needs } = await askingOf(tx, event, [])
    if (!needs.includes('questions') || standingOf(event, now) !== 'open' || !responseRules[signup.response].is_open)
      return { ok: false }
    const questions = clean(asked).slice(0, longestQuestion)
    if (questions === askedBy(signup)) return { ok: true }
    const { questions: before, ...others } = signup.answers
    await tx
      .updateTable('event_signup')
      .set({ answers: JSON.stringify(questions ? { ...others, questions } : others) })
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .execute()
    await audit(tx, actor, {
      action: 'event.question_ask',
      subject: 'event',
      subject_id: event_id,
      before: { asked: before ?? '' },
      after: { person_id: signup.person_id, asked: questions },
    })
    return { ok: true }
  })
}

export interface QuestionDraft {
  /** It was asked in. */
  language: string
  text: EventText
  /** The one that asks the same; null: none. */
  into_id: string | null
}

/** Its words in each language. Put to another one, it and those put to it before are that one's. `into`: that one is put to another itself, or gone. */
export function saveQuestion(
  db: Db,
  actor: Actor,
  event_id: string,
  question_id: string,
  draft: QuestionDraft,
  now: Date,
): Promise<{ ok: true } | { ok: false; problem: 'into' }> {
  return inTransaction(db, async (tx) => {
    const { all, question } = await lockQuestion(tx, actor, event_id, question_id)
    const { into_id } = draft
    const into = all.find((each) => each.question_id === into_id)
    if (into_id !== null && (!into || into.into_id !== null || into_id === question_id)) return { ok: false, problem: 'into' } as const // prettier-ignore
    // Whoever has worked on it has seen what they say now.
    const asked = question.said_since || question.asked
    if (into) {
      await put(tx, actor, event_id, into, {}, now)
      for (const each of sameAs(all, question_id)) await put(tx, actor, event_id, each, { into_id }, now)
    }
    await put(tx, actor, event_id, question, { ...draft, asked }, now)
    await number(tx, actor, event_id)
    await audit(tx, actor, {
      action: 'event.question_edit',
      subject: 'event',
      subject_id: event_id,
      before: { language: question.language, text: question.text, into_id: question.into_id },
      after: { question_id, ...draft },
    })
    return { ok: true } as const
  })
}

/** Keeps a question for the sheet, drops it, or moves it there. */
export function placeQuestion(
  db: Db,
  actor: Actor,
  event_id: string,
  question_id: string,
  act: QuestionAct,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { all, question } = await lockQuestion(tx, actor, event_id, question_id)
    const kept = mainOnes(all, 'kept').map((each) => each.question_id)
    if (act === 'first' || act === 'up' || act === 'down')
      await number(tx, actor, event_id, movedIn(kept, question_id, act)) // prettier-ignore
    else {
      const change = {
        keep: { state: 'kept' },
        drop: { state: 'dropped' },
        reopen: { state: 'open' },
        apart: { into_id: null },
      } as const
      await put(tx, actor, event_id, question, { ...change[act], position: act === 'keep' ? kept.length + 1 : null }, now) // prettier-ignore
      await number(tx, actor, event_id)
    }
    await audit(tx, actor, {
      action: `event.question_${act}`,
      subject: 'event',
      subject_id: event_id,
      after: { question_id },
    })
  })
}

/** A question of the team's own, or a further one out of somebody's answer: kept, behind the others. The same form sent twice is one. */
export function addQuestion(
  db: Db,
  actor: Actor,
  event_id: string,
  { question_id, signup_id, text }: { question_id: string; signup_id: string | null; text: EventText },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const signup = signup_id === null ? null : found(await signupById(tx, organization_id, event_id, signup_id))
    const all = await questionsOf(tx, { organization_id, event_id })
    if (all.some((each) => each.question_id === question_id)) return
    const [[first = 'en', words = ''] = []] = Object.entries(text)
    const language = languageOf(words, first)
    const own = { question_id, signup_id, asked: signup ? askedBy(signup) : '', language, text }
    await put(tx, actor, event_id, { ...own, state: 'kept', into_id: null, position: mainOnes(all, 'kept').length + 1 }, {}, now) // prettier-ignore
    await audit(tx, actor, {
      action: 'event.question_add',
      subject: 'event',
      subject_id: event_id,
      after: { question_id, text },
    })
  })
}

/** A question of an event and all the others; under the event's lock they stay so. */
async function lockQuestion(
  tx: Db,
  { organization_id }: Actor,
  event_id: string,
  question_id: string,
): Promise<{ all: GatheredQuestion[]; question: GatheredQuestion }> {
  await lockEvent(tx, organization_id, event_id)
  const all = await questionsOf(tx, { organization_id, event_id })
  return { all, question: found(all.find((each) => each.question_id === question_id)) }
}

/** From now on there is a row of it. */
async function put(
  tx: Db,
  { organization_id, name }: Actor,
  event_id: string,
  { question_id, signup_id, asked, language, text, state, into_id, position }: Edited,
  change: Partial<Edited>,
  now: Date,
): Promise<void> {
  const { text: said, ...values } = { asked, language, text, state, into_id, position, ...change }
  await tx
    .insertInto('event_panel_question')
    .values({
      organization_id,
      question_id,
      event_id,
      signup_id,
      ...values,
      text: JSON.stringify(said),
      made_at: now,
      made_by: name,
    }) // prettier-ignore
    .onConflict((same) =>
      same.columns(['organization_id', 'question_id']).doUpdateSet({ ...values, text: JSON.stringify(said) }),
    )
    .execute()
}

/** Numbers those kept in their order, without gaps. */
async function number(tx: Db, { organization_id }: Actor, event_id: string, order?: readonly string[]): Promise<void> {
  const ids = order ?? mainOnes(await questionsOf(tx, { organization_id, event_id }), 'kept').map((each) => each.question_id) // prettier-ignore
  await sql`update event_panel_question q set position = o.nth
    from unnest(${[...ids]}::uuid[]) with ordinality as o (question_id, nth)
    where q.organization_id = ${organization_id}::uuid and q.event_id = ${event_id}::uuid and q.question_id = o.question_id`.execute(
    tx,
  )
}
