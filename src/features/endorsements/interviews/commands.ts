import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { instantIn } from '../../../platform/clock.ts'
import { campaign, lockInvitation } from '../answers/commands.ts'
import type { Invitation } from '../answers/queries.ts'
import { lockCycle } from '../cycles/commands.ts'
import { cycleById, type Cycle } from '../cycles/queries.ts'
import { hasMarks } from '../scores/queries.ts'
import { interviewMail } from './later.ts'
import {
  areQuestionsFixed,
  interviewQuestionsOf,
  panelOf,
  slotsOf,
  type InterviewQuestion,
  type Slot,
} from './queries.ts'
import { isBeside, rowOfSlots, usualLength } from './rules.ts'
import type { SlotsForm } from './schema.ts'
import type { EndorsementInterviewMailTable } from './tables.ts'

export interface InContest {
  cycle_id: string
  contest_id: number
}
type Done<Problem extends string> = { ok: true } | { ok: false; problem: Problem }
const done = { ok: true } as const

/** With the cycle locked; a contest that is not in it there is none. */
export function changing<Result>(
  db: Db,
  actor: Actor,
  { cycle_id, contest_id }: InContest,
  work: (tx: Db, cycle: Cycle) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (tx) => {
    await lockCycle(tx, actor, cycle_id)
    const cycle = found(await cycleById(tx, actor.organization_id, cycle_id))
    if (!cycle.rules?.contest_ids.includes(contest_id)) throw new NotFound()
    return work(tx, cycle)
  })
}

/** Until which day campaigns take their time; from then on it is offered to them. Nobody comes once scores were handed in. */
export function setBookDay(db: Db, actor: Actor, of: InContest, book_until_on: string): Promise<Done<'scored'>> {
  return changing(db, actor, of, async (tx): Promise<Done<'scored'>> => {
    if (await isAnyIn(tx, actor.organization_id, of)) return { ok: false, problem: 'scored' }
    await tx
      .insertInto('endorsement_interviews')
      .values({ organization_id: actor.organization_id, ...of, book_until_on })
      .onConflict((row) => row.columns(['organization_id', 'cycle_id', 'contest_id']).doUpdateSet({ book_until_on }))
      .execute()
    await audit(tx, actor, { action: 'endorsement.book_until', subject: 'endorsement_cycle', subject_id: of.cycle_id, after: { contest_id: of.contest_id, book_until_on } }) // prettier-ignore
    return done
  })
}

/** Offers times, one after the other, as long as those before and beside them. Those at which one begins already are left as they are. */
export function addSlots(db: Db, actor: Actor, of: InContest, asked: SlotsForm, time_zone: string): Promise<Done<'other_length' | 'overlap'>> {
  return changing(db, actor, of, async (tx): Promise<Done<'other_length' | 'overlap'>> => {
    const { organization_id } = actor
    const { on, at, minutes, place, online_link } = asked
    const there = (await slotsOf(tx, organization_id, of.cycle_id)).filter((each) => each.contest_id === of.contest_id)
    const times = rowOfSlots(instantIn(time_zone, on, at), asked).filter(
      (starts_at) => !there.some((each) => each.starts_at.getTime() === starts_at.getTime()),
    )
    const length = usualLength(there)
    if (length !== null && minutes !== length) return { ok: false, problem: 'other_length' }
    if (times.some((starts_at) => there.some((each) => isBeside({ starts_at, minutes }, each)))) return { ok: false, problem: 'overlap' } // prettier-ignore
    if (times.length === 0) return done
    await tx
      .insertInto('endorsement_slot')
      .values(times.map((starts_at) => ({ organization_id, ...of, starts_at, minutes, place, online_link })))
      .execute()
    await audit(tx, actor, { action: 'endorsement.add_slots', subject: 'endorsement_cycle', subject_id: of.cycle_id, after: { contest_id: of.contest_id, starts_at: times.map((each) => each.toISOString()), minutes, place } }) // prettier-ignore
    return done
  })
} // prettier-ignore

/** Takes a time out that nobody has, or frees one whose campaign called. Once somebody handed in scores, both stay. */
export function dropSlot(
  db: Db,
  actor: Actor,
  of: InContest,
  slot_id: string,
  act: 'remove' | 'free',
): Promise<Done<'slot_taken' | 'scored'>> {
  return changing(db, actor, of, async (tx): Promise<Done<'slot_taken' | 'scored'>> => {
    const { organization_id } = actor
    const slot = await lockSlot(tx, organization_id, of, slot_id)
    if (act === 'remove') {
      if (slot.invitation_id) return { ok: false, problem: 'slot_taken' }
      await tx.deleteFrom('endorsement_slot').where('organization_id', '=', organization_id).where('slot_id', '=', slot_id).execute() // prettier-ignore
    } else {
      if (await isAnyIn(tx, organization_id, of)) return { ok: false, problem: 'scored' }
      if (!slot.invitation_id) return done
      await freeSlot(tx, organization_id, slot_id, slot.invitation_id)
    }
    await audit(tx, actor, { action: act === 'remove' ? 'endorsement.remove_slot' : 'endorsement.free_slot', subject: 'endorsement_cycle', subject_id: of.cycle_id, before: { contest_id: of.contest_id, starts_at: slot.starts_at.toISOString() } }) // prettier-ignore
    return done
  })
}

