import { dateIn } from '../../../platform/clock.ts'
import { NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { now } from '../../../platform/http/of-request.ts'
import { dropOf } from '../drops/routes.tsx'
import { sweepFiles } from '../printing/files.ts'
import { countOpened, openedBy } from './codes.ts'
import { saveAnswerPage } from './commands.ts'
import { AnswersPage } from './pages.tsx'
import { answersOf, pagesOffered } from './queries.ts'
import { codeIn } from './rules.ts'
import { AnswerForm } from './schema.ts'

/** The code on a piece: what it opens, and how often it was. */
export const postalAnswerRoutes = room()
  .get('/r/:code', allow('public'), async (c) => {
    const { database } = c.var.installation
    const code = codeIn(c.req.param('code'))
    const opened = code === null ? null : await openedBy(database.owner, code)
    if (!opened?.answer_page) throw new NotFound()
    if (c.req.raw.method === 'GET' && isReader(c.req.header()))
      await countOpened(database.of(opened.organization_id), opened, dateIn(opened.time_zone, now(c)))
    c.header('Cache-Control', 'no-store')
    return c.redirect(inLanguage(opened.answer_page, opened.language), 303)
  })
  .get('/postal/:drop/answers', allow('postal.view'), (c) => answersPage(c))
  .post('/postal/:drop/answers', allow('postal.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, AnswerForm)
    if (!value) return answersPage(c, typed, errors)
    const { drop_id } = await dropOf(c)
    const offered = await offeredTo(c)
    if (value.page !== 'other' && value.page !== '' && !offered.some(({ path }) => path === value.page))
      return answersPage(c, typed, { page: 'form.invalid' })
    const answer_page = value.page === 'other' ? value.address : value.page || null
    await saveAnswerPage(c.var.db, actorOf(c), drop_id, { answer_per: value.answer_per, answer_page })
    await sweepFiles(c.var.db, c.var.installation.config.data, [drop_id])
    return c.redirect(`/postal/${drop_id}/answers`, 303)
  })

/** A browser that looks ahead is none, nor is a program that fetches a picture of the page for a message. Cubot makes telephones. */
const isReader = ({ purpose = '', 'sec-purpose': ahead = purpose, 'user-agent': agent = '' }: Record<string, string>): boolean =>
  !/prefetch|prerender/.test(ahead) && !/(?<!cu)bot\b|crawl|spider|preview|scrap|externalhit|whatsapp|slurp/i.test(agent) // prettier-ignore

/** Pages of ours are opened in the language of the piece; where it has every language, the reader's browser says. */
function inLanguage(path: string, language: string): string {
  if (!path.startsWith('/') || language === 'all') return path
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`
}

/** With the page that was chosen, also where nobody would choose it any more. */
async function offeredTo(c: Ctx) {
  const { answer_page, organization_id } = await dropOf(c)
  const offered = await pagesOffered(c.var.db, organization_id, c.var.language, now(c))
  if (!answer_page?.startsWith('/') || offered.some(({ path }) => path === answer_page)) return offered
  return [{ path: answer_page, name: answer_page }, ...offered]
}

async function answersPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const drop = await dropOf(c)
  const [answered, offered] = await Promise.all([answersOf(c.var.db, drop), offeredTo(c)])
  return page(
    c,
    <AnswersPage t={c.var.t} {...{ drop, answered, offered, typed, errors }} actor={actorOf(c)} />,
    { title: c.var.t('postal.answers'), status: Object.keys(errors).length > 0 ? 422 : 200 }, // prettier-ignore
  )
}
