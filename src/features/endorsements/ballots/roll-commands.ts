import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { audit, auditAll, systemActor } from '../../../platform/audit.ts'
import { addDays, dateIn, instantIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import type { MailRow } from '../../../platform/mail/once.ts'
import { seal } from '../../../platform/seal.ts'
import { candidatesOf } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { mailboxesOf } from '../../people/queries.ts'
import { romanName } from '../../people/rules.ts'
import { lockCycle } from '../cycles/commands.ts'
import { rulesOf } from '../cycles/queries.ts'
import { reminderDue } from '../mails/rules.ts'
import { ballotMail } from './later.ts'
import { mail_purpose, makeCredential } from './links.ts'
import { asVote, challengesOf, hasVotedElsewhere, membersOn, remindersOf, rollRow, stoodIn, tiesOf, voteOf, votersToRemind, type Challenge, type RollRow, type Vote } from './queries.ts' // prettier-ignore
import { apart, carriedOver, contestsFor, reasonsAgainst, takingOn, type Tied } from './rules.ts'
import type { ContestOnBallot, Way } from './schema.ts'

/** So many rows in one statement. */
const at_once = 500

export type MadeRoll = { ok: true } | { ok: false; problem: 'nobody_runs' }

/**
 * Makes the roll and the ballot: every member as they stand today, with what is against their voting, and who runs today.
 * Both stay as they are from then on. What was decided of challenges of a first vote holds in its run-off. Making them twice is making them once.
 */
export function makeRoll(db: Db, actor: Actor, cycle_id: string, today: string, now: Date): Promise<MadeRoll> {
  return inTransaction(db, async (tx): Promise<MadeRoll> => {
    const { organization_id } = actor
    const cycle = await lockCycle(tx, actor, cycle_id)
    const [last] = await rulesOf(tx, organization_id, cycle_id)
    if (!cycle.opened_at || !last || takingOn(last.rules, today) === 'over')
      throw new Conflict('a roll is made in an open cycle, before its vote ends')
    const { rules, version } = last
    const slate: ContestOnBallot[] = []
    for (const contest_id of rules.contest_ids) {
      const running = (await candidatesOf(tx, contest_id)).filter(
        ({ status, candidate_id }) => isRunning(status) && (cycle.runoff_candidate_ids?.includes(candidate_id) ?? true),
      )
      const candidates = apart(running).map(({ candidate_id, name, names }) => ({ candidate_id, name, names }))
      if (candidates.length > 0) slate.push({ contest_id, candidates })
    }
    if (slate.length === 0) return { ok: false, problem: 'nobody_runs' }
    const made = await tx
      .insertInto('endorsement_vote')
      .values({
        organization_id,
        cycle_id,
        rules_version: version,
        slate: JSON.stringify(slate),
        seed: randomBytes(16).toString('hex'),
        as_of_on: today,
        made_by: actor.name,
        made_at: now,
      })
      .onConflict((row) => row.doNothing())
      .returning('cycle_id')
      .executeTakeFirst()
    if (!made) return { ok: true }
    const before = cycle.runoff_of ? await stoodIn(tx, organization_id, cycle.runoff_of) : null
    const carried = new Map<string, Challenge>()
    const members = (await membersOn(tx, organization_id, rules, today)).map(({ person_id, ...facts }) => {
      const reasons = reasonsAgainst(facts, rules)
      const holds = carriedOver(before?.get(person_id) ?? [], reasons)
      if (holds) carried.set(person_id, holds)
      return { organization_id, cycle_id, person_id, facts: JSON.stringify(facts), reasons, may_vote: holds?.wants ?? reasons.length === 0 } // prettier-ignore
    })
    for (let from = 0; from < members.length; from += at_once)
      await tx
        .insertInto('endorsement_roll')
        .values(members.slice(from, from + at_once))
        .execute()
    await carryOver(tx, { organization_id, cycle_id }, carried)
    await audit(tx, actor, {
      action: 'endorsement.make_roll',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { people: members.length, voters: members.filter(({ may_vote }) => may_vote).length, ...(carried.size > 0 && { carried: carried.size }) },
    })
    return { ok: true }
  })
} // prettier-ignore

/** Keeps decisions of the first vote with the roll they hold on as well: from before it was made. */
async function carryOver(tx: Db, { organization_id, cycle_id }: Pick<Vote, 'organization_id' | 'cycle_id'>, carried: ReadonlyMap<string, Challenge>) {
  const people = [...carried.keys()]
  for (let from = 0; from < people.length; from += at_once) {
    const rows = await tx
      .selectFrom('endorsement_roll')
      .select(['roll_id', 'person_id'])
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', cycle_id)
      .where('person_id', 'in', people.slice(from, from + at_once))
      .execute()
    const challenges = rows.map(({ roll_id, person_id }) => {
      const { challenge_id: _first, ...decided } = found(carried.get(person_id))
      return { ...decided, roll_id }
    })
    await tx.insertInto('endorsement_challenge').values(challenges).execute()
  }
} // prettier-ignore

/** The vote of a cycle until the transaction ends: one ballot, one decision, one count at a time. */
export async function lockVote(tx: Db, organization_id: string, cycle_id: string): Promise<Vote> {
  const row = await tx
    .selectFrom('endorsement_vote')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .forUpdate()
    .executeTakeFirst()
  return asVote(tx, found(row))
}

const lockedRow = async (tx: Db, actor: Actor, cycle_id: string, roll_id: string) => {
  const vote = await lockVote(tx, actor.organization_id, cycle_id)
  return { vote, row: found(await rollRow(tx, vote, roll_id)) }
}

/** A voter who acts without account. */
export const voterActor = (row: RollRow): Actor => ({
  ...systemActor(row.organization_id, row.name_hangul || romanName(row)),
  id: row.roll_id,
})

interface Raised {
  wants: boolean
  reason: string
}

/** Have they said so before, and is it not decided? */
export const isWaiting = (
  actor: Pick<Actor, 'id'>,
  wants: boolean,
  each: Pick<Challenge, 'wants' | 'is_upheld' | 'raised_by_id'>,
): boolean => each.is_upheld === null && each.wants === wants && isRaisedBy(actor, each)

/** Says that somebody should vote, or should not. Until it is decided nothing changes. */
export function challenge(db: Db, actor: Actor, cycle_id: string, roll_id: string, { wants, reason }: Raised, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { vote, row } = await lockedRow(tx, actor, cycle_id, roll_id)
    if (vote.counted_at || row.voted_by || row.may_vote === wants) throw new Conflict('nothing to challenge')
    const own = (await challengesOf(tx, actor.organization_id, roll_id)).filter((each) => isWaiting(actor, wants, each))
    if (own.some((each) => each.reason === reason)) return // pressed twice
    if (own.length > 0) throw new Conflict('what they said before waits to be decided')
    await tx
      .insertInto('endorsement_challenge')
      .values({ organization_id: actor.organization_id, roll_id, wants, reason, raised_by: actor.name, raised_by_id: actor.id, raised_at: now })
      .execute()
    await audit(tx, actor, {
      action: 'endorsement.challenge',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { person_id: row.person_id, may_vote: wants, reason },
    })
  })
} // prettier-ignore

