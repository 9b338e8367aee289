import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Actor } from '../../../platform/actor.ts'
import { formatDate, formatMoney, formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Bars,
  Card,
  Choices,
  EmptyState,
  Field,
  Figure,
  Figures,
  PageHead,
  Select,
} from '../../../platform/ui/components.tsx'
import { mayDo } from '../../access/permissions.ts'
import type { Drop } from '../drops/queries.ts'
import '../messages.ts'
import type { Answered, OfferedPage } from './queries.ts'
import { answerWays } from './schema.ts'

interface Props {
  t: Translate
  drop: Drop
  actor: Actor
  answered: Answered
  offered: readonly OfferedPage[]
  typed: Record<string, string>
  errors: FieldErrors
}

/** Where the code on the pieces leads, and what came of it. */
export function AnswersPage({ t, drop, actor, answered, offered, typed, errors }: Props) {
  const isOther = drop.answer_page?.startsWith('https://') ?? false
  const chosen = isOther ? 'other' : (drop.answer_page ?? '')
  const isFixed = drop.state === 'made' || drop.state === 'mailed'
  return (
    <div className="max-w-3xl">
      <PageHead title={t('postal.answers')} lead={t('postal.answers_lead')} back={{ href: `/postal/${drop.drop_id}`, label: drop.name }} />
      {drop.answer_per !== 'none' && <Report t={t} drop={drop} answered={answered} />}
      {mayDo(actor, 'postal.edit') && (
        <form method="post" action={`/postal/${drop.drop_id}/answers`}>
          <Card title={t('postal.answer_code')} id="code">
            {isFixed ? (
              <>
                <input type="hidden" name="answer_per" value={drop.answer_per} />
                <p className="mb-4">
                  <strong>{t(`postal.answer_per.${drop.answer_per}`)}.</strong> {t('postal.answer_fixed')}
                </p>
              </>
            ) : (
              <Choices
                t={t}
                legend={t('postal.answer_per')}
                name="answer_per"
                kind="radio"
                chosen={[typed.answer_per ?? drop.answer_per]}
                errors={errors}
                options={answerWays.map((way) => ({ value: way, label: t(`postal.answer_per.${way}`), hint: t(`postal.answer_hint.${way}`) }))}
              />
            )}
            <Select
              t={t}
              label={t('postal.answer_page')}
              name="page"
              hint={t('postal.answer_page_hint')}
              typed={typed}
              errors={errors}
              value={chosen}
              options={[
                { value: '', label: t('common.none') },
                ...offered.map(({ path, name }) => ({ value: path, label: name })),
                { value: 'other', label: t('postal.answer_other') },
              ]}
            />
            <Field t={t} label={t('postal.answer_address')} name="address" type="url" typed={typed} errors={errors} value={isOther ? (drop.answer_page ?? '') : ''} />
            <button className="btn btn-primary">{t('action.save')}</button>
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

function Report({ t, drop, answered }: Pick<Props, 't' | 'drop' | 'answered'>) {
  const { times, pieces, by_language, by_day } = answered
  const number = (value: number): string => formatNumber(t.language, value)
  const share = (part: number): string => `${number(drop.pieces > 0 ? Math.round((1000 * part) / drop.pieces) / 10 : 0)}%`
  if (times === 0)
    return (
      <div className="mb-6">
      <EmptyState icon="mail" title={t('postal.answers_none')}>
        {t('postal.answers_none_lead')}
      </EmptyState>
      </div>
    )
  return (
    <>
      <Figures>
        <Figure label={t('postal.answer_times')} value={number(times)} />
        {drop.answer_per === 'piece' ? (
          <Figure label={t('postal.answer_pieces')} value={`${number(pieces)} (${share(pieces)})`} />
        ) : (
          <Figure label={t('postal.answer_share')} value={share(times)} />
        )}
        {drop.cost_cents !== null && drop.pieces > 0 && (
          <>
            <Figure label={t('postal.cost_of_piece')} value={formatMoney(Math.round(drop.cost_cents / drop.pieces))} />
            <Figure label={t('postal.cost_of_answer')} value={formatMoney(Math.round(drop.cost_cents / (pieces || times)))} />
          </>
        )}
      </Figures>
      <Card title={t('postal.answer_by_wording')} id="wordings">
        <Bars
          is_titled
          caption={t('postal.answer_by_wording')}
          format={(value) => number(value)}
          rows={by_language.map(({ language, times: value }) => ({
            label: `${language === 'all' ? t('postal.every_language') : (languageNames[language] ?? language)} · ${t('postal.pieces_count', { count: drop.by_language[language] ?? 0 })}`,
            value,
          }))}
        />
      </Card>
      <Card title={t('postal.answer_by_day')} id="days">
        <Bars is_titled caption={t('postal.answer_by_day')} format={(value) => number(value)} rows={by_day.map(({ day, times: value }) => ({ label: formatDate(t.language, day), value }))} />
      </Card>
    </>
  )
} // prettier-ignore
