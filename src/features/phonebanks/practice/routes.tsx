import { z } from 'zod'
import { page } from '../../../platform/http/page.tsx'
import { room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { callerOf } from '../caller.ts'
import { sessionOf } from '../queries.ts'
import './messages.ts'
import { PracticePage } from './pages/practice.tsx'
import { practiceResults, practiceVoters } from './voters.ts'

const Where = z.object({
  voter: z
    .enum(practiceVoters.map(({ key }) => key))
    .optional()
    .catch(undefined),
  at: z.enum(['called', 'result']).optional().catch(undefined),
  result: z.enum(practiceResults).optional().catch(undefined),
})

/** A call one can play through. Where one is stands in the address alone: there is nothing that could be recorded. */
export const practiceRoutes = room().get('/call/:phone_bank/practice', allow('caller-link'), async (c) => {
  const caller = await callerOf(c, c.req.param('phone_bank'))
  const session = await sessionOf(c.var.installation, caller)
  const where = Where.parse(c.req.query())
  return page(
    c,
    <PracticePage
      t={c.var.t}
      session={session}
      voter={practiceVoters.find(({ key }) => key === where.voter) ?? null}
      at={where.at ?? null}
      result={where.result ?? null}
    />,
    { title: c.var.t('practice.title'), bare: true },
  )
})
