import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idParam, now, timeZone } from '../of-request.ts'
import { solveFollowUp } from './commands.ts'
import './messages.ts'
import { followUpKindNames, FollowUpsPage } from './pages/list.tsx'
import { followUps } from './queries.ts'

const Query = z.object({
  kind: z.enum(followUpKindNames).nullable().catch(null),
  state: z.enum(['open', 'solved']).catch('open'),
  phone_bank: z.uuid().nullable().catch(null),
  from: z.coerce.number().int().min(0).max(1_000_000).catch(0),
  said: z.string().optional(),
})
const SolveForm = z.object({
  solution: z.string().trim().max(500).default(''),
  release: z.enum(['call', 'finish']).catch('call'),
})
const size = 50

export const followUpRoutes = room()
  .get('/follow-ups', allow('phonebanks.results'), async (c) => {
    const actor = actorOf(c)
    const { kind, state, phone_bank, from, said } = Query.parse(c.req.query())
    const shown = await followUps(c.var.db, actor.organization_id, {
      is_solved: state === 'solved',
      kind,
      phone_bank_id: phone_bank,
      from,
      limit: size,
    })
    // Names and numbers of many voters at once: who looks at them is kept.
    if (shown.rows.length > 0) {
      await audit(c.var.db, actor, {
        action: 'follow_up.list',
        subject: 'follow_up',
        subject_id: phone_bank ?? actor.organization_id,
        after: { rows: shown.rows.length },
        request_id: c.var.request_id,
      })
    }
    return page(
      c,
      <FollowUpsPage
        t={c.var.t}
        {...shown}
        from={from}
        size={size}
        kind={kind}
        is_solved={state === 'solved'}
        phone_bank_id={phone_bank}
        time_zone={timeZone(c)}
        may_solve={mayDo(c.var.actor, 'phonebanks.host')}
        is_said={said === 'solved'}
      />,
      { title: c.var.t('follow_ups.title') },
    )
  })
  .post('/follow-ups/:id/solve', allow('phonebanks.host'), async (c) => {
    const { value } = await readForm(c, SolveForm)
    await solveFollowUp(c.var.db, actorOf(c), idParam(c, 'id'), value ?? { solution: '', release: 'call' }, now(c))
    return c.redirect('/follow-ups?said=solved', 303)
  })
