import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Field, PageHead } from '../../../platform/ui/components.tsx'
import type { Form, FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { list } from '../pages.tsx'
import '../writing/messages.ts'
import './messages.ts'
import type { Look, SavedLook } from './queries.ts'
import { colorsFrom, contrast, type Colors } from './rules.ts'

export const lookPath = `${list}/look`

export const lookValues = ({ color, page_color, logo, ...own }: Look & { name?: string }): FormValues => ({
  ...('name' in own && { name: own.name ?? '' }),
  color,
  page_color,
  logo: logo?.picture ?? '',
})

interface LookProps extends Form {
  /** Which is changed: a saved one, 'new', or '', the usual one. */
  of: string
  look: Look
  /** As it is saved. */
  saved: Look & { name?: string }
  usual: Look
  others: readonly SavedLook[]
  organization: string
  languages: readonly string[]
  /** Of the e-mail that is shown. */
  language: string
  is_saved: boolean
}

/** What an organization's e-mails look like, with one of them beside it. */
export function LookPage({ t, typed, errors, of, look, saved, usual, others, organization, languages, language, is_saved }: LookProps) {
  const head =
    of === ''
      ? { title: t('mail_look.title'), lead: t('mail_look.lead'), back: { href: list, label: t('mailings.title') } }
      : {
          title: of === 'new' ? t('mail_look.another') : (saved.name ?? ''),
          lead: t(of === 'new' ? 'mail_look.another_lead' : 'mail_look.own_lead'),
          back: { href: lookPath, label: t('mail_look.title') },
        }
  return (
    <>
      <PageHead {...head} />
      {is_saved && <Alert kind="success">{t('mail_look.saved')}</Alert>}
      <div className="grid items-start gap-x-6 lg:grid-cols-[18rem_1fr]">
        <form method="post" action={lookPath} encType="multipart/form-data">
          <Seen values={lookValues(saved)} typed={typed} />
          <Card>
            {of !== '' && (
              <>
                <input type="hidden" name="of" value={of} />
                <Field t={t} label={t('mail_look.name')} hint={t('mail_look.name_hint')} name="name" required maxLength={80} value={saved.name ?? ''} typed={typed} errors={errors} />
              </>
            )}
            <div className="mb-4 grid grid-cols-2 gap-4">
              <Color name="color" label={t('mail_look.color')} value={look.color} />
              <Color name="page_color" label={t('mail_look.page_color')} value={look.page_color} />
            </div>
            <label className="mb-4 block">
              <span className="mb-1 block text-sm font-semibold">{t('mail_look.logo')}</span>
              <input type="file" name="file" accept="image/png,image/jpeg" className="file-input w-full" aria-describedby="logo-hint" aria-invalid={errors.file ? true : undefined} />
              <span id="logo-hint" className="mt-1 block text-sm">{t('mail_look.logo_hint')}</span>
              {errors.file && <span role="alert" className="text-error block text-sm font-semibold">{t.dynamic(errors.file)}</span>}
            </label>
            <input type="hidden" name="logo" value={look.logo?.picture ?? ''} />
            {look.logo && (
              <>
                <p className="mb-2 text-sm font-semibold">{t('mail_look.logo_now')}</p>
                <p className="mb-3 inline-block rounded-lg bg-white p-3">
                  <img src={`/mail-pictures/${look.logo.picture}`} alt={organization} className="max-h-20 max-w-full" />
                </p>
                <Choices t={t} name="no_logo" kind="checkbox" options={[{ value: 'yes', label: t('mail_look.remove_logo') }]} />
              </>
            )}
            {languages.length > 1 && (
              <Choices
                t={t}
                legend={t('mail_look.language')}
                name="language"
                kind="radio"
                chosen={[language]}
                options={languages.map((each) => ({ value: each, label: languageNames[each] ?? each, lang: each }))}
              />
            )}
            <div className="flex flex-wrap gap-3">
              <button className="btn btn-primary" name="act" value="save">{t('action.save')}</button>
              <button className="btn" name="act" value="try">{t('mail_look.try')}</button>
            </div>
          </Card>
          <Readable t={t} colors={look} />
        </form>
        <div className="grid gap-6 xl:grid-cols-2">
          {(['day', 'night'] as const).map((when) => (
            <figure key={when}>
              <figcaption className="mb-2 font-semibold">{t(`mail_look.${when}`)}</figcaption>
              <iframe
                title={t(`mail_look.${when}`)}
                sandbox="allow-same-origin"
                src={`${lookPath}/mail?${new URLSearchParams({ color: look.color, page_color: look.page_color, logo: look.logo?.picture ?? '', language, when }).toString()}`}
                className="border-base-300 h-[36rem] w-full rounded-lg border"
              />
            </figure>
          ))}
        </div>
      </div>
      {of === '' && <Others {...{ t, usual, others }} />}
      {of !== '' && of !== 'new' && (
        <form method="post" action={`${lookPath}/${of}/remove`} className="mt-6">
          <p className="mb-2 text-sm">{t('mail_look.remove_sure')}</p>
          <button className="btn btn-outline btn-error">{t('mail_look.remove')}</button>
        </form>
      )}
    </>
  )
} // prettier-ignore

const Others = ({ t, usual, others }: { t: Translate; usual: Look; others: readonly SavedLook[] }) => (
  <Card title={t('mail_look.others')} lead={t('mail_look.others_lead')} id="others">
    <ul className="mb-4 grid gap-3 sm:grid-cols-2">
      {[{ ...usual, look_id: '', name: t('mail_look.usual') }, ...others].map(({ look_id, name, color, page_color }) => (
        <li key={look_id} className="flex items-center gap-3">
          <svg width="44" height="28" aria-hidden="true" className="border-base-300 shrink-0 rounded border">
            <rect width="44" height="28" fill={page_color} />
            <rect x="10" y="9" width="24" height="10" rx="3" fill={color} />
          </svg>
          {look_id === '' ? (
            <span className="font-semibold">{name}</span>
          ) : (
            <a className="link inline-flex min-h-8 min-w-0 items-center font-semibold wrap-anywhere" href={`${lookPath}?of=${look_id}`}>
              {name}
            </a>
          )}
        </li>
      ))}
    </ul>
    <a className="btn" href={`${lookPath}?of=new`}>
      {t('mail_look.another')}
    </a>
  </Card>
) // prettier-ignore

const Color = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <label className="block">
    <span className="mb-1 block text-sm font-semibold">{label}</span>
    <input type="color" name={name} defaultValue={value} className="border-base-300 h-11 w-full cursor-pointer rounded-lg border p-1" />
  </label>
) // prettier-ignore

