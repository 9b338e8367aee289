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

/** What somebody waits for, or would come in vain without, goes before reminders, and those before invitations. */
export const mailPriority: Record<MailKind, number> = {
  answer: -1,
  moved_up: -1,
  not_accepted: -1,
  changed: -1,
  canceled: -1,
  dropped: -1,
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
