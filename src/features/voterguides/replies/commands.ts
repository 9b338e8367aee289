import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { change, lockGuide } from '../commands.ts'
import { contentOf, type Guide } from '../queries.ts'
import { languageOf } from '../rules.ts'
import { proofMail } from './later.ts'
import { proofsOf, repliesOf, type Proof } from './queries.ts'
import { asRead, keyOfPart, keyOfSaid, mayReply, partOf } from './rules.ts'
import type { Offer, ProofMailForm } from './schema.ts'

interface Around {
  now: Date
  today: string
  time_zone: string
}

/** Says until when candidates may reply, and at what length. */
export function offerReplies(db: Db, actor: Actor, guide_id: string, offer: Offer): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { reply_until_on, reply_words_most } = await lockGuide(tx, actor, guide_id)
    await tx
      .updateTable('voter_guide')
      .set(offer)
      .where('organization_id', '=', actor.organization_id)
      .where('guide_id', '=', guide_id)
      .execute()
    const before = { reply_until_on, reply_words_most }
    await audit(tx, actor, { action: 'voter_guide.offer_replies', subject: 'voter_guide', subject_id: guide_id, before, after: { ...offer } }) // prettier-ignore
  })
}

/** Makes the private link of a candidate; of one who has a link, another, and the earlier opens nothing from now on. */
export function makeProof(
  db: Db,
  actor: Actor,
  guide_id: string,
  candidate_id: number,
  around: Around,
): Promise<Proof> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await runningIn(tx, await lockGuide(tx, actor, guide_id), candidate_id, around)
    const proof = await tx
      .insertInto('voter_guide_proof')
      .values({ organization_id, guide_id, candidate_id, made_by: actor.name, made_at: around.now })
      .onConflict((row) =>
        row.columns(['organization_id', 'guide_id', 'candidate_id']).doUpdateSet((eb) => ({
          number: eb('voter_guide_proof.number', '+', 1),
          revoked_at: null,
        })),
      )
      .returningAll()
      .executeTakeFirstOrThrow()
    const after = { candidate_id, number: proof.number }
    await audit(tx, actor, { action: 'voter_guide.make_proof', subject: 'voter_guide', subject_id: guide_id, after })
    return proof
  })
}

async function runningIn(tx: Db, guide: Guide, candidate_id: number, around: Around): Promise<void> {
  if (!partOf(await contentOf(tx, guide, around), candidate_id)) throw new Conflict('only who stands in the guide replies') // prettier-ignore
}

/** The link opens nothing from now on; what was replied stays. Withdrawing twice is withdrawing once. */
export function revokeProof(db: Db, actor: Actor, guide_id: string, candidate_id: number, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const guide = await lockGuide(tx, actor, guide_id)
    const proof = found((await proofsOf(tx, guide)).find((each) => each.candidate_id === candidate_id))
    if (proof.revoked_at) return
    await setProof(tx, proof, { revoked_at: now })
    await audit(tx, actor, { action: 'voter_guide.revoke_proof', subject: 'voter_guide', subject_id: guide_id, after: { candidate_id } }) // prettier-ignore
  })
}

const setProof = async (
  tx: Db,
  { organization_id, guide_id, candidate_id }: Proof,
  values: Partial<Pick<Proof, 'revoked_at' | 'opened_at' | 'read_at' | 'read_key' | 'email' | 'language'>>,
): Promise<void> => {
  await tx
    .updateTable('voter_guide_proof')
    .set(values)
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .where('candidate_id', '=', candidate_id)
    .execute()
}

export type Mailed = { ok: true } | { ok: false; problem: 'has_it' | 'not_offered' }

/** Sends a campaign the link of its candidate, made if there is none. An address gets a link once. */
export function mailProof(
  db: Db,
  actor: Actor,
  guide_id: string,
  { candidate: candidate_id, email, language }: ProofMailForm,
  around: Around,
): Promise<Mailed> {
  return inTransaction(db, async (tx): Promise<Mailed> => {
    const { organization_id } = actor
    const guide = await lockGuide(tx, actor, guide_id)
    if (!mayReply(guide.reply_until_on, around.today)) return { ok: false, problem: 'not_offered' }
    await runningIn(tx, guide, candidate_id, around)
    const there = (await proofsOf(tx, guide)).find((each) => each.candidate_id === candidate_id && !each.revoked_at)
    const proof = there ?? (await makeProof(tx, actor, guide_id, candidate_id, around))
    await setProof(tx, proof, { email, language })
    const added = await tx
      .insertInto('voter_guide_proof_mail')
      .values({ organization_id, guide_id, candidate_id, number: proof.number, sent_to: email, language, asked_by: actor.name, asked_at: around.now })
      .onConflict((row) => row.doNothing())
      .returning('mail_id')
      .executeTakeFirst() // prettier-ignore
    if (!added) return { ok: false, problem: 'has_it' }
    await audit(tx, actor, { action: 'voter_guide.mail_proof', subject: 'voter_guide', subject_id: guide_id, after: { candidate_id, sent_to: email } }) // prettier-ignore
    await addJob(tx, proofMail, { organization_id, mail_id: added.mail_id })
    return { ok: true }
  })
}

