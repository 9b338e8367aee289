import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idParam, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { TooSlow } from '../../targeting/bounded.ts'
import { organizationBySlug } from '../../organizations/queries.ts'
import { LanguageLinks } from '../../people/membership/applications/public.tsx'
import { mailingOf } from '../of-request.ts'
import { newsletterPageOf } from '../newsletter/queries.ts'
import { countedIn, pressedLinks } from '../counting/queries.ts'
import { list } from '../pages.tsx'
import { browserWishes, readAlso, readerTranslator, readIn } from '../public.ts'
import { readerOf } from '../stopping/links.ts'
import { armsOf, subjectTestOf } from '../subjects/queries.ts'
import { heldUntil } from '../subjects/settle.ts'
import { preparedIn, type Here, type ToPrepare } from '../writing/prepare.ts'
import type { PreparedMail } from '../writing/render.ts'
import { MailContent } from '../writing/schema.ts'
import { linePartsOf, saidFor } from '../writing/text-rules.ts'
import { archive } from './commands.ts'
import { atom, feeds, rss, type Feed } from './feed.ts'
import { daysOf, groupsOf, measures } from './groups.ts'
import './messages.ts'
import { ArchivePage, ReportPage } from './pages.tsx'
import { archivedById, archiveOf, countHeld, hoursOf, readMailOf, reasonsOf, sumsOf, type Archived } from './queries.ts'

const one = `${list}/:mailing`
const ArchiveForm = z.object({ is_public: z.enum(['yes', 'no']) })
const most = 50

/** What became of an e-mail, and what everybody may read of it. */
export const mailingReportRoutes = room()
  .get(`${one}/report`, allow('mailings.view'), (c) => reportPage(c, 200))
  .post(`${one}/archive`, allow('mailings.edit'), async (c) => {
    const { mailing_id } = await mailingOf(c)
    const { value } = await readForm(c, ArchiveForm)
    const isKept = !value || (await archive(c.var.db, actorOf(c), mailing_id, value.is_public === 'yes', now(c)))
    if (!isKept) return reportPage(c, 422)
    return c.redirect(`${list}/${mailing_id}/report`, 303)
  })
  .get('/n/:organization', allow('public'), async (c) => {
    const { organization, db, t, path } = await open(c)
    const kept = await archiveOf(db, organization.organization_id, most)
    const mails = kept.map((each) => toldOf(each, t.reads, organization))
    const { is_open: may_sign_up } = await newsletterPageOf(db, organization.organization_id)
    const name = localized(organization.name, t.reads).text
    const title = t('archive.title', { organization: name })
    c.header('Vary', 'Accept-Language')
    return c.html(
      publicDocument(t.reads, title, organization.name, <ArchivePage {...{ t, path, mails, may_sign_up }} organization={name} />, {
        beside: <LanguageLinks t={t} path={path} also={readAlso(organization.languages)} />,
        head: feeds.map((kind) => <link key={kind} rel="alternate" type={`application/${kind}+xml`} href={`${path}/feed.${kind}?lang=${t.reads}`} title={title} />),
      }),
    ) // prettier-ignore
  })
  .get('/n/:organization/feed.atom', allow('public'), async (c) => {
    c.header('Vary', 'Accept-Language')
    return c.body(atom(await feedOf(c)), 200, { 'content-type': 'application/atom+xml; charset=utf-8' })
  })
  .get('/n/:organization/feed.rss', allow('public'), async (c) => {
    c.header('Vary', 'Accept-Language')
    return c.body(rss(await feedOf(c)), 200, { 'content-type': 'application/rss+xml; charset=utf-8' })
  })
  // The address in the mail itself: everybody's page where there is one, else one that is theirs alone.
  .get('/u/:token/mail', allow('public'), async (c) => {
    const { database, secret, url } = c.var.installation
    const key = readerOf(secret, c.req.param('token'))
    if (!key) throw new NotFound()
    const db = database.of(key.organization_id)
    const mail = found(await readMailOf(db, key))
    const { slug, languages } = await db.selectFrom('organization').select(['slug', 'languages']).where('organization_id', '=', key.organization_id).executeTakeFirstOrThrow() // prettier-ignore
    const language = [mail.language, c.req.query('lang'), c.var.language].find((each) => each && languages.includes(each)) ?? languages[0] ?? 'en' // prettier-ignore
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
    if (mail.archived_at && mail.lane !== 'member_communication')
      return c.redirect(`/n/${slug}/${mail.mailing_id}?lang=${language}`, 302)
    const prepared = await preparedForAMinute(db, mail, language, { url, now: now(c) })
    const reader = `${url}/u/${c.req.param('token')}`
    c.set('own_policy', mailPolicy)
    return c.html(inBrowser(prepared(mail, { unsubscribe: reader, preferences: reader }).html))
  })
  .get('/n/:organization/:mailing', allow('public'), async (c) => {
    const { organization, db, t, path } = await open(c)
    const kept = found(await archivedById(db, organization.organization_id, idParam(c, 'mailing')))
    const language = organization.languages.includes(t.reads) ? t.reads : (organization.languages[0] ?? 'en')
    const prepared = await preparedForAMinute(db, kept, language, { url: c.var.installation.url, now: now(c) })
    const here = `${c.var.installation.url}${path}`
    const nobody = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }
    c.set('own_policy', mailPolicy)
    return c.html(inBrowser(prepared(nobody, { unsubscribe: here, preferences: here }).html))
  })

