import type { Selectable } from 'kysely'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Figure, Figures } from '../../../platform/ui/components.tsx'
import type { VoterImportTable } from '../tables.ts'
import { bytesText, durationText } from './texts.ts'

interface ProgressProps {
  t: Translate
  language: Language
  now: Date
  run: Selectable<VoterImportTable>
}

export function ProgressLine({ t, language, run }: ProgressProps) {
  const { phase = 'starting', bytes = 0, of_bytes = 0, rows = 0 } = run.progress
  return (
    <div>
      <progress
        className="progress progress-primary h-3 w-full"
        aria-label={t('voterfiles.progress_title')}
        // Without a length to measure against the bar moves by itself.
        {...(of_bytes > 0 && phase === 'reading' ? { max: of_bytes, value: Math.min(bytes, of_bytes) } : {})}
      />
      <p className="mt-1 text-sm tabular-nums">
        {t.dynamic(`voterfiles.phase.${phase}`)}
        {rows > 0 && ` · ${t('voterfiles.rows')} ${formatNumber(language, rows)}`}
      </p>
    </div>
  )
}

/** How far a running import is: sent again by itself until it is over. */
export function ImportProgress(props: ProgressProps) {
  const { t, language, now, run } = props
  const { phase, bytes = 0, of_bytes = 0, rows = 0 } = run.progress
  const seconds = run.started_at ? (now.getTime() - run.started_at.getTime()) / 1000 : 0
  const rate = seconds > 0 ? rows / seconds : 0
  const left = phase === 'reading' && bytes > 0 && of_bytes > bytes ? (seconds / bytes) * (of_bytes - bytes) : null
  return (
    <>
      {run.cancel_asked_at && <Alert kind="warning" title={t('voterfiles.cancelling')} />}
      <div className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6">
        <ProgressLine {...props} />
        {of_bytes > 0 && (
          <p className="text-sm tabular-nums">
            {bytesText(bytes, language)} / {bytesText(of_bytes, language)}
          </p>
        )}
      </div>
      <Figures>
        <Figure label={t('voterfiles.rows')} value={formatNumber(language, rows)} />
        <Figure label={t('voterfiles.rate')} value={formatNumber(language, Math.round(rate))} />
        <Figure label={t('voterfiles.passed')} value={durationText(t, seconds)} />
        <Figure label={t('voterfiles.left')} value={left === null ? '–' : durationText(t, left)} />
      </Figures>
    </>
  )
}
