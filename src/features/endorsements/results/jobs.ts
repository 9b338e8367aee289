import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { handOverOnce } from '../../../platform/mail/once.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { deliverTo } from '../../people/mail.ts'
import { letterRow } from './commands.ts'
import { letterMail } from './later.ts'
import { letterPdf } from './letter.ts'
import { isWithdrawn, lettersOf } from './queries.ts'

/** Mails a candidate the letter as it was asked for, with the same as PDF; once. */
export const sendLetterJob = job({
  ...letterMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const db = here.database.of(asked.organization_id)
    const letter = (await lettersOf(db, asked)).find(({ candidate_id }) => candidate_id === asked.candidate_id)
    if (!letter || letter.handed_at || (await isWithdrawn(db, asked, asked.candidate_id))) return
    const { subject, body: text, language, sent_to: to } = letter
    const organization = await organizationSettings(db, asked.organization_id)
    const content = await letterPdf(letter, organization, letter.asked_at)
    const files = [{ name: 'letter.pdf', type: 'application/pdf', content }]
    await handOverOnce(letterRow(db, letter, () => here.clock.now()), () => deliverTo(here, { to, subject, text, language, files })) // prettier-ignore
  },
})
