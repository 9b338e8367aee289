import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Crockford's: no letter that could be read as a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The code that the first visitor types: 'K7QM-2XHD-9R4T'. Made from the installation's secret, so every process and
 * every start prints the same, until the first organization makes it worthless.
 */
export function setupCode(secret: string): string {
  const bytes = createHmac('sha256', secret).update('first set-up').digest()
  const letters = [...bytes.subarray(0, 12)].map((byte) => alphabet[byte % 32]).join('')
  return letters.match(/.{4}/g)?.join('-') ?? letters
}

/** Is this what the terminal printed? Case, spaces and look-alikes do not matter. */
export function isSetupCode(secret: string, typed: string): boolean {
  const plain = (code: string) =>
    createHash('sha256')
      .update(
        code
          .toUpperCase()
          .replaceAll('O', '0')
          .replaceAll(/[IL]/g, '1')
          .replaceAll(/[^0-9A-Z]/g, ''),
      )
      .digest()
  return timingSafeEqual(plain(typed), plain(setupCode(secret)))
}

/** The token in an invitation's link. Made from the secret, so that the link can be shown again; only its hash is stored. */
export const invitationToken = (secret: string, invitation_id: string): string =>
  createHmac('sha256', secret).update(`invitation ${invitation_id}`).digest('base64url')

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** 'flushing-civic-action' of 'Flushing Civic Action'; '' where nothing is left. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f'’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-$/, '')

export interface ChangedField {
  field: string
  before: unknown
  after: unknown
}

/**
 * What differs between the two sides of an audit entry, in a stable order. Where both sides hold lists or parts, only
 * the parts that differ are named: 'content.greeting.ko'.
 */
export function changedFields(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): ChangedField[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return names.flatMap((field) => {
    const [was, is] = [before?.[field] ?? null, after?.[field] ?? null]
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    const [wasParts, isParts] = [partsOf(was), partsOf(is)]
    if (!wasParts || !isParts) return [{ field, before: was, after: is }]
    return changedFields(wasParts, isParts).map((each) => ({ ...each, field: `${field}.${each.field}` }))
  })
}

/** Parts by name, or by number from 1; null for plain values and lists of them. */
function partsOf(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Array.isArray(value)) return value as Record<string, unknown>
  if (!value.some((each) => typeof each === 'object' && each !== null)) return null
  return Object.fromEntries(value.map((each, index) => [String(index + 1), each]))
}
