import { sql } from 'kysely'

/**
 * Of what somebody said of a channel the newest counts; of two at one moment, as when two records were put together, the
 * refusal. For whoever reads `consent`: what stands after `order by`.
 */
export const newestSaid = sql`recorded_at desc, is_given`
