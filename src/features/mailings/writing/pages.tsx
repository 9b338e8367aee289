import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, EmptyState, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { Mailing } from '../queries.ts'
import './messages.ts'
import type { Reader } from './queries.ts'
import type { RenderedMail } from './render.ts'
import { differences, isFull, lacks, unaccepted } from './rules.ts'
import { blockKinds, blocksMost, textOf, textsOfKind, MailContent, type Block, type MailText } from './schema.ts'
import { wordFor } from './text-rules.ts'

const languageName = (language: string): string => languageNames[language] ?? language
const languageList = (languages: readonly string[]): string => languages.map(languageName).join(', ')

interface WriteProps {
  t: Translate
  mailing: Mailing
  content: MailContent
  /** The one the writer began with; once shown what somebody else saved, theirs. */
  version: number
  languages: readonly string[]
  /** What somebody else saved meanwhile. */
  theirs?: MailContent
  is_invalid?: boolean
  is_saved?: boolean
  time_zone: string
}

/** All of a mailing as one form; every button keeps what was typed. */
export function WritePage({ t, mailing, content, version, languages, theirs, is_invalid, is_saved, time_zone }: WriteProps) {
  const base = `/mailings/${mailing.mailing_id}`
  const action = `${base}/write`
  const shared = { t, languages }
  const untranslated = unaccepted(content, languages)
  return (
    <>
      <PageHead
        title={t('writing.title')}
        lead={t('writing.lead')}
        back={{ href: base, label: mailing.name }}
        actions={
          <a className="btn" href={`${base}/preview`}>
            {t('writing.preview')}
          </a>
        }
      />
      {is_saved && <Alert kind="success" title={t('writing.saved')} />}
      {is_invalid && <Alert kind="error" title={t('writing.invalid')} />}
      {theirs && <Meanwhile {...{ t, mailing, theirs, content, time_zone }} />}
      <form method="post" action={action}>
        <input type="hidden" name="version" value={version} />
        {/* Enter in a field presses the first button of the form: it saves. */}
        <Save t={t} />
        {untranslated.length > 0 && (
          <Alert kind="warning" title={t('writing.untranslated')}>
            {t('writing.untranslated_in', { languages: languageList(untranslated) })}
          </Alert>
        )}
        <Card title={t('writing.head')} id="head">
          <Texts {...shared} label={t('writing.subject')} hint={t('writing.subject_hint')} place="subject" text={content.subject} most={200} />
          <Texts {...shared} label={t('writing.preheader')} place="preheader" text={content.preheader} most={200} />
        </Card>
        {content.blocks.map((block, at) => (
          <BlockCard key={block.key} {...shared} {...{ block, at, action }} count={content.blocks.length} />
        ))}
        <Card title={t('writing.add')} id="add">
          {content.blocks.length === 0 && <p className="mb-3">{t('writing.no_blocks')}</p>}
          {isFull(content) ? (
            <p>{t('writing.full', { most: blocksMost })}</p>
          ) : (
            <div className="flex flex-wrap gap-2">
              {blockKinds.map((kind) => (
                <button key={kind} name="act" value={`add:${kind}`} formAction={`${action}#add`} className="btn min-h-11">
                  + {t(`writing.kind.${kind}`)}
                </button>
              ))}
            </div>
          )}
        </Card>
        <How t={t} />
        <Card title={t('writing.foot')} lead={t('writing.foot_lead')} id="foot">
          <label className="mb-4 block max-w-2xl">
            <span className="mb-1 block font-semibold">{t('writing.postal_address')}</span>
            <span className="mb-1.5 block text-sm">{t('writing.postal_address_hint')}</span>
            <textarea name="postal_address" rows={2} maxLength={300} lang="en" className="textarea w-full text-base" defaultValue={content.postal_address} />
          </label>
          <Texts {...shared} label={t('writing.text.reason')} hint={t('writing.reason_hint')} place="reason" text={content.reason} rows={2} />
        </Card>
        <Accepted {...shared} content={content} />
        <Save t={t} />
      </form>
    </>
  )
} // prettier-ignore

const Save = ({ t }: { t: Translate }) => (
  <p className="mb-6">
    <button name="act" value="save" className="btn btn-primary">
      {t('action.save')}
    </button>
  </p>
)

interface Shared {
  t: Translate
  languages: readonly string[]
}

