import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { localized } from '../../../platform/i18n/languages.ts'
import { Conflict, found, NotFound } from '../../../platform/errors.ts'
import { asTyped, readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idParam, languagesOf as languagesHere, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { countingOf } from '../counting/queries.ts'
import { withNotice } from '../counting/rules.ts'
import { mailingById, type Mailing } from '../queries.ts'
import { triedOf } from '../links/queries.ts'
import { linksIn } from './check-rules.ts'
import { ChecksPage } from './checks-page.tsx'
import { beginnings, beginWith, keepTemplate, removeTemplate, writeMailing } from './commands.ts'
import { choicesFor, drawnIn } from './drawn.ts'
import { contentOf, edited } from './editing-rules.ts'
import './messages.ts'
import { PreviewPage, TemplatesPage, widths, WritePage, type Drawing } from './pages.tsx'
import { keepPicture, pictureNamed } from './pictures.ts'
import { readersOf, templatesOf, type Reader } from './queries.ts'
import { lettersOfPreview, lettersPath, withLetters } from './letters.ts'
import { aroundOf, checksOf, preparedIn } from './prepare.ts'
import type { RenderedMail } from './render.ts'
import { languagesOf } from './rules.ts'
import { largest_picture_bytes, MailContent, type MailPerson } from './schema.ts'
import { wordFor } from './text-rules.ts'

const view = allow('mailings.view')
const edit = allow('mailings.edit')
const one = '/mailings/:mailing'

const TemplateForm = z.object({ name: z.string().trim().min(1, 'form.required').max(120) })

/** The form with a picture in it; larger ones are not read at all. */
const small: Handler = (c, next) =>
  bodyLimit({
    maxSize: largest_picture_bytes + 1024 ** 2,
    onError: (ctx) => ctx.text(c.var.t('writing.picture.too_large'), 413),
  })(c as never, next)

/** What a mailing says: written, and seen as its readers will. */
export const writingRoutes = room()
  .get(`${one}/write`, edit, async (c) => {
    const mailing = await mailingOf(c)
    if (mailing.state !== 'draft') return c.redirect(`/mailings/${mailing.mailing_id}/preview`, 303)
    return writePage(c, mailing, {
      content: written(mailing),
      is_saved: c.req.query('saved') !== undefined,
      asks_line: c.req.query('line') !== undefined,
      is_kept: c.req.query('kept') !== undefined,
    })
  })
  .post(`${one}/write`, edit, small, async (c) => {
    const mailing = await mailingOf(c)
    const { fields, files, content } = await typedIn(c, mailing)
    const version = Number(/^\d{1,9}$/.exec(fields.version ?? '')?.[0] ?? -1)
    if (!content) return writePage(c, mailing, { content: written(mailing), is_invalid: true }, 422)
    const at = /^picture:(\d{1,3})$/.exec(fields.act ?? '')?.[1]
    if (at !== undefined) return withPicture(c, mailing, { content, version }, Number(at), files[`blocks.${at}.file`])
    if (fields.act !== 'save') return writePage(c, mailing, { content: edited(content, fields.act ?? ''), version })
    const saved = await writeMailing(c.var.db, actorOf(c), mailing.mailing_id, version, content, now(c))
    if (saved.ok) return c.redirect(`/mailings/${mailing.mailing_id}/write?saved${saved.asks_anew ? '&line' : ''}`, 303)
    const current = await mailingOf(c)
    return writePage(c, current, { content, theirs: written(current) }, 409)
  })
  .post(`${one}/begin`, edit, async (c) => {
    const mailing = await mailingOf(c)
    const { mailing_id } = mailing
    const chosen = (await readForm(c, z.object({ with: z.string().max(60) }))).value?.with ?? ''
    const begun = await beginWith(c.var.db, actorOf(c), mailing_id, chosen, { today: today(c), now: now(c) })
    if (!begun.ok && begun.problem === 'not_there')
      return writePage(c, mailing, { content: written(mailing), is_invalid: true }, 422)
    if (!begun.ok) throw new Conflict()
    return c.redirect(`/mailings/${mailing_id}/write`, 303)
  })
  .post(`${one}/template`, edit, async (c) => {
    const mailing = await mailingOf(c)
    const { value } = await readForm(c, TemplateForm)
    if (!value) return writePage(c, mailing, { content: written(mailing), is_invalid: true }, 422)
    await keepTemplate(c.var.db, actorOf(c), mailing.mailing_id, value.name, now(c))
    return c.redirect(`/mailings/${mailing.mailing_id}/write?kept`, 303)
  })
  .get('/mailing-templates', edit, async (c) => {
    const templates = await templatesOf(c.var.db, actorOf(c).organization_id)
    return page(c, <TemplatesPage t={c.var.t} templates={templates} time_zone={timeZone(c)} />, {
      title: c.var.t('writing.templates'),
    })
  })
  .post('/mailing-templates/:template/remove', edit, async (c) => {
    await removeTemplate(c.var.db, actorOf(c), idParam(c, 'template'))
    return c.redirect('/mailing-templates', 303)
  })
  .get('/mail-pictures/:picture', allow('public'), async (c) => {
    const { picture } = c.req.param()
    if (!/^[0-9a-f]{64}$/.test(picture)) throw new NotFound()
    const { content, type } = found(await pictureNamed(c.var.installation.database.owner, picture))
    c.set('is_for_other_sites', true)
    return c.body(new Uint8Array(content), 200, {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })
  .get(lettersPath, allow('public'), (c) =>
    c.body(lettersOfPreview(), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    }),
  )
  .get(`${one}/checks`, view, async (c) => {
    const mailing = await mailingOf(c)
    const checks = await checksOf(c.var.db, mailing, { url: c.var.installation.url, now: now(c) })
    const may_edit = mayDo(actorOf(c), 'mailings.edit')
    const content = written(mailing)
    const links = linksIn(content)
    const tried = await triedOf(c.var.db, mailing.organization_id, links)
    const shown = { mailing, checks, may_edit, content, links, tried, time_zone: timeZone(c) }
    return page(c, <ChecksPage t={c.var.t} {...shown} />, { title: c.var.t('writing.checks') })
  })
  .get(`${one}/preview`, view, async (c) => {
    const { mailing, languages, readers, language, reader, mail } = await asRead(c)
    const width = widths.find((each) => each === c.req.query('width')) ?? 'phone'
    const chosen = { language, reader: reader?.person_id ?? '', width }
    const may_edit = mayDo(actorOf(c), 'mailings.edit')
    return page(c, <PreviewPage t={c.var.t} {...{ mailing, languages, readers, chosen, mail, may_edit }} />, {
      title: c.var.t('writing.preview'),
    })
  })
  .get(`${one}/preview/mail`, view, async (c) => {
    const { mail } = await asRead(c)
    c.set('own_policy', mailPolicy)
    return c.html(withLetters(mail?.html ?? ''))
  })
  // What is typed and not saved yet, for the preview beside it.
  .post(`${one}/preview/mail`, edit, async (c) => {
    const { content } = await typedIn(c, await mailingOf(c))
    const { mail } = await asRead(c, content)
    c.set('own_policy', mailPolicy)
    return c.html(withLetters(mail?.html ?? ''), content ? 200 : 422)
  })

/** A mail has its looks in itself and runs nothing, so it may be of our origin; only our own pages show it inside them. */
const mailPolicy =
  "default-src 'none'; img-src 'self' https: data:; style-src 'self' 'unsafe-inline'; font-src 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"

const mailingOf = async (c: Ctx): Promise<Mailing> =>
  found(await mailingById(c.var.db, actorOf(c).organization_id, idParam(c, 'mailing')))

const written = (mailing: Mailing): MailContent => MailContent.parse(mailing.content)

/** What the form holds; null: it makes no mailing. */
async function typedIn(c: Ctx, mailing: Mailing) {
  const fields: Record<string, string> = {}
  const files: Record<string, File> = {}
  for (const [name, value] of Object.entries(await c.req.parseBody())) {
    if (typeof value === 'string') fields[name] = asTyped(value)
    else if (value instanceof File && value.size > 0) files[name] = value
  }
  return { fields, files, content: contentOf(fields, languagesOf(written(mailing), languagesHere(c))) }
}

/** The form again, with the picture in its block; it is kept, and the mailing saved when that is asked for. */
async function withPicture(
  c: Ctx,
  mailing: Mailing,
  { content, version }: { content: MailContent; version: number },
  at: number,
  file: File | undefined,
) {
  const block = content.blocks[at]
  if (block?.kind !== 'picture') throw new Conflict()
  const put = file
    ? await keepPicture(c.var.db, actorOf(c), Buffer.from(await file.arrayBuffer()), now(c))
    : ({ ok: false, problem: 'no_file' } as const)
  if (!put.ok)
    return writePage(c, mailing, { content, version, refused: { key: block.key, problem: put.problem } }, 422)
  const { picture, width } = put
  const blocks = content.blocks.map((each) => (each === block ? { ...block, picture, width } : each))
  return writePage(c, mailing, { content: { ...content, blocks }, version })
}

const nobody: MailPerson = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }

/** Whoever may not see people sees the mail as somebody gets it who does not exist. */
const madeUp: Reader = {
  person_id: 'example',
  first_name: 'Minji',
  last_name: 'Kim',
  name_hangul: '김민지',
  preferred_title: null,
  language: null,
}

async function readersFor(c: Ctx, mailing: Mailing, language: string): Promise<Reader[]> {
  if (!mayDo(actorOf(c), 'people.view')) return [madeUp]
  return readersOf(c.var.db, mailing, language, { languages: languagesHere(c), today: today(c) })
}

/** What was saved last, or is typed now, in the language and for the reader who are asked for. */
async function asRead(c: Ctx, typed: MailContent | null = null) {
  const mailing = await mailingOf(c)
  const content = typed ?? written(mailing)
  const languages = languagesHere(c)
  const asked = [c.req.query('language'), c.var.language].find((each) => each && languages.includes(each))
  const language = asked ?? languages[0] ?? 'en'
  const readers = await readersFor(c, mailing, language)
  const wished = c.req.query('reader')
  const reader = wished === undefined ? readers[0] : readers.find(({ person_id }) => person_id === wished)
  const is_empty = content.blocks.length === 0 && !localized(content.subject, language).text
  const mail = is_empty ? null : await rendered(c, mailing, content, language, reader ?? nobody)
  return { mailing, languages, readers, language, reader, mail }
}

async function rendered(
  c: Ctx,
  mailing: Mailing,
  content: MailContent,
  language: string,
  reader: MailPerson,
): Promise<RenderedMail> {
  const { url } = c.var.installation
  const around = { name: c.var.organization?.name ?? {}, languages: languagesHere(c) }
  const told = withNotice(content, around, await countingOf(c.var.db, mailing.organization_id))
  const mail = found((await preparedIn(c.var.db, mailing, [language], { url, now: now(c) }, told)).get(language))
  // The ways to unsubscribe are each reader's own; here there is none.
  return mail(reader, { unsubscribe: `${url}/#unsubscribe`, preferences: `${url}/#choose`, browser: `${url}/#browser` })
}

type Given = 't' | 'mailing' | 'version' | 'languages' | 'time_zone' | 'drawing' | 'begin' | 'writer' | 'today'
type Shown = Omit<Parameters<typeof WritePage>[0], Given> & { version?: number; refused?: Drawing['refused'] }

async function writePage(c: Ctx, mailing: Mailing, { refused, ...shown }: Shown, status: 200 | 409 | 422 = 200) {
  const { db, t, installation } = c.var
  const around = await aroundOf(db, mailing, { url: installation.url, now: now(c) })
  const { problems, lacking } = await drawnIn(db, shown.content.blocks, around)
  const readers = await readersFor(c, mailing, c.var.language)
  const writer = {
    language: c.var.language,
    preview: `/mailings/${mailing.mailing_id}/preview/mail`,
    languages: languagesHere(c),
    readers: readers.map((reader) => ({ person_id: reader.person_id, name: wordFor('name', reader, c.var.language) })),
  }
  const languages = languagesOf(shown.content, languagesHere(c))
  const drawing = { choices: await choicesFor(db, t, around), problems, lacking: lacking(languagesHere(c)), refused }
  return page(
    c,
    <WritePage
      t={c.var.t}
      mailing={mailing}
      version={mailing.content_version}
      languages={languages}
      time_zone={timeZone(c)}
      today={today(c)}
      drawing={drawing}
      writer={writer}
      begin={await beginnings(db, mailing.organization_id, mailing.mailing_id, today(c))}
      {...shown}
    />,
    { title: t('writing.title'), status, islands: ['src/features/mailings/islands/mail-writer.tsx'] },
  )
}
