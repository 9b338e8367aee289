import { z } from 'zod'

/* What is done later: asked for by commands, done by the jobs, which call commands. */

/** What a mail says. */
export const mailKinds = [
  'answer',
  'moved_up',
  'not_accepted',
  'changed',
  'canceled',
  'reminder',
  'invited',
  'dropped',
] as const
export type MailKind = (typeof mailKinds)[number]

/** Whoever would come for nothing hears of it before thousands are invited. The lower, the sooner. */
export const mailPriority: Record<MailKind, number> = {
  canceled: -2,
  changed: -2,
  dropped: -2,
  moved_up: -1,
  not_accepted: -1,
  answer: -1,
  reminder: 0,
  invited: 1,
}

export const eventMail = {
  name: 'events.mail',
  payload: z.object({
    organization_id: z.uuid(),
    event_id: z.uuid(),
    signup_id: z.uuid(),
    kind: z.enum(mailKinds),
    /** Of a reminder, and of a shift that is theirs no more; of other mails all of theirs. */
    shift_ids: z.array(z.uuid()).optional(),
  }),
}

export const eventTend = {
  name: 'events.tend',
  payload: z.object({ organization_id: z.uuid(), event_id: z.uuid() }),
}
