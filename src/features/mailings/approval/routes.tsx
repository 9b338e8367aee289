import { z } from 'zod'
import { Forbidden } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { now, timeZone } from '../../../platform/http/of-request.ts'
import { mailingOf } from '../of-request.ts'
import { list } from '../pages.tsx'
import { approve, liftApproval, wantApproval } from './commands.ts'
import './messages.ts'
import { ApprovalRulePage } from './pages.tsx'
import { approvalRuleOf } from './queries.ts'

const RuleForm = z.object({ is_wanted: z.enum(['yes', 'no']) })
const ApproveForm = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) })

/** Whether e-mails want a second person, and that person's word. */
export const approvalRoutes = room()
  .get('/mail-approval', allow('mailings.approve'), async (c) => {
    const actor = actorOf(c)
    const rule = await approvalRuleOf(c.var.db, actor.organization_id)
    const may_want = mayDo(actor, 'organization.edit')
    return page(
      c,
      <ApprovalRulePage t={c.var.t} rule={rule} may_want={may_want} reader_id={actor.id} time_zone={timeZone(c)} />,
      {
        title: c.var.t('approval.title'),
      },
    )
  })
  .post('/mail-approval', allow('mailings.approve'), async (c) => {
    const { value } = await readForm(c, RuleForm)
    if (value?.is_wanted === 'yes') {
      if (!mayDo(actorOf(c), 'organization.edit')) throw new Forbidden()
      await wantApproval(c.var.db, actorOf(c), now(c))
    }
    if (value?.is_wanted === 'no') await liftApproval(c.var.db, actorOf(c), now(c))
    return c.redirect('/mail-approval', 303)
  })
  .post(`${list}/:mailing/approve`, allow('mailings.approve'), async (c) => {
    const { mailing_id } = await mailingOf(c)
    const { value } = await readForm(c, ApproveForm)
    const isApproved = value && (await approve(c.var.db, actorOf(c), mailing_id, value.hash, now(c)))
    return c.redirect(`${list}/${mailing_id}/send${isApproved ? '' : '?changed'}#approval`, 303)
  })
