import { enhancedCode } from '../sending/answers.ts'

/*
 * What the services mail is sent through say of a mail that did not arrive, as data: the code of RFC 3463 each of their words stands
 * for, which `answerRules` then reads. By their pages "Amazon SNS notification contents" and "soft bounces" (SES), "Bounce API:
 * bounce types" (Postmark) and "Events: failed" (Mailgun). Checked 2026-11-29.
 */

export type Service = 'ses' | 'postmark' | 'mailgun'

/** 'ended': nothing more is tried, so the row ends; 'told': only where the code of a mail server is told; 'stop': a reader's own word; 'nothing': tried further, or no mail that did not arrive. */
type Meaning = 'ended' | 'told' | 'stop' | 'nothing'

interface ServiceRule {
  service: Service
  type: string
  /** null: whatever comes below the type. */
  subtype: string | null
  means: Meaning
  /** Stands in where the service tells none that says more. */
  code: string | null
  from: string
}

const row = (service: Service, type: string, subtype: string | null, means: Meaning, code: string | null, from = '2020-01-01'): ServiceRule => ({ service, type, subtype, means, code, from }) // prettier-ignore

/** The row with the subtype counts before that without. */
const serviceRules: readonly ServiceRule[] = [
  row('ses', 'Permanent', null, 'ended', '5.1.1'),
  // Mostly somebody's notice of being away, after the mail arrived.
  row('ses', 'Transient', 'General', 'told', '5.0.0'),
  row('ses', 'Transient', 'MailboxFull', 'ended', '5.2.2'),
  row('ses', 'Transient', 'MessageTooLarge', 'ended', '5.3.4'),
  row('ses', 'Transient', 'ContentRejected', 'ended', '5.6.0'),
  row('ses', 'Transient', 'AttachmentRejected', 'ended', '5.6.0'),
  row('ses', 'Transient', null, 'ended', '5.0.0'),
  row('ses', 'Undetermined', null, 'ended', '5.0.0'),
  row('postmark', 'HardBounce', null, 'ended', '5.1.1'),
  row('postmark', 'BadEmailAddress', null, 'ended', '5.1.3'),
  row('postmark', 'SoftBounce', null, 'ended', '5.2.0'),
  row('postmark', 'Unknown', null, 'ended', '5.0.0'),
  row('postmark', 'SMTPApiError', null, 'ended', '5.0.0'),
  row('postmark', 'ManuallyDeactivated', null, 'ended', '5.0.0'),
  row('postmark', 'ChallengeVerification', null, 'ended', '5.0.0'),
  row('postmark', 'SpamNotification', null, 'ended', '5.6.0'),
  row('postmark', 'VirusNotification', null, 'ended', '5.6.0'),
  row('postmark', 'Blocked', null, 'ended', '5.7.1'),
  row('postmark', 'DMARCPolicy', null, 'ended', '5.7.26'),
  row('postmark', 'Unsubscribe', null, 'stop', null),
  // Delayed, tried further.
  row('postmark', 'Transient', null, 'nothing', null),
  row('postmark', 'DnsError', null, 'nothing', null),
  row('mailgun', 'permanent', 'suppress-bounce', 'ended', '5.1.1'),
  row('mailgun', 'permanent', 'suppress-unsubscribe', 'stop', null),
  row('mailgun', 'permanent', 'suppress-complaint', 'stop', null),
  row('mailgun', 'permanent', null, 'ended', '5.0.0'),
  row('mailgun', 'temporary', null, 'nothing', null),
]

/** What a service's word means on a day, with the code it counts as. What nobody knows says nothing. */
export function meantBy(
  service: Service,
  type: string,
  subtype: string | null,
  told: string | null,
  today: string,
): { means: 'ended' | 'stop' | 'nothing'; code: string | null } {
  const fitting = serviceRules.filter((each) => each.service === service && each.type === type && each.from <= today)
  const rule = fitting.find((each) => each.subtype !== null && each.subtype === subtype) ?? fitting.find((each) => each.subtype === null) // prettier-ignore
  if (!rule) return { means: 'nothing', code: null }
  const code = told && enhancedCode(told)
  if (rule.means === 'told') return code ? { means: 'ended', code: sayingMore(code, rule.code) } : { means: 'nothing', code: null } // prettier-ignore
  return { means: rule.means, code: sayingMore(code, rule.code) }
}

/**
 * Which of both: a refusal for what we are (5.7) is one, whatever a service calls it; what a service takes for lasting is so only by its
 * own code; where a service says no more than that it is at an end, the mail server knows better.
 */
function sayingMore(told: string | null, own: string | null): string | null {
  if (!told?.startsWith('5.') || told.endsWith('.0.0')) return own
  return told.startsWith('5.7.') || own === '5.0.0' || own === '5.1.1' ? told : own
}
