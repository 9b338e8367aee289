import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { isLanguage, publicLanguages } from '../../../platform/i18n/languages.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { invitationsOf } from '../../endorsements/answers/queries.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { textsOf } from '../../endorsements/of-request.ts'
import { letterPdf } from '../../endorsements/results/letter.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { lockGuide } from '../commands.ts'
import { agendaOf, contentOf, guideById, type Guide } from '../queries.ts'
import { changeReply, mailProof, makeProof, offerReplies, revokeProof } from './commands.ts'
import { proofPath } from './links.ts'
import { proofText } from './mail.ts'
import './messages.ts'
import { offerValues, RepliesPage, ReplyPage, replyValues, type Asked } from './pages.tsx'
import { proofMailsOf, proofsOf, repliesOf, type ReplyRow } from './queries.ts'
import { asRead, isSaidAnew, mayReply, partOf } from './rules.ts'
import { LinkForm, OfferForm, ProofMailForm } from './schema.ts'

const view = allow('voterguides.view')
const edit = allow('voterguides.edit')
const here = '/voterguides/:guide/replies'
const fields = z.record(z.string(), z.unknown())

/** A candidate's right of reply to what a guide says of them. */
export const replyRoutes = room()
  .get(here, view, (c) => repliesPage(c))
  .post(here, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, OfferForm)
    const guide = await guideOf(c)
    if (!value) return repliesPage(c, { typed, errors })
    const { guide_id, organization_id } = guide
    const saved = await saveUnlessChanged(c, {
      subject: 'voter_guide',
      subject_id: guide_id,
      in_trail: (name) => [name],
      values: async (tx) => offerValues(found(await guideById(tx, organization_id, guide_id))),
      save: (tx) => offerReplies(tx, actorOf(c), guide_id, value),
    })
    if (!saved.ok) return repliesPage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`/voterguides/${guide_id}/replies`, 303)
  })
  .post(`${here}/link`, edit, async (c) => {
    const { value } = await readForm(c, LinkForm)
    const { guide_id } = await guideOf(c)
    if (!value) return repliesPage(c, { errors: { '': 'form.invalid' } })
    if (value.act === 'make') await makeProof(c.var.db, actorOf(c), guide_id, value.candidate, around(c))
    else await revokeProof(c.var.db, actorOf(c), guide_id, value.candidate, now(c))
    return c.redirect(`/voterguides/${guide_id}/replies`, 303)
  })
  .post(`${here}/mail`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const { guide_id } = await guideOf(c)
    const { candidate = '' } = typed
    const mail = ProofMailForm.safeParse({ candidate, email: typed[`email_${candidate}`], language: typed[`language_${candidate}`] }) // prettier-ignore
    if (!mail.success) return repliesPage(c, { typed, errors: { email: 'endorsements.email_wrong' } })
    const mailed = await mailProof(c.var.db, actorOf(c), guide_id, mail.data, around(c))
    if (!mailed.ok) return repliesPage(c, { typed, errors: { email: `replies.${mailed.problem}` } })
    return c.redirect(`/voterguides/${guide_id}/replies`, 303)
  })
  // For whom no e-mail address is known: the same words on paper, with a code that opens the link.
  .get(`${here}/:candidate/letter`, edit, async (c) => {
    const guide = await guideOf(c)
    const { db, installation } = c.var
    const proof = found((await proofsOf(db, guide)).find(({ candidate_id }) => String(candidate_id) === c.req.param('candidate'))) // prettier-ignore
    const asked = c.req.query('language')
    const language = isLanguage(asked) ? asked : c.var.language
    const { subject, text: body, link } = found((await proofText(installation, proof, language)) ?? undefined)
    const file = await letterPdf({ language, subject, body }, await organizationSettings(db, guide.organization_id), now(c), link) // prettier-ignore
    const after = { candidate_id: proof.candidate_id, language }
    await audit(db, actorOf(c), { action: 'voter_guide.print_proof', subject: 'voter_guide', subject_id: guide.guide_id, after }) // prettier-ignore
    return pdfAnswer(file, 'reply')
  })
  .get(`${here}/:candidate/:issue`, edit, (c) => replyPage(c))
  .post(`${here}/:candidate/:issue`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const { guide, reply } = await replyIn(c)
    if (!reply) return repliesPage(c, { errors: { '': 'replies.taken_back' } })
    // A program that does not say which words it read.
    const { original } = typed
    if (original === undefined) return replyPage(c, { typed, errors: { '': 'form.invalid' } })
    const { candidate_id, issue_id } = reply
    const written = writtenIn(c).filter((each) => each !== reply.original_language)
    const text = textsOf(typed, 'text', written, 8000)
    const reason = textsOf(typed, 'withheld', languagesOf(c), 1000)
    const withheld = Object.keys(reason).length > 0 ? reason : null
    const saved = await saveUnlessChanged(c, {
      subject: 'voter_guide',
      subject_id: guide.guide_id,
      in_trail: (name) => [name.replace(/^(text|withheld)_.+$/, '$1')],
      values: async (tx) => {
        await lockGuide(tx, actorOf(c), guide.guide_id) // so that no reply comes in between
        return replyValues(found((await repliesOf(tx, guide)).find(isOf(candidate_id, issue_id))))
      },
      save: (tx) => changeReply(tx, actorOf(c), guide.guide_id, { candidate_id, issue_id, original: asRead(original), text, withheld }, now(c)), // prettier-ignore
    })
    if (!saved.ok) return replyPage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`/voterguides/${guide.guide_id}/replies`, 303)
  })