interface Decided {
  challenge: string
  is_upheld: boolean
  decision: string
}
export type Decision = { ok: true } | { ok: false; problem: 'voted' }

/** Did they raise it themselves? Two may be called alike: where the account is not known, nothing is said. */
export const isRaisedBy = ({ id }: Pick<Actor, 'id'>, { raised_by_id }: Pick<Challenge, 'raised_by_id'>): boolean =>
  raised_by_id !== null && raised_by_id === id

/** Decides a challenge, with the reason. That whoever raised it decided it is kept, and said. A ballot that is cast cannot be taken out again: nobody knows which it is. */
export function decide(db: Db, actor: Actor, cycle_id: string, roll_id: string, decided: Decided, now: Date): Promise<Decision> {
  return inTransaction(db, async (tx): Promise<Decision> => {
    const { vote, row } = await lockedRow(tx, actor, cycle_id, roll_id)
    if (vote.counted_at) throw new Conflict('the vote is counted')
    const { is_upheld, decision } = decided
    const raised = found(
      await tx
        .selectFrom('endorsement_challenge')
        .select(['wants', 'raised_by_id'])
        .where('organization_id', '=', actor.organization_id)
        .where('roll_id', '=', roll_id)
        .where('challenge_id', '=', decided.challenge)
        .where('decided_at', 'is', null)
        .executeTakeFirst(),
    )
    const { wants } = raised
    const is_own_decision = isRaisedBy(actor, raised)
    if (is_upheld && row.voted_by) return { ok: false, problem: 'voted' }
    await tx
      .updateTable('endorsement_challenge')
      .set({ is_upheld, decision, decided_by: actor.name, decided_at: now, is_own_decision })
      .where('organization_id', '=', actor.organization_id)
      .where('challenge_id', '=', decided.challenge)
      .execute()
    if (is_upheld)
      await tx
        .updateTable('endorsement_roll')
        .set({ may_vote: wants })
        .where('organization_id', '=', actor.organization_id)
        .where('roll_id', '=', roll_id)
        .execute()
    await audit(tx, actor, {
      action: 'endorsement.decide',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: { may_vote: row.may_vote },
      after: { person_id: row.person_id, may_vote: is_upheld ? wants : row.may_vote, reason: decision, ...(is_own_decision && { is_own_decision }) },
    })
    return { ok: true }
  })
} // prettier-ignore

