import { formatDate, formatMoney } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, Choices, Field, Select } from '../../../platform/ui/components.tsx'
import { nameOf } from '../pages/person-name.tsx'
import type { PanelProps } from '../pages/profile-panels.tsx'
import { Frame, type SmallFormProps } from '../pages/small-forms.tsx'
import { whoName } from '../rules.ts'
import { standings } from '../schema.ts'
import { isInGoodStanding } from './rules.ts'
import { paidUntil, standingOn, type Dues, type MembershipKind } from './queries.ts'

/** How the membership stands today, and how it came to be so. `dues_href`: where dues are recorded, for whoever may. */
export function MembershipPanel({
  t,
  profile,
  may_edit,
  today,
  may_money,
  may_roll,
  dues_href,
}: PanelProps & { today: string; may_money: boolean; may_roll: boolean; dues_href: string | null }) {
  const base = `/people/${whoName(profile.who)}/membership`
  const current = standingOn(profile.memberships, today)
  return (
    <Card title={t('membership.title')} id="membership">
      {current.length === 0 && <p>{t('membership.none')}</p>}
      <ul>
        {current.map((each) => (
          <li key={each.membership_id}>
            <strong>{t(`membership.standing.${each.standing}`)}</strong> · {localized(each.kind_name, t.language).text}{' '}
            <span className="text-sm">{t('membership.since', { date: formatDate(t.language, each.from_on) })}</span>
            <PaidUntil t={t} dues={profile.dues} kind={each.kind} />
          </li>
        ))}
      </ul>
      {may_money && profile.dues.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-8 cursor-pointer text-sm">{t('membership.dues.all')}</summary>
          <ul className="divide-base-300 mt-1 divide-y text-sm">
            {profile.dues.map((each) => (
              <li key={each.dues_id} className="py-2">
                {duesText(t, each)} {each.taken_back_at && <Badge>{t('people.timeline.undone')}</Badge>}
                {each.reason && <span className="block break-words">{each.reason}</span>}
                {each.taken_back_why && <span className="block break-words">{each.taken_back_why}</span>}
                <span className="block">{each.recorded_by}</span>
                {may_edit && each.how !== 'paid' && each.taken_back_at === null && (
                  <form method="post" action={`${base}/dues/${each.dues_id}/take-back`} className="print:hidden">
                    <button className="btn btn-sm mt-1 min-h-11">{t('membership.remove')}</button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {profile.memberships.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-8 cursor-pointer text-sm">{t('membership.history')}</summary>
          <ul className="divide-base-300 mt-1 divide-y text-sm">
            {profile.memberships.map((each) => (
              <li key={each.membership_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <span className="min-w-0 flex-1 basis-56">
                  {t('membership.from', { date: formatDate(t.language, each.from_on) })}:{' '}
                  {t(`membership.standing.${each.standing}`)} · {localized(each.kind_name, t.language).text}
                  {each.note && <span className="block break-words">{each.note}</span>}
                  <span className="block">{each.dues_id ? t('membership.by_dues') : each.recorded_by}</span>
                </span>
                {may_edit && !each.dues_id && (
                  <form method="post" action={`${base}/${each.membership_id}/remove`} className="print:hidden">
                    <button className="btn btn-sm min-h-11">{t('membership.remove')}</button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="mt-3 flex flex-wrap gap-2 print:hidden">
        {dues_href && (
          <a className="btn btn-primary" href={dues_href}>
            {t('membership.dues.record')}
          </a>
        )}
        {may_roll && isInGoodStanding(current) && (
          <>
            <a className="btn" href={`/membership/card/${whoName(profile.who)}/card.pdf`}>
              {t('membership.card.print')}
            </a>
            <a className="btn" href={`/membership/card/${whoName(profile.who)}`}>
              {t('membership.card.on_phone')}
            </a>
          </>
        )}
        {may_edit && (
          <a className="btn" href={base}>
            {t('membership.record')}
          </a>
        )}
      </div>
    </Card>
  )
}

function PaidUntil({ t, dues, kind }: { t: Translate; dues: readonly Dues[]; kind: string }) {
  const until = paidUntil(dues, kind)
  if (until === null) return null
  return (
    <span className="block text-sm">
      {until === 'life'
        ? t('membership.dues.for_life')
        : t('membership.dues.until', { date: formatDate(t.language, until) })}
    </span>
  )
}

/** '$30.00, March 1, 2026 – February 28, 2027'. */
function duesText(t: Translate, { how, amount_cents, from_on, until_on }: Dues): string {
  const days = until_on
    ? t('membership.dues.days', { from: formatDate(t.language, from_on), until: formatDate(t.language, until_on) })
    : t('membership.dues.for_life')
  const what = how === 'waived' ? t('membership.dues.how.waived') : formatMoney(amount_cents)
  return `${what}${how === 'elsewhere' ? ` (${t('membership.dues.how.elsewhere')})` : ''} · ${days}`
}

export const kindOptions = (t: Translate, kinds: readonly MembershipKind[], chosen?: string) =>
  kinds
    .filter(({ archived_at, kind }) => archived_at === null || kind === chosen)
    .map(({ kind, name }) => {
      const shown = localized(name, t.language)
      return { value: kind, label: shown.text, lang: shown.language }
    })

export function MembershipPage(props: SmallFormProps & { kinds: readonly MembershipKind[] }) {
  const { t, profile, typed, errors, kinds } = props
  const shared = { t, typed, errors }
  return (
    <Frame
      {...props}
      title={t('membership.form_title', { name: nameOf(profile, t).main })}
      lead={t('membership.lead')}
      action="membership"
    >
      <Choices
        t={t}
        legend={t('membership.standing')}
        name="standing"
        kind="radio"
        chosen={[typed.standing ?? '']}
        errors={errors}
        options={standings.map((value) => ({ value, label: t(`membership.standing.${value}`) }))}
      />
      <Field {...shared} label={t('membership.from_on')} name="from_on" type="date" required />
      <Select
        {...shared}
        label={t('membership.kind')}
        name="kind"
        required
        options={kindOptions(t, kinds, typed.kind)}
      />
      <Field {...shared} label={t('membership.note')} name="note" hint={t('membership.note_hint')} maxLength={300} />
    </Frame>
  )
}
