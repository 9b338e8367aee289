import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Card, Figure, Figures } from '../../../../platform/ui/components.tsx'
import '../messages.ts'

interface Props {
  t: Translate
  user_id: string
  count: { open: number; late: number; unowned: number }
}

/** On the start page: what is left to whoever looks, and what nobody does. Nothing where there is nothing to do. */
export function MyFollowUpsPanel({ t, user_id, count }: Props) {
  const rows = [
    { key: 'open', value: count.open, query: { who: user_id } },
    { key: 'late', value: count.late, query: { who: user_id, late: 'yes' } },
    { key: 'mine_unowned', value: count.unowned, query: { who: 'nobody' } },
  ] as const
  const shown = rows.filter(({ value }) => value > 0)
  if (shown.length === 0) return null
  return (
    <Card title={t('follow_ups.title')} id="follow-ups">
      <Figures>
        {shown.map(({ key, value, query }) => (
          <Figure
            key={key}
            label={t(`follow_ups.${key}`)}
            value={
              <a href={`/follow-ups?${new URLSearchParams(query)}`} className="link inline-flex min-h-11 items-center">
                {formatNumber(t.language, value)}
                <span className="sr-only"> {t(`follow_ups.${key}`)}</span>
              </a>
            }
          />
        ))}
      </Figures>
    </Card>
  )
}
