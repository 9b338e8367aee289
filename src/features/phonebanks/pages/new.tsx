import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, EmptyState, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import { InCampaign } from '../../campaigns/parts/in-campaign.tsx'
import { WayChoices } from '../bridge/pages/way.tsx'
import { SpokenChoices } from './spoken-choices.tsx'
import { lanes } from '../forms.ts'

interface Props {
  t: Translate
  universes: readonly { value: string; label: string }[]
  scripts: readonly { value: string; label: string }[]
  near_languages: readonly string[]
  /** Languages the organization writes its texts in. */
  written: readonly string[]
  typed: Record<string, string>
  chosen_languages: readonly string[]
  errors: FieldErrors
}

export function NewPhoneBankPage({
  t,
  universes,
  scripts,
  near_languages,
  written,
  typed,
  chosen_languages,
  errors,
}: Props) {
  const head = (
    <PageHead
      title={t('phonebanks.new')}
      lead={t('phonebanks.new_lead')}
      back={{ href: '/phonebanks', label: t('phonebanks.title') }}
    />
  )
  if (universes.length === 0 || scripts.length === 0) {
    const missing = universes.length === 0 ? 'universe' : 'script'
    return (
      <>
        {head}
        <EmptyState
          icon={missing}
          title={t(`phonebanks.no_${missing}`)}
          action={
            <a className="btn btn-primary" href={missing === 'universe' ? '/voters/universes/new' : '/scripts/new'}>
              {t(`phonebanks.make_${missing}`)}
            </a>
          }
        >
          <p>{t('phonebanks.none_text')}</p>
        </EmptyState>
      </>
    )
  }
  const shared = { t, typed, errors }
  const choose = { value: '', label: t('phonebanks.choose') }
  return (
    <>
      {head}
      {Object.keys(errors).length > 0 && (
        <Alert kind="error" title={t('phonebanks.form_problem')}>
          {errors.lane && <a href="#lane-error">{t.dynamic(errors.lane)}</a>}
        </Alert>
      )}
      <form method="post" action="/phonebanks/new" className="max-w-3xl">
        <InCampaign t={t} campaign={typed.campaign} />
        <Card title={t('phonebanks.section_who')}>
          <Select
            {...shared}
            label={t('phonebanks.universe')}
            name="universe_id"
            hint={t('phonebanks.universe_hint')}
            required
            options={[choose, ...universes]}
          />
          <Select
            {...shared}
            label={t('phonebanks.script')}
            name="script_id"
            hint={t('phonebanks.script_hint')}
            required
            options={[choose, ...scripts]}
          />
          <NameFields {...shared} {...{ near_languages, written, chosen_languages }} />
        </Card>
        <Card title={t('phonebanks.section_when')}>
          <WhenFields {...shared} />
          <label className="flex min-h-11 items-center gap-3 font-semibold">
            <input
              type="checkbox"
              name="quiet"
              className="checkbox"
              defaultChecked={typed.quiet !== undefined}
              aria-describedby="quiet-hint"
            />
            {t('phonebanks.quiet')}
          </label>
          <p id="quiet-hint" className="ml-9 text-sm">
            {t('phonebanks.quiet_hint')}
          </p>
        </Card>
        <Card title={t('phonebanks.section_how')}>
          <WayChoices t={t} legend={t('bridge.way')} chosen={typed.way_of_calling ?? 'own_phone'} errors={errors} />
          <Choices
            t={t}
            legend={t('phonebanks.lane')}
            name="lane"
            kind="radio"
            chosen={[typed.lane ?? 'non_partisan']}
            options={lanes.map((lane) => ({
              value: lane,
              label: t(`phonebanks.lane.${lane}`),
              hint: t(`phonebanks.lane.${lane}_hint`),
            }))}
            errors={errors}
          />
          <LaneHelp t={t} />
          <NoteFields {...shared} written={written} />
        </Card>
        <button className="btn btn-primary btn-lg w-full sm:w-auto">{t('phonebanks.create')}</button>
      </form>
    </>
  )
}

