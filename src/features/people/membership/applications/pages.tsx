import { formatDateTime, formatPhone } from '../../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  ErrorSummary,
  Field,
  PageHead,
  Pagination,
} from '../../../../platform/ui/components.tsx'
import type { FormValues } from '../../../../platform/ui/form-values.ts'
import { Seen } from '../../../../platform/ui/meanwhile.tsx'
import { QrCode } from '../../../../platform/ui/qr.tsx'
import { applicationsShown, type ApplicationRow, type ApplicationsShown, type MembershipPageRow } from './queries.ts'

interface ApplicationsPageProps {
  t: Translate
  show: ApplicationsShown
  rows: readonly ApplicationRow[]
  total: number
  from: number
  size: number
  /** How many wait. */
  waiting: number
  time_zone: string
  may_settings: boolean
  /** The application whose refusal lacks a reason. */
  wrong: string | null
  /** What was just decided. */
  done: 'approved' | 'approved_mailed' | 'declined' | null
}

/** Who wants to become a member: approve, or decline with a reason. */
export function ApplicationsPage(props: ApplicationsPageProps) {
  const { t, show, rows, total, from, size, waiting, time_zone, may_settings, wrong, done } = props
  const here = `?show=${show}&from=${from}`
  return (
    <>
      <PageHead
        title={t('membership.applications.title')}
        lead={t('membership.applications.lead')}
        back={{ href: '/membership', label: t('membership.roll.title') }}
        actions={
          may_settings && (
            <a className="btn" href="/membership/page">
              {t('membership.page.title')}
            </a>
          )
        }
      />
      {done && <Alert kind={done === 'approved' ? 'warning' : 'success'}>{t(`membership.applications.${done}`)}</Alert>}
      {wrong && <Alert kind="error" title={t('membership.applications.reason_needed')} />}
      <nav className="mb-4 flex flex-wrap gap-2" aria-label={t('membership.applications.title')}>
        {applicationsShown.map((each) => (
          <a
            key={each}
            href={applicationsPath({ show: each, from: 0 })}
            aria-current={each === show ? 'page' : undefined}
            className={`btn ${each === show ? 'btn-primary' : ''}`}
          >
            {t(each === 'waiting' ? 'membership.applications.state.waiting' : 'membership.applications.decided')}
            {each === 'waiting' && ` (${waiting})`}
          </a>
        ))}
      </nav>
      {show === 'waiting' && total === 0 && (
        <div className="mb-6">
          <EmptyState icon="check" title={t('membership.applications.none')}>
            {t('membership.applications.none_text')}
          </EmptyState>
        </div>
      )}
      {show === 'waiting' &&
        rows.map((each) => (
          <Card key={each.application_id}>
            <Said t={t} application={each} time_zone={time_zone} />
            <div className="mt-4 flex flex-wrap items-start gap-3">
              <form method="post" action={`/membership/applications/${each.application_id}/approve${here}`}>
                <button className="btn btn-primary">{t('membership.applications.approve')}</button>
              </form>
              <details open={wrong === each.application_id}>
                <summary className="btn">{t('membership.applications.decline')}</summary>
                <form
                  method="post"
                  action={`/membership/applications/${each.application_id}/decline${here}`}
                  className="mt-3 max-w-md"
                >
                  <label className="mb-1 block font-semibold" htmlFor={`reason-${each.application_id}`}>
                    {t('membership.applications.reason')}
                  </label>
                  <textarea
                    id={`reason-${each.application_id}`}
                    name="reason"
                    rows={2}
                    required
                    maxLength={500}
                    className="textarea mb-3 w-full text-base"
                  />
                  {each.said.email && (
                    <label className="mb-3 flex min-h-11 items-center gap-3">
                      <input type="checkbox" name="tells" value="yes" className="checkbox" />
                      {t('membership.applications.tells')}
                    </label>
                  )}
                  <button className="btn">{t('membership.applications.decline')}</button>
                </form>
              </details>
            </div>
          </Card>
        ))}
      {show === 'decided' && (
        <Card title={t('membership.applications.decided')} id="decided">
          {rows.length === 0 && <p>{t('membership.applications.none_decided')}</p>}
          <ul className="divide-base-300 divide-y">
            {rows.map((each) => (
              <li key={each.application_id} className="py-3">
                <a className="font-semibold" href={`/people/${each.person_id}`}>
                  {nameOf(each)}
                </a>{' '}
                <Badge kind={each.state === 'approved' ? 'success' : 'neutral'}>
                  {t(`membership.applications.state.${each.state}`)}
                </Badge>
                <span className="block text-sm">
                  {[each.decided_by, each.decided_at && formatDateTime(t.language, each.decided_at, time_zone)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {each.reason && <span className="block text-sm break-words">{each.reason}</span>}
                <Wrote t={t} application={each} time_zone={time_zone} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Pagination
        {...{ t, from, total, size }}
        shown={rows.length}
        href={(next) => applicationsPath({ show, from: next })}
      />
    </>
  )
}

export const applicationsPath = ({ show, from }: { show: ApplicationsShown; from: number }): string =>
  `/membership/applications?show=${show}&from=${from}`

const nameOf = ({ said }: ApplicationRow): string =>
  [said.first_name, said.last_name, said.name_hangul].filter(Boolean).join(' ')

function Said({ t, application, time_zone }: { t: Translate; application: ApplicationRow; time_zone: string }) {
  const { how, standings, person_id } = application
  return (
    <>
      <h2 className="text-lg font-bold">
        <a href={`/people/${person_id}`}>{nameOf(application)}</a>
      </h2>
      <Wrote t={t} application={application} time_zone={time_zone} />
      <p className="mt-2 flex flex-wrap gap-2">
        {how === 'unsure' && <Badge kind="warning">{t('membership.applications.unsure')}</Badge>}
        {how === 'joined' && <Badge>{t('membership.applications.known')}</Badge>}
        {standings
          .filter((each) => each !== 'applied')
          .map((each) => (
            <Badge key={each} kind={each === 'expelled' ? 'error' : 'info'}>
              {t.dynamic(`membership.standing.${each}`)}
            </Badge>
          ))}
      </p>
    </>
  )
}

/** What they applied for and wrote, with where to reach them; it stays to be read after the decision. */
function Wrote({ t, application, time_zone }: { t: Translate; application: ApplicationRow; time_zone: string }) {
  const { said, kind_name, received_at, language } = application
  return (
    <>
      <p className="text-sm">
        {localized(kind_name, t.language).text} · {formatDateTime(t.language, received_at, time_zone)} ·{' '}
        {languageNames[language] ?? language}
      </p>
      <p className="mt-2 break-words">
        {[said.email, said.phone && formatPhone(said.phone), said.address, said.city, said.zip5]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {said.note && <p className="mt-2 break-words whitespace-pre-line">{said.note}</p>}
    </>
  )
}

/** What the fields of the page's settings hold. */
export const pageValues = (page: MembershipPageRow): FormValues => ({
  intro_en: page.intro.en ?? '',
  intro_ko: page.intro.ko ?? '',
  how_to_pay_en: page.how_to_pay.en ?? '',
  how_to_pay_ko: page.how_to_pay.ko ?? '',
  framed_by: page.framed_by.join('\n'),
  is_open: page.is_open ? 'yes' : '',
  sends_reminders: page.sends_reminders ? 'yes' : '',
})

interface SetupPageProps {
  t: Translate
  setup: MembershipPageRow
  /** Address of the public page. */
  address: string
  typed: Record<string, string>
  ticked: readonly string[]
  errors: FieldErrors
  is_saved: boolean
}

export function SetupPage({ t, setup, address, typed, ticked, errors, is_saved }: SetupPageProps) {
  const values = pageValues(setup)
  const field = (name: string) => ({ t, name, typed, errors, value: values[name] ?? '' })
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('membership.page.title')}
        lead={t('membership.page.lead')}
        back={{ href: '/membership', label: t('membership.roll.title') }}
      />
      {is_saved && <Alert kind="success" title={t('people.saved')} />}
      <ErrorSummary t={t} errors={errors} labels={{ framed_by: t('membership.page.framed_by') }} />
      <p className="mb-4 break-all">
        <a className="link" href={address}>
          {address}
        </a>
      </p>
      <details className="mb-4">
        <summary className="min-h-11 py-2 font-semibold">{t('membership.page.qr')}</summary>
        <QrCode text={address} label={t('membership.page.qr')} />
      </details>
      <form method="post" action="/membership/page">
        <Seen values={values} typed={typed} />
        <Card>
          <Choices
            t={t}
            name="is_open"
            kind="checkbox"
            chosen={ticked.includes('is_open') ? ['yes'] : []}
            options={[{ value: 'yes', label: t('membership.page.is_open') }]}
          />
          <Choices
            t={t}
            name="sends_reminders"
            kind="checkbox"
            chosen={ticked.includes('sends_reminders') ? ['yes'] : []}
            options={[
              {
                value: 'yes',
                label: t('membership.page.sends_reminders'),
                hint: t('membership.page.sends_reminders_hint'),
              },
            ]}
          />
          <Field {...field('intro_en')} label={t('membership.page.intro_en')} rows={4} lang="en" maxLength={3000} />
          <Field {...field('intro_ko')} label={t('membership.page.intro_ko')} rows={4} lang="ko" maxLength={3000} />
          <Field
            {...field('how_to_pay_en')}
            label={t('membership.page.how_to_pay_en')}
            hint={t('membership.page.how_to_pay_hint')}
            rows={3}
            lang="en"
            maxLength={3000}
          />
          <Field
            {...field('how_to_pay_ko')}
            label={t('membership.page.how_to_pay_ko')}
            rows={3}
            lang="ko"
            maxLength={3000}
          />
          <Field
            {...field('framed_by')}
            label={t('membership.page.framed_by')}
            hint={t('membership.page.framed_by_hint')}
            rows={2}
          />
        </Card>
        {setup.framed_by.length > 0 && (
          <Card title={t('membership.page.embed')} id="embed">
            <code className="block text-sm break-all">{`<iframe src="${address}" width="100%" height="1100" title="${t('apply.title')}"></iframe>`}</code>
          </Card>
        )}
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </div>
  )
}
