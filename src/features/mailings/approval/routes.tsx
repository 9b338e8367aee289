import { z } from 'zod'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { now, timeZone } from '../../endorsements/of-request.ts'
import { mailingOf } from '../of-request.ts'
import { list } from '../pages.tsx'
import { approve, setApprovalRule } from './commands.ts'
import './messages.ts'
import { ApprovalRulePage } from './pages.tsx'
import { approvalRuleOf } from './queries.ts'

const RuleForm = z.object({ is_wanted: z.enum(['yes', 'no']) })
const ApproveForm = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) })

/** Whether e-mails want a second person, and that person's word. */
export const approvalRoutes = room()
  .get('/mail-approval', allow('organization.edit'), async (c) => {
    const rule = await approvalRuleOf(c.var.db, actorOf(c).organization_id)
    return page(c, <ApprovalRulePage t={c.var.t} rule={rule} time_zone={timeZone(c)} />, {
      title: c.var.t('approval.title'),
    })
  })
  .post('/mail-approval', allow('organization.edit'), async (c) => {
    const { value } = await readForm(c, RuleForm)
    if (value) await setApprovalRule(c.var.db, actorOf(c), value.is_wanted === 'yes', now(c))
    return c.redirect('/mail-approval', 303)
  })
  .post(`${list}/:mailing/approve`, allow('mailings.approve'), async (c) => {
    const { mailing_id } = await mailingOf(c)
    const { value } = await readForm(c, ApproveForm)
    const isApproved = value && (await approve(c.var.db, actorOf(c), mailing_id, value.hash, now(c)))
    return c.redirect(`${list}/${mailing_id}/send${isApproved ? '' : '?changed'}#approval`, 303)
  })
