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

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

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

const at = z.iso.datetime({ offset: true })
const contact = { attempt_id: z.uuid(), voter_id: z.int().nullable(), person_id: z.uuid().nullable() }
const person = z.object({ person_id: z.uuid(), voter_id: z.int().nullable() })
const suppression = z.object({
  suppression_id: z.uuid(),
  voter_id: z.int().nullable(),
  person_id: z.uuid().nullable(),
  phone: z.string().nullable().meta({ description: 'Set: the number is closed, E.164.' }),
  reason: z.string(),
})
const follow_up = { follow_up_id: z.uuid(), kind: z.string() }
const whose = { voter_id: z.int().nullable(), person_id: z.uuid().nullable(), phone_bank_id: z.uuid().nullable() }

/** `data` of each message, as the triggers write it (migrations/0132, 0295, 0369). */
export const webhookData = {
  'contact.recorded': z.object({
    ...contact,
    channel: z.string(),
    disposition: z.string(),
    is_reached: z.boolean(),
    is_conversation: z.boolean(),
    phone_bank_id: z.uuid().nullable(),
    attempted_at: at,
  }),
  'contact.undone': z.object({ ...contact, undone_at: at }),
  'person.created': person,
  'person.changed': person,
  'person.merged': z.object({ person_id: z.uuid(), merged_into: z.uuid() }),
  'suppression.marked': suppression,
  'suppression.taken_back': suppression,
  'phone_bank.ended': z.object({ phone_bank_id: z.uuid(), ended_at: at }),
  'follow_up.made': z.object({ ...follow_up, ...whose, attempt_id: z.uuid().nullable() }),
  'follow_up.assigned': z.object({ ...follow_up, owner_id: z.uuid().nullable(), due_on: z.string().nullable() }),
  'follow_up.solved': z.object({ ...follow_up, ...whose }),
} satisfies Record<WebhookEvent, z.ZodType>
