import { formatAgo } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, PageHead } from '../../../platform/ui/components.tsx'
import type { ScriptVersion } from '../queries.ts'
import { answerKey, checkScript, path, possibleAnswers, scriptText } from '../rules.ts'
import type { AnswerValue, Answers, PlaceholderValues, Step } from '../schema.ts'
import { answerWords, problemWords, whereWords } from './words.ts'

interface ScriptPageProps {
  t: Translate
  script: ScriptVersion
  versions: ScriptVersion[]
  /** Language of the conversation. */
  language: string
  answers: Answers
  values: PlaceholderValues
  may_edit: boolean
  is_saved: boolean
  now: Date
}

export function ScriptPage(props: ScriptPageProps) {
  const { t, script, versions, may_edit, is_saved, now } = props
  const current = versions[0]
  const is_current = current?.version === script.version
  const problems = checkScript(script.content)
  return (
    <>
      <PageHead
        title={script.name}
        back={{ href: '/scripts', label: t('scripts.title') }}
        lead={
          <>
            {t('scripts.version', { version: script.version })} ·{' '}
            {t('scripts.saved_by', { when: formatAgo(t.language, script.created_at, now), name: script.created_by })}{' '}
            {script.first_used_at ? (
              <Badge kind="info">{t('scripts.in_use')}</Badge>
            ) : (
              <Badge>{t('scripts.unused')}</Badge>
            )}
          </>
        }
        actions={
          may_edit &&
          is_current && (
            <>
              <a href={`/scripts/${script.script_id}/edit`} className="btn btn-primary">
                {t('action.edit')}
              </a>
              <form method="post" action={`/scripts/${script.script_id}/${script.archived_at ? 'restore' : 'archive'}`}>
                <button className="btn">{t(script.archived_at ? 'scripts.restore' : 'action.archive')}</button>
              </form>
            </>
          )
        }
      />
      {is_saved && <Alert kind="success" title={t('scripts.saved')} />}
      {problems.length > 0 && (
        <Alert kind="warning" title={t('scripts.problems_title')}>
          <ul className="mt-1 list-disc pl-5">
            {problems.map((problem, index) => (
              <li key={index}>
                {whereWords(t, script.content, problem.where)}: {problemWords(t, problem)}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Preview {...props} />
      <Card title={t('scripts.versions')} id="versions">
        <ul className="divide-base-300 divide-y">
          {versions.map((version, index) => {
            const older = versions[index + 1]
            return (
              <li key={version.version} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
                <a href={`/scripts/${version.script_id}?version=${version.version}`}>
                  {t('scripts.version', { version: version.version })}
                </a>
                <span className="text-sm">
                  {t('scripts.saved_by', {
                    when: formatAgo(t.language, version.created_at, now),
                    name: version.created_by,
                  })}
                </span>
                {version.first_used_at && <Badge kind="info">{t('scripts.in_use')}</Badge>}
                {older && (
                  <a href={`/scripts/${version.script_id}/compare?from=${older.version}&to=${version.version}`}>
                    {t('scripts.compare')}
                    <span className="sr-only">
                      {' '}
                      ({t('scripts.compare_title', { from: older.version, to: version.version })})
                    </span>
                  </a>
                )}
              </li>
            )
          })}
        </ul>
      </Card>
    </>
  )
}

/** The script as a caller meets it; each answer is a link that leads on. */
function Preview({ t, script, language, answers, values }: ScriptPageProps) {
  const { content } = script
  const queryOf = (given: Answers, in_language = language): Record<string, string> => ({
    version: String(script.version),
    language: in_language,
    ...Object.fromEntries(Object.entries(given).map(([key, answer]) => [`a.${key}`, answerKey(answer)])),
  })
  const address = (query: Record<string, string>, hash: string) =>
    `/scripts/${script.script_id}?${new URLSearchParams(query)}${hash}`
  return (
    <Card
      title={t('scripts.preview')}
      lead={t('scripts.preview_text')}
      id="preview"
      actions={
        <nav className="join" aria-label={t('shell.language')}>
          {content.languages.map((each) => (
            <a
              key={each}
              href={address(queryOf(answers, each), '#preview')}
              lang={each}
              aria-current={each === language ? 'true' : undefined}
              className="btn join-item border-base-300 aria-[current=true]:btn-primary"
            >
              {languageNames[each] ?? each}
            </a>
          ))}
        </nav>
      }
    >
      <ol className="max-w-2xl space-y-4">
        {path(content, answers).map((station) => {
          const spoken = scriptText(station.text, language, values)
          const key = station.part === 'step' ? station.step.key : station.part
          return (
            <li key={key} id={`station-${key}`} className="bg-base-200 rounded-box p-4">
              {station.part !== 'step' && <p className="mb-1 text-sm font-semibold">{t(`scripts.${station.part}`)}</p>}
              <p className="text-lg whitespace-pre-line" lang={spoken.language}>
                {spoken.text || '…'}
                {spoken.text && spoken.language !== language && (
                  <Badge kind="warning">{t('scripts.not_translated')}</Badge>
                )}
              </p>
              {station.part === 'step' && (
                <PreviewAnswers
                  t={t}
                  step={station.step}
                  given={answers[station.step.key]}
                  language={language}
                  script_id={script.script_id}
                  queryWith={(answer) => {
                    const { [station.step.key]: _before, ...others } = answers
                    return queryOf(answer === null ? others : { ...others, [station.step.key]: answer })
                  }}
                />
              )}
            </li>
          )
        })}
      </ol>
      {Object.keys(content.voicemail).length > 0 && (
        <div className="mt-6 max-w-2xl">
          <h3 className="font-bold">{t('scripts.voicemail')}</h3>
          <p className="mt-1 whitespace-pre-line" lang={localized(content.voicemail, language).language}>
            {scriptText(content.voicemail, language, values).text}
          </p>
        </div>
      )}
      {Object.keys(answers).length > 0 && (
        <p className="mt-6">
          <a
            href={`/scripts/${script.script_id}?version=${script.version}&language=${language}#preview`}
            className="btn"
          >
            {t('scripts.preview_again')}
          </a>
        </p>
      )}
    </Card>
  )
}

interface PreviewAnswersProps {
  t: Translate
  step: Step
  given: AnswerValue | undefined
  language: string
  script_id: string
  /** Fields of the address with this answer; null: with none. */
  queryWith: (answer: AnswerValue | null) => Record<string, string>
}

function PreviewAnswers({ t, step, given, language, script_id, queryWith }: PreviewAnswersProps) {
  const note = localized(step.note, language)
  const possible = possibleAnswers(step)
  const chosen = given === undefined ? [] : [given].flat().map(answerKey)
  const pressed = (answer: string): AnswerValue | null => {
    if (step.kind !== 'several') return answer
    const left = possible.filter((each) => chosen.includes(each) !== (each === answer))
    return left.length ? left : null
  }
  return (
    <>
      {note.text && (
        <p className="mt-2 text-sm" lang={note.language}>
          ({note.text})
        </p>
      )}
      {possible.length > 0 && (
        <p className="mt-3 flex flex-wrap gap-2">
          {possible.map((answer) => {
            const choice = localized(step.choices.find((each) => each.key === answer)?.label, language)
            const isChosen = chosen.includes(answer)
            return (
              <a
                key={answer}
                href={`/scripts/${script_id}?${new URLSearchParams(queryWith(pressed(answer)))}#station-${step.key}`}
                aria-current={isChosen ? 'true' : undefined}
                className="btn not-aria-[current=true]:bg-base-100 border-base-300 aria-[current=true]:btn-primary h-auto min-h-11 py-2"
                lang={choice.text ? choice.language : undefined}
              >
                {step.kind === 'several' && <span aria-hidden="true">{isChosen ? '☑' : '☐'}</span>}
                {choice.text || answerWords(t, step, answer)}
              </a>
            )
          })}
        </p>
      )}
      {(step.kind === 'text' || step.kind === 'number') && (
        <form action={`/scripts/${script_id}#station-${step.key}`} className="mt-3 flex flex-wrap items-end gap-2">
          {Object.entries(queryWith(null)).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <label className="max-w-sm min-w-0 flex-1 basis-48 text-sm">
            {t('scripts.preview_write')}
            <input
              name={`a.${step.key}`}
              inputMode={step.kind === 'number' ? 'decimal' : undefined}
              maxLength={step.kind === 'number' ? 12 : 200}
              defaultValue={given === undefined ? '' : answerKey(given)}
              className="input bg-base-100 block w-full text-base"
            />
          </label>
          <button className="btn">{t('scripts.preview_on')}</button>
        </form>
      )}
    </>
  )
}