/** From the first scores handed in, who was interviewed and who listened stays as it is. */
const isAnyIn = async (tx: Db, organization_id: string, { cycle_id, contest_id }: InContest): Promise<boolean> =>
  (await panelOf(tx, organization_id, cycle_id, contest_id)).some(({ handed_in_at }) => handed_in_at)

async function lockSlot(tx: Db, organization_id: string, of: InContest, slot_id: string) {
  return found(
    await tx
      .selectFrom('endorsement_slot')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', of.cycle_id)
      .where('contest_id', '=', of.contest_id)
      .where('slot_id', '=', slot_id)
      .forUpdate()
      .executeTakeFirst(),
  )
}

async function freeSlot(tx: Db, organization_id: string, slot_id: string, invitation_id: string): Promise<void> {
  await tx
    .updateTable('endorsement_slot')
    .set({ invitation_id: null, taken_at: null, access_needs: '', interpreter: '' })
    .where('organization_id', '=', organization_id)
    .where('slot_id', '=', slot_id)
    .where('invitation_id', '=', invitation_id)
    .execute()
  await tell(tx, { organization_id, invitation_id, slot_id, kind: 'given_back' })
}

/** Tells a campaign of a time of theirs: a row before anything is sent. */
async function tell(tx: Db, mail: Pick<EndorsementInterviewMailTable, 'organization_id' | 'invitation_id' | 'slot_id' | 'kind'>) {
  const { mail_id } = await tx.insertInto('endorsement_interview_mail').values(mail).returning('mail_id').executeTakeFirstOrThrow()
  await addJob(tx, interviewMail, { ...mail, mail_id })
} // prettier-ignore

export interface Booking extends Pick<Slot, 'slot_id' | 'access_needs' | 'interpreter'> {
  /** Name of the candidate. */
  name: string
}

/** Takes a time, or another in place of the one they have. Of two at once the first one gets it. */
export function bookSlot(db: Db, invitation: Invitation, booking: Booking, now: Date): Promise<Done<'gone'>> {
  return inTransaction(db, async (tx): Promise<Done<'gone'>> => {
    const { organization_id, invitation_id, cycle_id, contest_id, candidate_id } = invitation
    const { slot_id, access_needs, interpreter, name } = booking
    await lockInvitation(tx, invitation)
    const [before] = (await slotsOf(tx, organization_id, cycle_id)).filter((each) => each.invitation_id === invitation_id) // prettier-ignore
    const slot = await tx
      .selectFrom('endorsement_slot')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', cycle_id)
      .where('contest_id', '=', contest_id)
      .where('slot_id', '=', slot_id)
      .forUpdate()
      .executeTakeFirst()
    const isOwn = slot?.invitation_id === invitation_id
    // Who was interviewed has been: another time would take that away.
    const isHeld = before !== undefined && before.starts_at <= now
    if (!slot || (slot.invitation_id && !isOwn) || slot.starts_at <= now || isHeld)
      return { ok: false, problem: 'gone' }
    if (before && !isOwn)
      await tx
        .updateTable('endorsement_slot')
        .set({ invitation_id: null, taken_at: null, access_needs: '', interpreter: '' })
        .where('organization_id', '=', organization_id)
        .where('slot_id', '=', before.slot_id)
        .where('invitation_id', '=', invitation_id)
        .execute()
    await tx
      .updateTable('endorsement_slot')
      .set({ invitation_id, taken_at: now, access_needs, interpreter })
      .where('organization_id', '=', organization_id)
      .where('slot_id', '=', slot_id)
      .execute()
    await audit(tx, campaign(invitation, name), {
      action: 'endorsement.book_slot',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: before ? { starts_at: before.starts_at.toISOString() } : null,
      after: { candidate_id, starts_at: slot.starts_at.toISOString() },
    })
    await tell(tx, { organization_id, invitation_id, slot_id, kind: 'taken' })
    return done
  })
}

/** Gives the time back, so that others may take it. Who has none gives none back. */
export function giveBackSlot(db: Db, invitation: Invitation, name: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, invitation_id, cycle_id, candidate_id } = invitation
    await lockInvitation(tx, invitation)
    const [slot] = (await slotsOf(tx, organization_id, cycle_id)).filter((each) => each.invitation_id === invitation_id)
    if (!slot || slot.starts_at <= now) return
    await freeSlot(tx, organization_id, slot.slot_id, invitation_id)
    await audit(tx, campaign(invitation, name), {
      action: 'endorsement.give_back_slot',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: { candidate_id, starts_at: slot.starts_at.toISOString() },
    })
  })
}

