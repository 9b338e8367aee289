import { formatNumber } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, PageHead, Table } from '../../../platform/ui/components.tsx'
import { OnlyHere } from '../../../platform/ui/only-here.tsx'
import { QrCode } from '../../../platform/ui/qr.tsx'
import '../messages.ts'
import type { Event } from '../queries.ts'
import { spanText } from '../when.ts'
import './messages.ts'
import type { Partner, PartnerCounts } from './queries.ts'

const nameOf = (t: Translate, { name }: Pick<Partner, 'name'>): string => localized(name, t.language).text

interface PartnersPageProps {
  t: Translate
  event: Event
  /** Also those that were removed. */
  partners: readonly Partner[]
  counts: readonly PartnerCounts[]
  may_edit: boolean
  typed: Record<string, string>
  errors: FieldErrors
}

/** Who promotes an event, and what came of it. */
export function PartnersPage({ t, event, partners, counts, may_edit, typed, errors }: PartnersPageProps) {
  const here = `/events/${event.event_id}/partners`
  const number = (value: number): string => formatNumber(t.language, value)
  const cells = (partner_id: string | null) => {
    const of = counts.find((each) => each.partner_id === partner_id)
    return (['seated', 'came', 'open', 'gone', 'told'] as const).map((each) => (
      <td key={each} className="text-right tabular-nums">
        {partner_id === null && each === 'told' ? '' : number(of?.[each] ?? 0)}
      </td>
    ))
  }
  return (
    <>
      <PageHead
        title={t('partners.title')}
        lead={t('partners.lead')}
        back={{ href: `/events/${event.event_id}`, label: localized(event.content.title, t.language).text }}
        actions={
          partners.length > 0 && (
            <a className="btn" href={`${here}/numbers.csv`}>
              {t('partners.csv')}
            </a>
          )
        }
      />
      {partners.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="team" title={t('partners.none')}>
            {may_edit && t('partners.none_text')}
          </EmptyState>
        </div>
      ) : (
        <>
          <Table
            caption={t('partners.table')}
            head={[
              t('partners.col.partner'),
              t('partners.col.seated'),
              t('partners.col.came'),
              t('partners.col.open'),
              t('partners.col.gone'),
              t('partners.col.told'),
            ]}
          >
            {partners.map((partner) => (
              <tr key={partner.partner_id}>
                <th scope="row" className="min-w-44 font-semibold break-words">
                  {may_edit ? <a href={`${here}/${partner.partner_id}`}>{nameOf(t, partner)}</a> : nameOf(t, partner)}{' '}
                  {partner.removed_at ? (
                    <Badge>{t('partners.removed_mark')}</Badge>
                  ) : (
                    partner.is_co_host && <Badge kind="info">{t('partners.co_host_mark')}</Badge>
                  )}
                </th>
                {cells(partner.partner_id)}
              </tr>
            ))}
            <tr>
              <th scope="row" className="font-normal">
                {t('partners.no_partner')}
              </th>
              {cells(null)}
            </tr>
          </Table>
          <p className="mt-2 mb-6 max-w-prose text-sm">{t('partners.counted')}</p>
        </>
      )}
      {may_edit && (
        <Card title={t('partners.add')} id="add">
          <form method="post" action={here}>
            <PartnerFieldsets t={t} partner={null} typed={typed} errors={errors} />
            <button className="btn btn-primary">{t('partners.add')}</button>
          </form>
        </Card>
      )}
    </>
  )
}

function PartnerFieldsets({
  t,
  partner,
  typed,
  errors,
}: {
  t: Translate
  partner: Partner | null
  typed: Record<string, string>
  errors: FieldErrors
}) {
  const field = { t, typed, errors }
  const wasTyped = Object.keys(typed).length > 0
  const isCoHost = wasTyped ? typed.is_co_host === 'on' : (partner?.is_co_host ?? true)
  return (
    <>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field
          {...field}
          label={t('partners.name_en')}
          name="name_en"
          lang="en"
          maxLength={120}
          value={partner?.name.en ?? ''}
        />
        <Field
          {...field}
          label={t('partners.name_ko')}
          name="name_ko"
          lang="ko"
          maxLength={120}
          value={partner?.name.ko ?? ''}
        />
        <Field {...field} label={t('partners.contact')} name="contact" maxLength={120} value={partner?.contact ?? ''} />
        <Field {...field} label={t('partners.email')} name="email" type="email" value={partner?.email ?? ''} />
      </div>
      <Field
        {...field}
        label={t('partners.website')}
        name="website"
        type="url"
        placeholder="https://"
        value={partner?.website ?? ''}
      />
      <Choices
        t={t}
        name="is_co_host"
        kind="checkbox"
        chosen={isCoHost ? ['on'] : []}
        options={[{ value: 'on', label: t('partners.co_host') }]}
      />
    </>
  )
}

