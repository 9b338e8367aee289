import { formatMoney } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import { Badge, Card, Choices, ErrorSummary, Field, OwnText, PageHead } from '../../../../platform/ui/components.tsx'
import type { FormValues } from '../../../../platform/ui/form-values.ts'
import { Seen } from '../../../../platform/ui/meanwhile.tsx'
import type { MembershipKind } from '../queries.ts'

interface FormProps {
  t: Translate
  typed?: Record<string, string>
  /** Boxes that are ticked. */
  ticked?: readonly string[]
  errors?: FieldErrors
}

/** Every kind with its terms, and a form for a new one. */
export function KindsPage({
  t,
  kinds,
  is_saved,
  ...form
}: FormProps & { kinds: readonly MembershipKind[]; is_saved: boolean }) {
  return (
    <>
      <PageHead
        title={t('membership.kinds.title')}
        lead={t('membership.kinds.lead')}
        back={{ href: '/membership', label: t('membership.roll.title') }}
      />
      {is_saved && (
        <p role="status" className="mb-4 font-semibold">
          {t('people.saved')}
        </p>
      )}
      <Card>
        <ul className="divide-base-300 divide-y">
          {kinds.map((kind) => (
            <li key={kind.kind} className="flex flex-wrap items-center gap-3 py-3">
              <div className="min-w-0 flex-1 basis-56">
                <p className="font-semibold">
                  <OwnText text={localized(kind.name, t.language)} language={t.language} t={t} />{' '}
                  {kind.archived_at && <Badge>{t('fields.archived')}</Badge>}
                </p>
                <p className="text-sm">{termsText(t, kind)}</p>
              </div>
              <a className="btn btn-sm min-h-11" href={`/membership/kinds/${kind.kind}`}>
                {t('action.edit')}
              </a>
              <form method="post" action={`/membership/kinds/${kind.kind}/${kind.archived_at ? 'restore' : 'archive'}`}>
                <button className="btn btn-sm min-h-11">
                  {t(kind.archived_at ? 'fields.restore' : 'action.archive')}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('membership.kinds.new')} id="new">
        <form method="post" action="/membership/kinds" className="max-w-xl">
          <KindFields t={t} {...form} values={newKind} />
          <button className="btn btn-primary">{t('membership.kinds.add')}</button>
        </form>
      </Card>
    </>
  )
}

const newKind: FormValues = { period_months: '12', grace_days: '30' }

export function KindPage({ t, kind, ...form }: FormProps & { kind: MembershipKind }) {
  const values = kindValues(kind)
  return (
    <div className="max-w-2xl">
      <PageHead
        title={localized(kind.name, t.language).text}
        lead={t('membership.kinds.edit_lead')}
        back={{ href: '/membership/kinds', label: t('membership.kinds.title') }}
      />
      <form method="post" action={`/membership/kinds/${kind.kind}`}>
        <Seen values={values} typed={form.typed ?? {}} />
        <Card>
          <KindFields t={t} ticked={tickedOf(kind)} {...form} values={values} />
        </Card>
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </div>
  )
}

function KindFields({ t, typed, ticked = [], errors = {}, values }: FormProps & { values: FormValues }) {
  const field = (name: string) => ({ t, name, errors, value: values[name] ?? '', ...(typed && { typed }) })
  return (
    <>
      <ErrorSummary
        t={t}
        errors={errors}
        labels={{
          name_en: t('membership.kinds.name_en'),
          dues: t('membership.kinds.dues'),
          reduced: t('membership.kinds.reduced'),
          period_months: t('membership.kinds.period'),
          grace_days: t('membership.kinds.grace'),
        }}
      />
      <Field {...field('name_en')} label={t('membership.kinds.name_en')} lang="en" maxLength={60} is_one_of_several />
      <Field {...field('name_ko')} label={t('membership.kinds.name_ko')} lang="ko" maxLength={60} is_one_of_several />
      <Field
        {...field('dues')}
        label={t('membership.kinds.dues')}
        hint={t('membership.kinds.dues_hint')}
        inputMode="decimal"
      />
      <Field
        {...field('reduced')}
        label={t('membership.kinds.reduced')}
        hint={t('membership.kinds.reduced_hint')}
        inputMode="decimal"
      />
      <Field
        {...field('period_months')}
        label={t('membership.kinds.period')}
        hint={t('membership.kinds.period_hint')}
        inputMode="numeric"
      />
      <Field
        {...field('grace_days')}
        label={t('membership.kinds.grace')}
        hint={t('membership.kinds.grace_hint')}
        inputMode="numeric"
        required
      />
      <Choices
        t={t}
        name="needs_approval"
        kind="checkbox"
        chosen={ticked.includes('needs_approval') ? ['yes'] : []}
        options={[{ value: 'yes', label: t('membership.kinds.needs_approval') }]}
      />
      <Choices
        t={t}
        name="is_public"
        kind="checkbox"
        chosen={ticked.includes('is_public') ? ['yes'] : []}
        options={[{ value: 'yes', label: t('membership.kinds.is_public') }]}
      />
    </>
  )
}

const plainCents = (cents: number): string => (cents / 100).toFixed(2)

/** What the fields of its form hold. */
export const kindValues = (kind: MembershipKind): FormValues => ({
  name_en: kind.name.en ?? '',
  name_ko: kind.name.ko ?? '',
  dues: kind.dues_cents === 0 ? '' : plainCents(kind.dues_cents),
  reduced: kind.reduced_cents === null ? '' : plainCents(kind.reduced_cents),
  period_months: kind.period_months === null ? '' : String(kind.period_months),
  grace_days: String(kind.grace_days),
  needs_approval: kind.needs_approval ? 'yes' : '',
  is_public: kind.is_public ? 'yes' : '',
})

const tickedOf = (kind: MembershipKind): string[] => [
  ...(kind.needs_approval ? ['needs_approval'] : []),
  ...(kind.is_public ? ['is_public'] : []),
]

/** 'Dues $30.00 for 12 months, 30 days of grace'. */
function termsText(t: Translate, kind: MembershipKind): string {
  const amount = formatMoney(kind.dues_cents)
  return [
    kind.dues_cents === 0
      ? t('membership.kinds.no_dues')
      : kind.period_months === null
        ? t('membership.kinds.terms_life', { amount })
        : t('membership.kinds.terms', { amount, count: kind.period_months }),
    kind.reduced_cents === null ? '' : t('membership.kinds.terms_reduced', { amount: formatMoney(kind.reduced_cents) }),
    kind.dues_cents > 0 && kind.period_months !== null
      ? t('membership.kinds.terms_grace', { count: kind.grace_days })
      : '',
    kind.needs_approval ? t('membership.kinds.terms_approval') : '',
    kind.is_public ? '' : t('membership.kinds.terms_not_public'),
  ]
    .filter(Boolean)
    .join(' · ')
}
