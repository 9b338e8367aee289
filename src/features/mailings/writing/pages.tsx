import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, EmptyState, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import { Island } from '../../../platform/ui/island.tsx'
import type { WriterData } from '../islands/parts/writer.tsx'
import type { Mailing } from '../queries.ts'
import type { beginnings } from './commands.ts'
import type { Choice, DrawnProblem } from './drawn.ts'
import { NextStep } from '../parts.tsx'
import '../audience/messages.ts'
import './messages.ts'
import '../messages.ts'
import type { Reader, Template } from './queries.ts'
import type { RenderedMail } from './render.ts'
import { lawLineFor, owesLine } from './law-line.ts'
import { differences, isFull, lacks, unaccepted } from './rules.ts'
import {
  blockKinds,
  blocksMost,
  textOf,
  textsOfKind,
  MailContent,
  officeLevels,
  type Block,
  type DrawnKind,
  type MailText,
} from './schema.ts'
import { wordFor } from './text-rules.ts'

const languageName = (language: string): string => languageNames[language] ?? language
const languageList = (languages: readonly string[]): string => languages.map(languageName).join(', ')

/** What may be chosen for blocks of other rooms, and which of those chosen show nothing now. */
export interface Drawing {
  choices: Record<DrawnKind, Choice[]>
  problems: ReadonlyMap<string, DrawnProblem>
  /** Languages in which something of what a block shows is not written. */
  lacking: ReadonlyMap<string, readonly string[]>
  /** A picture that was not taken, by the key of its block. */
  refused?: { key: string; problem: PictureProblem } | undefined
}

export type PictureProblem = 'no_file' | 'no_picture' | 'too_large'

interface WriteProps {
  drawing: Drawing
  /** For the preview beside the form. */
  writer: WriterData
  begin: Awaited<ReturnType<typeof beginnings>>
  is_kept?: boolean
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
  /** It was said of another line that it is right. */
  asks_line?: boolean
  time_zone: string
  /** 'YYYY-MM-DD' */
  today: string
}

/** All of a mailing as one form; every button keeps what was typed. */
export function WritePage(props: WriteProps) {
  const { t, mailing, content, version, languages, drawing, writer, begin, is_kept, theirs, is_invalid, is_saved, asks_line, time_zone, today } = props
  const base = `/mailings/${mailing.mailing_id}`
  const action = `${base}/write`
  const shared = { t, languages }
  const untranslated = unaccepted(content, languages, drawing.lacking)
  return (
    <>
      <PageHead
        title={t('writing.title')}
        lead={t('writing.lead')}
        back={{ href: base, label: mailing.name }}
        actions={
          <>
            <a className="btn" href={`${base}/preview`}>
              {t('writing.preview')}
            </a>
            <a className="btn" href={`${base}/checks`}>
              {t('writing.checks')}
            </a>
          </>
        }
      />
      {is_saved && (
        <>
          <Alert kind="success" title={t('writing.saved')} />
          {mailing.journey_id || mailing.expression ? (
            <NextStep t={t} href={`${base}/checks`} step={t('writing.checks')} />
          ) : (
            <NextStep t={t} href={`${base}/audience`} step={t('audience.title')} />
          )}
        </>
      )}
      {asks_line && <Alert kind="warning" title={t('writing.line_asked_anew')} />}
      {is_invalid && <Alert kind="error" title={t('writing.invalid')} />}
      {is_kept && <Alert kind="success" title={t('writing.template_kept')} />}
      {content.blocks.length === 0 && <Begin t={t} begin={begin} action={`${base}/begin`} />}
      {theirs && <Meanwhile {...{ t, mailing, theirs, content, time_zone }} />}
      <div className="gap-6 lg:grid lg:grid-cols-[minmax(0,1fr)_360px]">
      <form method="post" action={action} id="mail-form" encType="multipart/form-data" className="min-w-0">
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
          <div key={block.key} data-block={block.key}>
            <BlockCard {...shared} {...{ block, at, action, drawing }} count={content.blocks.length} />
          </div>
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
          {(owesLine(mailing.lane) || content.attribution.en) && <LawLine {...shared} {...{ mailing, content, today }} />}
        </Card>
        <Accepted {...shared} content={content} there={drawing.lacking} />
        <Save t={t} />
      </form>
      <div className="mb-6">
        <Island name="mail-writer" data={writer}>
          <p>
            <a className="link" href={`${base}/preview`}>
              {t('writing.preview')}
            </a>
          </p>
        </Island>
      </div>
      </div>
      {version > 0 && <KeepTemplate t={t} action={`${base}/template`} />}
    </>
  )
} // prettier-ignore

interface BeginProps {
  t: Translate
  begin: Awaited<ReturnType<typeof beginnings>>
  action: string
}

