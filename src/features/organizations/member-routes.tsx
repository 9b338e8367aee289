import { z } from 'zod'
import type { Ctx } from '../../platform/http/room.ts'
import { actorOf, room } from '../../platform/http/room.ts'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { page } from '../../platform/http/page.tsx'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { dateIn } from '../../platform/clock.ts'
import { allow } from '../access/allow.ts'
import { delegationsTo } from '../access/delegations/queries.ts'
import { mayDo } from '../access/permissions.ts'
import { endMembership, invitationUrl, invite, revokeInvitation, setRoles } from './commands.ts'
import { MemberPage, MembersPage, savedRoles, type MembersNotice } from './pages/members.tsx'
import { memberById, members, openInvitations } from './queries.ts'
import { Invite, MemberRoles } from './schema.ts'

/** Who belongs to the organization, with which roles, and how others come in. */
export const memberRoutes = room()
  .get('/members', allow('members.view'), async (c) => membersPage(c, {}, {}, {}))

  .post('/members/invitations', allow('members.invite'), async (c) => {
    const actor = actorOf(c)
    const { typed, all, errors, value } = await readForm(c, Invite)
    if (!value) return membersPage(c, typed, all, errors, 422)
    const { invitation_id } = await invite(c.var.installation, c.var.db, actor, {
      ...value,
      organization_id: actor.organization_id,
      language: c.var.language,
    })
    return c.redirect(`/members?invited=${invitation_id}`, 303)
  })

  .post('/members/invitations/:invitation/revoke', allow('members.invite'), async (c) => {
    const actor = actorOf(c)
    const invitation_id = uuid(c.req.param('invitation'))
    const now = c.var.installation.clock.now()
    await revokeInvitation(c.var.db, actor, actor.organization_id, invitation_id, now)
    return c.redirect('/members?done=revoked', 303)
  })

  .get('/members/:member', allow('members.invite'), async (c) => memberPage(c, null))
  .post('/members/:member', allow('members.invite'), async (c) => {
    const actor = actorOf(c)
    const { typed, all, errors, value } = await readForm(c, MemberRoles)
    if (!value) return memberPage(c, { chosen: all.roles ?? [], typed }, errors)
    const user_id = uuid(c.req.param('member'))
    const { organization_id } = actor
    const sent = await saveUnlessChanged(c, {
      subject: 'member',
      subject_id: user_id,
      values: async (tx) => savedRoles(found(await memberById(tx, organization_id, user_id))),
      save: (tx) => setRoles(tx, actor, organization_id, user_id, value.roles),
    })
    const back = { chosen: value.roles, typed }
    if (!sent.ok) return memberPage(c, back, {}, sent.meanwhile)
    if (!sent.value.ok) return memberPage(c, back, { roles: 'members.last_organizer' })
    return c.redirect('/members?done=roles', 303)
  })
  .post('/members/:member/end', allow('members.invite'), async (c) => {
    const actor = actorOf(c)
    const user_id = uuid(c.req.param('member'))
    const now = c.var.installation.clock.now()
    const result = await endMembership(c.var.db, actor, actor.organization_id, user_id, now)
    if (!result.ok) return memberPage(c, null, { '': 'members.last_organizer' })
    return c.redirect('/members?done=ended', 303)
  })

/** An id of the address; one that is none does not exist. */
export const uuid = (text: string): string => found(z.uuid().safeParse(text).data)

async function membersPage(
  c: Ctx,
  typed: Record<string, string>,
  all: Record<string, string[]>,
  errors: FieldErrors,
  status: 200 | 422 = 200,
) {
  const actor = actorOf(c)
  const { db, t, language, installation, organization } = c.var
  const { organization_id } = actor
  const now = installation.clock.now()
  const open = await openInvitations(db, organization_id, now)
  const done = c.req.query('done')
  const notice = (['roles', 'ended', 'revoked'] as const).find((each): each is MembersNotice => each === done)
  return page(
    c,
    <MembersPage
      t={t}
      language={language}
      members={await members(db, organization_id)}
      // A link that was mailed is for the mailbox alone: who else saw it could join in that person's place.
      invitations={open.map((each) => ({
        ...each,
        url: each.email && installation.config.smtp_url ? null : invitationUrl(installation, each.invitation_id),
      }))}
      invited={open.find((each) => each.invitation_id === c.req.query('invited'))?.invitation_id}
      may_edit={mayDo(actor, 'members.invite')}
      time_zone={found(organization).time_zone}
      typed={typed}
      roles={all.roles ?? []}
      errors={errors}
      {...(notice ? { notice } : {})}
    />,
    { title: t('nav.members'), status },
  )
}

async function memberPage(
  c: Ctx,
  back: { chosen: readonly string[]; typed: Record<string, string> } | null,
  errors: FieldErrors = {},
  meanwhile?: Meanwhile,
) {
  const actor = actorOf(c)
  const member = found(await memberById(c.var.db, actor.organization_id, uuid(c.req.param('member') ?? '')))
  found(member.ended_at ? null : member)
  const time_zone = found(c.var.organization).time_zone
  const today = dateIn(time_zone, c.var.installation.clock.now())
  const given = await delegationsTo(c.var.db, actor.organization_id, [member.user_id])
  return page(
    c,
    <MemberPage
      t={c.var.t}
      language={c.var.language}
      member={member}
      roles={back?.chosen ?? member.roles}
      delegations={given.filter(({ ended_at, until_on }) => !ended_at && until_on >= today)}
      typed={back?.typed ?? {}}
      is_self={member.user_id === actor.id}
      time_zone={time_zone}
      errors={errors}
    />,
    { title: member.display_name, status: Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}