const around = (c: Ctx) => ({ now: now(c), today: today(c), time_zone: timeZone(c) })
const writtenIn = (c: Ctx): string[] => [...new Set([...languagesOf(c), ...publicLanguages])]
const guideOf = async (c: Ctx): Promise<Guide> =>
  found(await guideById(c.var.db, actorOf(c).organization_id, idParam(c, 'guide')))

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

/** Who has a link, and what they did with it. */
async function askedIn(c: Ctx, guide: Guide) {
  const { db, installation } = c.var
  const content = await contentOf(db, guide, around(c))
  const proofs = await proofsOf(db, guide)
  const mails = await proofMailsOf(db, guide)
  const replies = await repliesOf(db, guide)
  const invitations = guide.cycle_id ? await invitationsOf(db, guide.organization_id, guide.cycle_id) : []
  const { slug } = await organizationSettings(db, guide.organization_id)
  const mayEdit = mayDo(actorOf(c), 'voterguides.edit')
  return content.contests.map((contest) => ({
    contest,
    asked: contest.candidates.map((candidate): Asked => {
      const isTheirs = (each: { candidate_id: number }): boolean => each.candidate_id === candidate.candidate_id
      const proof = proofs.find(isTheirs) ?? null
      const part = partOf(content, candidate.candidate_id)
      return {
        candidate,
        proof,
        link: proof && !proof.revoked_at && mayEdit ? `${installation.url}${proofPath(installation.secret, slug, proof)}` : null, // prettier-ignore
        mails: mails.filter(isTheirs),
        replies: replies.filter(isTheirs),
        is_changed: part !== null && isSaidAnew(part, proof?.read_key ?? null),
        email: invitations.find(isTheirs)?.email ?? null,
        language: invitations.find(isTheirs)?.language ?? null,
      }
    }),
  }))
}

async function repliesPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const guide = await guideOf(c)
  return page(
    c,
    <RepliesPage
      t={c.var.t}
      guide={guide}
      contests={await askedIn(c, guide)}
      issues={await agendaOf(c.var.db, guide.organization_id)}
      is_open={mayReply(guide.reply_until_on, today(c))}
      may_edit={mayDo(actorOf(c), 'voterguides.edit')}
      time_zone={timeZone(c)}
      typed={typed}
      errors={errors}
    />,
    { title: c.var.t('replies.title'), status: Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

const isOf = (candidate_id: number, issue_id: string) => (each: ReplyRow) =>
  each.candidate_id === candidate_id && each.issue_id === issue_id

async function replyIn(c: Ctx) {
  const guide = await guideOf(c)
  const is = isOf(Number(c.req.param('candidate')), idParam(c, 'issue'))
  return { guide, reply: (await repliesOf(c.var.db, guide)).find(is) }
}

async function replyPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const { guide, reply } = await replyIn(c)
  if (!reply) throw new NotFound()
  const part = found(partOf(await contentOf(c.var.db, guide, around(c)), reply.candidate_id))
  const issue = found((await agendaOf(c.var.db, guide.organization_id)).find(({ issue_id }) => issue_id === reply.issue_id)) // prettier-ignore
  return page(
    c,
    <ReplyPage
      t={c.var.t}
      guide={guide}
      contest={part.contest}
      candidate={part.candidate}
      issue={issue}
      reply={reply}
      languages={writtenIn(c)}
      reason_languages={languagesOf(c)}
      typed={typed}
      errors={errors}
    />,
    { title: c.var.t('replies.title'), status: errors[''] ? 422 : 200, meanwhile },
  )
}