function Readable({ t, colors }: { t: Translate; colors: Colors }) {
  const { light } = colorsFrom(colors)
  const parts = [
    { part: 'button', text: light.on_button, on: light.button, is_changed: false },
    { part: 'link', text: light.link, on: light.card, is_changed: light.link !== colors.color },
    { part: 'foot', text: light.faint, on: light.page, is_changed: false },
  ] as const
  return (
    <Card title={t('mail_look.readable')} lead={t('mail_look.readable_lead')} id="readable">
      <ul className="grid gap-2">
        {parts.map(({ part, text, on, is_changed }) => (
          <li key={part} className="flex flex-wrap items-center gap-2">
            <svg width="44" height="28" aria-hidden="true" className="border-base-300 rounded border">
              <rect width="44" height="28" fill={on} />
              <text x="22" y="20" textAnchor="middle" fontSize="16" fontWeight="700" fill={text}>
                Aa
              </text>
            </svg>
            <span className="font-semibold">{t(`mail_look.part.${part}`)}</span>
            <Badge kind="success">{t('mail_look.ratio', { ratio: (Math.floor(contrast(text, on) * 10) / 10).toFixed(1) })}</Badge>
            {is_changed && <span className="text-sm">{t('mail_look.changed')}</span>}
          </li>
        ))}
      </ul>
    </Card>
  )
} // prettier-ignore
