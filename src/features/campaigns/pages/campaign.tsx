import { dateIn } from '../../../platform/clock.ts'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Figure, Figures, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Linkable, Part } from '../parts/queries.ts'
import { makingPath, namesOf, partName, partPath } from '../parts/words.ts'
import type { Campaign, Held, Supported, Withdrawal } from '../queries.ts'
import { daysLeft, standingOf } from '../rules.ts'
import { partKinds, type PartKind, type PartState } from '../schema.ts'
import { heldName, list, text } from './fields.tsx'
import { StandingBadge } from './list.tsx'

const looks: Record<PartState, 'neutral' | 'success' | 'warning' | 'error' | 'info'> = {
  draft: 'info',
  live: 'neutral',
  frozen: 'neutral',
  planned: 'info',
  running: 'success',
  paused: 'warning',
  ready: 'neutral',
  published: 'success',
  done: 'neutral',
  canceled: 'error',
}

export interface CampaignPageProps {
  t: Translate
  campaign: Campaign
  held: Held | null
  candidates: readonly Supported[]
  withdrawals: readonly Withdrawal[]
  parts: readonly Part[]
  /** Names of who works on it. */
  team: readonly string[]
  linkable: readonly Linkable[]
  reached: { conversations: number; voters: number }
  today: string
  time_zone: string
  /** `opens`, `makes`: kinds of parts. */
  may: { edit: boolean; opens: readonly PartKind[]; makes: readonly PartKind[]; result: boolean }
  errors: FieldErrors
}

/** All of a campaign in one place. */
export function CampaignPage(props: CampaignPageProps) {
  const { t, campaign, held, reached, today, time_zone, may, errors } = props
  const here = `${list}/${campaign.campaign_id}`
  const standing = standingOf(campaign, today)
  const isOpen = standing !== 'archived'
  const names = text(t, namesOf(props))
  return (
    <div className="max-w-4xl">
      <PageHead
        title={text(t, campaign.name)}
        lead={[held && heldName(t, held), names].filter(Boolean).join(' · ')}
        back={{ href: list, label: t('campaigns.title') }}
        actions={
          may.edit &&
          isOpen && (
            <a className="btn" href={`${here}/edit`}>
              {t('campaigns.edit')}
            </a>
          )
        }
      />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      {props.withdrawals.map(({ candidate_id, made_at, reason }) => {
        const whom = props.candidates.find((each) => each.candidate_id === candidate_id)
        return (
          <Alert key={candidate_id} kind="warning" title={t('campaigns.withdrawn', { name: whom ? text(t, { en: whom.name, ...whom.names }) : '', date: formatDate(t.language, dateIn(time_zone, made_at)) })}>
            <p className="whitespace-pre-line">{text(t, reason)}</p>
            {isOpen && <p className="mt-1">{t('campaigns.withdrawn_next')}</p>}
          </Alert>
        )
      })}
      <p className="mb-4 flex flex-wrap items-center gap-2">
        <StandingBadge t={t} standing={standing} />
        <Badge>{t(`phonebanks.lane.${campaign.lane}`)}</Badge>
        <span>
          {t('campaigns.from_until', {
            from: formatDate(t.language, campaign.starts_on),
            until: formatDate(t.language, campaign.ends_on),
          })}
          {standing === 'running' && ` · ${t('campaigns.days_left', { count: daysLeft(campaign.ends_on, today) })}`}
        </span>
      </p>
      <p className="mb-4">
        {t('campaigns.owned_by', { name: campaign.owner })}
        {campaign.cycle_id && may.result && (
          <>
            {' · '}
            <a className="link" href={`/endorsements/${campaign.cycle_id}/result`}>
              {t('campaigns.see_result')}
            </a>
          </>
        )}
      </p>
      <p className="mb-4">
        {props.team.join(', ')}
        {props.team.length > 0 && ' · '}
        <a className="link inline-flex min-h-8 items-center" href={`${here}/team`}>
          {t('campaigns.team_see')}
        </a>
      </p>
      {campaign.archived_at && (
        <p className="mb-4">
          {t('campaigns.archived_by', {
            name: campaign.archived_by ?? '',
            when: formatDateTime(t.language, campaign.archived_at, time_zone),
          })}
        </p>
      )}
      <Reached t={t} campaign={campaign} reached={reached} />
      {partKinds.map((kind) => (
        <Parts key={kind} {...props} kind={kind} isOpen={isOpen} />
      ))}
      {may.edit && isOpen && <LinkPanel {...props} />}
      {may.edit && (
        <Card title={t(isOpen ? 'campaigns.archive' : 'campaigns.restore')} lead={isOpen && t('campaigns.archive_lead')} id="archive">
          <form method="post" action={`${here}/${isOpen ? 'archive' : 'restore'}`}>
            <button className="btn">{t(isOpen ? 'campaigns.archive' : 'campaigns.restore')}</button>
          </form>
        </Card>
      )}
    </div>
  )
} // prettier-ignore

