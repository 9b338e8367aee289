import { formatDate } from '../../../platform/i18n/formats.ts'
import { Card, Choices, Field, Select } from '../../../platform/ui/components.tsx'
import { nameOf } from '../pages/person-name.tsx'
import type { PanelProps } from '../pages/profile-panels.tsx'
import { Frame, type SmallFormProps } from '../pages/small-forms.tsx'
import { whoName } from '../rules.ts'
import { membershipKinds, standings } from '../schema.ts'
import { standingOn } from './queries.ts'

/** How the membership stands today, and how it came to be so. */
export function MembershipPanel({ t, profile, may_edit, today }: PanelProps & { today: string }) {
  const base = `/people/${whoName(profile.who)}/membership`
  const current = standingOn(profile.memberships, today)
  return (
    <Card title={t('membership.title')} id="membership">
      {current.length === 0 && <p>{t('membership.none')}</p>}
      <ul>
        {current.map((each) => (
          <li key={each.membership_id}>
            <strong>{t(`membership.standing.${each.standing}`)}</strong> · {t(`membership.kind.${each.kind}`)}{' '}
            <span className="text-sm">{t('membership.since', { date: formatDate(t.language, each.from_on) })}</span>
          </li>
        ))}
      </ul>
      {profile.memberships.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-8 cursor-pointer text-sm">{t('membership.history')}</summary>
          <ul className="divide-base-300 mt-1 divide-y text-sm">
            {profile.memberships.map((each) => (
              <li key={each.membership_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <span className="min-w-0 flex-1 basis-56">
                  {t('membership.from', { date: formatDate(t.language, each.from_on) })}:{' '}
                  {t(`membership.standing.${each.standing}`)} · {t(`membership.kind.${each.kind}`)}
                  {each.note && <span className="block break-words">{each.note}</span>}
                  <span className="block">{each.recorded_by}</span>
                </span>
                {may_edit && (
                  <form method="post" action={`${base}/${each.membership_id}/remove`} className="print:hidden">
                    <button className="btn btn-sm min-h-11">{t('membership.remove')}</button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {may_edit && (
        <a className="btn mt-3 print:hidden" href={base}>
          {t('membership.record')}
        </a>
      )}
    </Card>
  )
}

export function MembershipPage(props: SmallFormProps) {
  const { t, profile, typed, errors } = props
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
        options={membershipKinds.map((value) => ({ value, label: t(`membership.kind.${value}`) }))}
      />
      <Field {...shared} label={t('membership.note')} name="note" hint={t('membership.note_hint')} maxLength={300} />
    </Frame>
  )
}
