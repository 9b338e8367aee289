import { createHmac } from 'node:crypto'
import { addressInside } from '../../platform/http/outside.ts'

/** Seconds before each further try, about two days in all; after the last the message is dead until replayed. */
export const pauses_s = [10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400] as const

/** When to try again after so many failed tries; null: not by itself. */
export function nextTry(attempts: number, now: Date): Date | null {
  const pause = pauses_s[attempts - 1]
  return pause === undefined ? null : new Date(now.getTime() + pause * 1000)
}

/** Signature of one message. Source: Standard Webhooks specification 1.0, "Signature scheme"; secret 'whsec_' + base64. */
export function signature(secret: string, delivery_id: string, timestamp_s: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${delivery_id}.${timestamp_s}.${body}`).digest('base64')}`
}

/** Why a message was not taken, for people and programs. */
export const problems = [
  'status',
  'timeout',
  'unreachable',
  'unknown_host',
  'broken_off',
  'certificate',
  'inside',
  'other',
] as const
export type Problem = (typeof problems)[number]

export const noAnswer = 'no answer in time'

/** Of what was noted at the last try: words of ours, or of Node and OpenSSL. */
export function problemOf({ last_status, last_problem }: Tried): Problem | null {
  if (last_problem === null) return null
  if (last_status !== null) return 'status'
  if (last_problem === noAnswer) return 'timeout'
  if (last_problem === addressInside) return 'inside'
  if (/ENOTFOUND/.test(last_problem)) return 'unknown_host'
  if (/ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(last_problem)) return 'unreachable'
  if (/certificate|SSL|TLS/i.test(last_problem)) return 'certificate'
  return /hang up|ECONNRESET|EPIPE/.test(last_problem) ? 'broken_off' : 'other'
}

interface Tried {
  /** HTTP; null: no answer. */
  last_status: number | null
  last_problem: string | null
}
