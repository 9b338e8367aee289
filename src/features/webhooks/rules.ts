import { createHmac } from 'node:crypto'
import { BlockList, isIP } from 'node:net'

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
export const addressInside = 'an address inside the own network'

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

// Addresses that are nobody's on the open internet (RFC 6890), and IPv6 ones that carry an IPv4 address inside.
const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['2001:db8::', 32],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

/** Is this address of the own network, or of nobody? */
export function isInside(address: string): boolean {
  const kind = isIP(address)
  if (kind === 0) return true
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return inside.check(mapped, 'ipv4')
  return inside.check(address, kind === 4 ? 'ipv4' : 'ipv6')
}
