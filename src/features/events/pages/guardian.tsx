import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Card, Choices, Field, PageHead } from '../../../platform/ui/components.tsx'
import type { Event, SignupRow } from '../queries.ts'
import { nameOf } from '../words.ts'

interface GuardianPageProps {
  t: Translate
  event: Event
  row: SignupRow
  shift_id: string
  typed: Record<string, string>
  errors: FieldErrors
}

/** The word of a parent or guardian, on paper or by telephone, written down by whoever stands at the door. */
export function GuardianPage({ t, event, row, shift_id, typed, errors }: GuardianPageProps) {
  const door = `/events/${event.event_id}/door`
  const shared = { t, typed, errors }
  return (
    <div className="max-w-xl">
      <PageHead
        title={t('events.guardian.title', { name: nameOf(row) })}
        lead={t('events.guardian.lead')}
        back={{ href: `${door}?shift=${shift_id}`, label: localized(event.content.title, t.language).text }}
      />
      <Card>
        <form method="post" action={`${door}/guardian/${row.signup_id}?shift=${shift_id}`}>
          <Field {...shared} label={t('events.guardian.name')} name="name" required maxLength={120} />
          <Field
            {...shared}
            label={t('events.guardian.phone')}
            name="phone"
            type="tel"
            inputMode="tel"
            required
            maxLength={40}
          />
          <Field {...shared} label={t('events.guardian.relation')} name="relation" maxLength={60} />
          <Choices
            t={t}
            legend={t('events.guardian.how')}
            name="how"
            kind="radio"
            chosen={[typed.how ?? 'paper']}
            errors={errors}
            options={(['paper', 'spoken'] as const).map((value) => ({
              value,
              label: t(`events.guardian.how.${value}`),
            }))}
          />
          <button className="btn btn-primary btn-lg">{t('action.save')}</button>
        </form>
      </Card>
    </div>
  )
}
