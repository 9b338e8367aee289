import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { askWhether } from '../../people/arrivals/commands.ts'
import { linkVoter } from '../../people/commands.ts'
import { matchCandidates } from '../../people/matching/queries.ts'
import { personById } from '../../people/queries.ts'
import { voterRecord } from '../../voterfile/queries.ts'
import { verify } from '../rules.ts'
import type { Response, Said } from '../schema.ts'
import '../tables.ts'

/** Voters a signature may be of, for the computer's decision and the organizer's. */
export const candidatesFor = (db: Db, organization_id: string, said: Said, person_id: string) =>
  matchCandidates(
    db,
    organization_id,
    { ...said, middle_name: null, birth_year: null, phones: said.phone ? [said.phone] : [] },
    person_id,
  )

/** The signature of a response, compared with the voter file at once. */
export async function addSignature(
  tx: Db,
  actor: Actor,
  response_id: string,
  { person_id, response }: { person_id: string; response: Response },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  const person = await personById(tx, organization_id, person_id)
  const linked = person?.voter_id ?? null
  const { candidates } =
    linked === null ? await candidatesFor(tx, organization_id, response.said, person_id) : { candidates: [] }
  const verified = verify(candidates, linked)
  if (linked === null && verified.voter_id !== null) await linkOrAsk(tx, actor, person_id, verified.voter_id, 'said')
  await tx
    .insertInto('form_signature')
    .values({
      organization_id,
      response_id,
      shown_as: response.shown_as,
      ...verified,
      decided_by: null,
      decided_at: now,
    })
    .execute()
}

/** The signer's profile follows. Somebody else of ours may be that voter already: the two wait among the possible duplicates. */
async function linkOrAsk(
  tx: Db,
  actor: Actor,
  person_id: string,
  voter_id: number,
  by: 'hand' | 'said',
): Promise<void> {
  const linked = await linkVoter(tx, actor, person_id, voter_id, by)
  if (!linked.ok) await askWhether(tx, actor.organization_id, person_id, linked.person_id)
}

const signature = (tx: Db, organization_id: string, form_id: string, response_id: string) =>
  tx
    .selectFrom('form_signature')
    .innerJoin('form_response', (join) =>
      join
        .onRef('form_response.organization_id', '=', 'form_signature.organization_id')
        .onRef('form_response.response_id', '=', 'form_signature.response_id'),
    )
    .innerJoin('contact_attempt', (join) =>
      join
        .onRef('contact_attempt.organization_id', '=', 'form_signature.organization_id')
        .onRef('contact_attempt.attempt_id', '=', 'form_signature.response_id'),
    )
    .select([
      'registered',
      'form_signature.voter_id',
      'confirmed_at',
      'withdrawn_at',
      'said',
      'contact_attempt.person_id',
    ])
    .where('form_signature.organization_id', '=', organization_id)
    .where('form_response.form_id', '=', form_id)
    .where('form_signature.response_id', '=', response_id)
    .forUpdate()
    .executeTakeFirst()

const change = (tx: Db, organization_id: string, response_id: string) =>
  tx.updateTable('form_signature').where('organization_id', '=', organization_id).where('response_id', '=', response_id)

/** The signer opened the mailed link and said so. Twice does no harm; nor does it bring back one withdrawn. */
export function confirmSignature(db: Db, actor: Actor, form_id: string, response_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = found(await signature(tx, actor.organization_id, form_id, response_id))
    if (before.confirmed_at || before.withdrawn_at) return
    await change(tx, actor.organization_id, response_id).set({ confirmed_at: now }).execute()
    await audit(tx, actor, {
      action: 'signature.confirm',
      subject: 'form',
      subject_id: form_id,
      after: { response_id },
    })
  })
}

/**
 * Taken back by the signer, or by an organizer on the signer's word, with all others of the same person, or the signer would
 * still count. By the mailed link only those of that mailbox: whoever signs in somebody else's name takes nothing of theirs
 * back. That they were there stays known.
 */
export function withdrawSignature(
  db: Db,
  actor: Actor,
  { form_id, response_id, by }: { form_id: string; response_id: string; by: 'signer' | 'organizer' },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const before = found(await signature(tx, organization_id, form_id, response_id))
    if (before.withdrawn_at) return
    const { rows } = await sql<{ response_id: string }>`
      update form_signature s set withdrawn_at = ${now}, withdrawn_by = ${actor.name}
      from form_response r, contact_attempt a
      where s.organization_id = ${organization_id}::uuid and s.withdrawn_at is null
        and r.organization_id = s.organization_id and r.response_id = s.response_id and r.form_id = ${form_id}::uuid
        and a.organization_id = s.organization_id and a.attempt_id = s.response_id
        and (s.response_id = ${response_id}::uuid or (a.person_id = ${before.person_id}::uuid
          and (${by} = 'organizer' or r.said ->> 'email' = ${before.said.email}::text)))
      returning s.response_id`.execute(tx)
    await audit(tx, actor, {
      action: 'signature.withdraw',
      subject: 'form',
      subject_id: form_id,
      after: { responses: rows.map((row) => row.response_id) },
    })
  })
}

/** An organizer's word on whose signature it is: this voter's, or nobody's in the file. The profile follows. */
export function decideSignature(
  db: Db,
  actor: Actor,
  form_id: string,
  response_id: string,
  voter_id: number | null,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const before = found(await signature(tx, organization_id, form_id, response_id))
    if (voter_id !== null) {
      found(await voterRecord(tx, voter_id))
      const person = before.person_id ? await personById(tx, organization_id, before.person_id) : undefined
      if (person && person.voter_id === null) await linkOrAsk(tx, actor, person.person_id, voter_id, 'hand')
    }
    await change(tx, organization_id, response_id)
      .set({ registered: voter_id === null ? 'no' : 'sure', voter_id, decided_by: actor.name, decided_at: now })
      .execute()
    await audit(tx, actor, {
      action: 'signature.decide',
      subject: 'form',
      subject_id: form_id,
      before: { registered: before.registered, voter_id: before.voter_id },
      after: { response_id, registered: voter_id === null ? 'no' : 'sure', voter_id },
    })
  })
}
