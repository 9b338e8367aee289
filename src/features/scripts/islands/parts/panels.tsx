import { useState } from 'react'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert } from '../../../../platform/ui/components.tsx'
import { compareScripts } from '../../comparison.ts'
import { Differences } from '../../differences.tsx'
import { answerWords, problemWords, stepWords, wayWords, whereWords } from '../../pages/words.ts'
import { everyWay, stationsOf } from '../../paths.ts'
import { answerKey, beginningOf, checkScript, renderText } from '../../rules.ts'
import type { Answers, PlaceholderValues, ScriptContent } from '../../schema.ts'
import { starterContent, starterScripts } from '../../starters.ts'
import { ReadingSettings } from '../../walk/reading.tsx'
import { ScriptWalk, type Progress } from '../../walk/walk.tsx'

interface PreviewProps {
  t: Translate
  content: ScriptContent
  values: PlaceholderValues
  /** Answers to follow, from the list of ways. */
  sample: Answers | null
}

/** The very program callers use, with an invented voter. */
export function Preview({ t, content, values, sample }: PreviewProps) {
  const start = (answers: Answers): Progress => ({
    at: 0,
    answers,
    language: content.languages.find((each) => each === t.language) ?? content.languages[0] ?? 'en',
    is_hurried: false,
  })
  const [progress, setProgress] = useState(() => start(sample ?? {}))
  const [voter, setVoter] = useState(1)
  const [ended, setEnded] = useState<Answers | null>(null)
  const again = () => {
    setEnded(null)
    setProgress(start(sample ?? {}))
  }
  return (
    <div className="mx-auto max-w-3xl text-lg">
      <p className="mb-3 flex flex-wrap items-center gap-3 text-base">
        <span>{t('workshop.preview_voter', { number: voter })}</span>
        <button type="button" className="btn min-h-11" onClick={() => setVoter(voter + 1)}>
          {t('workshop.preview_other')}
        </button>
        <button type="button" className="btn min-h-11" onClick={again}>
          {t('workshop.preview_again')}
        </button>
      </p>
      {ended ? (
        <div role="status" className="bg-base-100 border-base-300 rounded-box border p-5" data-preview-end>
          <p>{t(Object.keys(ended).length ? 'workshop.preview_end' : 'workshop.preview_no_answers')}</p>
          <ul className="mt-2 list-disc pl-6">
            {Object.entries(ended).map(([key, answer]) => {
              const step = content.steps.find((each) => each.key === key)
              return (
                <li key={key}>
                  {stepWords(t, content, key)}:{' '}
                  <strong>
                    {step &&
                      (Array.isArray(answer)
                        ? answer.map((each) => answerWords(t, { ...step, kind: 'choice' }, each)).join(', ')
                        : answerWords(t, step, answerKey(answer)))}
                  </strong>
                </li>
              )
            })}
          </ul>
        </div>
      ) : (
        <ScriptWalk
          t={t}
          content={content}
          voter_id={voter}
          voter_name={renderText('{voter.name}', t.language, values)}
          values={values}
          reading={progress.language ?? t.language}
          languages={content.languages}
          progress={progress}
          onProgress={setProgress}
          onLeave={again}
          onFinish={setEnded}
          onOtherResult={() => setEnded({})}
          sending={{ by: 'caller', has_texts: true, phones: ['+17185550100'], onAgreed: () => undefined }}
        />
      )}
      <ReadingSettings t={t} />
    </div>
  )
}

