import { createHmac } from 'node:crypto'
import { isSame } from '../../../platform/same.ts'
import { isProof } from './rules.ts'

/*
 * Where a network or a form is sent much, each sending costs its sender something: a short calculation in the browser, or
 * without a script a minute of waiting. Nothing is stored of anybody: what is asked is signed, and good for the one
 * response it was asked for.
 */

/** Without a script. */
export const wait_seconds = 60
const good_for_ms = 60 * 60_000

const signature = (secret: string, response_id: string, asked: string): string =>
  createHmac('sha256', secret).update(`form work ${response_id} ${asked}`).digest('base64url').slice(0, 32)

/** What is asked before this response is taken. */
export function workFor(secret: string, response_id: string, now: Date): string {
  const asked = now.getTime().toString(36)
  return `${asked}.${signature(secret, response_id, asked)}`
}

/** Was it done, or waited for? */
export function isWorkDone(
  secret: string,
  response_id: string,
  { work = '', proof = '' }: { work?: string | undefined; proof?: string | undefined },
  now: Date,
): boolean {
  const [asked = '', sign = ''] = work.split('.')
  if (!/^[0-9a-z]{1,9}$/.test(asked) || !isSame(signature(secret, response_id, asked), sign)) return false
  const age_ms = now.getTime() - parseInt(asked, 36)
  if (age_ms > good_for_ms) return false
  return age_ms >= wait_seconds * 1000 || isProof(work, proof)
}