/** Somebody with an account listens and scores. Twice is once. */
export function addPanelist(db: Db, actor: Actor, of: InContest, user_id: string): Promise<Done<'panel_fixed'>> {
  return changing(db, actor, of, async (tx): Promise<Done<'panel_fixed'>> => {
    const { organization_id } = actor
    // Whoever joins then might know the scores of others.
    if (await isAnyIn(tx, organization_id, of)) return { ok: false, problem: 'panel_fixed' }
    found(
      await tx
        .selectFrom('member')
        .select('user_id')
        .where('organization_id', '=', organization_id)
        .where('user_id', '=', user_id)
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    )
    const added = await tx
      .insertInto('endorsement_panelist')
      .values({ organization_id, ...of, user_id })
      .onConflict((row) => row.doNothing())
      .returning('user_id')
      .executeTakeFirst()
    if (added) await audit(tx, actor, { action: 'endorsement.add_panelist', subject: 'endorsement_cycle', subject_id: of.cycle_id, after: { contest_id: of.contest_id, user_id } }) // prettier-ignore
    return done
  })
}

/** Whoever scored stays; and once somebody handed in, nobody goes but by closing with a reason, or all would be in by it. */
export function removePanelist(
  db: Db,
  actor: Actor,
  of: InContest,
  user_id: string,
): Promise<Done<'panel_fixed' | 'has_scored'>> {
  return changing(db, actor, of, async (tx): Promise<Done<'panel_fixed' | 'has_scored'>> => {
    const { organization_id } = actor
    if (await isAnyIn(tx, organization_id, of)) return { ok: false, problem: 'panel_fixed' }
    const score = await tx
      .selectFrom('endorsement_score')
      .select('user_id')
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', of.cycle_id)
      .where('contest_id', '=', of.contest_id)
      .where('user_id', '=', user_id)
      .where(hasMarks)
      .executeTakeFirst()
    if (score) return { ok: false, problem: 'has_scored' }
    // Notes without a score.
    await tx
      .deleteFrom('endorsement_score')
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', of.cycle_id)
      .where('contest_id', '=', of.contest_id)
      .where('user_id', '=', user_id)
      .execute()
    await tx
      .deleteFrom('endorsement_panelist')
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', of.cycle_id)
      .where('contest_id', '=', of.contest_id)
      .where('user_id', '=', user_id)
      .execute()
    await audit(tx, actor, { action: 'endorsement.remove_panelist', subject: 'endorsement_cycle', subject_id: of.cycle_id, before: { contest_id: of.contest_id, user_id } }) // prettier-ignore
    return done
  })
}

type Asked = Promise<Done<'fixed'>>

/** Adds a question at the end, or changes one. */
export const saveInterviewQuestion = (
  db: Db,
  actor: Actor,
  of: InContest,
  question_id: string | null,
  question: { text: LocalizedText; minutes: number },
  now: Date,
): Asked =>
  changeQuestions(db, actor, of, now, async (tx, questions) => {
    const { organization_id } = actor
    const written = { text: JSON.stringify(question.text), minutes: question.minutes }
    const before = question_id === null ? null : found(questions.find((each) => each.question_id === question_id))
    if (before)
      await tx
        .updateTable('endorsement_interview_question')
        .set(written)
        .where('organization_id', '=', organization_id)
        .where('question_id', '=', before.question_id)
        .execute()
    else
      await tx
        .insertInto('endorsement_interview_question')
        .values({ organization_id, ...of, ...written, position: (questions.at(-1)?.position ?? 0) + 1 })
        .execute()
    return {
      action: before ? 'endorsement.change_interview_question' : 'endorsement.add_interview_question',
      before: before && { text: before.text, minutes: before.minutes },
      after: { contest_id: of.contest_id, ...question },
    }
  })

export const removeInterviewQuestion = (db: Db, actor: Actor, of: InContest, question_id: string, now: Date): Asked =>
  changeQuestions(db, actor, of, now, async (tx, questions) => {
    const before = found(questions.find((each) => each.question_id === question_id))
    await tx
      .deleteFrom('endorsement_interview_question')
      .where('organization_id', '=', actor.organization_id)
      .where('question_id', '=', question_id)
      .execute()
    return {
      action: 'endorsement.remove_interview_question',
      before: { contest_id: of.contest_id, text: before.text, minutes: before.minutes },
    }
  })

interface Told {
  action: string
  before?: Record<string, unknown> | null
  after?: Record<string, unknown>
}

const changeQuestions = (
  db: Db,
  actor: Actor,
  of: InContest,
  now: Date,
  work: (tx: Db, questions: readonly InterviewQuestion[]) => Promise<Told>,
): Asked =>
  changing(db, actor, of, async (tx): Promise<Done<'fixed'>> => {
    const { organization_id } = actor
    if (await areQuestionsFixed(tx, { organization_id, ...of }, now)) return { ok: false, problem: 'fixed' }
    const told = await work(tx, await interviewQuestionsOf(tx, organization_id, of.cycle_id, of.contest_id))
    await audit(tx, actor, { subject: 'endorsement_cycle', subject_id: of.cycle_id, ...told })
    return done
  })
