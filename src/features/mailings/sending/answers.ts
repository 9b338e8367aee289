/*
 * What a mail server's answer means for the mailbox, as dated data. Codes: RFC 3463 and its registry; what providers mean by
 * 5.7.2x: their pages for senders. Checked 2026-11-23.
 */

/** 'hard': the mailbox is stopped now; 'soft': after several; 'content' and 'policy': no fault of the mailbox; 'retry': later. */
export const answerKinds = ['hard', 'soft', 'content', 'policy', 'retry'] as const
export type AnswerKind = (typeof answerKinds)[number]

interface AnswerRule {
  /** Beginning of the enhanced code, '5.1.1' or '5.7'. */
  code: string
  kind: AnswerKind
  from: string
  /** Of a policy: so many of one domain pause the mailing. */
  most?: number
}

/** The longest that fits counts. */
export const answerRules: readonly AnswerRule[] = [
  { code: '5.1.0', kind: 'hard', from: '2003-01-01' },
  { code: '5.1.1', kind: 'hard', from: '2003-01-01' },
  { code: '5.1.2', kind: 'hard', from: '2003-01-01' },
  { code: '5.1.3', kind: 'hard', from: '2003-01-01' },
  { code: '5.1.6', kind: 'hard', from: '2003-01-01' },
  { code: '5.1.10', kind: 'hard', from: '2015-06-01' }, // RFC 7505: a domain that takes no mail
  { code: '5.1', kind: 'soft', from: '2003-01-01' },
  { code: '5.2.1', kind: 'hard', from: '2003-01-01' },
  { code: '5.2.2', kind: 'soft', from: '2003-01-01' },
  { code: '5.2.3', kind: 'content', from: '2003-01-01' },
  { code: '5.3.4', kind: 'content', from: '2003-01-01' },
  { code: '5.4', kind: 'soft', from: '2003-01-01' },
  { code: '5.6', kind: 'content', from: '2003-01-01' },
  { code: '5.7', kind: 'policy', from: '2003-01-01', most: 20 },
  // RFC 7372 and 8616, Gmail and Outlook: SPF, DKIM, DMARC, TLS or the reverse name of who sends. The same for all of a domain until
  // it is mended.
  { code: '5.7.20', kind: 'policy', from: '2014-09-01', most: 3 },
  { code: '5.7.21', kind: 'policy', from: '2014-09-01', most: 3 },
  { code: '5.7.22', kind: 'policy', from: '2014-09-01', most: 3 },
  { code: '5.7.23', kind: 'policy', from: '2014-09-01', most: 3 },
  { code: '5.7.24', kind: 'policy', from: '2014-09-01', most: 3 },
  { code: '5.7.25', kind: 'policy', from: '2014-09-01', most: 3 },
  { code: '5.7.26', kind: 'policy', from: '2014-09-01', most: 3 },
  { code: '5.7.27', kind: 'policy', from: '2015-06-01', most: 3 },
  { code: '5.7.29', kind: 'policy', from: '2024-02-01', most: 3 },
  { code: '5.7.30', kind: 'policy', from: '2024-02-01', most: 3 },
  { code: '5.7.509', kind: 'policy', from: '2023-08-01', most: 3 },
  { code: '5.7.515', kind: 'policy', from: '2025-05-05', most: 3 },
  { code: '5', kind: 'soft', from: '2003-01-01' },
  { code: '4', kind: 'retry', from: '2003-01-01' },
]

/** How servers without enhanced codes say that there is no such mailbox. */
const unknownMailbox = /\b(user|recipient|mailbox|address|account)\b.{0,30}\b(unknown|not found|does not exist|doesn't exist|invalid|unavailable|disabled)|no such (user|mailbox|recipient|address)|unknown (user|recipient|mailbox)/i // prettier-ignore

/** '5.1.1' in 'dsn=5.1.1, 550 5.1.1 no such user'. */
export const enhancedCode = (answer: string): string | null =>
  /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(answer)?.[1] ?? null

function ruleFor(code: string, today: string): AnswerRule | undefined {
  const fitting = answerRules.filter(
    (rule) => rule.from <= today && (code === rule.code || code.startsWith(`${rule.code}.`)),
  )
  return fitting.toSorted((a, b) => b.code.length - a.code.length)[0]
}

/** What an answer with a reply code (550) or an enhanced one means on that day. */
export function kindOf(answer: string, reply: number | null, today: string): AnswerKind {
  const code = enhancedCode(answer)
  const isFinal = reply === null ? code?.startsWith('5') : reply >= 500
  if (!isFinal) return 'retry'
  if (code?.startsWith('5')) {
    const best = ruleFor(code, today)
    // "5.0.0" and "5.7.1" beside plain words are what servers say that know no better.
    const isPlain = best?.kind === 'soft' || ['5.7', '5.7.0', '5.7.1'].includes(best?.code ?? '')
    if (best && !(isPlain && unknownMailbox.test(answer))) return best.kind
  }
  if (unknownMailbox.test(answer)) return 'hard'
  return reply === 552 ? 'soft' : reply === 554 ? 'policy' : 'soft'
}

/** The reply of a refusal for good that a report brings: by the words alone 554 says that it is for what we are. */
export const replyIn = (said: string): number => (enhancedCode(said) === null && /\b554\b/.test(said) ? 554 : 550)

const mostOf = (answer: string, today: string): number =>
  ruleFor(enhancedCode(answer) ?? '5.7', today)?.most ?? policyMost

/** Under which a refusal of a domain for what we are is counted: those of which few pause are counted by themselves. */
export function countedAs(domain: string, answer: string, today: string): string {
  const most = mostOf(answer, today)
  return most === policyMost ? domain : `${domain} ${most}`
}

/** Whether something is counted for that domain, as `countedAs` says it. */
export const isCountOf = (key: string, domain: string): boolean => key === domain || key.startsWith(`${domain} `)

/**
 * Whether the `count`th of them, as `countedAs` counts, pauses the mailing: early where it is ours to mend, and each time there were
 * twice as many again, so that whoever goes on all the same comes to the end.
 */
export function isTooOften(count: number, answer: string, today: string): boolean {
  const times = count / mostOf(answer, today)
  return times >= 1 && Number.isInteger(times) && (times & (times - 1)) === 0
}

/** What a server said, without the mailboxes it names: it is kept where nobody could be found to be erased. */
export const withoutMailboxes = (answer: string): string => answer.replaceAll(/[^\s<>()[\]:;,"']+@/g, '…@')

/** Of one domain, where the answer says no more than that. */
const policyMost = 20

/** So many soft bounces within so many days stop a mailbox. */
export const softRule = { most: 3, within_days: 30 } as const

/** Minutes until the next try; after `giveUp_hours` a mail counts as not to be delivered. */
const pauses_minutes = [5, 15, 30, 60, 120, 240, 480] as const
const giveUp_hours = 72

/** When what was put off for the nth time is tried again. */
export const afterPause = (nth: number, now: Date): Date =>
  new Date(now.getTime() + (pauses_minutes[Math.min(nth, pauses_minutes.length) - 1] ?? pauses_minutes[0]) * 60_000)

/** When a mail that was put off is tried again; null: no more. `tries`: so many were made. */
export function nextTry(tries: number, first_tried_at: Date, now: Date): Date | null {
  const next = afterPause(tries, now)
  return next.getTime() - first_tried_at.getTime() > giveUp_hours * 3_600_000 ? null : next
}
