import type { ReactNode } from 'react'
import { formatAgo, formatDate, formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import {
  Alert,
  Badge,
  Bars,
  Card,
  EmptyState,
  Field,
  Figure,
  Figures,
  PageHead,
} from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { OnlyHere } from '../../../platform/ui/only-here.tsx'
import { QrCode } from '../../../platform/ui/qr.tsx'
import type { SignatureCounts } from '../petition/queries.ts'
import type { Form, FormVersion, Totals } from '../queries.ts'
import { missingTexts, problemsOf, questionsOf, standingOf } from '../rules.ts'
import type { Question } from '../schema.ts'
import { answerText, conditionText, standingText, whereText } from '../words.ts'

export interface ResultsProps {
  t: Translate
  form: Form
  version: FormVersion
  totals: Totals
  /** By question, then answer. */
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** By question, then channel. */
  channels: ReadonlyMap<string, ReadonlyMap<string, number>>
  signatures: SignatureCounts | null
  now: Date
}

interface FormPageProps extends ResultsProps {
  today: string
  /** Whole address of the public page. */
  url: string
  may: { edit: boolean; responses: boolean; export: boolean }
  saved: 'saved' | 'new_version' | null
  typed: Record<string, string>
  errors: FieldErrors
}

export function FormPage(props: FormPageProps) {
  const { t, form, version, today, url, may, saved } = props
  const standing = standingOf(form, today)
  const here = `/forms/${form.form_id}`
  const problems = problemsOf(version.content)
  const missing = missingTexts(version.content).length
  const act = (name: string, label: string, looks = 'btn') => (
    <form method="post" action={`${here}/${name}`}>
      <button className={looks}>{label}</button>
    </form>
  )
  return (
    <>
      <PageHead
        title={form.name}
        back={{ href: '/forms', label: t('forms.title') }}
        actions={
          <>
            <a className="btn" href={`${here}/preview`}>
              {t('forms.preview')}
            </a>
            {may.edit && (
              <a className="btn" href={`${here}/edit`}>
                {t('action.edit')}
              </a>
            )}
            {may.edit &&
              standing === 'draft' &&
              !form.archived_at &&
              problems.length === 0 &&
              act('publish', t('forms.publish'), 'btn btn-primary')}
          </>
        }
      />
      {saved && <Alert kind="success" title={saved === 'saved' ? t('forms.saved') : t('forms.saved_new_version')} />}
      <p className="mb-6 flex flex-wrap gap-2">
        <Badge>{t.dynamic(`forms.kind.${form.kind}`)}</Badge>
        <Badge kind={standing === 'open' ? 'success' : 'neutral'}>{standingText(t, form, standing)}</Badge>
        <Badge>{t('forms.version', { version: version.version })}</Badge>
        {missing > 0 && <Badge kind="warning">{t('forms.missing', { count: missing })}</Badge>}
      </p>
      {problems.length > 0 && (
        <Alert kind="warning" title={t('forms.blocked')}>
          <ul className="list-disc pl-5">
            {problems.map((each) => (
              <li key={each}>{t.dynamic(`forms.problem.${each}`)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {standing === 'draft' && !form.archived_at && problems.length === 0 && (
        <Alert kind="info">{t('forms.draft_text')}</Alert>
      )}
      <section data-live={`${here}/live`}>
        <FormResults {...props} />
      </section>
      {(may.responses || may.export) && (
        <div className="mb-6 flex flex-wrap gap-2">
          {may.responses && (
            <a className="btn" href={`${here}/responses`}>
              {t('forms.table')}
            </a>
          )}
          {may.responses && (
            <a className="btn" href={`${here}/look`}>
              {t('forms.to_look')}
            </a>
          )}
          {may.edit && (
            <a className="btn" href={`${here}/next-steps`}>
              {t('forms.next_steps')}
            </a>
          )}
          {may.responses && version.content.petition && (
            <a className="btn" href={`${here}/signatures`}>
              {t('signatures.title')}
            </a>
          )}
          {may.edit && version.content.petition && (
            <a className="btn" href={`${here}/paper`}>
              {t('signatures.paper')}
            </a>
          )}
        </div>
      )}
      {standing !== 'draft' && (
        <Card title={t('forms.share')} id="share">
          <OnlyHere t={t} url={url} />
          <div className="flex flex-wrap items-start gap-6">
            <div className="min-w-0 flex-1 basis-72">
              <p className="mb-2 font-semibold break-all">
                <a href={new URL(url).pathname}>{url}</a>
              </p>
              <p className="max-w-prose text-sm">{t('forms.share_text')}</p>
            </div>
            <div className="w-40">
              <QrCode text={url} label={t('forms.qr')} />
            </div>
          </div>
        </Card>
      )}
      {may.export && (
        <Card title={t('forms.export')} lead={t('forms.export_text')} id="export">
          <form method="post" action={`${here}/export`}>
            <Field
              t={t}
              label={t('forms.purpose')}
              name="purpose"
              required
              maxLength={200}
              typed={props.typed}
              errors={props.errors}
            />
            <button className="btn">{t('forms.download')}</button>
          </form>
        </Card>
      )}
      {may.edit && <Settings {...props} act={act} standing={standing} />}
    </>
  )
}

/** As they stand in the fields. */
export const savedSettings = ({ name, slug, opens_on, closes_on, tags }: Form): FormValues => ({
  name,
  slug,
  opens_on: opens_on ?? '',
  closes_on: closes_on ?? '',
  tags: tags.join(' '),
})

function Settings({
  t,
  form,
  typed,
  errors,
  standing,
  act,
}: FormPageProps & { standing: string; act(name: string, label: string): ReactNode }) {
  return (
    <Card title={t('forms.settings')} id="settings">
      <form method="post" action={`/forms/${form.form_id}/settings`}>
        <Seen values={savedSettings(form)} typed={typed} />
        <Field
          t={t}
          label={t('forms.name')}
          name="name"
          hint={t('forms.name_hint')}
          required
          maxLength={120}
          value={form.name}
          typed={typed}
          errors={errors}
        />
        <Field
          t={t}
          label={t('forms.slug')}
          name="slug"
          hint={t('forms.slug_hint')}
          required
          maxLength={60}
          value={form.slug}
          typed={typed}
          errors={errors}
        />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            t={t}
            label={t('forms.opens_on')}
            name="opens_on"
            type="date"
            hint={t('forms.days_hint')}
            value={form.opens_on}
            typed={typed}
            errors={errors}
          />
          <Field
            t={t}
            label={t('forms.closes_on')}
            name="closes_on"
            type="date"
            hint={t('forms.days_hint')}
            value={form.closes_on}
            typed={typed}
            errors={errors}
          />
        </div>
        <Field
          t={t}
          label={t('forms.tags')}
          name="tags"
          hint={t('forms.tags_hint')}
          maxLength={400}
          value={form.tags.join(' ')}
          typed={typed}
          errors={errors}
        />
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
      <div className="mt-6 flex flex-wrap gap-2">
        {standing !== 'draft' && !form.archived_at && act('withdraw', t('forms.withdraw'))}
        {form.archived_at ? act('restore', t('forms.restore')) : act('archive', t('forms.archive'))}
      </div>
    </Card>
  )
}

/** Answers in own words and files are read one by one. */
const isCounted = ({ kind }: Question): boolean => kind !== 'text' && kind !== 'file'

/** What was sent in a crowd and is not among the results yet. */
const Kept = ({ t, totals: { waiting, failed } }: Pick<ResultsProps, 't' | 'totals'>) => (
  <>
    {waiting > 0 && <Alert kind="info">{t('forms.waiting', { count: waiting })}</Alert>}
    {failed > 0 && <Alert kind="warning">{t('forms.not_taken_in', { count: failed })}</Alert>}
  </>
)

/** Also sent anew while answers come in. */
export function FormResults({ t, version, totals, counts, channels, signatures, now }: ResultsProps) {
  const number = (value: number): string => formatNumber(t.language, value)
  const { petition } = version.content
  if (totals.responses === 0) {
    return (
      <div className="mb-6">
        <Kept t={t} totals={totals} />
        <EmptyState icon="log" title={t('forms.no_results')}>
          {t('forms.no_results_text')}
        </EmptyState>
      </div>
    )
  }
  const questions = questionsOf(version.content)
  return (
    <>
      <Kept t={t} totals={totals} />
      {petition && signatures && (
        <>
          <p className="mb-3 text-lg font-semibold">
            {t('signatures.sentence', {
              signatures: signatures.signatures,
              confirmed: signatures.confirmed,
              registered: signatures.registered,
              where: whereText(t, petition),
            })}
          </p>
          <progress
            className="progress progress-primary mb-4 h-3 w-full"
            value={Math.min(signatures.signatures, petition.goal)}
            max={petition.goal}
            aria-label={`${number(signatures.signatures)} · ${t('signatures.goal', { goal: petition.goal })}`}
          />
          <Figures>
            <Figure
              label={t('signatures.title')}
              value={number(signatures.signatures)}
              note={t('signatures.goal', { goal: petition.goal })}
            />
            <Figure label={t('signatures.confirmed')} value={number(signatures.confirmed)} />
            <Figure label={t('signatures.registered')} value={number(signatures.registered)} />
            {petition.district_kind !== 'any' && (
              <Figure label={t('signatures.elsewhere')} value={number(signatures.elsewhere)} />
            )}
            <Figure label={t('signatures.unsure')} value={number(signatures.unsure)} />
            <Figure label={t('signatures.duplicates')} value={number(signatures.duplicates)} />
            <Figure label={t('signatures.withdrawn')} value={number(signatures.withdrawn)} />
          </Figures>
        </>
      )}
      <Figures>
        <Figure
          label={t('forms.responses_figure')}
          value={number(totals.responses)}
          note={totals.last_at && t('forms.last_at', { when: formatAgo(t.language, totals.last_at, now) })}
        />
        <Figure label={t('forms.people_figure')} value={number(totals.people)} />
        <Figure label={t('forms.unsure_figure')} value={number(totals.unsure + totals.differing)} />
        {totals.by_paper > 0 && <Figure label={t('forms.paper_figure')} value={number(totals.by_paper)} />}
      </Figures>
      {questions.some(isCounted) && (
        <Card title={t('forms.results')} id="results">
          <div className="space-y-8">
            {questions.map((question) => {
              if (!isCounted(question)) return null
              const given = counts.get(question.key) ?? new Map<string, number>()
              const possible =
                question.kind === 'support'
                  ? ['1', '2', '3', '4', '5']
                  : question.kind === 'yes_no'
                    ? ['true', 'false']
                    : question.kind === 'agree'
                      ? ['true']
                      : question.choices.map(({ key }) => key)
              const keys = [...new Set([...possible, ...given.keys()])]
              const ways = [...(channels.get(question.key) ?? new Map<string, number>())]
              return (
                <div key={question.key}>
                  <Bars
                    caption={localized(question.say, t.language).text}
                    rows={keys.map((key) => ({ label: answerText(t, question, key), value: given.get(key) ?? 0 }))}
                    format={number}
                  />
                  {Object.keys(question.only_if).length > 0 && (
                    <p className="mt-2 text-sm">{conditionText(t, questions, question)}</p>
                  )}
                  {ways.some(([channel]) => channel !== 'web') && (
                    <p className="mt-2 text-sm">
                      {t('forms.all_channels')}:{' '}
                      {ways
                        .map(([channel, count]) => `${t.dynamic(`people.channel.${channel}`)} ${number(count)}`)
                        .join(' · ')}
                    </p>
                  )}
                </div>
              )
            })}
            {!questions.every(isCounted) && <p className="text-sm">{t('forms.texts_note')}</p>}
          </div>
        </Card>
      )}
      <div className="grid gap-x-6 md:grid-cols-2">
        <Card>
          <Bars
            caption={t('forms.by_day')}
            rows={totals.days.map(({ day, count }) => ({ label: formatDate(t.language, day, 'short'), value: count }))}
            format={number}
          />
        </Card>
        <Card>
          <Bars
            caption={t('forms.by_language')}
            rows={totals.languages.map(({ language, count }) => ({
              label: languageNames[language] ?? language,
              value: count,
              lang: language,
            }))}
            format={number}
          />
        </Card>
      </div>
    </>
  )
}
