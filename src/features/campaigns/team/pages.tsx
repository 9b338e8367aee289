import { dateIn } from '../../../platform/clock.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import { list, text } from '../pages/fields.tsx'
import type { Campaign, Somebody } from '../queries.ts'
import type { KeptOut, TeamRow } from './queries.ts'

interface TeamPageProps {
  t: Translate
  campaign: Campaign
  team: readonly TeamRow[]
  kept_out: readonly KeptOut[]
  names: ReadonlyMap<string, string>
  people: readonly Somebody[]
  rules: readonly { source: string; cooling_off_days: number | null }[]
  /** Whose entry may still be taken back. */
  takes_back: readonly string[]
  may_edit: boolean
  time_zone: string
  typed: Record<string, string>
  errors: FieldErrors
}

/** Who works on a campaign, who did, and who is kept out of it. */
export function TeamPage(props: TeamPageProps) {
  const { t, campaign, team, kept_out, names, people, rules, takes_back, may_edit, time_zone, typed, errors } = props
  const here = `${list}/${campaign.campaign_id}`
  const day = (at: Date): string => formatDate(t.language, dateIn(time_zone, at))
  const isWalled = campaign.lane === 'independent' || campaign.lane === 'coordinated'
  const [on, off] = [team.filter(({ left_at }) => !left_at), team.filter(({ left_at }) => left_at)]
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('campaigns.team')}
        lead={t(isWalled ? 'campaigns.team_lead_walled' : 'campaigns.team_lead')}
        back={{ href: here, label: text(t, campaign.name) }}
      />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <Card title={t('campaigns.team_now')} id="now">
        <ul className="divide-base-300 divide-y">
          {on.map((row) => (
            <li key={row.user_id} className="py-3">
              <div className="flex flex-wrap items-center gap-3">
                <span className="min-w-0 flex-1 basis-48">
                  <span className="font-semibold">{row.name}</span>
                  <span className="block text-sm">
                    {row.user_id === campaign.owner_id && `${t('campaigns.owner')} · `}
                    {row.because === 'added'
                      ? t('campaigns.since', { date: day(row.joined_at), name: row.added_by })
                      : `${t('campaigns.since_day', { date: day(row.joined_at) })} · ${t(`campaigns.because.${row.because}`)}`}
                  </span>
                </span>
                {may_edit && row.user_id !== campaign.owner_id && (
                  <form method="post" action={`${here}/team/leave`}>
                    <input type="hidden" name="user_id" value={row.user_id} />
                    <button className="btn" aria-label={t('campaigns.leave_of', { name: row.name })}>
                      {t('campaigns.leave')}
                    </button>
                  </form>
                )}
              </div>
              {may_edit && row.user_id !== campaign.owner_id && takes_back.includes(row.user_id) && (
                <details className="mt-2">
                  <summary className="min-h-8 cursor-pointer text-sm">{t('campaigns.mistake')}</summary>
                  <form method="post" action={`${here}/team/take-back`} className="mt-2">
                    <input type="hidden" name="user_id" value={row.user_id} />
                    <Field
                      t={t}
                      label={t('campaigns.mistake_why')}
                      hint={t('campaigns.mistake_hint')}
                      name="reason"
                      required
                      maxLength={300}
                    />
                    <button className="btn">{t('campaigns.mistake_do')}</button>
                  </form>
                </details>
              )}
            </li>
          ))}
        </ul>
      </Card>
      {may_edit && !campaign.archived_at && people.length > 0 && (
        <Card title={t('campaigns.team_add')} id="add">
          <form method="post" action={`${here}/team`}>
            <Select
              t={t}
              label={t('campaigns.team_who')}
              name="user_id"
              required
              typed={typed}
              errors={errors}
              options={[
                { value: '', label: t('campaigns.link_choose') },
                ...people.map(({ user_id, name }) => ({ value: user_id, label: name })),
              ]}
            />
            <button className="btn btn-primary">{t('campaigns.team_add_do')}</button>
          </form>
        </Card>
      )}
      {off.length > 0 && (
        <Card title={t('campaigns.team_before')} id="before">
          <ul className="divide-base-300 divide-y">
            {off.map((row) => (
              <li key={`${row.user_id} ${row.joined_at.toISOString()}`} className="py-3">
                <span className="font-semibold">{row.name}</span>
                <span className="block text-sm">
                  {t('campaigns.from_until', { from: day(row.joined_at), until: row.left_at ? day(row.left_at) : '' })}
                  {row.mistake && ` · ${t('campaigns.was_mistake', { reason: row.mistake })}`}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {isWalled && (
        <Card title={t('campaigns.kept_out')} lead={t('campaigns.closed_why')} id="kept-out">
          {kept_out.length === 0 && <p>{t('campaigns.kept_out_nobody')}</p>}
          <ul className="divide-base-300 divide-y">
            {kept_out.map((row) => (
              <li key={`${row.user_id} ${row.campaign_id}`} className="py-3">
                <span className="font-semibold">{row.name}</span>
                <span className="block text-sm">
                  {names.get(row.campaign_id)} ·{' '}
                  {row.left_at
                    ? t('campaigns.from_until', { from: day(row.joined_at), until: day(row.left_at) })
                    : t('campaigns.since_day', { date: day(row.joined_at) })}
                </span>
              </li>
            ))}
          </ul>
          {rules.map(({ source, cooling_off_days }) => (
            <p key={source} className="mt-4 text-sm">
              {cooling_off_days === null
                ? t('campaigns.cooling_none')
                : t('campaigns.cooling_days', { count: cooling_off_days })}{' '}
              <span lang="en">{source}</span>
            </p>
          ))}
        </Card>
      )}
    </div>
  )
}
