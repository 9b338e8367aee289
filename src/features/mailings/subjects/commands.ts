import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { mailingForChange } from '../commands.ts'
import { sendAt } from '../sending/jobs.ts'
import type { MailText } from '../writing/schema.ts'
import { subjectTestOf } from './queries.ts'
import type { SubjectTestForm } from './schema.ts'
import { declare, heldTest } from './settle.ts'

export interface Tried extends SubjectTestForm {
  subjects: MailText[]
}

/** What is tried, and by what it will be decided; while nothing of it goes out. No other subject: nothing is tried. */
export function trySubjects(db: Db, actor: Actor, mailing_id: string, tried: Tried): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const mailing = await mailingForChange(tx, actor, mailing_id)
    if (mailing.state !== 'draft' || mailing.journey_id) throw new Conflict()
    const known = await subjectTestOf(tx, mailing)
    await tx.deleteFrom('mailing_subject_test').where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
    if (tried.subjects.length > 0)
      await tx
        .insertInto('mailing_subject_test')
        .values({ organization_id, mailing_id, ...tried, subjects: JSON.stringify(tried.subjects) })
        .execute()
    const before = known && { subjects: known.subjects, share: known.share, rule: known.rule, after_hours: known.after_hours, least: known.least } // prettier-ignore
    if (known || tried.subjects.length > 0)
      await audit(tx, actor, { action: 'mailing.try_subjects', subject: 'mailing', subject_id: mailing_id, ...(before && { before }), after: tried.subjects.length > 0 ? { ...tried } : {} }) // prettier-ignore
  })
}

/** A person says which one the rest gets, by the rule or before it was told. */
export function chooseSubject(db: Db, actor: Actor, mailing_id: string, winner: number, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const mailing = await mailingForChange(tx, actor, mailing_id)
    const test = found(await heldTest(tx, mailing))
    if (test.decided_at || !mailing.listed_at || winner > test.subjects.length) throw new Conflict()
    await declare(tx, mailing, { winner, decided_by: actor.name, decided_for: 'person' }, now)
    if (mailing.state === 'sending') await sendAt(tx, { organization_id, mailing_id }, now)
    await audit(tx, actor, { action: 'mailing.choose_subject', subject: 'mailing', subject_id: mailing_id, after: { winner } }) // prettier-ignore
  })
}
