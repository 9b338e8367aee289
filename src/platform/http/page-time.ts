import { createHmac } from 'node:crypto'
import { isSame } from '../same.ts'

/*
 * A page for everybody carries, signed, when it was made. Nobody reads and fills in a form within moments: what comes that
 * soon, or without the time, is a program's, and is asked to be looked at once more. No script, nothing kept of anybody.
 */

/** So long nobody takes; a browser that fills in name and address by itself leaves the reading. */
const least_ms = 3000
/** A page may lie open overnight. */
const good_for_ms = 26 * 3_600_000

const signature = (secret: string, made: string): string =>
  createHmac('sha256', secret).update(`page made ${made}`).digest('base64url').slice(0, 22)

/** For the hidden field `page_time`. */
export function pageTime(secret: string, now: Date): string {
  const made = now.getTime().toString(36)
  return `${made}.${signature(secret, made)}`
}

/** 'unknown': no time of ours, or one too old. */
export function paceOf(secret: string, given: string | undefined, now: Date): 'usual' | 'fast' | 'unknown' {
  const [made = '', sign = ''] = (given ?? '').split('.')
  if (!/^[0-9a-z]{1,9}$/.test(made) || !isSame(signature(secret, made), sign)) return 'unknown'
  const age_ms = now.getTime() - parseInt(made, 36)
  if (age_ms > good_for_ms) return 'unknown'
  return age_ms < least_ms ? 'fast' : 'usual'
}

/** For a page that is sent back: its own time as long as that holds, so that nobody waits for each mistake anew. */
export const pageTimeAgain = (secret: string, given: string | undefined, now: Date): string =>
  given !== undefined && paceOf(secret, given, now) !== 'unknown' ? given : pageTime(secret, now)
