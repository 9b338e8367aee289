import { seal, unseal } from '../../platform/seal.ts'

const purpose = 'what we hold'
const days = 14

/** The private address of what an organization holds about one person; good for two weeks. */
export const heldPath = (secret: string, slug: string, person_id: string, now: Date): string =>
  `/privacy/${slug}/${seal(secret, purpose, `${slug} ${person_id} ${now.getTime() + days * 86_400_000}`)}`

/** Whose it is; null: nobody's, or no longer. */
export function heldBy(secret: string, slug: string, token: string, now: Date): string | null {
  try {
    const [of, person_id, until] = unseal(secret, purpose, token).split(' ')
    return of === slug && person_id && Number(until) > now.getTime() ? person_id : null
  } catch {
    return null // typed or cut off: it unseals to nothing
  }
}
