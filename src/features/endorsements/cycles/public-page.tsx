import type { ReactNode } from 'react'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import '../ballots/messages.ts'
import { Languages, OwnWords } from '../own-words.tsx'
import { dayText, readsOf } from '../reading.ts'
import '../results/messages.ts'
import './messages.ts'
import { RuleList, StageBadge } from './pages.tsx'
import type { Cycle } from './queries.ts'
import type { Stage } from './rules.ts'
import type { RuleLine } from './words.ts'

export interface RuleChange {
  changed_on: string
  reason: LocalizedText
  lines: readonly { key: string; before: RuleLine | null; after: RuleLine | null }[]
}

interface Props {
  t: Translate
  cycle: Cycle
  stage: Stage
  opened_on: string
  lines: readonly RuleLine[]
  history: readonly RuleChange[]
  path: string
  /** The vote it is the run-off of, and the run-off that follows. */
  beside: ReactNode
  is_announced: boolean
  /** Decides ties, public from when the roll is made; null: it is not. */
  seed: string | null
  /** What the committee recommends, where members may read it. */
  recommendations?: ReactNode
}

/** The rules of a cycle in plain words, and every change since it opened. */
export function PublicCyclePage({
  t,
  cycle,
  stage,
  opened_on,
  lines,
  history,
  path,
  beside,
  is_announced,
  seed,
  recommendations,
}: Props) {
  return (
    <>
      <Languages t={t} path={path} />
      <h1 className="mb-3 text-2xl font-bold text-balance sm:text-3xl">
        <OwnWords t={t} text={cycle.name} />
      </h1>
      <p className="mb-4">
        <StageBadge t={t} stage={stage} />
      </p>
      {beside}
      {(stage === 'counting' || stage === 'announced') && (
        <p className="mb-4 flex flex-wrap gap-3">
          {is_announced && (
            <a className="btn btn-primary" href={`${path}/announcement?lang=${readsOf(t)}`}>
              {t('outcome.announcement_link')}
            </a>
          )}
          <a className="btn" href={`${path}/result?lang=${readsOf(t)}`}>
            {t('ballots.result')}
          </a>
        </p>
      )}
      {Object.keys(cycle.intro).length > 0 && (
        <p className="mb-6 whitespace-pre-line">
          <OwnWords t={t} text={cycle.intro} />
        </p>
      )}
      {recommendations}
      <section aria-labelledby="rules" className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6">
        <h2 id="rules" className="mb-2 text-lg font-bold">
          {t('endorsements.rules')}
        </h2>
        <RuleList t={t} lines={lines} />
        {seed && (
          <p className="mt-3 text-sm wrap-anywhere">
            {t('ballots.seed', { seed })}
            <br />
            {t('ballots.seed_lead')}
          </p>
        )}
      </section>
      <section aria-labelledby="history">
        <h2 id="history" className="mb-2 text-lg font-bold">
          {t('endorsements.history')}
        </h2>
        {history.length === 0 && <p>{t('endorsements.history_none', { date: dayText(t, opened_on) })}</p>}
        <ol className="grid gap-4">
          {history.map((change, at) => (
            <li key={history.length - at} className="bg-base-100 rounded-box border-base-300 border p-4">
              <h3 className="font-bold">{t('endorsements.changed_on', { date: dayText(t, change.changed_on) })}</h3>
              <p className="mt-1 whitespace-pre-line">
                {t('endorsements.reason')}: <OwnWords t={t} text={change.reason} />
              </p>
              <dl className="mt-3 grid gap-3">
                {change.lines.map(({ key, before, after }) => (
                  <div key={key}>
                    <dt className="font-semibold">{t.dynamic(`endorsements.line.${key}`)}</dt>
                    <dd className="whitespace-pre-line">
                      <span className="text-sm">{t('endorsements.before')}:</span> <s>{before?.text}</s>
                    </dd>
                    <dd className="whitespace-pre-line">
                      <span className="text-sm">{t('endorsements.after')}:</span> {after?.text}
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
