import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import '../messages.ts'
import { now, timeZone, today } from '../../../platform/http/of-request.ts'
import { campaignOf } from '../of-request.ts'
import { list, text } from '../pages/fields.tsx'
import { campaignsOf, teamOf } from '../queries.ts'
import { joinTeam, leaveTeam, mayTakeBack, takeBackMember } from './commands.ts'
import { TeamPage } from './pages.tsx'
import { keptOutOf, teamRows, wallRules } from './queries.ts'

const view = allow('campaigns.view')
const edit = allow('campaigns.edit')
const here = `${list}/:campaign/team`

const WhoForm = z.object({ user_id: z.uuid('form.required') })
const MistakeForm = WhoForm.extend({ reason: z.string().trim().min(1, 'form.required').max(300, 'form.too_long') })

/** Who works on a campaign, and so stays out of the lane it must not mix with. */
export const campaignTeamRoutes = room()
  .get(here, view, (c) => teamPage(c))
  .post(here, edit, async (c) => {
    const { campaign_id, organization_id } = await campaignOf(c)
    const { typed, errors, value } = await readForm(c, WhoForm)
    if (!value) return teamPage(c, typed, errors)
    const who = found((await teamOf(c.var.db, organization_id)).find(({ user_id }) => user_id === value.user_id))
    const joined = await joinTeam(c.var.db, actorOf(c), campaign_id, who, now(c))
    if (!joined.ok) return teamPage(c, typed, { user_id: 'campaigns.problem.kept_out' })
    return c.redirect(`${list}/${campaign_id}/team`, 303)
  })
  .post(`${here}/leave`, edit, async (c) => {
    const { campaign_id } = await campaignOf(c)
    const { typed, errors, value } = await readForm(c, WhoForm)
    if (!value) return teamPage(c, typed, { '': errors.user_id ?? 'form.invalid' })
    await leaveTeam(c.var.db, actorOf(c), campaign_id, value.user_id, now(c))
    return c.redirect(`${list}/${campaign_id}/team`, 303)
  })
  .post(`${here}/take-back`, edit, async (c) => {
    const { campaign_id } = await campaignOf(c)
    const { typed, value } = await readForm(c, MistakeForm)
    if (!value) return teamPage(c, typed, { '': 'campaigns.problem.mistake_why' })
    await takeBackMember(c.var.db, actorOf(c), campaign_id, value.user_id, value.reason, now(c))
    return c.redirect(`${list}/${campaign_id}/team`, 303)
  })

async function teamPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const campaign = await campaignOf(c)
  const { db, t } = c.var
  const { organization_id } = campaign
  const team = await teamRows(db, campaign)
  const kept_out = await keptOutOf(db, campaign, now(c))
  const isOn = (user_id: string): boolean => team.some((row) => row.user_id === user_id && !row.left_at)
  const names = new Map((await campaignsOf(db, organization_id)).map((each) => [each.campaign_id, text(t, each.name)]))
  return page(
    c,
    <TeamPage
      people={(await teamOf(db, organization_id)).filter(({ user_id }) => !isOn(user_id))}
      rules={await wallRules(db, today(c))}
      takes_back={team.filter((row) => mayTakeBack(row, actorOf(c), now(c))).map(({ user_id }) => user_id)}
      may_edit={mayDo(actorOf(c), 'campaigns.edit')}
      time_zone={timeZone(c)}
      {...{ t, campaign, team, kept_out, names, typed, errors }}
    />,
    { title: t('campaigns.team'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}