function Accepted({ t, languages, content }: Shared & { content: MailContent }) {
  const open = unaccepted({ ...content, accepted: [] }, languages)
  if (open.length === 0) return null
  return (
    <fieldset className="mb-6">
      <legend className="sr-only">{t('writing.untranslated')}</legend>
      {open.map((language) => (
        <label key={language} className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="checkbox"
            name={`accepted.${language}`}
            defaultChecked={content.accepted.includes(language)}
          />
          {t('writing.accept', { language: languageName(language) })}
        </label>
      ))}
    </fieldset>
  )
}

interface BlockProps extends Shared {
  block: Block
  at: number
  count: number
  action: string
}

function BlockCard({ t, languages, block, at, count, action }: BlockProps) {
  const number = at + 1
  const title = t('writing.block', { number, kind: t(`writing.kind.${block.kind}`) })
  const act = (verb: string, label: string, looks = 'btn btn-sm') => (
    <button name="act" value={`${verb}:${at}`} formAction={`${action}#block-${block.key}`} className={looks}>
      {label} <span className="sr-only">({title})</span>
    </button>
  )
  return (
    <Card
      title={title}
      id={`block-${block.key}`}
      actions={
        <div className="flex flex-wrap gap-2">
          {at > 0 && act('up', `↑ ${t('writing.up')}`)}
          {at < count - 1 && act('down', `↓ ${t('writing.down')}`)}
          {count < blocksMost && act('copy', t('writing.copy'), 'btn btn-sm btn-ghost')}
          {act('remove', t('writing.remove'), 'btn btn-sm btn-ghost text-error')}
        </div>
      }
    >
      <input type="hidden" name={`blocks.${at}.key`} value={block.key} />
      <input type="hidden" name={`blocks.${at}.kind`} value={block.kind} />
      {textsOfKind[block.kind].map(({ name, form, needed }) => (
        <Texts
          key={name}
          {...{ t, languages, form }}
          label={`${t.dynamic(`writing.text.${name}`)}${needed ? '' : ` (${t('common.optional')})`}`}
          {...(form === 'address' && { hint: t('writing.link_hint') })}
          place={`blocks.${at}.${name}`}
          text={textOf(block, name)}
          {...(form === 'rich' && { rows: 5 })}
        />
      ))}
    </Card>
  )
}

interface TextsProps extends Shared {
  label: string
  hint?: string
  place: string
  text: MailText
  form?: 'line' | 'rich' | 'address'
  rows?: number
  most?: number
}

/** One text in every language, side by side where there is room. */
function Texts({ t, languages, label, hint, place, text, form = 'line', rows, most = 500 }: TextsProps) {
  const missing = lacks({ text, form }, languages)
  return (
    <div className="mb-4 grid gap-3 md:grid-cols-2">
      {languages.map((language) => {
        const id = `${place.replaceAll('.', '-')}-${language}`
        const shared = { id, name: `${place}.${language}`, defaultValue: text[language] ?? '', lang: language, 'aria-describedby': hint && `${id}-hint` }
        return (
          <div key={language}>
            <label htmlFor={id} className="mb-1 flex flex-wrap items-center gap-2 font-semibold">
              <span>
                {label} · <span lang={language}>{languageName(language)}</span>
              </span>
              {missing.includes(language) && (
                <span className="bg-warning text-warning-content rounded px-2 py-0.5 text-sm">{t('writing.untranslated')}</span>
              )}
            </label>
            {hint && (
              <p id={`${id}-hint`} className="mb-1.5 text-sm">
                {hint}
              </p>
            )}
            {rows ? (
              <textarea {...shared} rows={rows} maxLength={6000} className="textarea w-full text-base" />
            ) : (
              <input {...shared} maxLength={most} inputMode={form === 'address' ? 'url' : undefined} className="input w-full text-base" />
            )}
          </div>
        )
      })}
    </div>
  )
} // prettier-ignore

const How = ({ t }: { t: Translate }) => (
  <details className="mb-6">
    <summary className="flex min-h-11 items-center font-semibold">{t('writing.how')}</summary>
    <ul className="list-disc space-y-1 pl-5">
      <li>{t('writing.how_names')}</li>
      <li>{t('writing.how_particles')}</li>
      <li>{t('writing.how_marks')}</li>
    </ul>
  </details>
)

interface MeanwhileProps {
  t: Translate
  mailing: Mailing
  theirs: MailContent
  content: MailContent
  time_zone: string
}

