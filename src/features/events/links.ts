import { createHash, createHmac } from 'node:crypto'
import { isSame } from '../../platform/same.ts'

/* Addresses that open by what is in them: a sign-up for whoever made it, a calendar for whoever it is of. */

/** How somebody came to have the address: by sending the form, or by mail, which shows that the mailbox is theirs. */
export type Via = 'page' | 'mail'

export const signupPath = (
  secret: string,
  { organization, code, signup_id }: { organization: string; code: string; signup_id: string },
  via: Via,
): string => `/e/${organization}/${code}/mine/${signup_id}/${keyOf(secret, `${via} ${signup_id}`)}`

/** One id for one sending, of the key in the page and everything that was typed: an impatient thumb sends once. */
export function idOfSending(event_id: string, page_key: string, typed: unknown): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([event_id, page_key, typed]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** null: it opens nothing. */
export const signupVia = (secret: string, signup_id: string, key: string): Via | null =>
  (['page', 'mail'] as const).find((via) => isSame(keyOf(secret, `${via} ${signup_id}`), key)) ?? null

/** `number` goes up when somebody wants a new address. */
export const feedPath = (secret: string, organization: string, signup_id: string, number: number): string =>
  `/e/${organization}/mine/${signup_id}/${keyOf(secret, `feed ${signup_id} ${number}`)}.ics`

export const isFeedKey = (secret: string, signup_id: string, number: number, key: string): boolean =>
  isSame(keyOf(secret, `feed ${signup_id} ${number}`), key)

/** The page of a proposal to host, for whoever sent it. */
export const proposalPath = (secret: string, organization: string, proposal_id: string): string =>
  `/e/${organization}/host/${proposal_id}/${keyOf(secret, `proposal ${proposal_id}`)}`

export const isProposalKey = (secret: string, proposal_id: string, key: string): boolean =>
  isSame(keyOf(secret, `proposal ${proposal_id}`), key)

const keyOf = (secret: string, what: string): string =>
  createHmac('sha256', secret).update(`event ${what}`).digest('base64url').slice(0, 32)
