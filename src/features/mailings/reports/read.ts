import { z } from 'zod'

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

/** The parts of a message by its own boundary: head and body of each. */
function partsOf(message: string): { type: string; body: string }[] {
  const [head = '', ...rest] = message.split('\n\n')
  const boundary = /boundary="?([^";\s]+)"?/i.exec(fieldsOf(head).get('content-type') ?? '')?.[1]
  if (!boundary) return []
  return rest
    .join('\n\n')
    .split(`--${boundary}`)
    .slice(1)
    .map((part) => {
      const [own = '', ...body] = part.replace(/^\n/, '').split('\n\n')
      return { type: (fieldsOf(own).get('content-type') ?? '').toLowerCase(), body: body.join('\n\n') }
    })
}

/**
 * A report as mail: delivery status (RFC 3464) or abuse feedback (RFC 5965). Its machine-readable parts are plain ASCII by
 * their standards, so that no decoding stands between us and them. Anything else says nothing.
 */
export function readMailReport(raw: string): Report[] {
  const message = raw.replaceAll('\r\n', '\n').slice(0, 400_000)
  const parts = partsOf(message)
  const returned = parts.find(({ type }) => /^(message\/rfc822|text\/rfc822-headers)/.test(type))
  const original = fieldsOf(returned?.body ?? '')
  const message_id = original.get('message-id') ?? null
  const feedback = parts.find(({ type }) => type.startsWith('message/feedback-report'))
  if (feedback) {
    const fields = fieldsOf(feedback.body)
    const address = mailbox(fields.get('original-rcpt-to') ?? original.get('to'))
    const kind = fields.get('feedback-type') ?? 'abuse'
    if (!address || !isComplaint(kind)) return []
    return [{ kind: 'complaint', message_id, address, status: null, answer: kind, is_final: true }]
  }
  const status = parts.find(({ type }) => type.startsWith('message/delivery-status'))
  if (!status) return []
  return status.body
    .trim()
    .split(/\n\s*\n/)
    .flatMap((block): Report[] => {
      const fields = fieldsOf(block)
      const address = mailbox(fields.get('original-recipient') ?? fields.get('final-recipient'))
      const action = (fields.get('action') ?? '').toLowerCase()
      if (!address || (action !== 'failed' && action !== 'delayed')) return []
      const code = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? null
      const answer = (fields.get('diagnostic-code') ?? fields.get('status') ?? action).replace(/^smtp;\s*/i, '')
      return [{ kind: 'bounce', message_id, address, status: code, answer: answer.slice(0, 500), is_final: action === 'failed' }] // prettier-ignore
    })
}

const Ses = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.object({ commonHeaders: z.object({ messageId: z.string().optional() }).optional() }).optional(),
  bounce: z.object({
    bounceType: z.string(),
    bouncedRecipients: z.array(z.object({ emailAddress: z.string(), status: z.string().optional(), diagnosticCode: z.string().optional() })),
  }).optional(),
  complaint: z.object({ complainedRecipients: z.array(z.object({ emailAddress: z.string() })), complaintFeedbackType: z.string().nullish() }).optional(),
}) // prettier-ignore

/** What Amazon SES says in a notification. */
export function readSes(said: unknown): Report[] {
  const read = Ses.safeParse(said)
  if (!read.success) return []
  const { mail, bounce, complaint } = read.data
  const message_id = mail?.commonHeaders?.messageId ?? null
  return [
    ...(bounce?.bouncedRecipients ?? []).map((each): Report => ({
      kind: 'bounce', message_id, address: mailbox(each.emailAddress), status: each.status ?? (bounce?.bounceType === 'Permanent' ? '5.1.1' : null),
      answer: each.diagnosticCode ?? bounce?.bounceType ?? '', is_final: bounce?.bounceType === 'Permanent',
    })),
    ...(isComplaint(complaint?.complaintFeedbackType ?? 'abuse') ? (complaint?.complainedRecipients ?? []) : []).map((each): Report => ({
      kind: 'complaint', message_id, address: mailbox(each.emailAddress), status: null, answer: complaint?.complaintFeedbackType ?? 'abuse', is_final: true,
    })),
  ]
} // prettier-ignore

const Postmark = z.object({
  RecordType: z.enum(['Bounce', 'SpamComplaint']),
  Type: z.string().optional(),
  Email: z.string(),
  Details: z.string().optional(),
  Description: z.string().optional(),
})

/** What Postmark posts; its `HardBounce` and `BadEmailAddress` say that there is no such mailbox. */
export function readPostmark(said: unknown): Report[] {
  const read = Postmark.safeParse(said)
  if (!read.success) return []
  const { RecordType, Type = '', Email, Details, Description } = read.data
  const isHard = ['HardBounce', 'BadEmailAddress'].includes(Type)
  const answer = (Details || Description || Type).slice(0, 500)
  return [{ kind: RecordType === 'Bounce' ? 'bounce' : 'complaint', message_id: null, address: mailbox(Email), status: isHard ? '5.1.1' : null, answer, is_final: isHard || RecordType !== 'Bounce' }] // prettier-ignore
}

const Mailgun = z.object({
  'event-data': z.object({
    event: z.string(),
    severity: z.string().optional(),
    recipient: z.string(),
    'delivery-status': z.object({ code: z.number().optional(), message: z.string().optional(), 'enhanced-code': z.string().optional() }).optional(),
    message: z.object({ headers: z.object({ 'message-id': z.string().optional() }).optional() }).optional(),
  }),
}) // prettier-ignore

/** What Mailgun posts. */
export function readMailgun(said: unknown): Report[] {
  const read = Mailgun.safeParse(said)
  if (!read.success) return []
  const { event, severity, recipient, message, 'delivery-status': status } = read.data['event-data']
  const id = message?.headers?.['message-id']
  const message_id = id ? `<${id.replaceAll(/[<>]/g, '')}>` : null
  if (event === 'complained') return [{ kind: 'complaint', message_id, address: mailbox(recipient), status: null, answer: 'abuse', is_final: true }] // prettier-ignore
  if (event !== 'failed') return []
  const answer = `${status?.code ?? ''} ${status?.message ?? ''}`.trim().slice(0, 500)
  return [{ kind: 'bounce', message_id, address: mailbox(recipient), status: status?.['enhanced-code'] ?? null, answer, is_final: severity === 'permanent' }] // prettier-ignore
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
  const named = `${fields.get('references') ?? ''} ${fields.get('in-reply-to') ?? ''}`.match(/<[0-9a-f-]{36}\.\d{1,9}@[^<>\s]+>/g)
  return named?.at(-1) ?? null
} // prettier-ignore
