import { z } from 'zod'
import { enhancedCode } from '../sending/answers.ts'
import { meantBy, type Service } from './rules.ts'

/** What somebody's mail system says of a mail after it was taken. */
export interface Report {
  kind: 'bounce' | 'complaint'
  /** Of the mail, where it is told: '<…@…>'. */
  message_id: string | null
  address: string
  /** RFC 3463, '5.1.1'. */
  status: string | null
  answer: string
  /** Nothing more is tried. */
  is_final: boolean
  /** By another mailbox that this one handed it on to. */
  is_handed_on?: true
}

/** Feedback of a kind that is no complaint: a mail taken out of the junk folder (RFC 6430), a signature that failed (RFC 6591). */
const isComplaint = (kind: string): boolean => !['not-spam', 'auth-failure'].includes(kind.trim().toLowerCase())

const mailbox = (text: string | undefined): string =>
  (/<([^<>\s]+)>/.exec(text ?? '')?.[1] ?? (text ?? '').replace(/^[\w-]+;/, '')).trim().toLowerCase()

/** Header fields of a block, unfolded; names in small letters, the first of each. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const match = /^([!-9;-~]+):\s*(.*)$/.exec(line)
    if (match?.[1] && !fields.has(match[1].toLowerCase())) fields.set(match[1].toLowerCase(), (match[2] ?? '').trim())
  }
  return fields
}

interface Leaf {
  type: string
  body: string
}

/** What a mail is made of that is no text to be read, decoded, wherever in it it lies. */
async function leavesOf(message: string): Promise<Leaf[]> {
  const { simpleParser } = await import('mailparser')
  const options = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true, keepDeliveryStatus: true } // prettier-ignore
  const attachments = await simpleParser(message, options).then(
    (mail) => mail.attachments,
    (problem: unknown) => {
      // Of more than a thousand parts: no mail server writes a report so.
      if (problem instanceof Error && 'code' in problem && problem.code === 'EMAXLEN') return []
      throw problem
    },
  )
  return attachments.map(({ contentType, content }) => ({
    type: contentType.toLowerCase(),
    // What PostgreSQL keeps no letter for belongs into no report.
    body: content.toString().replaceAll('\r\n', '\n').replaceAll('\0', ''),
  }))
}

/** Letters that a report in ASCII writes by their numbers (RFC 6533 3). */
const unescaped = (text: string): string =>
  text.replaceAll(/\\x\{([0-9a-f]{2,6})\}/gi, (whole, hex: string) => {
    const point = Number.parseInt(hex, 16)
    const isLetter = point >= 0x20 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
    return isLetter ? String.fromCodePoint(point) : whole
  })

/** Each of our mails goes to one; a list that hands it on names a few. What is named beyond is not read. */
const recipients_most = 50

/**
 * A report as mail: delivery status (RFC 3464, 6533) or abuse feedback (RFC 5965), also where a list or a rule of forwarding has put it
 * into another mail. Anything else says nothing.
 */
export async function readMailReport(raw: string, isInside = false): Promise<Report[]> {
  const parts = await leavesOf(raw.slice(0, 400_000))
  const inside = parts.filter(({ type }) => /^(message\/(rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(type))
  const original = fieldsOf(inside[0]?.body ?? '')
  const message_id = original.get('message-id') ?? null
  const feedback = parts.find(({ type }) => type === 'message/feedback-report')
  if (feedback) {
    const fields = fieldsOf(feedback.body)
    const address = mailbox(fields.get('original-rcpt-to') ?? original.get('to'))
    const kind = fields.get('feedback-type') ?? 'abuse'
    if (!address || !isComplaint(kind)) return []
    return [{ kind: 'complaint', message_id, address, status: null, answer: kind, is_final: true }]
  }
  const status = parts.find(({ type }) => /^message\/(global-)?delivery-status$/.test(type))
  if (status) return status.body.trim().split(/\n\s*\n/).flatMap((block) => bounceOf(block, message_id)).slice(0, recipients_most)
  if (isInside) return []
  for (const { body } of inside) {
    const found = await readMailReport(body, true)
    if (found.length > 0) return found
  }
  return []
} // prettier-ignore

/** Of one mailbox. */
function bounceOf(block: string, message_id: string | null): Report[] {
  const fields = fieldsOf(block)
  const [meant, last] = ['original-recipient', 'final-recipient'].map((name) => mailbox(unescaped(fields.get(name) ?? '')))
  const address = meant || last
  const action = (fields.get('action') ?? '').toLowerCase()
  if (!address || (action !== 'failed' && action !== 'delayed')) return []
  const answer = (fields.get('diagnostic-code') ?? fields.get('status') ?? action).replace(/^smtp;\s*/i, '')
  const code = enhancedCode(fields.get('status') ?? '')
  // Many say 5.0.0 and leave the rest to the words of the server they asked.
  const status = code === null || code.endsWith('.0.0') ? (enhancedCode(answer) ?? code) : code
  return [{ kind: 'bounce', message_id, address, status, answer: answer.slice(0, 500), is_final: action === 'failed', ...(meant && last && meant !== last && { is_handed_on: true }) }]
} // prettier-ignore

const Ses = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.object({ commonHeaders: z.object({ messageId: z.string().optional() }).optional() }).optional(),
  bounce: z.object({
    bounceType: z.string(),
    bounceSubType: z.string().optional(),
    bouncedRecipients: z.array(z.object({ emailAddress: z.string(), status: z.string().optional(), diagnosticCode: z.string().optional() })),
  }).optional(),
  complaint: z.object({ complainedRecipients: z.array(z.object({ emailAddress: z.string() })), complaintFeedbackType: z.string().nullish() }).optional(),
}) // prettier-ignore

