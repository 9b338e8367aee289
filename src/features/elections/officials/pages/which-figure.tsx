import type { FieldErrors } from '../../../../platform/http/form.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Choices } from '../../../../platform/ui/components.tsx'
import { nameFor } from '../../figures/pages/figure-name.tsx'
import type { KnownFigure } from '../../figures/queries.ts'
import '../messages.ts'
import { officialKinds, offices } from '../schema.ts'
import { kindName, placeName } from './officials-page.tsx'

/** Somebody of this name is known: is it one of them? */
export function WhichFigure({
  t,
  known,
  errors,
}: {
  t: Translate
  known: readonly KnownFigure[]
  errors?: FieldErrors | undefined
}) {
  return (
    <Choices
      t={t}
      legend={t('officials.which')}
      hint={t('officials.which_hint')}
      name="figure"
      kind="radio"
      {...(errors ? { errors } : {})}
      options={[
        ...known.map((each) => ({
          value: String(each.figure_id),
          label: nameFor(t, each),
          hint: each.offices.map((seat) => seatText(t, seat)).join(' · '),
        })),
        { value: 'new', label: t('officials.which_new') },
      ]}
    />
  )
}

export function seatText(t: Translate, { office, kind, district }: KnownFigure['offices'][number]): string {
  const known = offices.find((each) => each === office)
  const place = officialKinds.find((each) => each === kind)
  return [
    known ? t(`officials.office.${known}`) : t('officials.office_other'),
    district && place ? (placeName(t, { kind: place, district }) ?? `${kindName(t, place)} ${district}`) : null,
  ]
    .filter(Boolean)
    .join(', ')
}
