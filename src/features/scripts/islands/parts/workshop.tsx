import { useEffect, useMemo, useState } from 'react'
import { call } from '../../../../platform/http/endpoint.ts'
import { languageNames, type Language } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import { Alert } from '../../../../platform/ui/components.tsx'
import { compareScripts } from '../../comparison.ts'
import { Differences } from '../../differences.tsx'
import { saveWorkshop, type Saved } from '../../endpoints.ts'
import '../../messages.ts'
import { checkScript, missingTranslations } from '../../rules.ts'
import type { Answers, PlaceholderValues, ScriptContent } from '../../schema.ts'
import '../../workshop-messages.ts'
import { Blocks, useMissing } from './blocks.tsx'
import type { Shared } from './fields.tsx'
import { useHistory } from './history.ts'
import { keepWork, keptWork } from './kept.ts'
import { Library, Preview, Versions, Ways, type OlderVersion } from './panels.tsx'
import { Tree } from './tree.tsx'

export interface WorkshopData {
  language: Language
  script_id: string
  saved: Saved
  /** What stands in the form, where the server sent it back unsaved. */
  typed: { name: string; content: ScriptContent }
  older: OlderVersion[]
  values: PlaceholderValues
  /** 'YYYY-MM-DD' */
  election_on: string
}

const views = ['write', 'tree', 'preview', 'ways', 'versions', 'library'] as const
type View = (typeof views)[number]

interface Conflict {
  theirs: Saved
  by: string
}

/** The whole script on a workbench: written, drawn, tried and compared. Saves only what nobody changed meanwhile. */
export function Workshop({ language, script_id, saved: atStart, typed, older, values, election_on }: WorkshopData) {
  const t = useMemo(() => translator(language), [language])
  const [kept] = useState(() => keptWork(script_id))
  const [isTold, setTold] = useState(false)
  const [base, setBase] = useState<Saved>(() =>
    kept ? { ...atStart, version: kept.version, saved_at: kept.saved_at, content: kept.base } : atStart,
  )
  const { writing, revision, can_undo, can_redo, change, undo, redo } = useHistory(
    kept ? { name: kept.name, content: withLanguages(kept.content, atStart.content) } : typed,
  )
  const { name, content } = writing
  const [view, setView] = useState<View>('write')
  const [chosen, setChosen] = useState('greeting')
  const [sample, setSample] = useState<{ answers: Answers; run: number } | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [isKept, setKept] = useState(true)

  const isChanged = name !== base.name || JSON.stringify(content) !== JSON.stringify(base.content)
  useEffect(() => {
    const { version, saved_at } = base
    // Only writing tells whether the device keeps anything.
    // oxlint-disable-next-line react/set-state-in-effect
    setKept(keepWork(script_id, isChanged ? { version, saved_at, name, content, base: base.content } : null))
  }, [script_id, isChanged, name, content, base])
  useEffect(() => {
    if (!isChanged || isKept) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isChanged, isKept])
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      event.preventDefault() // a field's own undo knows nothing of the other fields
      if (event.shiftKey) redo()
      else undo()
    }
    addEventListener('keydown', keys)
    return () => removeEventListener('keydown', keys)
  })

  const problems = checkScript(content)
  const shared: Shared = {
    t,
    content,
    problems,
    revision,
    onChange: (next, place) => {
      setSaid('')
      change({ writing: { name, content: next }, place })
    },
  }
  const toMissing = useMissing(problems, (block) => {
    setView('write')
    setChosen(block)
  })
  const blockChosen = ['greeting', 'closing', 'voicemail', 'objections', 'facts'].includes(chosen)
    ? chosen
    : content.steps.some((step) => step.key === chosen)
      ? chosen
      : 'greeting'

  const save = async (over: Pick<Saved, 'version' | 'saved_at'> = base) => {
    if (isSaving) return
    setProblem(null)
    if (!name.trim()) return setProblem(t('workshop.name_needed'))
    setSaving(true)
    const input = { version: over.version, saved_at: over.saved_at, name: name.trim(), content: written(content) }
    const answer = await call(saveWorkshop, { id: script_id }, input)
    setSaving(false)
    if (!answer.ok) return setProblem(t(answer.status === 422 ? 'workshop.save_refused' : 'workshop.save_failed'))
    const { ok, saved, saved_by } = answer.value
    if (!ok) return setConflict({ theirs: saved, by: saved_by })
    setConflict(null)
    setTold(true)
    const inForm = { ...saved, content: withLanguages(saved.content, content) }
    setBase(inForm)
    const at = content.steps.findIndex((step) => step.key === chosen)
    if (at >= 0) setChosen(inForm.content.steps[at]?.key ?? 'greeting') // saving names what was new
    if (JSON.stringify(inForm.content) !== JSON.stringify(content))
      change({ writing: { name: saved.name, content: inForm.content }, place: null })
    setSaid(t('workshop.saved_as', { version: saved.version }))
  }
  const takeTheirs = ({ theirs }: Conflict) => {
    const inForm = { ...theirs, content: withLanguages(theirs.content, content) }
    setBase(inForm)
    change({ writing: { name: theirs.name, content: inForm.content }, place: null })
    setConflict(null)
  }

  return (
    <div data-workshop>
      {kept && !isTold && (
        <Alert kind="info" title={t('workshop.kept_title')}>
          <p>{t('workshop.kept_text')}</p>
          <p className="mt-3 flex flex-wrap gap-3">
            <button type="button" className="btn" onClick={() => setTold(true)}>
              {t('workshop.kept_keep')}
            </button>
            <button
              type="button"
              className="btn"
              onClick={() => {
                setTold(true)
                setBase(atStart)
                change({ writing: { name: atStart.name, content: atStart.content }, place: null })
              }}
            >
              {t('workshop.kept_discard')}
            </button>
          </p>
        </Alert>
      )}
      {conflict && (
        <Alert kind="warning" title={t('workshop.conflict_title', { name: conflict.by })}>
          <p>{t('workshop.conflict_text')}</p>
          <Differences
            t={t}
            before={base.content}
            after={conflict.theirs.content}
            differences={compareScripts(base.content, withLanguages(conflict.theirs.content, content))}
            names={{ before: base.name, after: conflict.theirs.name }}
          />
          <details className="mt-2">
            <summary className="min-h-11 font-semibold">{t('workshop.conflict_mine')}</summary>
            <Differences
              t={t}
              before={conflict.theirs.content}
              after={content}
              differences={compareScripts(withLanguages(conflict.theirs.content, content), content)}
              names={{ before: conflict.theirs.name, after: name }}
            />
          </details>
          <p className="mt-3 flex flex-wrap items-center gap-3">
            <button type="button" className="btn" onClick={() => takeTheirs(conflict)}>
              {t('workshop.conflict_take_theirs')}
            </button>
            <button type="button" className="btn" onClick={() => void save(conflict.theirs)}>
              {t('workshop.conflict_keep_mine')}
            </button>
            <span>{t('workshop.conflict_undo')}</span>
          </p>
        </Alert>
      )}
      <div className="mb-4 flex flex-wrap items-end gap-3">
        <label className="block max-w-md min-w-0 flex-1 basis-64">
          <span className="mb-1 block font-semibold">{t('scripts.name')}</span>
          <input
            key={revision}
            id="name"
            className="input w-full text-base"
            maxLength={120}
            defaultValue={name}
            onChange={(event) => change({ writing: { name: event.target.value, content }, place: 'name' })}
          />
        </label>
        <button
          type="button"
          className="btn btn-primary"
          aria-disabled={isSaving} // a disabled one would lose the focus
          onClick={() => {
            if (!isSaving) void save()
          }}
        >
          {t('action.save')}
        </button>
        <button type="button" className="btn" disabled={!can_undo} onClick={undo}>
          {t('action.undo')}
        </button>
        <button type="button" className="btn" disabled={!can_redo} onClick={redo}>
          {t('workshop.redo')}
        </button>
      </div>
      <p role="status" className="mb-3 min-h-6 text-sm font-semibold" data-changed={isChanged}>
        {isChanged ? t(isKept ? 'workshop.unsaved' : 'workshop.unsaved_only_here') : said || t('workshop.all_saved')}
      </p>
      {problem && (
        <div role="alert">
          <Alert kind="error" title={problem} />
        </div>
      )}
      <Languages {...shared} onMissing={toMissing} />
      <nav className="mb-4 flex flex-wrap gap-2" aria-label={t('workshop.views')}>
        {views.map((each) => (
          <button
            key={each}
            type="button"
            aria-current={each === view ? 'page' : undefined}
            className="btn not-aria-[current=page]:bg-base-100 border-base-300 aria-[current=page]:btn-primary min-h-11"
            onClick={() => {
              setView(each)
              if (each === 'preview') setSample(null)
            }}
          >
            {t(`workshop.view.${each}`)}
          </button>
        ))}
      </nav>
      {view === 'write' && <Blocks {...shared} chosen={blockChosen} onChoose={setChosen} />}
      {view === 'tree' && (
        <Tree
          t={t}
          content={content}
          onChoose={(block) => {
            setChosen(block)
            setView('write')
          }}
        />
      )}
      {view === 'preview' && (
        <Preview
          key={sample?.run ?? 0}
          t={t}
          content={written(content)}
          values={values}
          sample={sample?.answers ?? null}
        />
      )}
      {view === 'ways' && (
        <Ways
          t={t}
          content={content}
          onRun={(answers) => {
            setSample({ answers, run: (sample?.run ?? 0) + 1 })
            setView('preview')
          }}
        />
      )}
      {view === 'versions' && (
        <Versions t={t} content={content} saved={base.content} version={base.version} older={older} />
      )}
      {view === 'library' && (
        <Library t={t} content={content} election_on={election_on} onCopy={(next) => shared.onChange(next, null)} />
      )}
    </div>
  )
}

