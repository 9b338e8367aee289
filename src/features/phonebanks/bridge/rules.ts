import type { CallState, Placed } from '../../../platform/telephony/carrier.ts'
import { isCostly } from '../../voterfile/rules/costly.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { isOver, type BridgeProblem } from './schema.ts'

/** May the organization's line ring this number at all? In the United States or Canada, and nothing that charges more. */
export const isBridgeable = (phone: string): boolean => /^\+1[2-9]\d{9}$/.test(phone) && !isCostly(phone)

/** The number as the bridge rings or texts it; null where it does neither. */
export function callersPhone(typed: string): string | null {
  const phone = e164(typed)
  return phone && isBridgeable(phone) ? phone : null
}

const order: readonly CallState[] = ['dialing', 'ringing', 'answered']

/** Reports come late, twice and out of order: a call only goes on, and what is over stays over. */
export function goesOn(from: CallState, to: CallState): boolean {
  if (isOver(from)) return false
  return isOver(to) || order.indexOf(to) > order.indexOf(from)
}

export const problemOfPlaced: Record<Exclude<Placed, { ok: true }>['problem'], BridgeProblem> = {
  refused: 'carrier_refused',
  bad_number: 'bad_number',
  bad_caller_id: 'bad_caller_id',
  not_let_in: 'carrier_refused',
  unknown: 'carrier_silent',
}

/**
 * Words that end texts wherever they are the whole reply. English: 47 CFR 64.1200(a)(10), in force since 2025-04-11; Korean:
 * what senders in Korea are answered with.
 */
const stopWords = new Set(
  'stop stopall quit end revoke optout cancel unsubscribe 그만 중지 중단 정지 수신거부 수신거절 거부 보내지마세요'.split(
    ' ',
  ),
)
const stopInEnglish = /\bstop\b(?! (?:by|at|in|over)\b)|\bunsubscribe\b|\bopt.?out\b/
const stopInKorean = /그만(?!큼)|수신거[부절]|보내지마/
const startWords = new Set(['start', 'unstop'])

/** What somebody who wrote to us means. Any other way of saying it a person reads. */
export function meaningOfText(body: string): 'stop' | 'start' | 'other' {
  const said = body.normalize('NFC').toLowerCase()
  const word = said.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (stopWords.has(word)) return 'stop'
  // The carrier hears those words alone; a person also says "please stop", and means it.
  const isShort = said.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length <= 5
  if (isShort && (stopInEnglish.test(said) || stopInKorean.test(word))) return 'stop'
  return startWords.has(word) ? 'start' : 'other'
}