/** Keeps how a member is tied to candidates; all of it each time. Whoever voted has said it. */
export function declareTies(db: Db, actor: Actor, cycle_id: string, roll_id: string, ties: readonly Tied[]): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { vote, row } = await lockedRow(tx, actor, cycle_id, roll_id)
    if (vote.counted_at || row.voted_by) throw new Conflict('ties are said before voting')
    const before = await tiesOf(tx, organization_id, roll_id)
    await tx
      .deleteFrom('endorsement_tie')
      .where('organization_id', '=', organization_id)
      .where('roll_id', '=', roll_id)
      .execute()
    const known = ties.filter(
      ({ contest_id, tie }, at) =>
        vote.slate.some((each) => each.contest_id === contest_id) &&
        ties.findIndex((each) => each.contest_id === contest_id && each.tie === tie) === at,
    )
    if (known.length > 0)
      await tx
        .insertInto('endorsement_tie')
        .values(known.map((each) => ({ organization_id, roll_id, ...each, declared_by: actor.name })))
        .execute()
    await tx
      .updateTable('endorsement_roll')
      .set({ has_declared: true })
      .where('organization_id', '=', organization_id)
      .where('roll_id', '=', roll_id)
      .execute()
    await audit(tx, actor, {
      action: 'endorsement.declare',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: tiedAs(before),
      after: { person_id: row.person_id, ...tiedAs(known) },
    })
  })
} // prettier-ignore

const tiedAs = (ties: readonly Tied[]) => ({
  tied_as: ties.map(({ tie }) => tie),
  contest_ids: [...new Set(ties.map(({ contest_id }) => contest_id))],
})

/** Whatever opened somebody's ballot opens nothing from now on. */
export async function endCredentials(tx: Db, organization_id: string, roll_id: string): Promise<void> {
  await tx
    .deleteFrom('endorsement_credential')
    .where('organization_id', '=', organization_id)
    .where('roll_id', '=', roll_id)
    .execute()
}

/** Makes somebody a credential beside those they have. */
async function addCredential(tx: Db, organization_id: string, roll_id: string, way: Way): Promise<string> {
  const { credential, credential_hash } = makeCredential()
  await tx.insertInto('endorsement_credential').values({ organization_id, credential_hash, roll_id, way }).execute()
  return credential
}

