import { z } from 'zod'
import { saysPurpose } from '../access/schema.ts'

export const webhookEvents = [
  'contact.recorded',
  'contact.undone',
  'person.created',
  'person.changed',
  'person.merged',
  'suppression.marked',
  'suppression.taken_back',
  'phone_bank.ended',
  'follow_up.made',
  'follow_up.assigned',
  'follow_up.solved',
] as const
export type WebhookEvent = (typeof webhookEvents)[number]

/** These say whom something happened to; some with the telephone number: what comes from a voter file stays bound by the law. */
export const eventsOfPeople: readonly WebhookEvent[] = webhookEvents.filter((event) => event !== 'phone_bank.ended')

const WebhookFields = z.object({
  url: z
    .string()
    .trim()
    .max(500)
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'webhooks.url_invalid')
    .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'webhooks.url_invalid'),
  events: z
    .union([z.enum(webhookEvents).transform((one) => [one]), z.array(z.enum(webhookEvents))])
    .default([])
    .refine((chosen) => chosen.length > 0, 'webhooks.events_needed'),
  /** The limit on use of voter files is kept. */
  law: z.literal('yes').optional(),
  /** What the other program gets people for. */
  purpose: z.string().trim().max(1000).optional(),
})

const tellsOfPeople = ({ events }: z.output<typeof WebhookFields>): boolean =>
  events.some((event) => eventsOfPeople.includes(event))

export const WebhookForm = WebhookFields.refine((form) => form.law === 'yes' || !tellsOfPeople(form), {
  path: ['law'],
  message: 'webhooks.law_needed',
}).refine((form) => saysPurpose(form.purpose ?? '') || !tellsOfPeople(form), {
  path: ['purpose'],
  message: 'tokens.purpose_short',
})
export type WebhookForm = z.output<typeof WebhookForm>
