import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, EmptyState, PageHead } from '../../../platform/ui/components.tsx'
import type { Held, ListedCampaign } from '../queries.ts'
import { standingOf, type Standing } from '../rules.ts'
import { heldName, list, text } from './fields.tsx'

const looks = { planned: 'info', running: 'success', over: 'neutral', archived: 'neutral' } as const

export const StandingBadge = ({ t, standing }: { t: Translate; standing: Standing }) => (
  <Badge kind={looks[standing]}>{t(`campaigns.standing.${standing}`)}</Badge>
)

interface CampaignsProps {
  t: Translate
  campaigns: readonly ListedCampaign[]
  held: ReadonlyMap<number, Held>
  /** Of a lane that must not mix with the reader's own. */
  closed: ReadonlySet<string>
  today: string
  may_edit: boolean
}

export function CampaignsPage({ t, campaigns, held, closed, today, may_edit }: CampaignsProps) {
  const start = may_edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('campaigns.new')}
    </a>
  )
  return (
    <>
      <PageHead title={t('campaigns.title')} lead={t('campaigns.lead')} actions={campaigns.length > 0 && start} />
      {campaigns.length === 0 && (
        <EmptyState icon="star" title={t('campaigns.none')} action={start}>
          {t('campaigns.none_lead')}
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {campaigns.map((campaign) => {
          const contest = campaign.contest_id === null ? undefined : held.get(campaign.contest_id)
          return (
            <li
              key={campaign.campaign_id}
              className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4"
            >
              <div className="min-w-0 flex-1 basis-60">
                {closed.has(campaign.campaign_id) ? (
                  <>
                    <span className="text-lg font-bold wrap-anywhere">{text(t, campaign.name)}</span>
                    <p className="text-sm">{t('campaigns.closed_short')}</p>
                  </>
                ) : (
                  <a className="link text-lg font-bold wrap-anywhere" href={`${list}/${campaign.campaign_id}`}>
                    {text(t, campaign.name)}
                  </a>
                )}
                {contest && <p className="text-sm">{heldName(t, contest)}</p>}
                <p className="text-sm">
                  {t(`phonebanks.lane.${campaign.lane}`)} ·{' '}
                  {t('campaigns.from_until', {
                    from: formatDate(t.language, campaign.starts_on, 'short'),
                    until: formatDate(t.language, campaign.ends_on, 'short'),
                  })}{' '}
                  · {t('campaigns.parts_count', { count: campaign.parts })}
                </p>
              </div>
              <StandingBadge t={t} standing={standingOf(campaign, today)} />
            </li>
          )
        })}
      </ul>
    </>
  )
}
