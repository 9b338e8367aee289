import { z } from 'zod'
import { KindKey, type Said } from '../schema.ts'

/** What somebody proposes, as they wrote it in one language. */
export const Sent = z.object({
  title: z.string(),
  about: z.string(),
  /** 'YYYY-MM-DD' and 'HH:MM', of the organization's time zone; until earlier than from: past midnight. */
  date: z.string(),
  from: z.string(),
  to: z.string(),
  place: z.string(),
  address: z.string(),
  city: z.string(),
  zip5: z.string(),
  hides_address: z.boolean(),
  seats: z.number(),
  /** Codes of the languages spoken there. */
  spoken: z.array(z.string()),
  /** What they need from the organization. */
  needs: z.string(),
})
export type Sent = z.infer<typeof Sent>

/** Of one house, hall or table: more is an organizer's to plan. */
export const mostSeats = 500

const proposalStates = ['waiting', 'approved', 'declined', 'withdrawn'] as const
export type ProposalState = (typeof proposalStates)[number]

/** A proposal as read from a page. */
export interface Proposal {
  kind: string
  sent: Sent
  said: Said & { email: string }
}

export interface Hosting {
  /** That may be proposed. */
  kinds: readonly string[]
  /** By everybody, not by members with an account alone. */
  is_public: boolean
}

/** Until an organization says otherwise. */
export const hostingBefore: Hosting = {
  kinds: ['roundtable', 'community_service', 'social', 'phone_bank'],
  is_public: false,
}

export const HostingForm = z.object({
  kinds: z.array(KindKey).max(60).default([]),
  is_public: z.literal('on').optional().transform(Boolean),
})

/** What an organizer writes to the host along with a yes. */
export const NoteForm = z.object({ note: z.string().trim().max(1000).default('') })
export const DeclineForm = z.object({ reason: z.string().trim().min(1, 'form.required').max(1000) })
