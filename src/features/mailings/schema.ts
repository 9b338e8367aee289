import { z } from 'zod'

export const mailingStates = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'canceled'] as const
export type MailingState = (typeof mailingStates)[number]

export const mailingLanes = ['member_communication', 'non_partisan', 'independent', 'coordinated'] as const
export type MailingLane = (typeof mailingLanes)[number]

const name = z.string().trim().min(1, 'form.required').max(120)

export const MailingForm = z.object({ name, lane: z.enum(mailingLanes) })
export type MailingForm = z.output<typeof MailingForm>
