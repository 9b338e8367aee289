import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, ErrorSummary, Field, PageHead, Table } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { list } from '../pages.tsx'
import type { ReaderTranslate } from '../public.ts'
import type { Topic } from '../topics/queries.ts'
import { kept_days } from './commands.ts'
import './messages.ts'
import type { NewsletterPage, SignupSum } from './queries.ts'

export const newsletterPath = `${list}/sign-up`

export const newsletterValues = (
  { is_open, intro, tag }: NewsletterPage,
  languages: readonly string[],
): FormValues => ({
  is_open: is_open ? 'yes' : '',
  tag: tag ?? '',
  ...Object.fromEntries(languages.map((each) => [`intro_${each}`, intro[each] ?? ''])),
})

interface SetUpProps {
  t: Translate
  newsletter: NewsletterPage
  sums: readonly SignupSum[]
  languages: readonly string[]
  /** Of the public page, as people type it. */
  address: string
  typed: Record<string, string>
  errors: FieldErrors
  is_saved: boolean
  may_edit: boolean
}

/** How it is set up, for organizers. */
export function SetUpPage({ t, newsletter, sums, languages, address, typed, errors, is_saved, may_edit }: SetUpProps) {
  const values = newsletterValues(newsletter, languages)
  const form = { t, typed, errors }
  const is_open = typed.seen === undefined ? newsletter.is_open : typed.is_open === 'yes'
  return (
    <div className="max-w-3xl">
      <PageHead title={t('newsletter.title')} lead={t('newsletter.lead')} back={{ href: list, label: t('mailings.title') }} />
      {is_saved && <Alert kind="success">{t('newsletter.saved')}</Alert>}
      {may_edit && (
        <form method="post" action={newsletterPath}>
          <Seen values={values} typed={typed} />
          <Card>
            <Choices
              t={t}
              name="is_open"
              kind="checkbox"
              chosen={is_open ? ['yes'] : []}
              options={[{ value: 'yes', label: t('newsletter.is_open') }]}
            />
            {languages.map((each) => (
              <Field
                {...form}
                key={each}
                lang={each}
                label={t('newsletter.intro', { language: languageNames[each] ?? each })}
                name={`intro_${each}`}
                value={values[`intro_${each}`] ?? ''}
                rows={3}
                maxLength={2000}
              />
            ))}
            <Field {...form} label={t('newsletter.tag')} hint={t('newsletter.tag_hint')} name="tag" value={values.tag ?? ''} maxLength={60} />
            <button className="btn btn-primary">{t('action.save')}</button>
          </Card>
        </form>
      )}
      {newsletter.is_open && (
        <Card title={t('newsletter.address')} id="address">
          <p className="mb-4 break-all">
            <a className="link" href={address}>
              {address}
            </a>
          </p>
          <h3 className="font-semibold">{t('newsletter.embed')}</h3>
          <p className="mb-2 text-sm">{t('newsletter.embed_lead')}</p>
          <code className="mb-4 block text-sm break-all">{`<iframe src="${address}/embed?lang=${t.language}" width="100%" height="1000" title="${t('newsletter.send')}"></iframe>`}</code>
          <h3 className="font-semibold">{t('newsletter.snippet')}</h3>
          <p className="mb-2 text-sm">{t('newsletter.snippet_lead')}</p>
          <code className="block text-sm break-all">{snippet(t, address)}</code>
        </Card>
      )}
      <Card title={t('newsletter.sums')} id="sums">
        {sums.length === 0 ? (
          <p>{t('newsletter.sums_none')}</p>
        ) : (
          <Table caption={t('newsletter.sums')} head={[t('newsletter.where'), t('newsletter.asked'), t('newsletter.confirmed')]}>
            {sums.map(({ source, site, asked, confirmed }) => (
              <tr key={`${source} ${site}`}>
                <th scope="row">
                  {t(`newsletter.source.${source}`)}
                  {site && <span className="block text-sm font-normal wrap-anywhere">{site}</span>}
                </th>
                <td>{formatNumber(t.language, asked)}</td>
                <td>{formatNumber(t.language, confirmed)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
    </div>
  )
} // prettier-ignore

const snippet = (t: Translate, address: string): string =>
  `<form method="post" action="${address}?lang=${t.language}"><input type="hidden" name="source" value="site"><label>${t('newsletter.email')} <input type="email" name="email" required autocomplete="email"></label> <button>${t('newsletter.send')}</button></form>`

/** Around a page for everybody. */
export interface Around {
  t: ReaderTranslate
  organization: LocalizedText
  /** Of the organization's public pages, '/n/…'. */
  path: string
  is_embed: boolean
}

interface SignupPageProps extends Around {
  intro: LocalizedText
  languages: readonly string[]
  topics: readonly Topic[]
  hidden: Readonly<Record<string, string>>
  typed: Record<string, string>
  all: Record<string, string[]>
  errors: FieldErrors
  /** Why it comes back though nothing is wrong in it. */
  refused: 'too_many' | 'press_again' | null
}

const nameOf = ({ t, organization }: Pick<Around, 't' | 'organization'>): string =>
  localized(organization, t.reads).text

/** In another site it opens on top of it: what follows is ours to show. */
const signupPath = ({ path, is_embed }: Around): string => `${path}/sign-up${is_embed ? '/embed' : ''}`

/** For everybody: asks for our e-mail. */
export function SignupPage(props: SignupPageProps) {
  const { t, intro, languages, topics, hidden, typed, all, errors, refused, path } = props
  const form = { t, typed, errors }
  const organization = nameOf(props)
  const said = localized(intro, t.reads, languages)
  const chosen = all.shown_topics
    ? (all.topics ?? [])
    : topics.flatMap(({ topic_id, is_for_all }) => (is_for_all ? [topic_id] : []))
  return (
    <>
      <h1 className="mb-3 text-2xl font-bold text-balance sm:text-3xl">{t('newsletter.heading', { organization })}</h1>
      {said.text
        .split(/\n{2,}/)
        .filter(Boolean)
        .map((each) => (
          <p key={each} className="mb-3 whitespace-pre-line" lang={said.language === t.reads ? undefined : said.language}>
            {each}
          </p>
        ))}
      {refused && <Alert kind={refused === 'too_many' ? 'error' : 'info'}>{t(`newsletter.${refused}`)}</Alert>}
      <ErrorSummary t={t} errors={errors} labels={{ email: t('newsletter.email'), zip5: t('newsletter.zip5') }} />
      <form method="post" action={`${signupPath(props)}?lang=${t.reads}`} noValidate>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="sr-only" aria-hidden="true">
          <label htmlFor="website">{t('apply.skip')}</label>
          <input id="website" name="website" tabIndex={-1} autoComplete="off" />
        </div>
        <Card>
          <Field {...form} label={t('newsletter.email')} name="email" type="email" required autoComplete="email" inputMode="email" maxLength={254} />
          {languages.length > 1 && (
            <Choices
              t={t}
              legend={t('newsletter.language')}
              name="language"
              kind="radio"
              chosen={[typed.language ?? (languages.includes(t.reads) ? t.reads : (languages[0] ?? ''))]}
              options={languages.map((each) => ({ value: each, label: languageNames[each] ?? each, lang: each }))}
            />
          )}
          {topics.length > 0 && (
            <>
              {topics.map(({ topic_id }) => (
                <input key={topic_id} type="hidden" name="shown_topics[]" value={topic_id} />
              ))}
              <Choices
                t={t}
                legend={t('newsletter.topics')}
                name="topics[]"
                kind="checkbox"
                chosen={chosen}
                options={topics.map(({ topic_id, name, about }) => {
                  const called = localized(name, t.reads, languages)
                  const brings = localized(about, t.reads, languages).text
                  return { value: topic_id, label: called.text, ...(brings && { hint: brings }), ...(called.language !== t.reads && { lang: called.language }) }
                })}
              />
            </>
          )}
          <details className="mb-4" open={Boolean(errors.zip5)}>
            <summary className="link min-h-11 cursor-pointer py-2">{t('newsletter.more')}</summary>
            <div className="grid gap-x-4 sm:grid-cols-2">
              <Field {...form} label={t('newsletter.first_name')} name="first_name" autoComplete="given-name" maxLength={80} />
              <Field {...form} label={t('newsletter.last_name')} name="last_name" autoComplete="family-name" maxLength={80} />
            </div>
            <Field {...form} label={t('newsletter.name_hangul')} name="name_hangul" lang="ko" maxLength={40} />
            <Field {...form} label={t('newsletter.zip5')} hint={t('newsletter.zip_hint')} name="zip5" inputMode="numeric" autoComplete="postal-code" maxLength={5} />
          </details>
          <p className="mb-4">{t('newsletter.wording', { organization })}</p>
          <button className="btn btn-primary">{t('newsletter.send')}</button>
        </Card>
      </form>
      <ArchiveLink t={t} path={path} />
    </>
  )
} // prettier-ignore

const ArchiveLink = ({ t, path }: Pick<Around, 't' | 'path'>) => (
  <p>
    <a className="link" href={`${path}?lang=${t.reads}`} target="_top">
      {t('newsletter.archive')}
    </a>
  </p>
)

export const ClosedPage = ({ t, path }: Around) => (
  <>
    <Alert kind="info">{t('newsletter.closed')}</Alert>
    <ArchiveLink t={t} path={path} />
  </>
)

export const LookPage = ({ t, path }: Around) => (
  <>
    <PageHead title={t('newsletter.look')} lead={t('newsletter.look_lead')} />
    <p className="mb-6">{t('newsletter.look_spam')}</p>
    <ArchiveLink t={t} path={path} />
  </>
)

/** Before it is pressed: opening it confirms nothing, for programs that look for viruses open addresses. */
export const ConfirmPage = ({ address, here, ...around }: Around & { address: string; here: string }) => {
  const { t } = around
  const organization = nameOf(around)
  return (
    <>
      <PageHead title={t('newsletter.confirm_title')} lead={t('newsletter.confirm_lead', { organization, address })} />
      <p className="mb-4">{t('newsletter.wording', { organization })}</p>
      <form method="post" action={`${here}?lang=${t.reads}`}>
        <button className="btn btn-primary">{t('newsletter.confirm')}</button>
      </form>
    </>
  )
}

interface DoneProps extends Around {
  address: string
  /** Why nothing comes all the same. */
  lacks: 'stopped_since' | 'not_to_be' | null
  /** Whom to write to. */
  ask: string
}

export const DonePage = ({ address, lacks, ask, ...around }: DoneProps) => {
  const { t, path } = around
  const organization = nameOf(around)
  return (
    <>
      {lacks === null ? (
        <PageHead title={t('newsletter.done')} lead={t('newsletter.done_lead', { organization, address })} />
      ) : (
        <Alert kind="warning">{t(`newsletter.${lacks}`, { address: ask })}</Alert>
      )}
      <ArchiveLink t={t} path={path} />
    </>
  )
}

export const OverPage = ({ t, path }: Around) => (
  <>
    <PageHead title={t('newsletter.over')} lead={t('newsletter.over_lead', { days: kept_days })} />
    <p>
      <a className="link" href={`${path}/sign-up?lang=${t.reads}`}>
        {t('newsletter.send')}
      </a>
    </p>
  </>
)