/** Every way through, what is wrong on the way, and a walk along each. */
export function Ways({
  t,
  content,
  onRun,
}: {
  t: Translate
  content: ScriptContent
  onRun: (sample: Answers) => void
}) {
  const { ways, count } = everyWay(content)
  const wrong = checkScript(content).filter((problem) =>
    ['unreachable', 'loop', 'unknown_step', 'few_choices', 'same_key', 'no_steps'].includes(problem.kind),
  )
  return (
    <>
      {wrong.length > 0 ? (
        <Alert kind="warning" title={t('workshop.ways_bad')}>
          <ul className="mt-1 list-disc pl-5">
            {wrong.map((problem, at) => (
              <li key={at}>
                {whereWords(t, content, problem.where)}: {problemWords(t, problem)}
              </li>
            ))}
          </ul>
        </Alert>
      ) : (
        <Alert kind="success" title={t('workshop.ways_good')} />
      )}
      <p className="mb-3 font-bold">
        {Number.isFinite(count) ? t('workshop.ways_count', { count }) : t('workshop.ways_circle')}{' '}
        {count > ways.length && t('workshop.ways_some', { count: ways.length })}
      </p>
      <ol className="grid gap-3 md:grid-cols-2">
        {ways.map((way, at) => (
          <li key={at} className="bg-base-100 border-base-300 rounded-box border p-4" data-way={at + 1}>
            <h2 className="font-bold">
              {t('workshop.way_number', { number: at + 1 })}{' '}
              <span className="text-sm font-normal">
                ({t('workshop.way_stations', { count: stationsOf(content, way) })})
              </span>
            </h2>
            <ol className="mt-1 list-decimal pl-6 text-sm">
              {way.steps.map(({ step, answers }) => (
                <li key={step.key}>
                  {beginningOf(localized(step.say, t.language).text, 60)}
                  {answers.length > 0 && (
                    <strong> → {answers.map((answer) => wayWords(t, step, answer)).join(', ')}</strong>
                  )}
                </li>
              ))}
            </ol>
            <button type="button" className="btn btn-sm mt-3 min-h-11" onClick={() => onRun(way.sample)}>
              {t('workshop.way_run')} <span className="sr-only">({t('workshop.way_number', { number: at + 1 })})</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}

export interface OlderVersion {
  version: number
  content: ScriptContent
}

interface VersionsProps {
  t: Translate
  content: ScriptContent
  saved: ScriptContent
  version: number
  older: readonly OlderVersion[]
}

/** What was changed since the last saving, and against any version before it. */
export function Versions({ t, content, saved, version, older }: VersionsProps) {
  return (
    <>
      <h2 className="mb-2 text-lg font-bold">{t('workshop.versions_now', { version })}</h2>
      <Differences t={t} before={saved} after={content} differences={compareScripts(saved, content)} />
      <h2 className="mt-6 mb-2 text-lg font-bold">{t('workshop.versions_before')}</h2>
      {older.length === 0 && <p>{t('workshop.versions_none')}</p>}
      {older.map((each) => (
        <details key={each.version} className="border-base-300 border-t py-2">
          <summary className="min-h-11 font-semibold">{t('workshop.versions_show', { version: each.version })}</summary>
          <Differences
            t={t}
            before={each.content}
            after={content}
            differences={compareScripts(each.content, content)}
          />
        </details>
      ))}
    </>
  )
}

interface LibraryProps {
  t: Translate
  content: ScriptContent
  /** 'YYYY-MM-DD' */
  election_on: string
  onCopy: (content: ScriptContent) => void
}

/** Our ready-made scripts, to copy from piece by piece. */
export function Library({ t, content, election_on, onCopy }: LibraryProps) {
  const [said, setSaid] = useState('')
  const copy = (next: ScriptContent) => {
    onCopy(next)
    setSaid(t('workshop.copied'))
  }
  return (
    <>
      <p className="mb-3">{t('workshop.library_text')}</p>
      <p role="status" className="mb-2 font-semibold">
        {said}
      </p>
      {starterScripts.map((starter) => {
        const source = starterContent(starter.key, election_on)
        return (
          <details key={starter.key} className="bg-base-100 border-base-300 rounded-box mb-3 border px-4 py-1">
            <summary className="min-h-11 py-2 font-bold">{starter.name[t.language]}</summary>
            <p className="mb-3">{starter.summary[t.language]}</p>
            <ul className="divide-base-300 divide-y">
              {source.steps.map((step) => (
                <li key={step.key} className="flex flex-wrap items-center gap-3 py-2">
                  <span className="min-w-0 flex-1 basis-60">{localized(step.say, t.language).text}</span>
                  <button
                    type="button"
                    className="btn btn-sm min-h-11"
                    disabled={content.steps.length >= 60}
                    onClick={() => {
                      const key = fresh(step.key, content.steps)
                      copy({ ...content, steps: [...content.steps, { ...step, key, goes: {}, next: null }] })
                    }}
                  >
                    {t('workshop.library_step')}
                    <span className="sr-only">: {beginningOf(localized(step.say, t.language).text, 40)}</span>
                  </button>
                </li>
              ))}
            </ul>
            <p className="my-3 flex flex-wrap gap-2">
              {source.objections.length > 0 && (
                <button
                  type="button"
                  className="btn btn-sm min-h-11"
                  onClick={() => copy({ ...content, objections: joined(content.objections, source.objections) })}
                >
                  {t('workshop.library_objections', { count: source.objections.length })}
                </button>
              )}
              {source.facts.length > 0 && (
                <button
                  type="button"
                  className="btn btn-sm min-h-11"
                  onClick={() => copy({ ...content, facts: joined(content.facts, source.facts) })}
                >
                  {t('workshop.library_facts', { count: source.facts.length })}
                </button>
              )}
              <button
                type="button"
                className="btn btn-sm min-h-11"
                onClick={() => copy({ ...content, voicemail: source.voicemail })}
              >
                {t('workshop.library_voicemail')}
              </button>
            </p>
          </details>
        )
      })}
    </>
  )
}

function fresh(key: string, taken: readonly { key: string }[]): string {
  let name = key
  for (let number = 2; taken.some((each) => each.key === name); number++) name = `${key.slice(0, 36)}_${number}`
  return name
}

/** Those not there yet come after; forty at most. */
const joined = <Item extends { key: string }>(there: readonly Item[], added: readonly Item[]): Item[] =>
  [...there, ...added.filter((each) => !there.some((own) => own.key === each.key))].slice(0, 40)
