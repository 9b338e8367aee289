import { formatMoney } from '../../../../platform/i18n/formats.ts'
import { languageNames, languages, localized, type LocalizedText } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import { Alert, Card, Choices, ErrorSummary, Field } from '../../../../platform/ui/components.tsx'
import '../messages.ts'
import type { MembershipKind } from '../queries.ts'

/** The other language of a page for members and those who want to be. */
export const LanguageLinks = ({
  t,
  path,
  also = [],
}: {
  /** `reads`: where the page is in one of `also`. */
  t: Translate & { reads?: string }
  path: string
  also?: readonly string[]
}) => (
  <nav className="flex gap-2" aria-label={t('apply.languages')}>
    {[...languages, ...also].map((each) => (
      <a
        key={each}
        href={`${path}?lang=${each}`}
        lang={each}
        hrefLang={each}
        aria-current={each === (t.reads ?? t.language) ? 'true' : undefined}
        className="btn btn-sm min-h-11 aria-[current=true]:underline"
      >
        {languageNames[each]}
      </a>
    ))}
  </nav>
)

interface ApplyPageProps {
  t: Translate
  organization: LocalizedText
  intro: LocalizedText
  kinds: readonly MembershipKind[]
  path: string
  page_key: string
  /** Signed, when the page was made. */
  page_time: string
  typed: Record<string, string>
  errors: FieldErrors
  /** Why it comes back though nothing is wrong in it. */
  refused: 'too_many' | 'look_again' | null
}

export function ApplyPage(props: ApplyPageProps) {
  const { t, organization, intro, kinds, path, page_key, page_time, typed, errors, refused } = props
  const shared = { t, typed, errors }
  const name = localized(organization, t.language).text
  return (
    <>
      <h1 className="mb-3 text-2xl font-bold text-balance sm:text-3xl">{t('apply.heading', { organization: name })}</h1>
      {localized(intro, t.language)
        .text.split(/\n{2,}/)
        .filter(Boolean)
        .map((each) => (
          <p key={each} className="mb-3 whitespace-pre-line" lang={localized(intro, t.language).language}>
            {each}
          </p>
        ))}
      {refused && <Alert kind="error">{t(`apply.${refused}`)}</Alert>}
      <ErrorSummary
        t={t}
        errors={errors}
        labels={{
          kind: t('membership.kind'),
          first_name: t('people.first_name'),
          last_name: t('people.last_name'),
          email: t('people.channel.email'),
          phone: t('people.phone'),
          zip5: t('people.zip5'),
        }}
      />
      <form method="post" action={path} noValidate>
        <input type="hidden" name="lang" value={t.language} />
        <input type="hidden" name="page_key" value={page_key} />
        <input type="hidden" name="page_time" value={page_time} />
        <div className="sr-only" aria-hidden="true">
          <label htmlFor="website">{t('apply.skip')}</label>
          <input id="website" name="website" tabIndex={-1} autoComplete="off" />
        </div>
        <Card>
          <Choices
            t={t}
            legend={t('membership.kind')}
            name="kind"
            kind="radio"
            chosen={[typed.kind ?? kinds[0]?.kind ?? '']}
            errors={errors}
            options={kinds.map((kind) => {
              const shown = localized(kind.name, t.language)
              return { value: kind.kind, label: shown.text, lang: shown.language, hint: costs(t, kind) }
            })}
          />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field
              {...shared}
              label={t('people.first_name')}
              name="first_name"
              required
              autoComplete="given-name"
              maxLength={80}
            />
            <Field
              {...shared}
              label={t('people.last_name')}
              name="last_name"
              required
              autoComplete="family-name"
              maxLength={80}
            />
          </div>
          <Field {...shared} label={t('people.name_hangul')} name="name_hangul" lang="ko" maxLength={40} />
          <Field
            {...shared}
            label={t('people.channel.email')}
            name="email"
            type="email"
            autoComplete="email"
            hint={t('apply.email_hint')}
            is_one_of_several
          />
          <Field
            {...shared}
            label={t('people.phone')}
            name="phone"
            type="tel"
            autoComplete="tel"
            maxLength={40}
            is_one_of_several
          />
          <Field {...shared} label={t('people.street')} name="address" autoComplete="street-address" maxLength={120} />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field {...shared} label={t('people.city')} name="city" autoComplete="address-level2" maxLength={80} />
            <Field
              {...shared}
              label={t('people.zip5')}
              name="zip5"
              inputMode="numeric"
              autoComplete="postal-code"
              maxLength={5}
            />
          </div>
          <Field {...shared} label={t('apply.note')} name="note" rows={3} maxLength={1000} />
          <Choices
            t={t}
            name="news"
            kind="checkbox"
            chosen={typed.news ? ['yes'] : []}
            options={[{ value: 'yes', label: t('apply.news', { organization: name }) }]}
          />
        </Card>
        <button className="btn btn-primary btn-lg w-full sm:w-auto">{t('apply.send')}</button>
        <p className="mt-3 text-sm">{t('apply.privacy', { organization: name })}</p>
      </form>
    </>
  )
}

const costs = (t: Translate, { dues_cents, period_months }: MembershipKind): string => {
  const amount = formatMoney(dues_cents)
  if (dues_cents === 0) return t('membership.kinds.no_dues')
  return period_months === null
    ? t('membership.kinds.terms_life', { amount })
    : t('membership.kinds.terms', { amount, count: period_months })
}

export function AppliedPage({
  t,
  organization,
  how_to_pay,
  kind,
}: {
  t: Translate
  organization: LocalizedText
  how_to_pay: LocalizedText
  /** What they applied for; null: the address does not say. */
  kind: MembershipKind | null
}) {
  const text = localized(how_to_pay, t.language)
  return (
    <>
      <h1 className="mb-3 text-2xl font-bold sm:text-3xl">{t('apply.thanks')}</h1>
      <p className="mb-3">{t('apply.thanks_text', { organization: localized(organization, t.language).text })}</p>
      {kind?.needs_approval && (
        <p className="mb-3">
          {[t('apply.thanks_decided'), kind.dues_cents > 0 && t('apply.thanks_dues_later')].filter(Boolean).join(' ')}
        </p>
      )}
      {kind && kind.dues_cents > 0 && <p className="mb-3">{t('apply.thanks_dues', { terms: costs(t, kind) })}</p>}
      {text.text && (
        <p className="whitespace-pre-line" lang={text.language}>
          {text.text}
        </p>
      )}
    </>
  )
}

export const ClosedPage = ({ t }: { t: Translate }) => (
  <>
    <h1 className="mb-3 text-2xl font-bold sm:text-3xl">{t('apply.title')}</h1>
    <p>{t('apply.closed')}</p>
  </>
)
