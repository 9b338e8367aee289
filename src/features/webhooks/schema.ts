import { z } from 'zod'

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

export const WebhookForm = z.object({
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
})
export type WebhookForm = z.output<typeof WebhookForm>
