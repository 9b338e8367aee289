import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { invite } from '../../organizations/commands.ts'
import { lockArrivals, receivePerson } from '../../people/arrivals/commands.ts'
import { insertEvent, nowhere, type EventDraft } from '../commands.ts'
import { eventById } from '../queries.ts'
import { mayAskMail, schedule } from '../seats/commands.ts'
import { lendDoor } from './doors.ts'
import { hostMail, type HostMailKind } from './later.ts'
import { memberWith, personOfAccount, proposalById, proposalsBy, type ProposalRow } from './queries.ts'
import { mostWaiting } from './rules.ts'
import type { Hosting, Proposal } from './schema.ts'

/** Says who may propose to host what. */
export function saveHosting(db: Db, actor: Actor, { kinds, is_public }: Hosting, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const values = { kinds: [...kinds], is_public, changed_at: now, changed_by: actor.name }
    await tx
      .insertInto('event_hosting')
      .values({ organization_id, ...values })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(values))
      .execute()
    await audit(tx, actor, {
      action: 'event_proposal.settings',
      subject: 'organization',
      subject_id: organization_id,
      after: { kinds, is_public },
    })
  })
}

export interface SentProposal {
  /** The same one sent twice is kept once. */
  proposal_id: string
  proposal: Proposal
  /** Of a member who is signed in. */
  user_id: string | null
  language: string
}

export type Proposed = { ok: true } | { ok: false; problem: 'too_many_waiting' }

/** Keeps what somebody proposes to host, until an organizer decides. */
export function propose(
  db: Db,
  actor: Actor,
  { proposal_id, proposal, user_id, language }: SentProposal,
  now: Date,
): Promise<Proposed> {
  const { organization_id } = actor
  const { kind, sent, said } = proposal
  return inTransaction(db, async (tx): Promise<Proposed> => {
    await lockArrivals(tx, organization_id)
    if (await proposalById(tx, organization_id, proposal_id)) return { ok: true }
    const { waiting } = await tx
      .selectFrom('event_proposal')
      .select((eb) => eb.fn.countAll<number>().as('waiting'))
      .where('organization_id', '=', organization_id)
      .where('mail_to', '=', said.email)
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
    if (waiting >= mostWaiting) return { ok: false, problem: 'too_many_waiting' }
    await tx
      .insertInto('event_proposal')
      .values({
        organization_id,
        proposal_id,
        kind,
        sent: JSON.stringify(sent),
        said: JSON.stringify(said),
        mail_to: said.email,
        language,
        user_id,
        state: 'waiting',
        received_at: now,
      })
      .execute()
    await audit(tx, actor, {
      action: 'event_proposal.send',
      subject: 'event_proposal',
      subject_id: proposal_id,
      after: { kind, title: sent.title, date: sent.date },
    })
    if (await mayAskMail(tx, organization_id, said.email, now)) await tell(tx, organization_id, proposal_id, 'received')
    return { ok: true }
  })
}

export type Decided = { ok: true; event_id: string } | { ok: false; problem: 'decided' }

/**
 * Makes a published event of a proposal, as the organizer has put it. Its host is told, is a person of ours, and has the door of
 * this event until the day after it; whoever has no account is invited to have one.
 */
