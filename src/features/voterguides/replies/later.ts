import { z } from 'zod'

/** The mail that brings a candidate their link. */
export const proofMail = {
  name: 'voterguides.proof_mail',
  payload: z.object({ organization_id: z.uuid(), mail_id: z.uuid() }),
}
