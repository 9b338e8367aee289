import { z } from 'zod'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../mail.ts'
import { mailboxesOf } from '../queries.ts'
import { cardFor } from './card/queries.ts'
import type { Reminder } from './rules.ts'

/** An address that can be written to; what was imported may be anything. */
export const isMailbox = (text: string): boolean => z.email().safeParse(text).success

const OfMember = z.object({ organization_id: z.uuid(), person_id: z.uuid() })

/**
 * Mail to one member or applicant; `card_of`: with the card of whoever it is of, if they have one when it goes out; `reminds`: of
 * dues that end, which nobody asked for, so that it is asked again when it goes out whether they may be written to, and where.
 */
export const sendMembershipMail = job({
  name: 'people.membership_mail',
  payload: MailAsked.extend({
    card_of: OfMember.optional(),
    reminds: OfMember.extend({ dues_id: z.guid(), kind: z.string() }).optional(),
  }),
  async run({ card_of, reminds, ...mail }, context) {
    const installation = context.installation as Installation
    if (reminds) {
      const to = await stillAt(installation.database.of(reminds.organization_id), reminds)
      if (to) await deliverTo(installation, { ...mail, to })
      return
    }
    const file = card_of && (await cardFor(installation, card_of, mail.language))
    await deliverTo(installation, { ...mail, ...(file && { files: [file] }) })
  },
})

/** Where the reminder may go now; nowhere: it was not made. */
async function stillAt(
  db: Db,
  { organization_id, person_id, dues_id, kind }: { organization_id: string; person_id: string; dues_id: string; kind: string }, // prettier-ignore
): Promise<string | null> {
  const to = (await mailboxesOf(db, organization_id, [person_id], 'membership')).get(person_id)
  if (to && isMailbox(to)) return to
  await db
    .deleteFrom('membership_reminder')
    .where('organization_id', '=', organization_id)
    .where('dues_id', '=', dues_id)
    .where('kind', '=', kind as Reminder) // as it was written there
    .execute()
  return null
}
