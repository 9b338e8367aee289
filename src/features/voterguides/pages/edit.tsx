import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import { choices, type FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { InCampaign } from '../../campaigns/parts/in-campaign.tsx'
import { contestName, electionTitle } from '../../elections/contests/pages/words.tsx'
import type { ContestOfElection, Election } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import type { Cycle } from '../../endorsements/cycles/queries.ts'
import { attributionRules, attributionRulesFor, markRules } from '../law.ts'
import type { Guide, Issue } from '../queries.ts'
import { guideKinds } from '../schema.ts'
import { InLanguages, list, SaysSame, text, valuesOf, type Form } from './fields.tsx'
import '../messages.ts'

function KindField({ t, chosen, errors }: { t: Translate; chosen: string; errors: FieldErrors }) {
  return (
    <Choices
      t={t}
      legend={t('voterguides.kind')}
      name="kind"
      kind="radio"
      chosen={[chosen]}
      errors={errors}
      options={guideKinds.map((kind) => {
        const rule = markRules.find((each) => each.kind === kind)
        const given = { source: rule?.source ?? '', date: formatDate(t.language, rule?.checked_on ?? '') }
        return {
          value: kind,
          label: t(`voterguides.kind.${kind}`),
          hint: t(rule?.is_allowed ? 'voterguides.mark.own' : 'voterguides.mark.nonpartisan', given),
        }
      })}
    />
  )
}

const TitleFields = (form: Form & { value: Pick<Guide, 'title' | 'audience' | 'intro'> | null }) => {
  const { t, value } = form
  return (
    <>
      <InLanguages {...form} field="title" most={120} is_needed hint={t('voterguides.title_hint')} label={(language) => t('voterguides.title_in', { language })} values={value?.title ?? {}} />
      <InLanguages {...form} field="audience" most={200} label={(language) => t('voterguides.audience_in', { language })} values={value?.audience ?? {}} />
      <InLanguages {...form} field="intro" most={3000} rows={4} label={(language) => t('voterguides.intro_in', { language })} values={value?.intro ?? {}} />
    </>
  )
} // prettier-ignore

export function NewGuidePage({ elections, ...form }: Form & { elections: readonly Election[] }) {
  const { t, typed, errors } = form
  return (
    <div className="max-w-2xl">
      <PageHead title={t('voterguides.new')} lead={t('voterguides.new_lead')} back={{ href: list, label: t('voterguides.title') }} />
      {elections.length === 0 ? (
        <Alert kind="info">{t('voterguides.elections_none')}</Alert>
      ) : (
        <form method="post" action={`${list}/new`}>
          <Card>
            <InCampaign t={t} campaign={typed.campaign} />
            <input type="hidden" name="cycle_id" value={typed.cycle_id ?? ''} />
            <Select
              t={t}
              label={t('voterguides.election')}
              name="election_id"
              required
              typed={typed}
              errors={errors}
              options={elections.map((each) => ({
                value: String(each.election_id),
                label: `${electionTitle(t, each)} · ${formatDate(t.language, each.held_on)}`,
              }))}
            />
            <KindField t={t} chosen={typed.kind ?? 'nonpartisan'} errors={errors} />
            <TitleFields {...form} value={null} />
            <button className="btn btn-primary">{t('voterguides.make')}</button>
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

export const guideValues = (guide: Guide, chosen: { contest_ids: readonly number[]; issue_ids: readonly string[] }): FormValues => ({
  kind: guide.kind,
  cycle_id: guide.cycle_id ?? '',
  contest_ids: choices(chosen.contest_ids.map(String)),
  issue_ids: choices(chosen.issue_ids),
  ...valuesOf('title', guide.title),
  ...valuesOf('audience', guide.audience),
  ...valuesOf('intro', guide.intro),
  attribution_code: guide.attribution?.code ?? '',
  attribution_payer: guide.attribution?.payer ?? '',
  attribution_more: guide.attribution?.more ?? '',
}) // prettier-ignore

interface EditGuideProps extends Form {
  guide: Guide
  election: Election
  contests: readonly ContestOfElection[]
  issues: readonly Issue[]
  cycles: readonly Cycle[]
  chosen: { contest_ids: readonly number[]; issue_ids: readonly string[] }
  /** As typed, where the form came back. */
  all: Record<string, string[]> | null
}

export function EditGuidePage({ guide, election, contests, issues, cycles, chosen, all, ...form }: EditGuideProps) {
  const { t, typed, errors } = form
  const here = `${list}/${guide.guide_id}`
  return (
    <div className="max-w-3xl">
      <PageHead title={t('voterguides.edit')} back={{ href: here, label: text(t, guide.title) }} />
      <form method="post" action={`${here}/edit`}>
        <Seen values={guideValues(guide, chosen)} typed={typed} />
        <Card title={t('voterguides.contests')} lead={t('voterguides.contests_lead')} id="contests">
          <Choices
            t={t}
            name="contest_ids[]"
            kind="checkbox"
            chosen={all ? (all.contest_ids ?? []) : chosen.contest_ids.map(String)}
            options={contests.map((each) => ({
              value: String(each.contest_id),
              label: contestName(t, each),
              hint: each.candidates.filter(({ status }) => isRunning(status)).map(({ name }) => name).join(', '),
            }))}
            errors={errors}
          />
        </Card>
        <Card title={t('voterguides.issues')} lead={t('voterguides.issues_lead')} id="issues">
          {issues.length === 0 && (
            <p className="mb-3">
              {t('voterguides.issues_none')}{' '}
              <a className="link" href={`${list}/agenda`}>
                {t('voterguides.agenda')}
              </a>
            </p>
          )}
          <Choices
            t={t}
            name="issue_ids[]"
            kind="checkbox"
            chosen={all ? (all.issue_ids ?? []) : chosen.issue_ids}
            options={issues.map(({ issue_id, name }) => ({ value: issue_id, label: text(t, name) }))}
            errors={errors}
          />
          <Select
            t={t}
            label={t('voterguides.cycle')}
            name="cycle_id"
            typed={typed}
            value={guide.cycle_id ?? ''}
            errors={errors}
            options={[
              { value: '', label: t('common.none') },
              ...cycles.map(({ cycle_id, name }) => ({ value: cycle_id, label: text(t, name) })),
            ]}
          />
        </Card>
        <Card>
          <KindField t={t} chosen={typed.kind ?? guide.kind} errors={errors} />
          <TitleFields {...form} value={guide} />
          <SaysSame {...form} />
        </Card>
        <AttributionFields {...form} guide={guide} election={election} />
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </div>
  )
} // prettier-ignore

/** Who pays for what is printed. A rule the guide has stays offered also where it no longer holds. */
function AttributionFields({ t, typed, errors, guide, election }: Form & { guide: Guide; election: Election }) {
  const known = attributionRulesFor(election.state, election.held_on)
  const field = { t, typed, errors }
  return (
    <Card title={t('voterguides.attribution')} lead={t('voterguides.attribution_lead')} id="attribution">
      <Select
        {...field}
        label={t('voterguides.attribution_rule')}
        name="attribution_code"
        value={guide.attribution?.code ?? ''}
        options={[
          { value: '', label: t('voterguides.attribution.undecided') },
          ...attributionRules
            .filter((rule) => known.includes(rule) || rule.code === guide.attribution?.code)
            .map(({ code, source, checked_on }) => ({
              value: code,
              label: `${t(`voterguides.attribution.${code}`)} (${source}, ${formatDate(t.language, checked_on)})`,
            })),
          { value: 'not_needed', label: t('voterguides.attribution.not_needed') },
        ]}
      />
      <Field {...field} label={t('voterguides.attribution_payer')} name="attribution_payer" value={guide.attribution?.payer ?? ''} maxLength={200} lang="en" />
      <Field {...field} label={t('voterguides.attribution_more')} hint={t('voterguides.attribution_more_hint')} name="attribution_more" value={guide.attribution?.more ?? ''} maxLength={500} rows={2} lang="en" />
    </Card>
  )
} // prettier-ignore
