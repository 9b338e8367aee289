import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { handOverOnce, mailRowIn } from '../../../platform/mail/once.ts'
import { deliverTo } from '../../people/mail.ts'
import { proofMail } from './later.ts'
import { proofMailText } from './mail.ts'
import { proofMailById } from './queries.ts'

/** One mail to one campaign, as things stand when it is sent, once. */
export const sendProofMailJob = job({
  ...proofMail,
  async run({ organization_id, mail_id }, { installation }) {
    const here = installation as Installation
    const db = here.database.of(organization_id)
    const asked = await proofMailById(db, organization_id, mail_id)
    const mail = asked && (await proofMailText(here, asked))
    if (!mail) return
    await handOverOnce(mailRowIn(db, 'voter_guide_proof_mail', asked, () => here.clock.now()), () => deliverTo(here, mail)) // prettier-ignore
  },
})
