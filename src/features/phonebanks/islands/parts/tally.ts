import { isConversation, type Disposition, type SpokeWith } from '../../../contacts/schema.ts'
import type { Session } from './desk-state.ts'
import type { UnsentCall } from './store.ts'

/** The tally with this result, or without it again; a corrected one stands in the place of the first. */
export function counted(session: Session, { result, was, was_spoke_with = null }: UnsentCall, by: 1 | -1): Session {
  const with_it = withTally(session, result.disposition, result.spoke_with, by)
  return was ? withTally(with_it, was, was_spoke_with, by === 1 ? -1 : 1) : with_it
}

function withTally(session: Session, disposition: Disposition, spoke_with: SpokeWith | null, by: 1 | -1): Session {
  const { tally } = session
  return {
    ...session,
    tally: {
      calls: tally.calls + by,
      reached: tally.reached + (isConversation(disposition, spoke_with) ? by : 0),
      answered: tally.answered + (disposition === 'canvassed' ? by : 0),
    },
  }
}
