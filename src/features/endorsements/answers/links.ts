import { createHmac } from 'node:crypto'
import { isSame } from '../../../platform/same.ts'

interface Linked {
  invitation_id: string
  number: number
}

const keyOf = (secret: string, { invitation_id, number }: Linked): string =>
  createHmac('sha256', secret).update(`endorsement answers ${invitation_id} ${number}`).digest('base64url').slice(0, 32)

/** The private address of a candidate's questionnaire. */
export const answersPath = (secret: string, organization: string, linked: Linked & { cycle_id: string }): string =>
  `/c/${organization}/${linked.cycle_id}/answers/${linked.invitation_id}/${keyOf(secret, linked)}`

/** Where its campaign takes a time for the interview. */
export const interviewPath = (secret: string, organization: string, linked: Linked & { cycle_id: string }): string =>
  `${answersPath(secret, organization, linked)}/interview`

export const isAnswersKey = (secret: string, linked: Linked, key: string): boolean => isSame(keyOf(secret, linked), key)