function Languages({ t, content, onMissing }: Shared & { onMissing: (language: string) => void }) {
  const missing = missingTranslations(content)
  // What is written in no language lacks in none either.
  const isEmpty = checkScript(content).some(({ kind }) => kind === 'missing_text')
  return (
    <ul className="mb-4 flex flex-wrap gap-x-6 gap-y-2 text-sm">
      {content.languages.map((language) => {
        const count = missing.filter((each) => each.language === language).length
        const own = languageNames[language] ?? language
        return (
          <li key={language} className="flex flex-wrap items-center gap-2">
            <span className={count ? 'font-bold' : undefined}>
              {count
                ? t('workshop.missing', { language: own, count })
                : t(isEmpty ? 'workshop.nothing' : 'workshop.complete', { language: own })}
            </span>
            {count > 0 && (
              <button type="button" className="btn btn-sm min-h-11" onClick={() => onMissing(language)}>
                {t('workshop.missing_next')} <span className="sr-only">({own})</span>
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** With a column for each language that had one. */
const withLanguages = (content: ScriptContent, like: ScriptContent): ScriptContent => ({
  ...content,
  languages: [...new Set([...like.languages, ...content.languages])],
})

/** A language nothing is written in is not one of the script's; at least the first stays. */
function written(content: ScriptContent): ScriptContent {
  const all = JSON.stringify([content.greeting, content.closing, content.steps])
  const used = content.languages.filter((language) => all.includes(`"${language}":`))
  return { ...content, languages: used.length ? used : content.languages.slice(0, 1) }
}