function Begin({ t, begin: { starters, templates, mailings }, action }: BeginProps) {
  const named = (of: readonly { value: string; name: string }[]) =>
    of.map(({ value, name }) => (
      <option key={value} value={value}>
        {name}
      </option>
    ))
  return (
    <form method="post" action={action}>
      <Card title={t('writing.begin')} lead={t('writing.begin_lead')} id="begin">
        <div className="flex flex-wrap items-end gap-3">
          <select name="with" required aria-labelledby="begin-title" className="select min-h-11 min-w-0 flex-1 basis-60 text-base">
            <optgroup label={t('writing.begin_starters')}>
              {named(starters.map(({ value, key }) => ({ value, name: t(`writing.starter.${key}`) })))}
            </optgroup>
            {templates.length > 0 && <optgroup label={t('writing.begin_templates')}>{named(templates)}</optgroup>}
            {mailings.length > 0 && <optgroup label={t('writing.begin_mailings')}>{named(mailings)}</optgroup>}
          </select>
          <button className="btn btn-primary min-h-11">{t('writing.begin_this')}</button>
        </div>
        {templates.length > 0 && (
          <p className="mt-3">
            <a className="link inline-flex min-h-8 items-center" href="/mailing-templates">
              {t('writing.templates')}
            </a>
          </p>
        )}
      </Card>
    </form>
  )
} // prettier-ignore

const KeepTemplate = ({ t, action }: { t: Translate; action: string }) => (
  <form method="post" action={action} className="max-w-2xl">
    <Card title={t('writing.template_keep')} lead={t('writing.template_lead')} id="template">
      <Field t={t} name="name" label={t('writing.template_name')} required maxLength={120} />
      <button className="btn">{t('writing.template_keep')}</button>
    </Card>
  </form>
)