export function approveProposal(
  installation: Installation,
  db: Db,
  actor: Actor,
  proposal_id: string,
  { draft, note }: { draft: EventDraft; note: string },
  now: Date,
): Promise<Decided> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Decided> => {
    await lockArrivals(tx, organization_id)
    const proposal = await lockProposal(tx, organization_id, proposal_id)
    if (proposal.state !== 'waiting') return { ok: false, problem: 'decided' }
    const { said, sent, mail_to, language } = proposal
    const { event_id } = await insertEvent(tx, actor, draft, now, { published_at: now })
    const event = found(await eventById(tx, organization_id, event_id))
    const user_id = proposal.user_id ?? (await memberWith(tx, organization_id, mail_to))
    const known = user_id && (await personOfAccount(tx, organization_id, user_id))
    const person_id =
      known ?? (await receivePerson(tx, actor, { ...nowhere, ...said, language: null }, sent.title)).person_id
    const invitation = user_id
      ? null
      : await invite(installation, tx, actor, {
          organization_id,
          roles: ['member'],
          email: mail_to,
          note: sent.title,
          days: invited_days,
          language: language === 'ko' ? 'ko' : 'en',
        })
    await tx
      .updateTable('event_proposal')
      .set({
        state: 'approved',
        reason: note,
        event_id,
        person_id,
        user_id,
        invitation_id: invitation?.invitation_id ?? null,
        decided_at: now,
        decided_by: actor.name,
      })
      .where('organization_id', '=', organization_id)
      .where('proposal_id', '=', proposal_id)
      .execute()
    const title = draft.content.title
    await audit(tx, actor, {
      action: 'event_proposal.approve',
      subject: 'event_proposal',
      subject_id: proposal_id,
      after: { event_id, person_id, title },
    })
    await audit(tx, actor, {
      action: 'event.create',
      subject: 'event',
      subject_id: event_id,
      after: { title, kind: draft.settings.kind },
    })
    await audit(tx, actor, { action: 'event.publish', subject: 'event', subject_id: event_id })
    if (user_id) await lendDoor(tx, actor, event, user_id, now)
    await tell(tx, organization_id, proposal_id, 'approved')
    await schedule(tx, event, now)
    return { ok: true, event_id }
  })
}
const invited_days = 30

/** Says no, with a reason that goes to whoever proposed it. */
export function declineProposal(
  db: Db,
  actor: Actor,
  proposal_id: string,
  { reason }: { reason: string },
  now: Date,
): Promise<{ ok: boolean }> {
  return close(db, actor, proposal_id, { state: 'declined', reason }, now)
}

/** By whoever proposed it. */
export const withdrawProposal = (db: Db, actor: Actor, proposal_id: string, now: Date): Promise<{ ok: boolean }> =>
  close(db, actor, proposal_id, { state: 'withdrawn', reason: '' }, now)

/** false: it was decided meanwhile. */
function close(
  db: Db,
  actor: Actor,
  proposal_id: string,
  { state, reason }: { state: 'declined' | 'withdrawn'; reason: string },
  now: Date,
): Promise<{ ok: boolean }> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const proposal = await lockProposal(tx, organization_id, proposal_id)
    if (proposal.state !== 'waiting') return { ok: false }
    await tx
      .updateTable('event_proposal')
      .set({ state, reason, decided_at: now, decided_by: actor.name })
      .where('organization_id', '=', organization_id)
      .where('proposal_id', '=', proposal_id)
      .execute()
    await audit(tx, actor, {
      action: state === 'declined' ? 'event_proposal.decline' : 'event_proposal.withdraw',
      subject: 'event_proposal',
      subject_id: proposal_id,
      after: { title: proposal.sent.title, ...(reason && { reason }) },
    })
    if (state === 'declined') await tell(tx, organization_id, proposal_id, 'declined')
    return { ok: true }
  })
}

/** Whoever was invited to host and has joined since has the door of their event from now on. */
export async function takeUpHosting(db: Db, actor: Actor, now: Date): Promise<void> {
  const { organization_id, id: user_id } = actor
  const mine = await proposalsBy(db, organization_id, user_id)
  for (const { proposal, event } of mine) {
    if (proposal.user_id !== null || !event) continue
    await inTransaction(db, async (tx) => {
      const { user_id: taken } = await lockProposal(tx, organization_id, proposal.proposal_id)
      if (taken !== null) return
      await tx
        .updateTable('event_proposal')
        .set({ user_id })
        .where('organization_id', '=', organization_id)
        .where('proposal_id', '=', proposal.proposal_id)
        .execute()
      // By whoever approved it.
      await lendDoor(tx, systemActor(organization_id, proposal.decided_by ?? ''), event, user_id, now)
    })
  }
}

const tell = (tx: Db, organization_id: string, proposal_id: string, kind: HostMailKind): Promise<void> =>
  addJob(tx, hostMail, { organization_id, proposal_id, kind })

async function lockProposal(tx: Db, organization_id: string, proposal_id: string): Promise<ProposalRow> {
  await tx
    .selectFrom('event_proposal')
    .select('proposal_id')
    .where('organization_id', '=', organization_id)
    .where('proposal_id', '=', proposal_id)
    .forUpdate()
    .execute()
  return found(await proposalById(tx, organization_id, proposal_id))
}
