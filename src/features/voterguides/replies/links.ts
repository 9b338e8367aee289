import { createHmac } from 'node:crypto'
import { isSame } from '../../../platform/same.ts'

interface Linked {
  organization_id: string
  guide_id: string
  candidate_id: number
  number: number
}

const keyOf = (secret: string, { organization_id, guide_id, candidate_id, number }: Linked): string =>
  createHmac('sha256', secret).update(`voter guide proof ${organization_id} ${guide_id} ${candidate_id} ${number}`).digest('base64url').slice(0, 32) // prettier-ignore

/** The private address at which a candidate reads what the guide will say of them. */
export const proofPath = (secret: string, organization: string, linked: Linked): string =>
  `/g/${organization}/${linked.guide_id}/candidates/${linked.candidate_id}/${keyOf(secret, linked)}`

export const isProofKey = (secret: string, linked: Linked, key: string): boolean => isSame(keyOf(secret, linked), key)