export type Issued = { ok: true; credential: string } | { ok: false; problem: 'early' | 'over' | 'not_on_roll' | 'voted' } // prettier-ignore

/** A credential for somebody who is here, or signed in. One they had before opens nothing from now on. */
export function issueCredential(
  db: Db,
  actor: Actor,
  { cycle_id, roll_id, way }: { cycle_id: string; roll_id: string; way: Exclude<Way, 'link'> },
  today: string,
): Promise<Issued> {
  return inTransaction(db, async (tx): Promise<Issued> => {
    const { vote, row } = await lockedRow(tx, actor, cycle_id, roll_id)
    const taking = vote.counted_at ? 'over' : takingOn(vote.rules, today)
    if (row.voted_by || (await hasVotedElsewhere(tx, row))) return { ok: false, problem: 'voted' }
    if (taking !== 'open') return { ok: false, problem: taking }
    if (!row.may_vote) return { ok: false, problem: 'not_on_roll' }
    await endCredentials(tx, actor.organization_id, roll_id)
    const credential = await addCredential(tx, actor.organization_id, roll_id, way)
    await audit(tx, actor, {
      action: 'endorsement.hand_out',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { person_id: row.person_id, credential_by: way },
    })
    return { ok: true, credential }
  })
}

interface Mailing {
  time_zone: string
  secret: string
  today: string
  now: Date
  /** This one, instead of any link they have; null: everybody who was mailed none yet, beside what they may be filling in. */
  only: string | null
}

/** First thing in the morning, where the organization is. */
const mails_go_at = '09:00'

/**
 * Mails each member on the roll the link by which they vote, from the first day of the vote on: a row each before anything
 * is sent. Answers how many.
 */
export function mailBallots(db: Db, actor: Actor, cycle_id: string, mailing: Mailing): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { time_zone, secret, today, now, only } = mailing
    const vote = await lockVote(tx, organization_id, cycle_id)
    if (vote.counted_at || takingOn(vote.rules, today) === 'over') throw new Conflict('the vote is over')
    let asked = tx
      .selectFrom('endorsement_roll')
      .select(['roll_id', 'person_id'])
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', cycle_id)
      .where('may_vote', '=', true)
      .where('voted_by', 'is', null)
    asked = only === null ? asked.where('mailed_to', 'is', null) : asked.where('roll_id', '=', only)
    const rows = await asked.orderBy('roll_id').execute()
    const people = rows.map(({ person_id }) => person_id)
    const mailboxes = await mailboxesOf(tx, organization_id, people, 'asked')
    const opens = instantIn(time_zone, vote.rules.vote_from_on, mails_go_at)
    const sent: typeof rows = []
    for (const row of rows) {
      const to = mailboxes.get(row.person_id) ?? ''
      if (!z.email().safeParse(to).success) continue
      if (only !== null) await endCredentials(tx, organization_id, row.roll_id)
      const day = today < vote.rules.vote_from_on ? vote.rules.vote_from_on : today
      await mailLink(tx, secret, vote, row.roll_id, { to, day, days_before: null, run_at: opens > now ? opens : null })
      sent.push(row)
    }
    await auditAll(
      tx,
      actor,
      sent.map(({ person_id }) => ({
        action: 'endorsement.mail_ballot',
        subject: 'endorsement_cycle',
        subject_id: cycle_id,
        after: { person_id },
      })),
    )
    return sent.length
  })
}

interface LinkMail {
  to: string
  /** On which it goes out. */
  day: string
  days_before: number | null
  run_at: Date | null
}

