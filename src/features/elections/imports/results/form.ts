import { z } from 'zod'
import { CalendarDate } from '../../../../platform/dates.ts'
import { sourceAddress } from '../../figures/schema.ts'

/** What a steward says of a file of results. */
export const ResultsForm = z
  .object({
    election: z.string().regex(/^\d{1,9}$/, 'form.required'),
    source_url: sourceAddress,
    as_of: z
      .string()
      .trim()
      .refine((text) => CalendarDate.safeParse(text).success, 'form.invalid'),
  })
  .transform(({ election, ...rest }) => ({ ...rest, election_id: Number(election) }))
