import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { contest } from '../../elections/contests/queries.ts'
import { lockCycle } from '../cycles/commands.ts'
import { isAnswered, questionsOf, type Question } from './queries.ts'
import type { AskedIn, QuestionKind } from './schema.ts'

export interface NewQuestion extends AskedIn {
  kind: QuestionKind
  text: LocalizedText
  hint: LocalizedText
  choices: LocalizedText[]
  words_most: number | null
  is_needed: boolean
}

export type Asked = { ok: true } | { ok: false; problem: 'answered' }

const written = ({ kind, text, hint, choices, words_most, is_needed, office, contest_id }: NewQuestion) => ({
  kind,
  text: JSON.stringify(text),
  hint: JSON.stringify(hint),
  choices: JSON.stringify(choices),
  words_most,
  is_needed,
  office,
  contest_id,
})

/** Adds a question at the end, or changes one (`question_id`). */
export function saveQuestion(
  db: Db,
  actor: Actor,
  cycle_id: string,
  question_id: string | null,
  question: NewQuestion,
): Promise<Asked> {
  return change(db, actor, cycle_id, async (tx, questions) => {
    const { organization_id } = actor
    const before = question_id === null ? null : found(questions.find((each) => each.question_id === question_id))
    const saved = before
      ? before.question_id
      : await addAt(tx, organization_id, cycle_id, question, (questions.at(-1)?.position ?? 0) + 1)
    if (before)
      await tx
        .updateTable('endorsement_question')
        .set(written(question))
        .where('organization_id', '=', organization_id)
        .where('question_id', '=', saved)
        .execute()
    await audit(tx, actor, {
      action: before ? 'endorsement.change_question' : 'endorsement.add_question',
      subject: 'endorsement_question',
      subject_id: saved,
      before: before && { ...before },
      after: { cycle_id, ...question },
    })
  })
}

async function addAt(tx: Db, organization_id: string, cycle_id: string, question: NewQuestion, position: number) {
  const { question_id } = await tx
    .insertInto('endorsement_question')
    .values({ organization_id, cycle_id, position, ...written(question) })
    .returning('question_id')
    .executeTakeFirstOrThrow()
  return question_id
}

export function removeQuestion(db: Db, actor: Actor, cycle_id: string, question_id: string): Promise<Asked> {
  return change(db, actor, cycle_id, async (tx, questions) => {
    const before = found(questions.find((each) => each.question_id === question_id))
    await tx
      .deleteFrom('endorsement_question')
      .where('organization_id', '=', actor.organization_id)
      .where('question_id', '=', question_id)
      .execute()
    await audit(tx, actor, {
      action: 'endorsement.remove_question',
      subject: 'endorsement_question',
      subject_id: question_id,
      before: { ...before },
    })
  })
}

/** Changes places with its neighbour. The first one moved up stays where it is. */
export function moveQuestion(
  db: Db,
  actor: Actor,
  cycle_id: string,
  question_id: string,
  to: 'up' | 'down',
): Promise<Asked> {
  return change(db, actor, cycle_id, async (tx, questions) => {
    const at = questions.findIndex((each) => each.question_id === question_id)
    const moved = found(questions[at])
    const neighbour = questions[to === 'up' ? at - 1 : at + 1]
    if (!neighbour) return
    for (const [one, { position }] of [
      [moved, neighbour],
      [neighbour, moved],
    ] as const)
      // prettier-ignore
      await tx
        .updateTable('endorsement_question')
        .set({ position })
        .where('organization_id', '=', actor.organization_id)
        .where('question_id', '=', one.question_id)
        .execute()
    await audit(tx, actor, {
      action: 'endorsement.move_question',
      subject: 'endorsement_question',
      subject_id: question_id,
      before: { position: moved.position },
      after: { position: neighbour.position },
    })
  })
}

/** Adds the questions of another cycle at the end; what was asked in one contest there is asked for its office here. */
export function copyQuestions(db: Db, actor: Actor, cycle_id: string, from_id: string): Promise<Asked> {
  return change(db, actor, cycle_id, async (tx, questions) => {
    const { organization_id } = actor
    const copied = await questionsOf(tx, organization_id, from_id)
    const last = questions.at(-1)?.position ?? 0
    for (const [at, question] of copied.entries()) {
      const office = question.contest_id ? ((await contest(tx, question.contest_id))?.office ?? null) : question.office
      await addAt(tx, organization_id, cycle_id, { ...question, office, contest_id: null }, last + at + 1)
    }
    await audit(tx, actor, {
      action: 'endorsement.copy_questions',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { copied_from: from_id, questions: copied.length },
    })
  })
}

function change(
  db: Db,
  actor: Actor,
  cycle_id: string,
  work: (tx: Db, questions: Question[]) => Promise<void>,
): Promise<Asked> {
  return inTransaction(db, async (tx): Promise<Asked> => {
    await lockCycle(tx, actor, cycle_id)
    if (await isAnswered(tx, actor.organization_id, cycle_id)) return { ok: false, problem: 'answered' }
    await work(tx, await questionsOf(tx, actor.organization_id, cycle_id))
    return { ok: true }
  })
}