/** A mail with a link of its own, which ends none that somebody may be filling in. */
async function mailLink(tx: Db, secret: string, { organization_id, cycle_id }: Vote, roll_id: string, mail: LinkMail) {
  const credential = await addCredential(tx, organization_id, roll_id, 'link')
  await tx
    .updateTable('endorsement_roll')
    .set({ mailed_to: mail.to, mailed_on: mail.day })
    .where('organization_id', '=', organization_id)
    .where('roll_id', '=', roll_id)
    .execute()
  // Whoever reads the queue without the installation's secret cannot vote.
  const sealed = seal(secret, mail_purpose, credential)
  const payload = { organization_id, cycle_id, sealed, days_before: mail.days_before }
  await addJob(tx, ballotMail, payload, mail.run_at ? { run_at: mail.run_at } : {})
}

/** The row of a mailed link, to hand it over by; a link that was used meanwhile has none. */
export function ballotMailRow(db: Db, organization_id: string, credential_hash: string, today: () => string): MailRow {
  const set = (values: { handed_on?: string | null; is_sent?: boolean }, isHanded: boolean) =>
    db
      .updateTable('endorsement_credential')
      .set(values)
      .where('organization_id', '=', organization_id)
      .where('credential_hash', '=', credential_hash)
      .where('handed_on', isHanded ? 'is not' : 'is', null)
      .executeTakeFirst()
  return {
    take: async () => Number((await set({ handed_on: today() }, false)).numUpdatedRows) === 1,
    giveBack: async () => void (await set({ handed_on: null }, true)),
    keep: async () => void (await set({ is_sent: true }, true)),
  }
}

/** Reminds voters who were mailed a link and have not voted, on the days the rules name, each once. How many. */
export async function remindVoters(
  db: Db,
  actor: Actor,
  { time_zone, secret }: Pick<Mailing, 'time_zone' | 'secret'>,
  now: Date,
): Promise<number> {
  const { organization_id } = actor
  const today = dateIn(time_zone, now)
  const votes = await db
    .selectFrom('endorsement_vote')
    .select('cycle_id')
    .where('organization_id', '=', organization_id)
    .where('counted_at', 'is', null)
    .execute()
  let reminded = 0
  for (const { cycle_id } of votes) {
    const rules = (await voteOf(db, organization_id, cycle_id))?.rules
    if (!rules?.remind_days.some((days) => today === addDays(rules.vote_until_on, -days))) continue
    reminded += await inTransaction(db, async (tx) => {
      const vote = await lockVote(tx, organization_id, cycle_id)
      const { remind_days, vote_until_on } = vote.rules
      if (vote.counted_at || takingOn(vote.rules, today) !== 'open') return 0
      const rows = await votersToRemind(tx, vote)
      const before = await remindersOf(tx, vote)
      const mailboxes = await mailboxesOf(tx, organization_id, rows.map(({ person_id }) => person_id), 'membership') // prettier-ignore
      const sent: RollRow[] = []
      for (const row of rows) {
        const to = mailboxes.get(row.person_id) ?? ''
        const asked = { asked_on: row.mailed_on ?? today, reminded: before.get(row.roll_id) ?? [] }
        const days_before = reminderDue(vote_until_on, today, asked, remind_days)
        if (days_before === null || !z.email().safeParse(to).success || (await cannotVote(tx, vote, row))) continue
        await tx
          .insertInto('endorsement_reminder')
          .values({ organization_id, roll_id: row.roll_id, vote_until_on, days_before })
          .execute()
        await mailLink(tx, secret, vote, row.roll_id, { to, day: today, days_before, run_at: null })
        sent.push(row)
      }
      await auditAll(
        tx,
        actor,
        sent.map(({ person_id }) => ({
          action: 'endorsement.remind_voter',
          subject: 'endorsement_cycle',
          subject_id: cycle_id,
          after: { person_id },
        })),
      )
      return sent.length
    })
  }
  return reminded
}

/** Their ties leave them no contest, or they voted as another row of the roll. */
async function cannotVote(tx: Db, vote: Vote, row: RollRow): Promise<boolean> {
  const ties = await tiesOf(tx, row.organization_id, row.roll_id)
  return contestsFor(vote.slate, ties, vote.rules).length === 0 || (await hasVotedElsewhere(tx, row))
}
