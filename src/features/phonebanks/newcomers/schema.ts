import { z } from 'zod'
import { callOutcomes } from '../../events/calls/schema.ts'

export const ResultForm = z.object({
  signup: z.uuid(),
  said: z.enum(callOutcomes),
  /** Of the page: a thumb that presses twice called once. */
  key: z.uuid(),
})

export const PutOffForm = z.object({ signup: z.uuid() })

/** The page sleeps behind the telephone meanwhile. */
export const lease_minutes = 30

/** Whoever put somebody off is not shown them again so soon. */
export const put_off_minutes = 30

/** Hours in which a caller may still say what came of a call to whom they had in hand. */
export const result_hours = 12

/** As long after its end, a phone bank takes what is said of calls that were under way. */
export const end_minutes = 30

/** Whoever put off so many within `result_hours` is shown those alone. */
export const most_put_offs = 10