function Reached({ t, campaign, reached }: Pick<CampaignPageProps, 't' | 'campaign' | 'reached'>) {
  const { goal, goal_count } = campaign
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <section aria-label={t('campaigns.reached')}>
      <Figures>
        {(['conversations', 'voters'] as const).map((what) => (
          <Figure
            key={what}
            label={t(`campaigns.goal.${what}`)}
            value={number(reached[what])}
            note={goal === what && goal_count !== null && t('campaigns.of_goal', { goal: number(goal_count) })}
          />
        ))}
      </Figures>
      {goal && goal_count !== null && (
        <progress
          className="progress progress-primary mb-6 w-full"
          max={goal_count}
          value={Math.min(reached[goal], goal_count)}
          aria-label={t(`campaigns.goal.${goal}`)}
        />
      )}
    </section>
  )
}

function Parts(props: CampaignPageProps & { kind: PartKind; isOpen: boolean }) {
  const { t, campaign, kind, may, isOpen } = props
  const parts = props.parts.filter((each) => each.kind === kind)
  // Whom it reaches, unless somebody chooses another.
  const universe_id = props.parts.find((each) => each.kind === 'universe')?.part_id ?? null
  return (
    <Card
      title={t(`campaigns.part.${kind}`)}
      id={kind.replace('_', '-')}
      actions={
        isOpen &&
        may.makes.includes(kind) && (
          <a className="btn btn-sm h-auto min-h-11" href={makingPath(t, kind, { ...props, universe_id })}>
            {t(`campaigns.make.${kind}`)}
          </a>
        )
      }
    >
      {parts.length === 0 && <p>{t(`campaigns.none_of.${kind}`)}</p>}
      <ul className="divide-base-300 divide-y">
        {parts.map((part) => (
          <li key={part.part_id} className="flex flex-wrap items-center gap-3 py-3">
            <div className="min-w-0 flex-1 basis-60">
              {may.opens.includes(kind) ? (
                <a className="link inline-flex min-h-8 items-center font-semibold wrap-anywhere" href={partPath(part)}>
                  {partName(t, part)}
                </a>
              ) : (
                <span className="font-semibold">{partName(t, part)}</span>
              )}
              {part.figure !== null && <p className="text-sm">{figureText(t, kind, part.figure)}</p>}
            </div>
            <Badge kind={looks[part.state]}>{t(`campaigns.state.${part.state}`)}</Badge>
            {may.edit && isOpen && (
              <form method="post" action={`${list}/${campaign.campaign_id}/unlink`}>
                <input type="hidden" name="part" value={`${kind}:${part.part_id}`} />
                <button className="btn btn-ghost btn-sm h-auto min-h-11" aria-label={t('campaigns.unlink_of', { name: partName(t, part) })}>
                  {t('campaigns.unlink')}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
} // prettier-ignore

const figureText = (t: Translate, kind: PartKind, count: number): string => {
  if (kind === 'universe') return t('common.voters', { count })
  return t(`campaigns.figure.${kind}`, { count })
}

function LinkPanel({ t, campaign, linkable, errors }: CampaignPageProps) {
  if (linkable.length === 0) return null
  return (
    <Card title={t('campaigns.link')} lead={t('campaigns.link_lead')} id="link">
      <form method="post" action={`${list}/${campaign.campaign_id}/link`}>
        <Select
          t={t}
          label={t('campaigns.link_which')}
          name="part"
          required
          errors={errors}
          options={[
            { value: '', label: t('campaigns.link_choose') },
            ...partKinds.flatMap((kind) =>
              linkable
                .filter((each) => each.kind === kind)
                .map((each) => ({
                  value: `${kind}:${each.part_id}`,
                  label: `${t(`campaigns.part.${kind}`)}: ${partName(t, each)}`,
                })),
            ),
          ]}
        />
        <button className="btn btn-primary">{t('campaigns.link_do')}</button>
      </form>
    </Card>
  )
}
