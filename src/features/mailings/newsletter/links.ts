import { createHash, createHmac } from 'node:crypto'
import { isSame } from '../../../platform/same.ts'

/** The same form sent twice has one id; what was changed before it was sent again has another. */
export function signupIdOf(organization_id: string, page_key: string, said: unknown): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([organization_id, page_key, said]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/* What only the mailed address has: nobody confirms what they typed for somebody else. */
const codeOf = (secret: string, organization_id: string, signup_id: string): string =>
  createHmac('sha256', secret).update(`newsletter ${organization_id} ${signup_id}`).digest('base64url').slice(0, 22)

export const confirmPath = (secret: string, slug: string, organization_id: string, signup_id: string): string =>
  `/n/${slug}/confirm/${signup_id}/${codeOf(secret, organization_id, signup_id)}`

export const isCode = (secret: string, organization_id: string, signup_id: string, code: string): boolean =>
  isSame(codeOf(secret, organization_id, signup_id), code)