/** Notes when the link was opened first. */
export const noteProofOpened = async (db: Db, proof: Proof, now: Date): Promise<void> => {
  if (!proof.opened_at) await setProof(db, proof, { opened_at: now })
}

interface Replying {
  /** Name of the candidate. */
  name: string
  /** Of what the page showed. */
  key: string
  /** By issue; an empty one takes a reply back. */
  texts: ReadonlyMap<string, string>
}
export type Replied = { ok: true } | { ok: false; problem: 'changed' | 'over' }

/** Keeps what the candidate says of what they read. A reply that stays as it was keeps its day and its translations. */
export function reply(db: Db, proof: Proof, { name, key, texts }: Replying, around: Around): Promise<Replied> {
  return inTransaction(db, async (tx): Promise<Replied> => {
    const { organization_id, guide_id, candidate_id } = proof
    const campaign: Actor = { ...systemActor(organization_id, name), id: `${guide_id}/${candidate_id}` }
    const guide = await lockGuide(tx, campaign, guide_id)
    const last = found((await proofsOf(tx, guide)).find((each) => each.candidate_id === candidate_id))
    // The link may have been taken back or replaced since the page was opened with it.
    found(last.number === proof.number && !last.revoked_at ? last : undefined)
    if (!mayReply(guide.reply_until_on, around.today)) return { ok: false, problem: 'over' }
    const part = found(partOf(await contentOf(tx, guide, around), candidate_id))
    if (keyOfPart(part) !== key) return { ok: false, problem: 'changed' }
    const held = (await repliesOf(tx, guide)).filter((each) => each.candidate_id === candidate_id)
    const changed = [...texts].filter(([issue_id, text]) => (held.find((each) => each.issue_id === issue_id)?.original ?? '') !== text) // prettier-ignore
    for (const [issue_id, original] of changed) {
      await tx
        .deleteFrom('voter_guide_reply')
        .where('organization_id', '=', organization_id)
        .where('guide_id', '=', guide_id)
        .where('candidate_id', '=', candidate_id)
        .where('issue_id', '=', issue_id)
        .execute()
      if (original === '') continue
      const original_language = languageOf(original)
      const text = JSON.stringify({ [original_language]: original })
      await tx
        .insertInto('voter_guide_reply')
        .values({ organization_id, guide_id, candidate_id, issue_id, original, original_language, text, replied_at: around.now, replied_on: around.today })
        .execute() // prettier-ignore
    }
    await setProof(tx, last, { read_at: around.now, read_key: keyOfSaid(part) })
    await audit(tx, campaign, {
      action: 'voter_guide.reply',
      subject: 'voter_guide',
      subject_id: guide_id,
      before: { replies: changed.flatMap(([issue_id]) => held.find((each) => each.issue_id === issue_id)?.original ?? []) },
      after: { candidate_id, replies: changed.map(([, text]) => text).filter(Boolean) },
    })
    return { ok: true }
  })
} // prettier-ignore

interface ReplyChange {
  candidate_id: number
  issue_id: string
  /** The words that were translated or withheld. */
  original: string
  /** Translations; the original is not among them. */
  text: LocalizedText
  withheld: LocalizedText | null
}

/** Translates a reply, or says to everybody why it is not printed: that very reply, not one that came meanwhile. Its own words stay as they came. */
export function changeReply(db: Db, actor: Actor, guide_id: string, of: ReplyChange, now: Date): Promise<void> {
  return change(db, actor, guide_id, now, async (tx, guide) => {
    const { candidate_id, issue_id, original, text, withheld } = of
    const before = found((await repliesOf(tx, guide)).find((each) => each.candidate_id === candidate_id && each.issue_id === issue_id)) // prettier-ignore
    if (asRead(before.original) !== asRead(original)) throw new Conflict('the candidate says something else now')
    const whole = { ...text, [before.original_language]: before.original }
    await tx
      .updateTable('voter_guide_reply')
      .set({ text: JSON.stringify(whole), withheld: withheld && JSON.stringify(withheld) })
      .where('organization_id', '=', actor.organization_id)
      .where('guide_id', '=', guide_id)
      .where('candidate_id', '=', candidate_id)
      .where('issue_id', '=', issue_id)
      .execute()
    await audit(tx, actor, {
      action: 'voter_guide.change_reply',
      subject: 'voter_guide',
      subject_id: guide_id,
      before: { text: before.text, withheld: before.withheld },
      after: { candidate_id, issue_id, text: whole, withheld },
    })
  })
}
