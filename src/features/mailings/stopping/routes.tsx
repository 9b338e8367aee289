import { getCookie } from 'hono/cookie'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { addDays, dateIn } from '../../../platform/clock.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { isPublicLanguage, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { LanguageLinks } from '../../people/membership/applications/public.tsx'
import { identityOf } from '../identity/queries.ts'
import { readAlso, readerTranslator, readIn } from '../public.ts'
import { WishForm } from '../schema.ts'
import { addressOf } from '../sending/jobs.ts'
import { start, stop, stopTopic, wish } from './commands.ts'
import { readerOf } from './links.ts'
import './messages.ts'
import { NobodyPage, ReaderPage, type Again } from './pages.tsx'
import { readerBy, type Reader } from './queries.ts'

const dones = ['stopped', 'started', 'saved'] as const
const longest_pause_days = 730

const anyFields = z.record(z.string(), z.unknown())

/**
 * The address in each mail. Opening it changes nothing, for programs that look for viruses open addresses; what is sent to
 * it does, at once, without a page between (RFC 8058).
 */
export const readerRoutes = room()
  .get('/u/:token', allow('public'), async (c) => {
    const { opened, is_test } = await open(c)
    if (!opened) return nobody(c, is_test)
    const asked = c.req.query('done')
    return readerPage(c, opened, { done: dones.find((each) => each === asked) ?? null })
  })
  .post('/u/:token', allow('public'), async (c) => {
    const { typed, all } = await readForm(c, anyFields)
    const { opened, is_test } = await open(c)
    const isOneClick = typed['List-Unsubscribe'] === 'One-Click'
    if (!opened) return isOneClick && is_test ? c.text('ok') : nobody(c, is_test)
    const { reader, organization, db } = opened
    const now = c.var.installation.clock.now()
    if (isOneClick) {
      await stop(db, reader, 'one_click', now)
      return c.text('ok')
    }
    if (typed.do === 'stop') await stop(db, reader, 'page', now)
    else if (typed.do === 'start') {
      if (!(await start(db, reader, dateIn(organization.time_zone, now))))
        return c.redirect(c.req.path + chosen(c), 303)
    } else if (typed.do === 'save') {
      const { language, pause, until } = WishForm.catch({ language: null, pause: '', until: null }).parse(typed)
      const today = dateIn(organization.time_zone, now)
      // Whoever writes another day than was there means it, whatever is chosen above.
      const means_day = pause === 'until' || (pause === '' && until !== null && until !== reader.wish.paused_until)
      const day = means_day ? until : pause && addDays(today, Number(pause))
      if (means_day && (!day || day <= today))
        return readerPage(c, opened, { again: { typed, topics: all.topics ?? [] }, errors: { until: 'stopping.until_when' } }) // prettier-ignore
      const last = addDays(today, longest_pause_days)
      const wished = {
        language: language !== null && organization.languages.includes(language) ? language : null,
        paused_until: !day ? null : day > last ? last : day,
        topics: reader.topics
          .filter(({ topic_id }) => all.shown_topics?.includes(topic_id))
          .map(({ topic_id }) => ({ topic_id, is_wanted: all.topics?.includes(topic_id) === true })),
      }
      await wish(db, reader, wished, now)
    } else if (typed.do === 'stop_topic') await stopTopic(db, reader, now)
    else return c.redirect(c.req.path + chosen(c), 303)
    const done = { stop: 'stopped', start: 'started', save: 'saved', stop_topic: 'saved' }[typed.do]
    return c.redirect(`${c.req.path}?done=${done}${chosen(c).replace('?', '&')}`, 303)
  })

/** The language they chose on the page stays. */
const chosen = (c: Ctx): string => {
  const lang = c.req.query('lang')
  return lang && isPublicLanguage(lang) ? `?lang=${lang}` : ''
}

async function readerPage(c: Ctx, { reader, organization, db }: Opened, { done = null, again = null, errors = {} }: { done?: (typeof dones)[number] | null; again?: Again | null; errors?: FieldErrors }) {
  const identity = await identityOf(db, reader.organization_id)
  const ask = identity?.reply_to ?? identity?.from_address ?? addressOf(c.var.installation.config.mail_from)
  // What they chose on our pages, else the language they are written to in.
  const t = readerTranslator(
    readIn(organization.languages, [c.req.query('lang'), getCookie(c, 'language'), reader.language, c.var.language]),
  )
  const name = organization.name[t.reads] ?? Object.values(organization.name)[0] ?? ''
  return answer(
    c,
    t.reads,
    t('stopping.title', { organization: name }),
    organization.name,
    <ReaderPage t={t} reader={reader} organization={name} languages={organization.languages} path={c.req.path + chosen(c)} done={done} ask={ask} held={`/privacy/${organization.slug}?lang=${t.reads}`} again={again} errors={errors} />,
    again ? 422 : 200,
    <LanguageLinks t={t} path={c.req.path} also={readAlso(organization.languages)} />,
  )
} // prettier-ignore

interface Opened {
  reader: Reader
  organization: { slug: string; name: Record<string, string>; languages: string[]; time_zone: string }
  db: Ctx['var']['db']
}

async function open(c: Ctx): Promise<{ opened: Opened | null; is_test: boolean }> {
  const { database, secret, clock } = c.var.installation
  const key = readerOf(secret, c.req.param('token') ?? '')
  if (!key) return { opened: null, is_test: false }
  const db = database.of(key.organization_id)
  const organization = await db
    .selectFrom('organization')
    .select(['slug', 'name', 'languages', 'time_zone'])
    .where('organization_id', '=', key.organization_id)
    .executeTakeFirst()
  if (!organization || key.n === 0) return { opened: null, is_test: organization !== undefined }
  const reader = await readerBy(db, key, dateIn(organization.time_zone, clock.now()))
  return { opened: reader ? { reader, organization, db } : null, is_test: false }
}

function nobody(c: Ctx, is_test: boolean) {
  const { t } = c.var
  return answer(c, t.language, t('stopping.unknown'), {}, <NobodyPage t={t} is_test={is_test} />, is_test ? 200 : 404)
}

function answer(c: Ctx, language: PublicLanguage, title: string, organization: Record<string, string>, body: ReactNode, status: 200 | 404 | 422 = 200, beside: ReactNode = null) {
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  c.header('Vary', 'Accept-Language, Cookie')
  return c.html(publicDocument(language, title, organization, body, { beside }), status)
} // prettier-ignore
