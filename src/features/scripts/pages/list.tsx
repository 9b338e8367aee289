import { formatAgo } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, EmptyState, PageHead } from '../../../platform/ui/components.tsx'
import type { ScriptVersion } from '../queries.ts'
import { checkScript, missingTranslations, questionsOf } from '../rules.ts'

interface ScriptsPageProps {
  t: Translate
  scripts: ScriptVersion[]
  archived: ScriptVersion[]
  may_edit: boolean
  now: Date
}

export function ScriptsPage({ t, scripts, archived, may_edit, now }: ScriptsPageProps) {
  const create = (
    <a href="/scripts/new" className="btn btn-primary">
      {t('scripts.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('scripts.title')}
        lead={t('scripts.lead')}
        actions={may_edit && scripts.length > 0 && create}
      />
      {scripts.length === 0 && (
        <EmptyState icon="script" title={t('scripts.none')} action={may_edit && create}>
          {t('scripts.none_text')}
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {scripts.map((script) => (
          <ScriptItem key={script.script_id} script={script} t={t} now={now} />
        ))}
      </ul>
      {archived.length > 0 && (
        <details className="mt-8">
          <summary className="min-h-11 py-2 font-semibold">
            {t('scripts.archived')} ({archived.length})
          </summary>
          <ul className="mt-2 space-y-2">
            {archived.map((script) => (
              <li key={script.script_id} className="flex flex-wrap items-center gap-3">
                <a href={`/scripts/${script.script_id}`}>{script.name}</a>
                {may_edit && (
                  <form method="post" action={`/scripts/${script.script_id}/restore`}>
                    <button className="btn btn-sm">{t('scripts.restore')}</button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function ScriptItem({ script, t, now }: { script: ScriptVersion; t: Translate; now: Date }) {
  const blocking = checkScript(script.content).filter((problem) => problem.is_blocking).length
  const untranslated = missingTranslations(script.content).length
  return (
    <li className="bg-base-100 rounded-box border-base-300 relative border p-5">
      <h2 className="text-lg font-bold">
        <a href={`/scripts/${script.script_id}`} className="after:absolute after:inset-0">
          {script.name}
        </a>
      </h2>
      <p className="mt-1 text-sm">
        {script.content.languages.map((each) => languageNames[each] ?? each).join(' · ')} ·{' '}
        {t('scripts.questions', { count: questionsOf(script.content).length })} ·{' '}
        {t('scripts.version', { version: script.version })}
      </p>
      <p className="mt-3 flex flex-wrap gap-2">
        {script.first_used_at ? <Badge kind="info">{t('scripts.in_use')}</Badge> : <Badge>{t('scripts.unused')}</Badge>}
        {blocking > 0 && <Badge kind="error">{t('scripts.problems', { count: blocking })}</Badge>}
        {untranslated > 0 && <Badge kind="warning">{t('scripts.untranslated', { count: untranslated })}</Badge>}
        {blocking + untranslated === 0 && <Badge kind="success">{t('scripts.ready')}</Badge>}
      </p>
      <p className="mt-3 text-sm">
        {t('scripts.saved_by', { when: formatAgo(t.language, script.created_at, now), name: script.created_by })}
      </p>
    </li>
  )
}