interface FieldProps {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
}

/** Names and languages: in the new form and in the settings of a running phone bank. */
export function NameFields({
  near_languages,
  written,
  chosen_languages,
  ...shared
}: FieldProps & {
  near_languages: readonly string[]
  written: readonly string[]
  chosen_languages: readonly string[]
}) {
  const { t, errors } = shared
  return (
    <>
      <InLanguages {...shared} kind="name" written={written} most={120} />
      <InLanguages {...shared} kind="candidate" written={written} most={120} />
      <SpokenChoices
        t={t}
        legend={t('phonebanks.languages')}
        hint={t('phonebanks.languages_hint')}
        first={near_languages}
        chosen={chosen_languages}
        errors={errors}
      />
    </>
  )
}

/** What callers say when a voter sees a strange number: in both forms. */
export const NoteFields = (props: FieldProps & { written: readonly string[] }) => (
  <InLanguages {...props} kind="note" most={300} />
)

/** One text in every language the organization writes in. */
function InLanguages({
  kind,
  written,
  most,
  ...shared
}: FieldProps & { kind: 'name' | 'candidate' | 'note'; written: readonly string[]; most: number }) {
  const { t } = shared
  const names = new Intl.DisplayNames(t.language, { type: 'language' })
  return (
    <div className="grid gap-x-4 sm:grid-cols-2">
      {written.map((language) => (
        <Field
          {...shared}
          key={language}
          label={t(`phonebanks.${kind}_in`, { language: names.of(language) ?? language })}
          name={`${kind}_${language}`}
          hint={t(`phonebanks.${kind}_hint`)}
          is_one_of_several={kind === 'name' && written.length > 1}
          required={kind === 'name' && written.length === 1}
          lang={language}
          maxLength={most}
        />
      ))}
    </div>
  )
}

/** Dates, hours and attempts: in the new form and in the settings of a running phone bank. */
export function WhenFields({ t, typed, errors }: { t: Translate; typed: Record<string, string>; errors: FieldErrors }) {
  const shared = { t, typed, errors, required: true }
  return (
    <>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field {...shared} label={t('phonebanks.starts_on')} name="starts_on" type="date" />
        <Field {...shared} label={t('phonebanks.ends_on')} name="ends_on" type="date" />
      </div>
      <p className="mb-2 text-sm">{t('phonebanks.hours_hint')}</p>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field {...shared} label={t('phonebanks.calling_starts')} name="calling_starts" type="time" />
        <Field {...shared} label={t('phonebanks.calling_ends')} name="calling_ends" type="time" />
        <Field
          {...shared}
          label={t('phonebanks.max_attempts')}
          name="max_attempts"
          hint={t('phonebanks.max_attempts_hint')}
          type="number"
          inputMode="numeric"
          min={1}
          max={10}
        />
        <Field
          {...shared}
          label={t('phonebanks.retry_after_hours')}
          name="retry_after_hours"
          hint={t('phonebanks.retry_hint')}
          type="number"
          inputMode="numeric"
          min={1}
          max={336}
        />
        <Field
          {...shared}
          required={false}
          label={t('host.goal_field')}
          name="goal_contacts"
          hint={t('host.goal_hint')}
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000_000}
        />
      </div>
    </>
  )
}

/** Why it is asked, and what follows from the answer. */
function LaneHelp({ t }: { t: Translate }) {
  return (
    <details className="border-base-300 mb-6 max-w-prose rounded-lg border p-3">
      <summary className="min-h-8 cursor-pointer font-semibold">{t('phonebanks.lane_help')}</summary>
      <ul className="mt-2 list-disc space-y-2 pl-5">
        <li>{t('phonebanks.lane_help_why')}</li>
        <li>{t('phonebanks.lane_help_mix')}</li>
        <li>{t('phonebanks.lane_help_coordinated')}</li>
        <li>{t('phonebanks.lane_help_which')}</li>
      </ul>
    </details>
  )
}
