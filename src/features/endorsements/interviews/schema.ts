import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most)

export const SlotsForm = z
  .object({
    on: CalendarDate,
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    count: wholeNumber(1, 20),
    minutes: wholeNumber(5, 240),
    pause_minutes: wholeNumber(0, 120),
    place: z.string().trim().max(300).default(''),
    online_link: z.union([z.literal('').transform(() => null), z.url({ protocol: /^https?$/ }).max(500)]).default(null),
  })
  .refine(({ place, online_link }) => place !== '' || online_link !== null, {
    path: ['place'],
    message: 'interviews.place_needed',
  })
export type SlotsForm = z.infer<typeof SlotsForm>

export const UntilForm = z.object({ book_until_on: CalendarDate })
export const OneSlot = z.object({ slot: z.uuid() })
export const OneMember = z.object({ member: z.uuid() })
export const OneQuestion = z.object({ question: z.uuid() })
export const MinutesForm = z.object({
  question: z.union([z.literal(''), z.uuid()]).default(''),
  minutes: wholeNumber(1, 60),
})

/** What a campaign says with its time. */
const need = z.string().trim().max(1000).default('')
export const BookForm = z.object({ slot: z.uuid('interviews.slot_needed'), access_needs: need, interpreter: need })
