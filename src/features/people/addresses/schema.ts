import { z } from 'zod'
import { zip5 } from '../schema.ts'

export const addressKinds = ['home', 'mailing', 'work', 'other', 'earlier'] as const
export type AddressKind = (typeof addressKinds)[number]

export const addressQualities = ['good', 'unknown', 'undeliverable', 'moved'] as const
export type AddressQuality = (typeof addressQualities)[number]

/** Nothing that is sent there arrives at this person. */
export const deadQualities: readonly AddressQuality[] = ['undeliverable', 'moved']

export const AddressForm = z.object({
  /** A mailing address of a voter file has up to four lines of a hundred letters. */
  address: z.string().trim().min(1, 'form.required').max(420, 'people.too_long'),
  city: z
    .string()
    .trim()
    .max(60, 'people.too_long')
    .default('')
    .transform((typed) => typed || null),
  state: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2})?$/, 'addresses.state_invalid')
    .default('')
    .transform((typed) => typed || null),
  zip5,
  kind: z.enum(addressKinds).default('home'),
  quality: z.enum(addressQualities).default('unknown'),
  is_preferred: z.string().optional().transform(Boolean),
})
export type AddressInput = z.output<typeof AddressForm>
