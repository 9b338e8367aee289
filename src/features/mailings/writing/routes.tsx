import { localized } from '../../../platform/i18n/languages.ts'
import { found } from '../../../platform/errors.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idParam, languagesOf as languagesHere, now, timeZone } from '../../endorsements/of-request.ts'
import { mailingById, type Mailing } from '../queries.ts'
import { writeMailing } from './commands.ts'
import { contentOf, edited } from './editing-rules.ts'
import './messages.ts'
import { PreviewPage, widths, WritePage } from './pages.tsx'
import { readersOf } from './queries.ts'
import { prepareMail, type RenderedMail } from './render.ts'
import { languagesOf } from './rules.ts'
import { MailContent, type MailPerson } from './schema.ts'

const view = allow('mailings.view')
const edit = allow('mailings.edit')
const one = '/mailings/:mailing'

/** What a mailing says: written, and seen as its readers will. */
export const writingRoutes = room()
  .get(`${one}/write`, edit, async (c) => {
    const mailing = await mailingOf(c)
    if (mailing.state !== 'draft') return c.redirect(`/mailings/${mailing.mailing_id}/preview`, 303)
    return writePage(c, mailing, { content: written(mailing), is_saved: c.req.query('saved') !== undefined })
  })
  .post(`${one}/write`, edit, async (c) => {
    const mailing = await mailingOf(c)
    const fields: Record<string, string> = {}
    for (const [name, value] of Object.entries(await c.req.parseBody())) {
      if (typeof value === 'string') fields[name] = value.normalize('NFC').replaceAll('\0', '')
    }
    const content = contentOf(fields, languagesOf(written(mailing), languagesHere(c)))
    const version = Number(/^\d{1,9}$/.exec(fields.version ?? '')?.[0] ?? -1)
    if (!content) return writePage(c, mailing, { content: written(mailing), is_invalid: true }, 422)
    if (fields.act !== 'save') return writePage(c, mailing, { content: edited(content, fields.act ?? ''), version })
    const saved = await writeMailing(c.var.db, actorOf(c), mailing.mailing_id, version, content, now(c))
    if (saved.ok) return c.redirect(`/mailings/${mailing.mailing_id}/write?saved`, 303)
    const current = await mailingOf(c)
    return writePage(c, current, { content, theirs: written(current) }, 409)
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
    return c.html(found(mail).html)
  })

/** A mail has its looks in itself and runs nothing; only our own pages may show it inside them. */
const mailPolicy =
  "default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"

const mailingOf = async (c: Ctx): Promise<Mailing> =>
  found(await mailingById(c.var.db, actorOf(c).organization_id, idParam(c, 'mailing')))

const written = (mailing: Mailing): MailContent => MailContent.parse(mailing.content)

const nobody: MailPerson = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }

/** What was saved last, in the language and for the reader who are asked for. */
async function asRead(c: Ctx) {
  const mailing = await mailingOf(c)
  const content = written(mailing)
  const languages = languagesHere(c)
  const asked = [c.req.query('language'), c.var.language].find((each) => each && languages.includes(each))
  const language = asked ?? languages[0] ?? 'en'
  const readers = await readersOf(c.var.db, mailing.organization_id, language)
  const wished = c.req.query('reader')
  const reader = wished === undefined ? readers[0] : readers.find(({ person_id }) => person_id === wished)
  const is_empty = content.blocks.length === 0 && !localized(content.subject, language).text
  const mail = is_empty ? null : await rendered(c, content, language, reader ?? nobody)
  return { mailing, languages, readers, language, reader, mail }
}

async function rendered(c: Ctx, content: MailContent, language: string, reader: MailPerson): Promise<RenderedMail> {
  const { organization, installation } = c.var
  const name = organization?.name ?? {}
  const mail = await prepareMail(content, { language, organization: { name, languages: languagesHere(c) } })
  // The ways to unsubscribe are each reader's own; here there is none.
  return mail(reader, { unsubscribe: `${installation.url}/#unsubscribe`, preferences: `${installation.url}/#choose` })
}

type Shown = Omit<Parameters<typeof WritePage>[0], 't' | 'mailing' | 'version' | 'languages' | 'time_zone'> & {
  version?: number
}

const writePage = (c: Ctx, mailing: Mailing, shown: Shown, status: 200 | 409 | 422 = 200) =>
  page(
    c,
    <WritePage
      t={c.var.t}
      mailing={mailing}
      version={mailing.content_version}
      languages={languagesOf(shown.content, languagesHere(c))}
      time_zone={timeZone(c)}
      {...shown}
    />,
    { title: c.var.t('writing.title'), status },
  )
