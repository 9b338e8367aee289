import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, NotFound } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { countsOf } from '../ballots/queries.ts'
import { lockVote } from '../ballots/roll-commands.ts'
import { letterMail } from './later.ts'
import { announcementOf, statementsOf, type Letter } from './queries.ts'
import { endorsedOf } from './rules.ts'
import type { MailRow } from '../../../platform/mail/once.ts'
import type { LetterForm, LetterKind } from './schema.ts'
import './tables.ts'

interface Said {
  statement: LocalizedText
  reasons: LocalizedText
}
export type SavedStatement = { ok: true } | { ok: false; problem: 'reason_needed' }

/** Of whose contest something is said: only of a vote that is counted, one change at a time. */
async function countedVote(tx: Db, organization_id: string, cycle_id: string) {
  const vote = await lockVote(tx, organization_id, cycle_id)
  if (!vote.counted_at) throw new Conflict('the ballots are not counted')
  return vote
}

/** Keeps what is said of a contest. Once it is announced a change needs a reason that everybody reads. */
export function saveStatement(
  db: Db,
  actor: Actor,
  { cycle_id, contest_id }: { cycle_id: string; contest_id: number },
  { reason, ...said }: Said & { reason: LocalizedText },
  now: Date,
): Promise<SavedStatement> {
  return inTransaction(db, async (tx): Promise<SavedStatement> => {
    const { organization_id } = actor
    const vote = await countedVote(tx, organization_id, cycle_id)
    if (!vote.slate.some((each) => each.contest_id === contest_id)) throw new NotFound()
    const last = (await statementsOf(tx, vote)).find((each) => each.contest_id === contest_id)
    const before = { statement: last?.statement ?? {}, reasons: last?.reasons ?? {} }
    if (isDeepStrictEqual(before, said)) return { ok: true }
    const isRevision = (await announcementOf(tx, vote)) !== undefined
    if (isRevision && Object.keys(reason).length === 0) return { ok: false, problem: 'reason_needed' }
    const row = {
      statement: JSON.stringify(said.statement),
      reasons: JSON.stringify(said.reasons),
      saved_by: actor.name,
      saved_at: now,
    }
    await tx
      .insertInto('endorsement_statement')
      .values({ organization_id, cycle_id, contest_id, ...row })
      .onConflict((on) => on.columns(['organization_id', 'cycle_id', 'contest_id']).doUpdateSet(row))
      .execute()
    if (isRevision)
      await tx
        .insertInto('endorsement_revision')
        .values({
          organization_id,
          cycle_id,
          contest_id,
          candidate_id: null,
          reason: JSON.stringify(reason),
          made_by: actor.name,
          made_at: now,
        })
        .execute()
    await audit(tx, actor, {
      action: 'endorsement.state',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: { contest_id: String(contest_id), ...before },
      after: { contest_id: String(contest_id), ...said, ...(isRevision && { reason }) },
    })
    return { ok: true }
  })
}

/** Shows everybody who is endorsed and why. Announcing twice is announcing once. */
export function announce(db: Db, actor: Actor, cycle_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const vote = await countedVote(tx, organization_id, cycle_id)
    if (await announcementOf(tx, vote)) return
    await tx
      .insertInto('endorsement_announcement')
      .values({ organization_id, cycle_id, announced_by: actor.name, announced_at: now })
      .execute()
    await audit(tx, actor, { action: 'endorsement.announce', subject: 'endorsement_cycle', subject_id: cycle_id })
  })
}

