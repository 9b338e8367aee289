import { languageNames } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import type { Difference } from './comparison.ts'
import { stepWords, wayLabel, whereWords } from './pages/words.ts'
import { waysOf } from './rules.ts'
import type { ScriptContent } from './schema.ts'

interface DifferencesProps {
  t: Translate
  before: ScriptContent
  after: ScriptContent
  differences: Difference[]
  /** Of the script itself, for its writers. */
  names?: { before: string; after: string }
}

/** What changed, in words. */
export function Differences({ t, before, after, differences, names }: DifferencesProps) {
  const isRenamed = names !== undefined && names.before !== names.after
  if (!differences.length && !isRenamed) return <p>{t('scripts.same')}</p>
  return (
    <ul className="divide-base-300 divide-y">
      {isRenamed && (
        <li className="py-3">
          <p className="font-semibold">{t('scripts.name')}</p>
          <BeforeAfter t={t} {...names} />
        </li>
      )}
      {differences.map((difference, index) => (
        <li key={index} className="py-3">
          <p className="font-semibold">
            {whereWords(t, difference.kind === 'removed' ? before : after, difference.where)}
          </p>
          <DifferenceLine t={t} difference={difference} contents={{ before, after }} />
        </li>
      ))}
    </ul>
  )
}

interface DifferenceLineProps {
  t: Translate
  difference: Difference
  contents: { before: ScriptContent; after: ScriptContent }
}

function DifferenceLine({ t, difference, contents }: DifferenceLineProps) {
  if (difference.kind === 'answers') {
    const { before, after } = difference
    return (
      <p>
        {t('scripts.difference.answers', { before: t(`scripts.kind.${before}`), after: t(`scripts.kind.${after}`) })}
      </p>
    )
  }
  if (difference.kind === 'way') {
    const { step, way, before, after } = difference
    const label =
      way === null ? t(`scripts.way_${waysOf(step).length ? 'otherwise' : 'always'}`) : wayLabel(t, step, way)
    const target = (content: ScriptContent, to: string): string => {
      if (to === '') return t(way === null ? 'scripts.way_below' : 'scripts.way_same')
      return to === 'closing' ? t('scripts.closing') : stepWords(t, content, to)
    }
    return (
      <>
        <p className="text-sm">{label}</p>
        <BeforeAfter t={t} before={target(contents.before, before)} after={target(contents.after, after)} />
      </>
    )
  }
  if (difference.kind !== 'text') return <p>{t(`scripts.difference.${difference.kind}`)}</p>
  const { language, before, after } = difference
  return (
    <>
      <p className="text-sm">{t('scripts.difference.text', { language: languageNames[language] ?? language })}</p>
      <BeforeAfter t={t} {...{ before, after, language }} />
    </>
  )
}

function BeforeAfter({
  t,
  before,
  after,
  language,
}: {
  t: Translate
  before: string | null
  after: string | null
  language?: string
}) {
  return (
    <dl className="mt-1 grid gap-2 md:grid-cols-2">
      <div>
        <dt className="text-sm font-semibold">{t('scripts.before')}</dt>
        <dd lang={before ? language : undefined}>{before ? <del>{before}</del> : t('scripts.nothing')}</dd>
      </div>
      <div>
        <dt className="text-sm font-semibold">{t('scripts.after')}</dt>
        <dd lang={after ? language : undefined}>{after ? <ins>{after}</ins> : t('scripts.nothing')}</dd>
      </div>
    </dl>
  )
}
