import { z } from 'zod'
import { eventParts } from '../../targeting/schema.ts'

const part = z.enum(eventParts)
export const GivePartForm = z.object({ part, who: z.string() })
export const GuestForm = z.object({ part, name: z.string().trim().min(1, 'form.required').max(120) })
export const TakeBackForm = z.object({ part_id: z.uuid() })