/** Somebody else saved first: what differs, text by text. */
function Meanwhile({ t, mailing, theirs, content, time_zone }: MeanwhileProps) {
  const differing = differences(theirs, content)
  const by = mailing.content_by ?? mailing.made_by
  const at = formatDateTime(t.language, mailing.content_at ?? mailing.made_at, time_zone)
  return (
    <div tabIndex={-1} data-focus>
      <Alert kind="error" title={t('writing.meanwhile', { name: by, at })}>
        <p>{t('writing.meanwhile_text')}</p>
        {differing.length === 0 && <p className="mt-2">{t('writing.order')}</p>}
        <dl className="mt-2 grid gap-3">
          {differing.map(({ where, name, language, ...pair }) => (
            <div key={`${where} ${name} ${language}`}>
              <dt className="font-semibold">
                {t.dynamic(`writing.text.${name}`)} · <span lang={language}>{languageName(language)}</span>
              </dt>
              {(['theirs', 'ours'] as const).map((whose) => (
                <dd key={whose} className="wrap-anywhere whitespace-pre-line">
                  {t(`writing.${whose}`)}: <span lang={language}>{pair[whose] || t('writing.nothing')}</span>
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </Alert>
    </div>
  )
}

/** How far the writing is, on the page of the mailing. */
export function writtenStep(t: Translate, mailing: Mailing, languages: readonly string[], may_edit: boolean) {
  const content = MailContent.parse(mailing.content)
  const open = unaccepted(content, languages)
  const count = content.blocks.length
  const is_open = may_edit && mailing.state === 'draft'
  return {
    href: `/mailings/${mailing.mailing_id}/${is_open ? 'write' : 'preview'}`,
    title: t(is_open ? 'writing.title' : 'writing.preview'),
    said: [
      count === 0 ? t('writing.empty') : t('writing.step.written', { count }),
      open.length > 0 && t('writing.step.untranslated', { languages: languageList(open) }),
    ]
      .filter(Boolean)
      .join(' · '),
  }
}

export const widths = ['phone', 'desktop'] as const

interface PreviewProps {
  t: Translate
  mailing: Mailing
  languages: readonly string[]
  readers: readonly Reader[]
  chosen: { language: string; reader: string; width: (typeof widths)[number] }
  /** null: nothing is written. */
  mail: RenderedMail | null
  may_edit: boolean
}

/** A mailing as one reader gets it, as it was saved last. */
export function PreviewPage({ t, mailing, languages, readers, chosen, mail, may_edit }: PreviewProps) {
  const base = `/mailings/${mailing.mailing_id}`
  const query = new URLSearchParams({ language: chosen.language, reader: chosen.reader }).toString()
  const language = languageName(chosen.language)
  const nameOf = (reader: Reader): string => wordFor('name', reader, chosen.language) || t('writing.reader_unknown')
  return (
    <>
      <PageHead
        title={t('writing.preview')}
        lead={t('writing.preview_lead')}
        back={{ href: base, label: mailing.name }}
        actions={
          may_edit &&
          mailing.state === 'draft' && (
            <a className="btn" href={`${base}/write`}>
              {t('writing.to_write')}
            </a>
          )
        }
      />
      {!mail && <EmptyState icon="mail" title={t('writing.empty')} />}
      {mail && (
        <>
          <form method="get" className="grid items-end gap-x-4 sm:grid-cols-4">
            <Select t={t} required label={t('writing.language')} name="language" value={chosen.language} options={languages.map((value) => ({ value, label: languageName(value), lang: value }))} />
            <Select t={t} required label={t('writing.reader')} name="reader" value={chosen.reader} options={[...readers.map((reader) => ({ value: reader.person_id, label: nameOf(reader) })), { value: '', label: t('writing.reader_unknown') }]} />
            <Select t={t} required label={t('writing.width')} name="width" value={chosen.width} options={widths.map((value) => ({ value, label: t(`writing.width.${value}`) }))} />
            <button className="btn mb-4">{t('action.show')}</button>
          </form>
          <p className="text-lg font-bold wrap-anywhere" lang={chosen.language}>
            {mail.subject}
          </p>
          <p className="mb-4 wrap-anywhere" lang={chosen.language}>
            {mail.preheader}
          </p>
          <iframe
            title={t('writing.shown', { language })}
            sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
            src={`${base}/preview/mail?${query}`}
            className={`border-base-300 rounded-box mb-6 h-[40rem] w-full border ${chosen.width === 'phone' ? 'max-w-[360px]' : 'max-w-[700px]'}`}
          />
          <Card title={t('writing.plain')} lead={t('writing.plain_lead')} id="plain">
            <div className="wrap-anywhere whitespace-pre-wrap" lang={chosen.language}>
              {mail.text}
            </div>
          </Card>
        </>
      )}
    </>
  )
} // prettier-ignore
