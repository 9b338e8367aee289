import { z } from 'zod'

const text = z.string().trim()

/** An address, or what stands on a piece of ours: its barcode or code. */
export const NoPaperForm = z.object({
  address: text.min(1, 'form.required').max(300, 'form.too_long'),
  evidence: text.min(1, 'people.evidence_needed').max(300, 'form.too_long'),
})

export const LiftForm = z
  .object({ lift_address: NoPaperForm.shape.address, lift_evidence: NoPaperForm.shape.evidence })
  .transform(({ lift_address: address, lift_evidence: evidence }) => ({ address, evidence }))

/** Of the list in which an organization has them. */
export const noPaperList = 'No more paper · 우편물 거절'
