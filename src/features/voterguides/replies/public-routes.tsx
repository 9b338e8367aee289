import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { localized, publicLanguages } from '../../../platform/i18n/languages.ts'
import { Alert } from '../../../platform/ui/components.tsx'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayTryHere } from '../../access/session.ts'
import { organizationBySlug } from '../../organizations/queries.ts'
import { contentOf, guideById } from '../queries.ts'
import { candidateName, wordsFor, type Reading } from '../reading.tsx'
import { publicTranslator } from '../translate.ts'
import { noteProofOpened, reply } from './commands.ts'
import { isProofKey, proofPath } from './links.ts'
import { ProofPage } from './public-page.tsx'
import { proofsOf, repliesOf } from './queries.ts'
import { mayReply, partOf, readReplies } from './rules.ts'

const private_path = '/g/:organization/:guide/candidates/:candidate/:key'

/** What a guide will say of one candidate, for whoever has their private link. */
export const publicReplyRoutes = room()
  .get(private_path, allow('public'), async (c) => {
    const opened = await openToRead(c)
    if (opened instanceof Response) return opened
    await noteProofOpened(opened.db, opened.proof, opened.around.now)
    return proofPage(c, opened)
  })
  .post(private_path, allow('public'), async (c) => {
    const opened = await open(c)
    const { db, guide, proof, part, taking, around, r } = opened
    const { typed } = await readForm(c, z.record(z.string(), z.unknown()))
    if (taking !== 'open') return proofPage(c, opened, { typed, status: 410 })
    if (!(await mayTryHere(c, 'answers', `${guide.guide_id} ${proof.candidate_id}`)))
      return proofPage(c, opened, { typed, notice: 'too_often', status: 429 })
    const { texts, too_long } = readReplies(part.issues, typed, guide.reply_words_most ?? 0)
    if (too_long.length > 0) return proofPage(c, opened, { typed, too_long, status: 422 })
    const replied = await reply(db, proof, { name: candidateName(r, part.candidate), key: typed.key ?? '', texts }, around) // prettier-ignore
    if (replied.ok) return c.redirect(`${opened.path}?lang=${r.language}`, 303)
    return proofPage(c, await open(c), { typed, notice: replied.problem === 'changed' ? 'changed' : null, status: replied.problem === 'changed' ? 409 : 410 }) // prettier-ignore
  })

/** What a private link opens; one that was taken back, guessed or replaced opens nothing. */
async function open(c: Ctx) {
  const { database, secret, clock, url } = c.var.installation
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  const guide_id = z.uuid().safeParse(c.req.param('guide'))
  if (!guide_id.success) throw new NotFound()
  const { organization_id, time_zone, slug } = organization
  const db = database.of(organization_id)
  const guide = found(await guideById(db, organization_id, guide_id.data))
  const proof = found((await proofsOf(db, guide)).find(({ candidate_id }) => String(candidate_id) === c.req.param('candidate'))) // prettier-ignore
  if (proof.revoked_at || !isProofKey(secret, proof, c.req.param('key') ?? '')) throw new NotFound()
  const now = clock.now()
  const around = { now, today: dateIn(time_zone, now), time_zone }
  const content = await contentOf(db, guide, around)
  const part = found(partOf(content, proof.candidate_id))
  const asked = c.req.query('lang') ?? ''
  const language = publicLanguages.find((each) => each === asked) ?? c.var.language
  const words = wordsFor(language, c.var.language)
  const path = proofPath(secret, slug, proof)
  const r: Reading = { t: publicTranslator(words), words, language, languages: publicLanguages, path, url, content, organization: organization.name, version: null, published_on: null } // prettier-ignore
  const taking: 'open' | 'over' | 'not_offered' = mayReply(guide.reply_until_on, around.today) ? 'open' : guide.reply_until_on ? 'over' : 'not_offered' // prettier-ignore
  const replies = (await repliesOf(db, guide)).filter(({ candidate_id }) => candidate_id === proof.candidate_id)
  return { db, organization, guide, proof, part, replies, taking, around, path, r }
}
type Opened = Awaited<ReturnType<typeof open>>

/** The same for whoever reads; a link that opens nothing says so, not why. */
async function openToRead(c: Ctx): Promise<Opened | Response> {
  const organization = found(await organizationBySlug(c.var.installation.database.owner, c.req.param('organization') ?? '')) // prettier-ignore
  try {
    return await open(c)
  } catch (problem) {
    if (!(problem instanceof NotFound)) throw problem
    const words = publicLanguages.find((each) => each === c.req.query('lang')) ?? c.var.language
    const t = publicTranslator(words)
    const name = localized(organization.name, words).text
    c.header('Cache-Control', 'private, no-store')
    return c.html(
      publicDocument(
        words,
        t('replies.link_ended'),
        organization.name,
        <>
          <h1 className="mb-4 text-2xl font-bold text-balance">{t('replies.link_ended')}</h1>
          <Alert kind="warning">{t('replies.link_ended_text', { name })}</Alert>
        </>,
      ),
      404,
    )
  }
}

interface Shown {
  typed?: Record<string, string>
  too_long?: readonly string[]
  notice?: 'changed' | 'too_often' | null
  status?: 200 | 409 | 410 | 422 | 429
}

function proofPage(c: Ctx, { organization, guide, proof, part, replies, taking, path, r }: Opened, shown: Shown = {}) {
  const { typed = {}, too_long = [], notice = null, status = 200 } = shown
  const { time_zone } = organization
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  return c.html(
    publicDocument(
      r.words,
      r.t('replies.yours', { name: candidateName(r, part.candidate) }),
      organization.name,
      <ProofPage {...{ r, guide, part, proof, replies, taking, path, time_zone, typed, too_long, notice }} />,
    ),
    status,
  )
}