interface PartnerPageProps {
  t: Translate
  event: Event
  partner: Partner
  counts: PartnerCounts | undefined
  /** Whole address of their link. */
  url: string
  typed: Record<string, string>
  errors: FieldErrors
  is_saved: boolean
}

/** One partner: what to send them, and whom they may be told of. */
export function PartnerPage({ t, event, partner, counts, url, typed, errors, is_saved }: PartnerPageProps) {
  const here = `/events/${event.event_id}/partners/${partner.partner_id}`
  const name = nameOf(t, partner)
  const told = counts?.told ?? 0
  return (
    <div className="max-w-3xl">
      <PageHead
        title={name}
        lead={localized(event.content.title, t.language).text}
        back={{ href: `/events/${event.event_id}/partners`, label: t('partners.title') }}
      />
      {is_saved && <Alert kind="success" title={t('partners.saved')} />}
      {partner.removed_at ? (
        <Card title={t('partners.removed_mark')}>
          <p className="mb-3 max-w-prose">{t('partners.remove_text')}</p>
          <form method="post" action={`${here}/restore`}>
            <button className="btn">{t('partners.restore')}</button>
          </form>
        </Card>
      ) : (
        <Card title={t('partners.link')} lead={t('partners.link_text')}>
          <OnlyHere t={t} url={url} />
          {!event.published_at && <Alert kind="info">{t('partners.not_published')}</Alert>}
          <div className="mb-4 flex flex-wrap items-start gap-6">
            <p className="min-w-0 flex-1 basis-72 font-semibold break-all">
              <a href={pathOf(url)}>{url}</a>
            </p>
            <div className="w-40 text-center">
              <QrCode text={url} label={t('partners.qr', { name })} />
              <a className="inline-flex min-h-11 items-center text-sm" href={`${here}/qr.png`}>
                {t('partners.qr_file')}
              </a>
            </div>
          </div>
          <label htmlFor="snippet" className="mb-1 block font-semibold">
            {t('partners.snippet')}
          </label>
          <p id="snippet-hint" className="mb-1.5 text-sm">
            {t('partners.snippet_text')}
          </p>
          <textarea
            id="snippet"
            readOnly
            rows={3}
            aria-describedby="snippet-hint"
            className="textarea w-full font-mono text-sm"
            defaultValue={snippetOf(event, url, t.language)}
          />
        </Card>
      )}
      <Card title={t('partners.list')}>
        {told === 0 ? (
          <p className="max-w-prose">{t('partners.list_none', { name })}</p>
        ) : (
          <>
            <p className="mb-3 max-w-prose">{t('partners.list_text', { count: told, name })}</p>
            <a className="btn" href={`${here}/list.csv`}>
              {t('partners.list_csv', { name })}
            </a>
          </>
        )}
        <p className="mt-3 max-w-prose text-sm">{t('partners.list_note')}</p>
      </Card>
      <Card title={t('partners.change')} id="change">
        {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
        <form method="post" action={here}>
          <PartnerFieldsets t={t} partner={partner} typed={typed} errors={errors} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>
      {!partner.removed_at && (
        <details className="mb-6">
          <summary className="btn btn-outline">{t('partners.remove')}</summary>
          <p className="my-3 max-w-prose">{t('partners.remove_text')}</p>
          <form method="post" action={`${here}/remove`}>
            <button className="btn btn-error btn-outline">{t('partners.remove')}</button>
          </form>
        </details>
      )}
    </div>
  )
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** A link in HTML, in the reader's language: a text cannot end it. */
export function snippetOf(event: Event, url: string, language: Translate['language']): string {
  const title = localized(event.content.title, language).text
  const when = spanText(language, event.time_zone, event)
  const safe = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  return `<a href="${safe(`${url}&lang=${language}`)}">${safe(`${title} · ${when}`)}</a>`
}
