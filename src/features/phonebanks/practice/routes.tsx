import { z } from 'zod'
import { room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { callerOf } from '../caller.ts'
import { sessionOf } from '../queries.ts'
import './messages.ts'
import { practicePage } from './pages/practice.tsx'
import { practiceResults, practiceVoters } from './voters.ts'

const Where = z.object({
  voter: z
    .enum(practiceVoters.map(({ key }) => key))
    .optional()
    .catch(undefined),
  at: z.enum(['called', 'result']).optional().catch(undefined),
  result: z.enum(practiceResults).optional().catch(undefined),
})

/** Calls to play through, in the page's own memory or, without script, in the address alone: nothing that could be recorded. */
export const practiceRoutes = room().get('/call/:phone_bank/practice', allow('caller-link'), async (c) => {
  const caller = await callerOf(c, c.req.param('phone_bank'))
  const session = await sessionOf(c.var.installation, caller)
  const where = Where.parse(c.req.query())
  return practicePage(c, {
    session,
    voter: practiceVoters.find(({ key }) => key === where.voter) ?? null,
    at: where.at ?? null,
    result: where.result ?? null,
  })
})
