import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  Field,
  FieldError,
  OwnText,
  PageHead,
} from '../../../platform/ui/components.tsx'
import { delegatedKinds, type Delegated } from '../../access/permissions.ts'
import type { ListedKind } from '../../events/queries.ts'
import type { Training } from '../held/queries.ts'
import type { Rung } from '../ladder/queries.ts'
import '../messages.ts'
import type { TrainingRule } from '../rules.ts'
import { ruleAsks } from '../schema.ts'

interface LadderPageProps {
  t: Translate
  /** With those put away. */
  rungs: readonly Rung[]
  trainings: readonly Training[]
  rules: Partial<Record<Delegated, TrainingRule>>
  kinds: readonly ListedKind[]
  /** Of whoever signs up, by kind of event. */
  kind_trainings: Readonly<Record<string, readonly string[]>>
  languages: readonly string[]
  typed: Record<string, string>
  errors: FieldErrors
  /** Which of the forms was refused. */
  refused: 'rung' | 'training' | null
}

export function LadderPage(props: LadderPageProps) {
  const { t, rungs, errors } = props
  const standing = rungs.filter(({ archived_at }) => !archived_at)
  const archived = rungs.filter(({ archived_at }) => archived_at)
  return (
    <>
      <PageHead
        title={t('ladder.title')}
        lead={t('ladder.lead')}
        back={{ href: '/leadership', label: t('leadership.title') }}
      />
      {errors.rung && <Alert kind="error" title={t.dynamic(errors.rung)} />}
      {rungs.length === 0 ? (
        <div className="mb-6">
          <EmptyState
            icon="team"
            title={t('ladder.none')}
            action={
              <form method="post" action="/leadership/ladder/example">
                <button className="btn btn-primary">{t('ladder.start')}</button>
              </form>
            }
          >
            <p>{t('ladder.none_text')}</p>
          </EmptyState>
        </div>
      ) : (
        <Card title={t('ladder.rungs')} id="rungs">
          <ol className="divide-base-300 divide-y">
            {standing.map((rung, at) => (
              <RungRow key={rung.rung_id} {...props} rung={rung} at={at} />
            ))}
          </ol>
          {archived.length > 0 && (
            <ul className="divide-base-300 border-base-300 divide-y border-t">
              {archived.map((rung) => (
                <li key={rung.rung_id} className="flex flex-wrap items-center gap-3 py-3">
                  <span className="min-w-0 flex-1">
                    <OwnText t={t} text={localized(rung.name, t.language)} language={t.language} />{' '}
                    <Badge>{t('ladder.archived')}</Badge>
                  </span>
                  <form method="post" action={`/leadership/ladder/rungs/${rung.rung_id}/restore`}>
                    <button className="btn btn-sm min-h-11">{t('ladder.restore')}</button>
                  </form>
                </li>
              ))}
            </ul>
          )}
        </Card>
      )}
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <AddRung {...props} />
        <div className="min-w-0">
          <Trainings {...props} />
          <Rules {...props} />
        </div>
      </div>
      {props.trainings.length > 0 && <KindTrainings {...props} />}
    </>
  )
}

function RungRow({ t, rung, at, languages }: LadderPageProps & { rung: Rung; at: number }) {
  const base = `/leadership/ladder/rungs/${rung.rung_id}`
  const name = localized(rung.name, t.language)
  const about = localized(rung.about, t.language)
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-semibold">
            {at + 1}. <OwnText t={t} text={name} language={t.language} />
          </p>
          {about.text && (
            <p className="text-sm">
              <OwnText t={t} text={about} language={t.language} />
            </p>
          )}
        </div>
        {at > 0 && (
          <form method="post" action={`${base}/down`}>
            <button className="btn btn-sm min-h-11">
              {t('ladder.down')}
              <span className="sr-only">: {name.text}</span>
            </button>
          </form>
        )}
        <form method="post" action={`${base}/archive`}>
          <button className="btn btn-sm min-h-11">
            {t('action.archive')}
            <span className="sr-only">: {name.text}</span>
          </button>
        </form>
      </div>
      <details className="mt-1">
        <summary className="min-h-8 cursor-pointer text-sm">
          {t('action.edit')}
          <span className="sr-only">: {name.text}</span>
        </summary>
        <form method="post" action={base} className="mt-2 max-w-xl">
          <Texts t={t} languages={languages} values={{ name: rung.name, about: rung.about }} id={rung.rung_id} />
          <button className="btn">{t('action.save')}</button>
        </form>
      </details>
    </li>
  )
}

/** Name and description in each language of the organization, with ids of their own. */
function Texts({
  t,
  languages,
  values,
  typed = {},
  id,
  has_about = true,
}: {
  t: Translate
  languages: readonly string[]
  values?: { name: Record<string, string>; about: Record<string, string> }
  typed?: Record<string, string>
  id: string
  has_about?: boolean
}) {
  return languages.map((language) => {
    const called = languageNames[language] ?? language
    const fields = [
      { field: 'name', label: t('ladder.name_in', { language: called }), value: values?.name[language] },
      { field: 'about', label: t('ladder.about_in', { language: called }), value: values?.about[language] },
    ]
    return fields
      .filter(({ field }) => has_about || field === 'name')
      .map(({ field, label, value }) => {
        const name = `${field}_${language}`
        return (
          <div key={name} className="mb-3">
            <label htmlFor={`${id}-${name}`} className="mb-1 block font-semibold">
              {label}
            </label>
            <input
              id={`${id}-${name}`}
              name={name}
              lang={language}
              maxLength={field === 'name' ? 60 : 200}
              defaultValue={typed[name] ?? value ?? ''}
              className="input w-full text-base"
            />
          </div>
        )
      })
  })
}

