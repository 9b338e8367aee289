import { formatPercent } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge } from '../../../platform/ui/components.tsx'
import { progressOf, type PhoneBank, type Progress, type Standing } from '../dashboard.ts'
import type { CallCard } from '../schema.ts'

export type BankState = 'preparing' | 'open' | 'paused' | 'ended' | 'not_started' | 'over'

/** `today` is the date where the organization is. */
export function stateOf(bank: PhoneBank, today: string): BankState {
  if (bank.ended_at) return 'ended'
  if (!bank.prepared_at) return 'preparing'
  if (bank.paused_at) return 'paused'
  if (today < bank.starts_on) return 'not_started'
  return today > bank.ends_on ? 'over' : 'open'
}

/** Nobody is called any more: who is left over is not "ready" for anything. */
export const isOver = (bank: PhoneBank, today: string): boolean => ['ended', 'over'].includes(stateOf(bank, today))

export function StateBadge({ t, state }: { t: Translate; state: BankState }) {
  const kinds = {
    preparing: 'info',
    open: 'success',
    paused: 'warning',
    ended: 'neutral',
    not_started: 'info',
    over: 'neutral',
  } as const
  return <Badge kind={kinds[state]}>{t(`phonebanks.state.${state}`)}</Badge>
}

/** The name, Hangul first for Korean readers; a guess is marked. */
export function VoterName({ t, name, hangul }: { t: Translate; name: string; hangul: CallCard['hangul'] }) {
  const shown = hangul && (
    <span lang="ko">{hangul.is_guess ? t('community.guess', { hangul: hangul.text }) : hangul.text}</span>
  )
  return (
    <>
      {name}
      {shown && <span className="text-sm"> {shown}</span>}
    </>
  )
}

/** How far a phone bank is, as a bar: done, left, and those nobody can call. */
export function ProgressBar({ t, progress, is_over }: { t: Translate; progress: Progress; is_over: boolean }) {
  const { total, done, left, closed } = progress
  const words = [
    t(is_over ? 'phonebanks.progress_over' : 'phonebanks.progress', { done, total, left }),
    ...(closed > 0 ? [t('phonebanks.progress_closed', { count: closed })] : []),
  ].join(' · ')
  const share = (count: number) => (total > 0 ? (count / total) * 100 : 0)
  return (
    <div>
      <svg
        width="100%"
        height="16"
        viewBox="0 0 100 16"
        preserveAspectRatio="none"
        className="block overflow-hidden rounded-full"
        role="img"
        aria-label={words}
      >
        <rect width="100" height="16" className="fill-base-300" />
        <rect width={share(done)} height="16" className="fill-success" />
        <rect x={100 - share(closed)} width={share(closed)} height="16" className="fill-base-content/40" />
      </svg>
      <p className="mt-1 text-sm">
        {words}
        {total > closed && ` · ${formatPercent(t.language, done / (total - closed))}`}
      </p>
    </div>
  )
}

/** Rows of a phone bank that is over: those nobody finished with are one row, whatever they waited for. */
export function standingsWhenOver(rows: readonly Standing[]): { finished: Standing[]; left_over: number } {
  const finished = rows.filter(({ state }) => state === 'finished' || state === 'suppressed')
  const left_over = progressOf(rows).left
  return { finished, left_over }
}

/** A state of voters in words. */
export function standingName(t: Translate, { state, why, is_due }: Pick<Standing, 'state' | 'why' | 'is_due'>): string {
  if (state === 'ready' || state === 'leased') return t(`phonebanks.standing.${state}`)
  if (
    why === 'max_attempts' ||
    why === 'no_number' ||
    why === 'invalid_number' ||
    why === 'not_contactable' ||
    why === 'not_in_universe' ||
    why === 'done'
  )
    return t(`phonebanks.standing.${why}`)
  if (state === 'waiting') {
    if (why === 'call_back' && is_due) return t('phonebanks.standing.call_back_due')
    return t.dynamic(`phonebanks.standing.${why ?? 'resting'}`)
  }
  if (state === 'finished' && why === 'organizer') return t('phonebanks.standing.organizer_done')
  if (state === 'finished')
    return t('phonebanks.standing.finished', { how: t.dynamic(`disposition.${why ?? 'canvassed'}`) })
  return t('phonebanks.standing.suppressed', { why: t.dynamic(`phonebanks.reason.${why ?? 'legal'}`) })
}