/** Takes an announced endorsement back, with the reason everybody reads. Twice is once. */
export function withdraw(
  db: Db,
  actor: Actor,
  { cycle_id, candidate_id }: { cycle_id: string; candidate_id: number },
  reason: LocalizedText,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const vote = await countedVote(tx, organization_id, cycle_id)
    const of = (await countsOf(tx, vote)).find(({ contest, account }) =>
      endorsedOf(contest, account).some((each) => each.candidate_id === candidate_id),
    )
    if (!of) throw new NotFound()
    if (!(await announcementOf(tx, vote))) throw new Conflict('it is not announced')
    const made = await tx
      .insertInto('endorsement_revision')
      .values({
        organization_id,
        cycle_id,
        contest_id: of.contest_id,
        candidate_id,
        reason: JSON.stringify(reason),
        made_by: actor.name,
        made_at: now,
      })
      .onConflict((on) => on.doNothing())
      .returning('revision_id')
      .executeTakeFirst()
    if (!made) return
    await audit(tx, actor, {
      action: 'endorsement.withdraw',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id, reason },
    })
  })
}

interface Words {
  subject: LocalizedText
  body: LocalizedText
}

/** Keeps the words of the letters of a kind, by language; a language left empty has the usual ones. */
export function saveLetterText(db: Db, actor: Actor, cycle_id: string, kind: LetterKind, words: Words): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await countedVote(tx, organization_id, cycle_id)
    const row = { subject: JSON.stringify(words.subject), body: JSON.stringify(words.body) }
    await tx
      .insertInto('endorsement_letter_text')
      .values({ organization_id, cycle_id, kind, ...row })
      .onConflict((on) => on.columns(['organization_id', 'cycle_id', 'kind']).doUpdateSet(row))
      .execute()
    await audit(tx, actor, {
      action: 'endorsement.word_letters',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { kind, ...words },
    })
  })
}

/** Sends a candidate their letter, once: one that did not go out can be sent anew, one that did cannot. */
export function sendLetter(
  db: Db,
  actor: Actor,
  { cycle_id, candidate_id }: { cycle_id: string; candidate_id: number },
  letter: LetterForm & { subject: string; body: string },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await countedVote(tx, organization_id, cycle_id)
    const { email: sent_to, language, subject, body, is_again } = letter
    const row = { language, sent_to, subject, body, asked_by: actor.name, asked_at: now, handed_at: null }
    const asked = await tx
      .insertInto('endorsement_letter')
      .values({ organization_id, cycle_id, candidate_id, ...row })
      .onConflict((on) =>
        on
          .columns(['organization_id', 'cycle_id', 'candidate_id'])
          .doUpdateSet(row)
          .where('endorsement_letter.sent_at', 'is', null)
          // Of one that may have gone out, somebody says that it did not arrive.
          .where((eb) => (is_again ? eb.lit(true) : eb('endorsement_letter.handed_at', 'is', null))),
      )
      .returning('candidate_id')
      .executeTakeFirst()
    if (!asked) throw new Conflict('the letter was sent')
    await audit(tx, actor, {
      action: 'endorsement.send_letter',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id, sent_to, language },
    })
    // One waits at most: asked for again, it goes to the address of then.
    const key = `${letterMail.name} ${organization_id} ${cycle_id} ${candidate_id}`
    // One after the other: one that is asked for while another goes out sees that it did.
    await addJob(tx, letterMail, { organization_id, cycle_id, candidate_id }, { key, queue: letterMail.name })
  })
}

/** The row of a letter, to hand it over by. What went out stands, also where another address was asked for meanwhile. */
export function letterRow(db: Db, letter: Letter, now: () => Date): MailRow {
  const { organization_id, cycle_id, candidate_id, sent_to, language, subject, body } = letter
  const set = (values: Partial<Pick<Letter, 'sent_to' | 'language' | 'subject' | 'body' | 'handed_at' | 'sent_at'>>, isHanded: boolean) =>
    db
      .updateTable('endorsement_letter')
      .set(values)
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', cycle_id)
      .where('candidate_id', '=', candidate_id)
      .where('handed_at', isHanded ? 'is not' : 'is', null)
      .executeTakeFirst()
  return {
    take: async () => Number((await set({ sent_to, language, subject, body, handed_at: now() }, false)).numUpdatedRows) === 1,
    giveBack: async () => void (await set({ handed_at: null }, true)),
    keep: async () => void (await set({ sent_at: now() }, true)),
  }
} // prettier-ignore
