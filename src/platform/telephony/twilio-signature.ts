import { createHmac } from 'node:crypto'
import { isSame } from '../same.ts'

/**
 * Twilio's signature of a form post: the whole address, then each field's name and value, sorted by name, repeated ones
 * once each and sorted; HMAC-SHA1 with the account's token, in base64. Source:
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security and
 * https://github.com/twilio/twilio-node/blob/main/src/webhooks/webhooks.ts (its tests are ours), checked 2026-11-26.
 */
export function signatureOf(token: string, url: string, form: readonly (readonly [string, string])[]): string {
  const values = new Map<string, Set<string>>()
  for (const [name, value] of form) values.set(name, (values.get(name) ?? new Set()).add(value))
  const names = [...values.keys()].sort(byCodeUnits)
  const signed = names.map((name) =>
    [...(values.get(name) ?? [])]
      .sort(byCodeUnits)
      .map((value) => name + value)
      .join(''),
  )
  return createHmac('sha1', token)
    .update(url + signed.join(''), 'utf8')
    .digest('base64')
}

/** Did the holder of the token sign this? Twilio signs with the port or without, so both are tried. */
export function isSigned(
  token: string,
  signature: string | undefined,
  url: string,
  form: readonly (readonly [string, string])[],
): boolean {
  if (!signature) return false
  // Every address is compared, so that the time tells nothing about which one was near.
  return addresses(url)
    .map((each) => isSame(signatureOf(token, each, form), signature))
    .some(Boolean)
}

const standardPorts: Record<string, string> = { 'https:': '443', 'http:': '80' }

/** The address as given, without its port, and with the standard one; the rest to the letter. */
function addresses(url: string): string[] {
  const parts = /^(https?:)\/\/([^/?#]*)(.*)$/.exec(url)
  if (!parts) return [url]
  const [, scheme = '', authority = '', rest = ''] = parts
  const host = authority.replace(/:\d+$/, '')
  return [...new Set([url, `${scheme}//${host}${rest}`, `${scheme}//${host}:${standardPorts[scheme]}${rest}`])]
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
