import { z } from 'zod'

/** Why a phone bank is not made as it is told. */
export const DraftProblem = z.enum(['name_needed', 'languages_needed', 'lane_candidate', 'candidate_needed'])
export type DraftProblem = z.infer<typeof DraftProblem>

/** Why the next one of a phone bank is not made. 'unexpected': the log knows. */
export const RepeatProblem = z.enum([...DraftProblem.options, 'script_not_ready', 'universe_unreadable', 'unexpected'])
export type RepeatProblem = z.infer<typeof RepeatProblem>

export const RepeatChange = z.enum(['weekly', 'pause', 'resume', 'stop'])
export type RepeatChange = z.infer<typeof RepeatChange>
