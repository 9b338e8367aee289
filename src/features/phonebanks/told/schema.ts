import { z } from 'zod'
import { SpokenLanguage, SpokeWith } from '../../contacts/schema.ts'
import { Booked } from '../../events/calls/schema.ts'
import { isCostly } from '../../voterfile/rules/costly.ts'

const Instant = z.iso.datetime({ offset: true })
const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/)
const short = (most: number) => z.string().trim().max(most).default('')
const Hangul = z
  .string()
  .trim()
  .max(40)
  .regex(/^([가-힣][가-힣\s·]*)?$/)
  .default('')

/** What a caller learned of the voter beside the result of the call. Empty words: nothing was said of them. */
export const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('name'), first_name: short(80), last_name: short(80), name_hangul: Hangul }),
  z.object({ kind: z.literal('phone'), phone: E164 }),
  z.object({ kind: z.literal('email'), email: z.email().max(200) }),
  z.object({
    kind: z.literal('address'),
    address: z.string().trim().min(1).max(120),
    city: short(60),
    zip5: z
      .string()
      .trim()
      .regex(/^(\d{5})?$/)
      .default(''),
  }),
  z.object({ kind: z.literal('language'), language: SpokenLanguage }),
  /** Somebody else who lives there. */
  z.object({
    kind: z.literal('member'),
    first_name: short(80),
    last_name: short(80),
    name_hangul: Hangul,
    phone: E164.nullable().default(null),
  }),
  z.object({ kind: z.literal('tag'), tag: z.string().min(1).max(80) }),
  /** They say yes to an event. `title`: as it was said, for the device to show. */
  z.object({
    kind: z.literal('event'),
    event_id: z.uuid(),
    shift_id: z.uuid(),
    title: z.string().max(300),
    /** Of the call: what they are written to in, where we do not know better. */
    language: SpokenLanguage.nullable().optional(),
  }),
  /** They agree, or do not want it any more. `to`: number or mailbox; `fact`: of the script, whose link they want. */
  z
    .object({
      kind: z.literal('consent'),
      /** 'phone' only as an end of calls: whoever is called agreed to nothing by that. */
      channel: z.enum(['text', 'email', 'post', 'phone']),
      is_given: z.boolean(),
      to: z.string().max(200).nullable().default(null),
      fact: z.string().max(40).nullable().default(null),
      /** Over the bridge: the organization sends the link, in this language. */
      send_in: SpokenLanguage.nullable().optional(),
      /** No more calls: who said so. */
      spoke_with: SpokeWith.nullable().optional(),
    })
    .refine((told) => told.channel !== 'phone' || (!told.is_given && told.spoke_with)),
])
export type Told = z.infer<typeof Told>

/** A number that would be rung from somebody's own telephone at their cost: whoever has the link could name it. */
export const namesCostly = (told: Told): boolean =>
  told.kind === 'phone' || told.kind === 'member' ? told.phone !== null && isCostly(told.phone) : false

export const ToldInput = z.object({
  /** Made on the device: the same word sent twice is taken once. */
  told_id: z.uuid(),
  voter_id: z.int32(),
  ticket: z.string().max(200),
  told: Told,
  /** By the device's clock; `sent_at` tells how far it is off. */
  told_at: Instant,
  sent_at: Instant,
})
export type ToldInput = z.infer<typeof ToldInput>

export const ToldOutput = z.object({
  outcome: z.enum(['recorded', 'already_recorded', 'refused']),
  problem: z
    .enum([
      'not_yours',
      'closed',
      'tag_not_allowed',
      'empty',
      'costly_number',
      'event_over',
      'event_full',
      'event_already',
    ])
    .nullable(),
  /** Of an event: what the yes came to. */
  booked: Booked.nullable().optional(),
})
export type ToldOutput = z.infer<typeof ToldOutput>

/** What stood where a caller noted something, to bring it back. */
export interface Before {
  facts?: Record<string, string | number | null>
  /** What was written in their place; of notes from before, not known. */
  written?: Record<string, string | number | null>
  /** A number, mailbox or tag was there already, so it stays. */
  was_there?: boolean
  /** The number or mailbox that came first until then. */
  preferred?: string | null
  /** The sign-up a yes to an event made, or accepted. */
  signup?: { signup_id: string; booked: Booked; shift_ids?: string[] | undefined }
}

export const UntellInput = z.object({
  told_id: z.uuid(),
  /** It was sent and no answer came: should it come only now, it is not taken any more. */
  unseen: ToldInput.pick({ voter_id: true, ticket: true, told: true, told_at: true }).optional(),
})
export type UntellInput = z.infer<typeof UntellInput>
export const UntellOutput = z.object({
  outcome: z.enum(['undone', 'refused']),
  problem: z.enum(['unknown', 'too_late', 'changed_since']).nullable(),
})
export type UntellOutput = z.infer<typeof UntellOutput>
