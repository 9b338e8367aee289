import { Alert, Card, Choices, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { choices } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { contestName, electionTitle } from '../../elections/contests/pages/words.tsx'
import type { CandidateWithPhoto, ContestOfElection, Election } from '../../elections/contests/queries.ts'
import type { Dated } from '../../elections/rules.ts'
import type { Campaign, Held, Somebody } from '../queries.ts'
import { lanes } from '../schema.ts'
import { heldName, list, text, WhatFields, WhenFields, type Form } from './fields.tsx'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'

interface WhichProps {
  t: Translate
  elections: readonly { election: Election; contests: readonly ContestOfElection[] }[]
}

/** The first step: the contest says who can be named, and which days there are. */
export function WhichContestPage({ t, elections }: WhichProps) {
  const options = elections.flatMap(({ election, contests }) =>
    contests.map((contest) => ({
      value: String(contest.contest_id),
      label: `${contestName(t, contest)} · ${electionTitle(t, election)}`,
    })),
  )
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('campaigns.new')}
        lead={t('campaigns.which_lead')}
        back={{ href: list, label: t('campaigns.title') }}
      />
      {options.length === 0 && <Alert kind="info">{t('campaigns.contests_none')}</Alert>}
      <form method="get" action={`${list}/new`}>
        <Card>
          <Select
            t={t}
            label={t('campaigns.which')}
            name="contest"
            required
            value={options[0]?.value ?? 'none'}
            options={[...options, { value: 'none', label: t('campaigns.no_contest') }]}
          />
          <button className="btn btn-primary">{t('campaigns.go_on')}</button>
        </Card>
      </form>
    </div>
  )
}

interface FormProps extends Form {
  held: Held | null
  runners: readonly CandidateWithPhoto[]
  days: readonly Dated[]
  people: readonly Somebody[]
  values: FormValues
  name: LocalizedText
  candidate: LocalizedText
  chosen: readonly number[]
}

export function NewCampaignPage(form: FormProps & { cycle_id: string; lane: string }) {
  const { t, held, typed, errors, cycle_id, lane } = form
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('campaigns.new')}
        lead={held ? heldName(t, held) : t('campaigns.no_contest')}
        back={{ href: `${list}/new`, label: t('campaigns.which') }}
      />
      {errors.contest_id && <Alert kind="error">{t.dynamic(errors.contest_id)}</Alert>}
      <form method="post" action={`${list}/new`}>
        <input type="hidden" name="contest_id" value={held?.contest.contest_id ?? ''} />
        <input type="hidden" name="cycle_id" value={typed.cycle_id ?? cycle_id} />
        <Card title={t('campaigns.what')} id="what">
          <WhatFields {...form} />
          <Choices
            t={t}
            legend={t('campaigns.lane')}
            name="lane"
            kind="radio"
            hint={t('campaigns.lane_stays')}
            chosen={[typed.lane ?? lane]}
            errors={errors}
            options={lanes
              .filter((each) => held !== null || (each !== 'independent' && each !== 'coordinated'))
              .map((each) => ({
                value: each,
                label: t(`phonebanks.lane.${each}`),
                hint:
                  each === 'member_communication'
                    ? t('campaigns.lane_members_hint')
                    : t(`phonebanks.lane.${each}_hint`),
              }))}
          />
        </Card>
        <WhenFields {...form} />
        <button className="btn btn-primary">{t('campaigns.begin')}</button>
      </form>
    </div>
  )
}

export const campaignValues = (
  campaign: Pick<Campaign, 'name' | 'candidate' | 'starts_on' | 'ends_on' | 'goal' | 'goal_count' | 'owner_id'>,
  candidate_ids: readonly number[],
): FormValues => ({
  ...Object.fromEntries(Object.entries(campaign.name).map(([language, said]) => [`name_${language}`, said ?? ''])),
  ...Object.fromEntries(
    Object.entries(campaign.candidate ?? {}).map(([language, said]) => [`candidate_${language}`, said ?? '']),
  ),
  candidate_ids: choices(candidate_ids.map(String)),
  starts_on: campaign.starts_on,
  ends_on: campaign.ends_on,
  goal: campaign.goal ?? 'conversations',
  goal_count: campaign.goal_count === null ? '' : String(campaign.goal_count),
  owner_id: campaign.owner_id,
})

export function EditCampaignPage({
  campaign,
  saved,
  ...form
}: FormProps & { campaign: Campaign; saved: readonly number[] }) {
  const { t, typed } = form
  const here = `${list}/${campaign.campaign_id}`
  return (
    <div className="max-w-3xl">
      <PageHead title={t('campaigns.edit')} back={{ href: here, label: text(t, campaign.name) }} />
      <form method="post" action={`${here}/edit`}>
        <Seen values={campaignValues(campaign, saved)} typed={typed} />
        <Card title={t('campaigns.what')} id="what">
          <WhatFields {...form} />
        </Card>
        <WhenFields {...form} />
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </div>
  )
}
