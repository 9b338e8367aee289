import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { holdJourney } from '../journeys/let-go.ts'
import type { Mailing } from '../queries.ts'
import type { MailingState } from '../schema.ts'
import { withoutMailboxes } from './answers.ts'
import '../tables.ts'

type ToPause = Pick<Mailing, 'organization_id' | 'mailing_id' | 'journey_id'>

/**
 * Nothing more goes out before somebody has seen to it: of a journey, all of it stops. `reopens`: also one that had gone out whole, for
 * what came back of it is to be sent again.
 */
export function pauseFor<Of extends ToPause>(
  db: Db,
  mailing: Of,
  said: string,
  { reopens = false } = {},
): Promise<Of & { state: 'paused'; problem: string }> {
  const { organization_id, mailing_id, journey_id } = mailing
  const problem = withoutMailboxes(said)
  const from: MailingState[] = reopens ? ['scheduled', 'sending', 'sent'] : ['scheduled', 'sending']
  return inTransaction(db, async (tx) => {
    if (journey_id) await holdJourney(tx, { organization_id, journey_id }, problem)
    else {
      const paused = await tx.updateTable('mailing').set({ state: 'paused', problem, finished_at: null }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).where('state', 'in', from).returning('mailing_id').execute() // prettier-ignore
      if (paused.length > 0)
        await audit(tx, systemActor(organization_id), { action: 'mailing.pause', subject: 'mailing', subject_id: mailing_id, after: { problem } }) // prettier-ignore
    }
    return { ...mailing, state: 'paused' as const, problem }
  })
}