function AddRung({ t, languages, typed, errors, refused }: LadderPageProps) {
  const isOurs = refused === 'rung'
  return (
    <Card title={t('ladder.add')} id="add">
      <form method="post" action="/leadership/ladder/rungs">
        <Texts t={t} languages={languages} typed={isOurs ? typed : {}} id="new" />
        {isOurs && <FieldError t={t} name="name" errors={errors} />}
        <button className="btn btn-primary mt-2">{t('ladder.add')}</button>
      </form>
    </Card>
  )
}

function Trainings({ t, trainings, languages, typed, errors, refused }: LadderPageProps) {
  const isOurs = refused === 'training'
  return (
    <Card title={t('training.title')} id="trainings">
      {trainings.length === 0 && <p className="mb-3">{t('training.none')}</p>}
      <ul className="divide-base-300 mb-4 divide-y">
        {trainings.map(({ training_id, name, lasts_months, archived_at }) => (
          <li key={training_id} className="flex flex-wrap items-center gap-3 py-2">
            <span className="min-w-0 flex-1 basis-40">
              <span className="font-semibold">
                <OwnText t={t} text={localized(name, t.language)} language={t.language} />
              </span>{' '}
              {archived_at && <Badge>{t('ladder.archived')}</Badge>}
              {lasts_months && <span className="block text-sm">{t('training.months', { count: lasts_months })}</span>}
            </span>
            <form
              method="post"
              action={`/leadership/ladder/trainings/${training_id}/${archived_at ? 'restore' : 'archive'}`}
            >
              <button className="btn btn-sm min-h-11">{archived_at ? t('ladder.restore') : t('action.archive')}</button>
            </form>
          </li>
        ))}
      </ul>
      <form method="post" action="/leadership/ladder/trainings">
        <Texts t={t} languages={languages} typed={isOurs ? typed : {}} id="training" has_about={false} />
        {isOurs && <FieldError t={t} name="name" errors={errors} />}
        <Field
          t={t}
          label={t('training.lasts')}
          hint={t('training.lasts_hint')}
          name="lasts_months"
          type="number"
          min={1}
          max={120}
          typed={isOurs ? typed : {}}
          errors={isOurs ? errors : {}}
        />
        <button className="btn">{t('training.add')}</button>
      </form>
    </Card>
  )
}

function Rules(props: LadderPageProps) {
  const { t, rules } = props
  return (
    <Card title={t('rule.title')} lead={t('rule.lead')} id="rules">
      <div className="space-y-8">
        {delegatedKinds.map((what) => (
          <RuleOf key={what} {...props} what={what} rule={rules[what] ?? { training_ids: [], asks: 'all' }} />
        ))}
      </div>
    </Card>
  )
}

function RuleOf({ t, trainings, what, rule }: LadderPageProps & { what: Delegated; rule: TrainingRule }) {
  const label = t(`delegation.${what}`)
  const offered = trainings.filter(
    ({ archived_at, training_id }) => !archived_at || rule.training_ids.includes(training_id),
  )
  return (
    <form method="post" action={`/leadership/ladder/rules/${what}`} id={`rule-${what}`}>
      {offered.length === 0 && (
        <>
          <p className="font-semibold">{label}</p>
          <p className="text-sm">{t('rule.no_trainings')}</p>
        </>
      )}
      {offered.length > 0 && (
        <Choices
          t={t}
          legend={label}
          name="training_ids[]"
          kind="checkbox"
          chosen={rule.training_ids}
          options={offered.map(({ training_id, name }) => {
            const { text, language } = localized(name, t.language)
            return { value: training_id, label: text, lang: language }
          })}
        />
      )}
      {offered.length > 1 && (
        <Choices
          t={t}
          legend={t('rule.asks')}
          name="asks"
          kind="radio"
          chosen={[rule.asks]}
          options={ruleAsks.map((value) => ({ value, label: t(`rule.asks.${value}`) }))}
        />
      )}
      {offered.length > 0 && (
        <button className="btn" aria-label={`${t('action.save')}: ${label}`}>
          {t('action.save')}
        </button>
      )}
    </form>
  )
}

function KindTrainings({ t, kinds, kind_trainings, trainings }: LadderPageProps) {
  const named = trainings.map(({ training_id, name, archived_at }) => ({ training_id, archived_at, ...localized(name, t.language) })) // prettier-ignore
  return (
    <Card title={t('rule.kinds_title')} lead={t('rule.kinds_lead')} id="kinds">
      <div className="grid items-start gap-x-6 sm:grid-cols-2">
        {kinds
          .filter(({ kind, is_archived }) => !is_archived || kind_trainings[kind])
          .map(({ kind, name }) => {
            const label = localized(name, t.language).text || kind
            const needed = kind_trainings[kind] ?? []
            const asked = named.filter(({ training_id }) => needed.includes(training_id)).map(({ text }) => text)
            return (
              <details key={kind} className="border-base-300 border-b py-1">
                <summary className="min-h-11 cursor-pointer py-2">
                  <strong>{label}</strong>: {asked.length > 0 ? asked.join(', ') : t('rule.none')}
                </summary>
                <form method="post" action={`/leadership/ladder/event-kinds/${kind}`} id={`kind-${kind}`}>
                  <Choices
                    t={t}
                    legend={t('rule.kind_needs')}
                    name="training_ids[]"
                    kind="checkbox"
                    chosen={needed}
                    options={named
                      .filter(({ archived_at, training_id }) => !archived_at || needed.includes(training_id))
                      .map(({ training_id, text, language }) => ({ value: training_id, label: text, lang: language }))}
                  />
                  <button className="btn mb-3" aria-label={`${t('action.save')}: ${label}`}>
                    {t('action.save')}
                  </button>
                </form>
              </details>
            )
          })}
      </div>
    </Card>
  )
}