const nullIfSlow = (problem: unknown): null => {
  if (problem instanceof TooSlow) return null
  throw problem
}

async function reportPage(c: Ctx, status: 200 | 422) {
  const mailing = await mailingOf(c)
  const { db, t } = c.var
  const measure = measures.find((each) => each === c.req.query('by')) ?? 'acted'
  const [sums, hours, reasons, groups, days, counts, links, organization] = await Promise.all([
    sumsOf(db, mailing),
    hoursOf(db, mailing),
    reasonsOf(db, mailing),
    groupsOf(db, mailing, today(c)).catch(nullIfSlow),
    daysOf(db, mailing).catch(nullIfSlow),
    countedIn(db, mailing),
    pressedLinks(db, mailing),
    db.selectFrom('organization').select('slug').where('organization_id', '=', mailing.organization_id).executeTakeFirstOrThrow(), // prettier-ignore
  ])
  const public_path = `/n/${organization.slug}/${mailing.mailing_id}`
  const may_edit = mayDo(actorOf(c), 'mailings.edit')
  const test = await subjectTestOf(db, mailing)
  const tried = test
    ? {
        test,
        arms: await armsOf(db, mailing, test),
        held: await countHeld(db, mailing),
        until: await heldUntil(db, mailing, now(c)),
      }
    : null
  return page(c, <ReportPage {...{ t, mailing, sums, hours, reasons, groups, measure, days, public_path, may_edit, tried }} counted={{ counts, links }} time_zone={timeZone(c)} />, { title: t('mail_report.title'), status }) // prettier-ignore
}

const minute = 60_000
const kept_most = 100
const keptPages = new Map<string, { until: number; mail: Promise<PreparedMail> }>()

/** In one language, and made once a minute however many ask for it. */
function preparedForAMinute(
  db: Db,
  archived: Pick<Archived, 'mailing_id' | keyof ToPrepare>,
  language: string,
  here: Here,
): Promise<PreparedMail> {
  const key = `${archived.mailing_id} ${language} ${here.url}`
  const known = keptPages.get(key)
  if (known && known.until > here.now.getTime() && known.until <= here.now.getTime() + minute) return known.mail
  const mail = preparedIn(db, archived, [language], here).then((made) => found(made.get(language)))
  mail.catch(() => keptPages.delete(key))
  keptPages.delete(key)
  keptPages.set(key, { until: here.now.getTime() + minute, mail })
  const [oldest] = keptPages.keys()
  if (keptPages.size > kept_most && oldest) keptPages.delete(oldest)
  return mail
}

/** There it is read already. */
const inBrowser = (html: string): string => html.replace('</head>', '<style>.browser { display: none }</style></head>')

/** A mail has its looks in itself and runs nothing. */
const mailPolicy = "default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; frame-ancestors 'none'" // prettier-ignore

async function feedOf(c: Ctx): Promise<Feed> {
  const { organization, db, t, path } = await open(c)
  const { url } = c.var.installation
  const kept = await archiveOf(db, organization.organization_id, most)
  return {
    id: organization.organization_id,
    title: t('archive.title', { organization: localized(organization.name, t.reads).text }),
    language: t.reads,
    url: `${url}${path}`,
    entries: kept.map((each) => {
      const { subject, language } = toldOf(each, t.reads, organization)
      return { id: each.mailing_id, title: subject, url: `${url}${path}/${each.mailing_id}?lang=${language}`, language, updated: each.archived_at } // prettier-ignore
    }),
  }
}

async function open(c: Ctx) {
  const { database } = c.var.installation
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  return {
    organization,
    db: database.of(organization.organization_id),
    t: readerTranslator(readIn(organization.languages, [c.req.query('lang'), ...browserWishes(c)])),
    path: `/n/${organization.slug}`,
  }
}

function toldOf(kept: Archived, wished: string, organization: { languages: string[]; time_zone: string }) {
  const { subject } = MailContent.parse(kept.content)
  const { text, language } = localized(subject, wished, organization.languages)
  // What is filled in for each reader stands there as for somebody with no name.
  const said = linePartsOf(text).map((part) => (typeof part === 'string' ? part : saidFor(part, ''))).join('') // prettier-ignore
  return { mailing_id: kept.mailing_id, subject: said.trim(), language, day: dateIn(organization.time_zone, kept.archived_at) } // prettier-ignore
}
