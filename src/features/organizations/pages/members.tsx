import type { FieldErrors } from '../../../platform/http/form.ts'
import { dateIn } from '../../../platform/clock.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized, type Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import { choices, type FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { OnlyHere } from '../../../platform/ui/only-here.tsx'
import type { Delegation } from '../../access/delegations/queries.ts'
import { roleNames } from '../../access/messages.ts'
import { roles as allRoles } from '../../access/permissions.ts'
import '../messages.ts'
import type { MemberRow, OpenInvitation } from '../queries.ts'
import { invitationDays } from '../schema.ts'

export type MembersNotice = 'roles' | 'ended' | 'revoked'

interface MembersPageProps {
  t: Translate
  language: Language
  members: readonly MemberRow[]
  invitations: readonly (OpenInvitation & { url: string | null })[]
  /** The invitation just made. */
  invited?: string | undefined
  may_edit: boolean
  time_zone: string
  typed: Record<string, string>
  /** Roles ticked in a form that came back. */
  roles: readonly string[]
  errors: FieldErrors
  notice?: MembersNotice
}

export function MembersPage(props: MembersPageProps) {
  const { t, members, may_edit, notice } = props
  const present = members.filter((each) => !each.ended_at)
  const gone = members.filter((each) => each.ended_at)
  return (
    <>
      <PageHead
        title={t('nav.members')}
        lead={t('members.lead')}
        actions={
          <>
            {may_edit && (
              <a href="#invite" className="btn btn-primary">
                <Icon name="plus" /> {t('members.invite')}
              </a>
            )}
            <a href="/permissions" className="btn btn-outline">
              {t('permission.title')}
            </a>
          </>
        }
      />
      {notice && <Alert kind="success" title={t(`members.done.${notice}`)} />}
      <JustInvited {...props} />
      <Card title={t('members.present', { count: present.length })} id="present">
        <MemberList {...props} members={present} />
      </Card>
      {may_edit && <Invitations {...props} />}
      {may_edit && <InviteForm {...props} />}
      {gone.length > 0 && (
        <details className="mb-6">
          <summary className="cursor-pointer py-2 font-semibold">{t('members.gone', { count: gone.length })}</summary>
          <ul className="mt-2 space-y-1">
            {gone.map((each) => (
              <li key={each.user_id}>
                {each.display_name} · {roleNames(t, each.roles)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function MemberList({ t, language, members, may_edit, time_zone }: MembersPageProps) {
  return (
    <ul className="divide-base-300 divide-y">
      {members.map((each) => (
        <li key={each.user_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
          <div className="min-w-0 flex-1 basis-56">
            <p className="font-semibold">{each.display_name}</p>
            <p className="text-sm break-words">{each.email}</p>
            <p className="text-sm">
              {t('members.since', { date: formatDate(language, dateIn(time_zone, each.joined_at)) })}
            </p>
          </div>
          <div className="flex flex-wrap gap-1.5">
            {allRoles
              .filter((role) => each.roles.includes(role))
              .map((role) => (
                <Badge key={role} kind={role === 'organizer' ? 'info' : 'neutral'}>
                  {t(`access.role.${role}`)}
                </Badge>
              ))}
            {each.has_second_factor && <Badge kind="success">{t('account.second_factor.title')}</Badge>}
          </div>
          {may_edit && (
            <a
              href={`/members/${each.user_id}`}
              className="btn btn-outline"
              aria-label={t('members.edit_label', { name: each.display_name })}
            >
              {t('action.edit')}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

function LinkField({ t, id, url }: { t: Translate; id: string; url: string }) {
  return (
    <div className="flex flex-wrap gap-2">
      <label className="sr-only" htmlFor={id}>
        {t('invitation.link')}
      </label>
      <input id={id} className="input min-w-0 flex-1 basis-60" readOnly value={url} />
      <button type="button" className="btn btn-outline" data-copy={`#${id}`} data-copied={t('action.copied')} hidden>
        {t('action.copy')}
      </button>
    </div>
  )
}

function JustInvited({ t, invitations, invited }: MembersPageProps) {
  const made = invitations.find((each) => each.invitation_id === invited)
  if (!made) return null
  return (
    <>
      <Alert kind="success" title={t('members.invited')}>
        <p className="mb-3">
          {made.email
            ? t(made.url ? 'members.invited_mail' : 'members.invited_by_mail', { email: made.email })
            : t('members.invited_link')}
        </p>
        {made.url && <LinkField t={t} id="invited-link" url={made.url} />}
      </Alert>
      {made.url && <OnlyHere t={t} url={made.url} />}
    </>
  )
}

function Invitations({ t, language, invitations, time_zone }: MembersPageProps) {
  if (invitations.length === 0) return null
  return (
    <Card title={t('members.open_invitations', { count: invitations.length })} id="invitations">
      <ul className="divide-base-300 divide-y">
        {invitations.map((each) => (
          <li key={each.invitation_id} className="grid gap-3 py-4 first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-start gap-3">
              <div className="min-w-0 flex-1 basis-56">
                <p className="font-semibold break-words">{each.email ?? t('members.anybody_with_link')}</p>
                <p className="text-sm">
                  {roleNames(t, each.roles)} ·{' '}
                  {t('members.valid_until', { when: formatDateTime(language, each.expires_at, time_zone) })}
                </p>
                {each.note && <p className="mt-1 text-sm">“{each.note}”</p>}
              </div>
              <form method="post" action={`/members/invitations/${each.invitation_id}/revoke`}>
                <button className="btn btn-outline">{t('members.revoke')}</button>
              </form>
            </div>
            {each.url ? (
              <LinkField t={t} id={`link-${each.invitation_id}`} url={each.url} />
            ) : (
              <p className="text-sm">{t('members.link_mailed')}</p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function InviteForm({ t, typed, roles, errors }: MembersPageProps) {
  return (
    <Card title={t('members.invite')} lead={t('members.invite_lead')} id="invite">
      <form method="post" action="/members/invitations">
        {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
        <RoleChoices t={t} chosen={roles} errors={errors} />
        <Field
          t={t}
          label={t('access.email')}
          hint={t('members.email_hint')}
          name="email"
          type="email"
          typed={typed}
          errors={errors}
        />
        <Field
          t={t}
          label={t('members.note')}
          hint={t('members.note_hint')}
          name="note"
          rows={2}
          maxLength={500}
          typed={typed}
          errors={errors}
        />
        <Select
          t={t}
          label={t('members.days')}
          name="days"
          required
          typed={typed}
          value="7"
          options={invitationDays.map((days) => ({
            value: String(days),
            label: t('members.days_of', { count: days }),
          }))}
          errors={errors}
        />
        <button className="btn btn-primary">{t('members.invite_submit')}</button>
      </form>
    </Card>
  )
}

function RoleChoices({ t, chosen, errors }: { t: Translate; chosen: readonly string[]; errors: FieldErrors }) {
  return (
    <Choices
      t={t}
      legend={t('members.roles')}
      name="roles[]"
      kind="checkbox"
      chosen={chosen}
      options={allRoles.map((role) => ({
        value: role,
        label: t(`access.role.${role}`),
        hint: t(`access.role.${role}.hint`),
      }))}
      errors={errors}
    />
  )
}

interface MemberPageProps {
  t: Translate
  language: Language
  member: MemberRow
  roles: readonly string[]
  /** Running, and to come. */
  delegations: readonly Delegation[]
  typed: Record<string, string>
  is_self: boolean
  time_zone: string
  errors: FieldErrors
}

/** As they stand in the boxes. */
export const savedRoles = ({ roles }: Pick<MemberRow, 'roles'>): FormValues => ({ roles: choices(roles) })

export function MemberPage(props: MemberPageProps) {
  const { t, language, member, roles, typed, is_self, time_zone, errors } = props
  return (
    <div className="max-w-3xl">
      <PageHead
        title={member.display_name}
        lead={`${member.email} · ${t('members.since', { date: formatDate(language, dateIn(time_zone, member.joined_at)) })}`}
        back={{ href: '/members', label: t('nav.members') }}
      />
      {errors[''] && <Alert kind="error" title={t.dynamic(errors[''])} />}
      {is_self && <Alert kind="info" title={t('members.self')} />}
      <Card title={t('members.roles')} id="roles">
        <form method="post" action={`/members/${member.user_id}`}>
          <Seen values={savedRoles(member)} typed={typed} />
          <RoleChoices t={t} chosen={roles} errors={errors} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>
      <Delegations {...props} />
      <Card title={t('members.end')} lead={t('members.end_lead', { name: member.display_name })} id="end">
        <details>
          <summary className="btn btn-outline btn-error">{t('members.end')}</summary>
          <form method="post" action={`/members/${member.user_id}/end`} className="mt-4">
            <p className="mb-3 font-semibold">{t('members.end_sure', { name: member.display_name })}</p>
            <button className="btn btn-error">{t('members.end_submit')}</button>
          </form>
        </details>
      </Card>
    </div>
  )
}

function Delegations({ t, language, delegations }: MemberPageProps) {
  if (delegations.length === 0) return null
  return (
    <Card title={t('members.delegated')} lead={t('members.delegated_lead')} id="delegated">
      <ul>
        {delegations.map(({ delegation_id, what, from_on, until_on, granted_by, events }) => (
          <li key={delegation_id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-1">
            <span className="min-w-0 flex-1 basis-48">
              <strong>{t(`delegation.${what}`)}</strong>
              <span className="block text-sm">
                {t('members.delegated_days', {
                  from: formatDate(language, from_on),
                  until: formatDate(language, until_on),
                })}
                {events.map((title) => ` · ${localized(title, language).text}`)} · {granted_by}
              </span>
            </span>
            <form method="post" action={`/leadership/delegations/${delegation_id}/end`}>
              <input type="hidden" name="back" value="member" />
              <button className="btn btn-outline">
                {t('members.take_back')}
                <span className="sr-only">: {t(`delegation.${what}`)}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Card>
  )
}