export const TemplatesPage = ({ t, templates, time_zone }: { t: Translate; templates: readonly Template[]; time_zone: string }) => (
  <div className="max-w-2xl">
    <PageHead title={t('writing.templates')} lead={t('writing.templates_lead')} back={{ href: '/mailings', label: t('mailings.title') }} />
    {templates.length === 0 && <EmptyState icon="mail" title={t('writing.templates_none')} />}
    <ul className="grid gap-3">
      {templates.map(({ template_id, name, made_by, made_at }) => (
        <li key={template_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4">
          <div className="min-w-0 flex-1 basis-52">
            <p className="font-bold wrap-anywhere">{name}</p>
            <p className="text-sm">
              {made_by}, {formatDateTime(t.language, made_at, time_zone)}
            </p>
          </div>
          <form method="post" action={`/mailing-templates/${template_id}/remove`}>
            <button className="btn btn-sm">
              {t('writing.template_remove')} <span className="sr-only">{name}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  </div>
) // prettier-ignore

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

/** Who pays for e-mail for or against candidates, as the law wants it said. */
function LawLine({ t, languages, mailing, content, today }: Shared & { mailing: Mailing; content: MailContent; today: string }) {
  const law = lawLineFor(content, mailing.lane, today)
  const wanted = languages.includes('en') ? languages : ['en', ...languages]
  return (
    <>
      <label htmlFor="level" className="mb-1 block font-semibold">
        {t('writing.level')}
      </label>
      <p id="level-hint" className="mb-1.5 text-sm">
        {t('writing.level_hint')}
      </p>
      <select id="level" name="level" className="select mb-4 w-full max-w-md text-base" defaultValue={content.level ?? ''} aria-describedby="level-hint">
        <option value="">{t('writing.level_none')}</option>
        {officeLevels.map((each) => (
          <option key={each} value={each}>
            {t(`writing.level.${each}`)}
          </option>
        ))}
      </select>
      {law && (
        <p className="mb-3 text-sm">
          {t('writing.attribution_line', { source: law.source })} <span lang="en">“{law.line}”</span>
        </p>
      )}
      <Texts t={t} languages={wanted} label={t('writing.attribution')} hint={t('writing.attribution_hint')} place="attribution" text={content.attribution} />
      <label className="mb-4 flex min-h-11 items-center gap-3">
        <input type="checkbox" className="checkbox" name="is_line_settled" defaultChecked={content.is_line_settled} />
        {t('writing.line_settled')}
      </label>
    </>
  )
} // prettier-ignore

function Accepted({ t, languages, content, there }: Shared & { content: MailContent; there: Drawing['lacking'] }) {
  const open = unaccepted({ ...content, accepted: [] }, languages, there)
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
  drawing: Drawing
}

function BlockCard({ t, languages, block, at, count, action, drawing }: BlockProps) {
  const number = at + 1
  const title = t('writing.block', { number, kind: t(`writing.kind.${block.kind}`) })
  const act = (verb: string, label: string, looks = 'btn btn-sm', disabled = false) => (
    <button
      name="act"
      value={`${verb}:${at}`}
      formAction={`${action}#block-${block.key}`}
      className={looks}
      disabled={disabled}
    >
      {label} <span className="sr-only">({title})</span>
    </button>
  )
  return (
    <Card
      title={title}
      id={`block-${block.key}`}
      actions={
        <div className="flex flex-wrap gap-2" data-actions>
          {act('up', `↑ ${t('writing.up')}`, 'btn btn-sm', at === 0)}
          {act('down', `↓ ${t('writing.down')}`, 'btn btn-sm', at === count - 1)}
          {count < blocksMost && act('copy', t('writing.copy'), 'btn btn-sm btn-ghost')}
          {act('remove', t('writing.remove'), 'btn btn-sm btn-ghost text-error')}
        </div>
      }
    >
      <input type="hidden" name={`blocks.${at}.key`} value={block.key} />
      <input type="hidden" name={`blocks.${at}.kind`} value={block.kind} />
      {block.kind === 'picture' && (
        <PictureFields
          {...{ t, block, at, act }}
          problem={drawing.refused?.key === block.key ? drawing.refused.problem : undefined}
        />
      )}
      {'of' in block && <Which {...{ t, block, at, drawing }} />}
      {textsOfKind[block.kind].map(({ name, form, needed }) => (
        <Texts
          key={name}
          {...{ t, languages, form }}
          label={`${t.dynamic(`writing.text.${name}`)}${needed ? '' : ` (${t('common.optional')})`}`}
          {...(form === 'address' && { hint: t('writing.link_hint') })}
          {...(name === 'alt' && { hint: t('writing.alt_hint') })}
          place={`blocks.${at}.${name}`}
          text={textOf(block, name)}
          {...(form === 'rich' && { rows: 5 })}
        />
      ))}
    </Card>
  )
}

interface PictureProps {
  t: Translate
  block: Extract<Block, { kind: 'picture' }>
  at: number
  act: (verb: string, label: string) => React.ReactNode
  problem: PictureProblem | undefined
}

function PictureFields({ t, block: { picture, width, alt }, at, act, problem }: PictureProps) {
  const id = `blocks-${at}-file`
  return (
    <>
      <input type="hidden" name={`blocks.${at}.picture`} value={picture} />
      <input type="hidden" name={`blocks.${at}.width`} value={width} />
      {picture ? (
        <img src={`/mail-pictures/${picture}`} alt={localized(alt, t.language).text} className="mb-3 max-h-60 rounded-lg" />
      ) : (
        <p className="mb-2">{t('writing.picture_none')}</p>
      )}
      <div className="mb-4">
        <label htmlFor={id} className="mb-1 block font-semibold">
          {t('writing.picture_file')}
        </label>
        <p id={`${id}-hint`} className="mb-1.5 text-sm">
          {t('writing.picture_hint')}
        </p>
        <div className="flex flex-wrap gap-3">
          <input id={id} type="file" name={`blocks.${at}.file`} accept="image/jpeg,image/png" aria-describedby={`${id}-hint`} className="file-input w-full max-w-sm" />
          {act('picture', t('writing.picture_put'))}
        </div>
        {problem && (
          <p role="alert" className="text-error mt-1 text-sm font-semibold">
            {t(`writing.picture.${problem}`)}
          </p>
        )}
      </div>
    </>
  )
} // prettier-ignore

interface WhichProps {
  t: Translate
  block: Extract<Block, { of: string }>
  at: number
  drawing: Drawing
}

/** Which event, comparison or endorsement the block shows. */
function Which({ t, block: { key, kind, of }, at, drawing }: WhichProps) {
  const choices = drawing.choices[kind]
  const problem = drawing.problems.get(key)
  const lacking = drawing.lacking.get(key) ?? []
  const isOther = of !== '' && !choices.some(({ value }) => value === of)
  const options = [
    { value: '', label: t('writing.which_none') },
    ...choices,
    ...(isOther ? [{ value: of, label: t(`writing.drawn.${problem ?? 'gone'}`) }] : []),
  ]
  return (
    <>
      {choices.length === 0 && <p className="mb-2">{t(`writing.which_empty.${kind}`)}</p>}
      <Select t={t} required empty_counts label={t(`writing.which.${kind}`)} hint={t('writing.which_lead')} name={`blocks.${at}.of`} value={of} options={options} />
      {problem && <p className="text-warning-content bg-warning inline-block rounded px-2 py-0.5">{t(`writing.drawn.${problem}`)}</p>}
      {lacking.length > 0 && (
        <p>
          <span className="bg-warning text-warning-content rounded px-2 py-0.5 text-sm">{t('writing.untranslated')}</span>{' '}
          {t('writing.drawn.untranslated', { languages: languageList(lacking) })}
        </p>
      )}
    </>
  )
} // prettier-ignore

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
              <textarea {...shared} rows={rows} maxLength={6000} className="textarea w-full text-base" data-rich={form === 'rich' || undefined} />
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
export function writtenStep(
  t: Translate,
  mailing: Mailing,
  languages: readonly string[],
  there: Drawing['lacking'],
  may_edit: boolean,
) {
  const content = MailContent.parse(mailing.content)
  const open = unaccepted(content, languages, there)
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
    is_done: count > 0 && open.length === 0,
  }
}

/** What keeps it from going out. */
export const checkedStep = (t: Translate, { mailing_id }: Mailing) => ({
  href: `/mailings/${mailing_id}/checks`,
  title: t('writing.checks'),
  said: t('writing.checks_lead'),
})

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