type Said = Pick<Report, 'message_id' | 'address' | 'answer'>

/** What a service says by its own words, as `serviceRules` has it. */
function reported(service: Service, type: string, subtype: string | null, told: string | null, said: Said, today: string): Report[] {
  const { means, code } = meantBy(service, type, subtype, told, today)
  if (means === 'nothing') return []
  return [means === 'stop' ? { ...said, kind: 'complaint', status: null, is_final: true } : { ...said, kind: 'bounce', status: code, is_final: true }]
} // prettier-ignore

const complained = (said: Said): Report => ({ ...said, kind: 'complaint', status: null, is_final: true })

/** What Amazon SES says in a notification. */
export function readSes(said: unknown, today: string): Report[] {
  const read = Ses.safeParse(said)
  if (!read.success) return []
  const { mail, bounce, complaint } = read.data
  const message_id = mail?.commonHeaders?.messageId ?? null
  const bounced = (bounce?.bouncedRecipients ?? []).flatMap(({ emailAddress, status, diagnosticCode }) => {
    const type = bounce?.bounceType ?? ''
    const subtype = bounce?.bounceSubType ?? null
    const answer = (diagnosticCode ?? [type, subtype].filter(Boolean).join(' ')).slice(0, 500)
    return reported('ses', type, subtype, `${status ?? ''} ${diagnosticCode ?? ''}`, { message_id, address: mailbox(emailAddress), answer }, today)
  })
  const kind = complaint?.complaintFeedbackType ?? 'abuse'
  const complaints = isComplaint(kind) ? (complaint?.complainedRecipients ?? []) : []
  return [...bounced, ...complaints.map(({ emailAddress }) => complained({ message_id, address: mailbox(emailAddress), answer: kind }))]
} // prettier-ignore

const Postmark = z.object({
  RecordType: z.enum(['Bounce', 'SpamComplaint']),
  Type: z.string().optional(),
  Email: z.string(),
  Details: z.string().optional(),
  Description: z.string().optional(),
})

/** What Postmark posts. */
export function readPostmark(said: unknown, today: string): Report[] {
  const read = Postmark.safeParse(said)
  if (!read.success) return []
  const { RecordType, Type = '', Email, Details, Description } = read.data
  const answer = (Details || Description || Type).slice(0, 500)
  const about = { message_id: null, address: mailbox(Email), answer }
  return RecordType === 'Bounce' ? reported('postmark', Type, null, Details ?? null, about, today) : [complained(about)]
}

const Mailgun = z.object({
  'event-data': z.object({
    event: z.string(),
    severity: z.string().optional(),
    reason: z.string().optional(),
    recipient: z.string(),
    'delivery-status': z.object({ code: z.number().optional(), message: z.string().optional(), 'enhanced-code': z.string().optional() }).optional(),
    message: z.object({ headers: z.object({ 'message-id': z.string().optional() }).optional() }).optional(),
  }),
}) // prettier-ignore

/** What Mailgun posts. */
export function readMailgun(said: unknown, today: string): Report[] {
  const read = Mailgun.safeParse(said)
  if (!read.success) return []
  const { event, severity = '', reason = null, recipient, message, 'delivery-status': status } = read.data['event-data']
  const id = message?.headers?.['message-id']
  const message_id = id ? `<${id.replaceAll(/[<>]/g, '')}>` : null
  const about = { message_id, address: mailbox(recipient) }
  if (event === 'complained') return [complained({ ...about, answer: 'abuse' })]
  if (event !== 'failed') return []
  const answer = `${status?.code ?? ''} ${status?.message ?? ''}`.trim().slice(0, 500)
  const told = `${status?.['enhanced-code'] ?? ''} ${answer}`
  return reported('mailgun', severity, reason, told, { ...about, answer: answer || (reason ?? severity) }, today)
}

/** Which of our mails a mail answers: '<…@…>'; null: none, or a machine answered (RFC 3834). */
export function readReply(raw: string): string | null {
  const [head = ''] = raw.replaceAll('\r\n', '\n').slice(0, 100_000).split('\n\n')
  const fields = fieldsOf(head)
  const isByMachine =
    !/^(no)?$/i.test(fields.get('auto-submitted') ?? '') ||
    /^(bulk|junk|auto_reply|list)$/i.test(fields.get('precedence') ?? '') ||
    fields.has('x-autoreply') ||
    fields.has('x-auto-response-suppress')
  if (isByMachine) return null
  const named = `${fields.get('references') ?? ''} ${fields.get('in-reply-to') ?? ''}`.match(/<[0-9a-f-]{36}\.\d{1,9}(?:\.r\d{1,4})?@[^<>\s]+>/g)
  return named?.at(-1) ?? null
} // prettier-ignore
