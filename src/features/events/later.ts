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
