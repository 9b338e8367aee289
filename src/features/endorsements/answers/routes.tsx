import { bodyLimit } from 'hono/body-limit'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { candidate as candidateById, candidatesOf, contest as contestById } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { openCycleAt } from '../cycles/public.ts'
import { contestsHeld, cycleById, type Cycle } from '../cycles/queries.ts'
import { idParam, now, timeZone } from '../of-request.ts'
import { questionsOf } from '../questions/queries.ts'
import { isAskedIn } from '../questions/rules.ts'
import { inviteCandidate, noteOpened, revokeInvitation, saveDraft, signAnswers } from './commands.ts'
import { answersPath, isAnswersKey } from './links.ts'
import './messages.ts'
import { candidateName, CandidatesPage, SideBySidePage, type AskedContest } from './pages.tsx'
import { AnswersPage, ClosedPage, ReceiptPage } from './public-pages.tsx'
import { invitationById, invitationsOf, submissionsOf } from './queries.ts'
import { fieldOf, readAnswers, takingOn, type AnswerProblem } from './rules.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const cycle_path = '/endorsements/:cycle'
const private_path = '/c/:organization/:cycle/answers/:invitation/:key'
const fields = z.record(z.string(), z.unknown())
const AskForm = z.object({ candidate: z.coerce.number().int(), act: z.enum(['invite', 'revoke']) })
const small: Handler = (c, next) =>
  bodyLimit({ maxSize: 1024 * 1024, onError: (ctx) => ctx.text('413', 413) })(c as never, next)

/** Candidates of a cycle, their private links, and what they answer there. */
export const answerRoutes = room()
  .get(`${cycle_path}/candidates`, view, (c) => candidatesPage(c))
  .post(`${cycle_path}/candidates`, edit, async (c) => {
    const cycle = await cycleOf(c)
    const { value } = await readForm(c, AskForm)
    if (!value) return candidatesPage(c, 422)
    const { db } = c.var
    if (value.act === 'invite') await inviteCandidate(db, actorOf(c), cycle, value.candidate, now(c))
    else {
      const invitations = await invitationsOf(db, actorOf(c).organization_id, cycle.cycle_id)
      const { invitation_id } = found(invitations.find(({ candidate_id }) => candidate_id === value.candidate))
      await revokeInvitation(db, actorOf(c), cycle.cycle_id, invitation_id, now(c))
    }
    return c.redirect(`/endorsements/${cycle.cycle_id}/candidates`, 303)
  })
  .get(`${cycle_path}/answers/:contest`, view, async (c) => {
    const cycle = await cycleOf(c)
    const asked = (await askedIn(c, cycle)).find(({ contest }) => String(contest.contest_id) === c.req.param('contest'))
    return page(c, <SideBySidePage t={c.var.t} cycle={cycle} asked={found(asked)} />, {
      title: c.var.t('endorsements.side_by_side'),
    })
  })
  .get(private_path, allow('public'), async (c) => {
    const opened = await open(c)
    await noteOpened(opened.db, opened.invitation, now(c))
    return privatePage(c, opened)
  })
  .post(private_path, allow('public'), small, async (c) => {
    const { typed: sent } = await readForm(c, fields)
    const opened = await open(c)
    const { db, invitation, questions, taking, name, t, path } = opened
    if (taking === 'closed') return privatePage(c, opened, 410)
    const names = questions.flatMap(({ question_id, choices }) =>
      (['choice', 'text', 'link', ...choices.keys()] as const).map((part) => fieldOf(question_id, part)),
    )
    const typed = Object.fromEntries(
      [...names, 'signed_by'].flatMap((field) => (sent[field] ? [[field, sent[field].slice(0, 60_000)]] : [])),
    )
    await saveDraft(db, invitation, name, typed, now(c))
    const here = `${path}?lang=${t.language}`
    if (sent.act !== 'sign') return c.redirect(opened.submissions.length > 0 ? `${here}&amend=1` : here, 303)
    const { answers, problems } = readAnswers(questions, typed)
    const signed_by = (sent.signed_by ?? '').trim().slice(0, 120)
    const sign_problem = signed_by === '' || sent.i_sign !== 'yes'
    if (sign_problem || Object.keys(problems).length > 0)
      return answersPage(c, { ...opened, typed, problems, sign_problem }, 422)
    const signing = { candidate: name, signed_by, is_late: taking === 'late', questions, answers }
    await signAnswers(db, invitation, signing, now(c))
    return c.redirect(here, 303)
  })
  .get(`${private_path}/:number`, allow('public'), async (c) => {
    const { submissions } = await open(c)
    const { canonical, number } = found(submissions.find((each) => String(each.number) === c.req.param('number')))
    return new Response(canonical, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="answers-${number}.json"`,
        'cache-control': 'private, no-store',
      },
    })
  })

const cycleOf = async (c: Ctx) => found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))

/** Contests of the cycle with who runs, or was asked while they ran. */
async function askedIn(c: Ctx, { cycle_id, rules }: Cycle): Promise<AskedContest[]> {
  const { db, installation } = c.var
  const { organization_id } = actorOf(c)
  const { slug } = await organizationSettings(db, organization_id)
  const invitations = await invitationsOf(db, organization_id, cycle_id)
  const submissions = await submissionsOf(db, organization_id, invitations.map(({ invitation_id }) => invitation_id)) // prettier-ignore
  const asked: AskedContest[] = []
  for (const { contest } of await contestsHeld(db, rules?.contest_ids ?? [])) {
    const rows = (await candidatesOf(db, contest.contest_id)).map((candidate) => {
      const invitation = invitations.find(({ candidate_id }) => candidate_id === candidate.candidate_id) ?? null
      const isShown = invitation && !invitation.revoked_at && mayDo(actorOf(c), 'endorsements.edit')
      return {
        candidate,
        invitation,
        submissions: submissions.filter(({ invitation_id }) => invitation_id === invitation?.invitation_id),
        link: isShown ? `${installation.url}${answersPath(installation.secret, slug, invitation)}` : null,
      }
    })
    asked.push({
      contest,
      candidates: rows.filter(({ candidate, invitation }) => invitation || isRunning(candidate.status)),
    })
  }
  return asked
}

async function candidatesPage(c: Ctx, status: 200 | 422 = 200) {
  const cycle = await cycleOf(c)
  return page(
    c,
    <CandidatesPage
      t={c.var.t}
      cycle={cycle}
      contests={await askedIn(c, cycle)}
      time_zone={timeZone(c)}
      may_edit={mayDo(actorOf(c), 'endorsements.edit')}
    />,
    { title: c.var.t('endorsements.candidates'), status },
  )
}

/** What a private link opens; a link that was withdrawn, guessed or replaced opens nothing. */
async function open(c: Ctx) {
  const cycle = await openCycleAt(c)
  const { db, organization, rules, today, t } = cycle
  const { secret } = c.var.installation
  const invitation = found(await invitationById(db, organization.organization_id, idParam(c, 'invitation')))
  const isOpen =
    invitation.cycle_id === cycle.cycle.cycle_id &&
    !invitation.revoked_at &&
    isAnswersKey(secret, invitation, c.req.param('key') ?? '')
  if (!isOpen) throw new NotFound()
  const candidate = found(await candidateById(db, invitation.candidate_id))
  const contest = found(await contestById(db, invitation.contest_id))
  const questions = await questionsOf(db, organization.organization_id, cycle.cycle.cycle_id)
  c.header('Cache-Control', 'private, no-store')
  c.header('Referrer-Policy', 'no-referrer')
  return {
    ...cycle,
    invitation,
    name: candidateName(t, candidate),
    contest: contestName(t, contest),
    questions: questions.filter((each) => isAskedIn(each, contest)),
    submissions: await submissionsOf(db, organization.organization_id, [invitation.invitation_id]),
    taking: takingOn(rules, today),
    rules_path: cycle.path,
    path: answersPath(secret, organization.slug, invitation),
  }
}
type Opened = Awaited<ReturnType<typeof open>>

const aroundOf = ({ t, name, contest, rules, rules_path, organization, path }: Opened) => ({
  t,
  candidate: name,
  contest,
  rules,
  rules_path,
  time_zone: organization.time_zone,
  path,
})

function privatePage(c: Ctx, opened: Opened, status: 200 | 410 = 200) {
  const { submissions, taking, invitation } = opened
  const isAmending = c.req.query('amend') === '1' && taking !== 'closed'
  if (submissions.length > 0 && !isAmending)
    return documentOf(c, opened, <ReceiptPage {...aroundOf(opened)} taking={taking} submissions={submissions} />, status) // prettier-ignore
  if (taking === 'closed') return documentOf(c, opened, <ClosedPage {...aroundOf(opened)} />, status)
  return answersPage(c, { ...opened, typed: invitation.typed ?? {}, problems: {}, sign_problem: false }, 200)
}

interface Filled extends Opened {
  typed: Record<string, string>
  problems: Record<string, AnswerProblem>
  sign_problem: boolean
}

function answersPage(c: Ctx, opened: Filled, status: 200 | 422) {
  const { taking, questions, typed, problems, sign_problem, invitation, submissions } = opened
  if (taking === 'closed') throw new NotFound()
  return documentOf(
    c,
    opened,
    <AnswersPage
      {...aroundOf(opened)}
      {...{ taking, questions, typed, problems, sign_problem }}
      saved_at={invitation.saved_at}
      sent_at={submissions[0]?.sent_at ?? null}
    />,
    status,
  )
}

const documentOf = (c: Ctx, { t, name, organization }: Opened, body: ReactNode, status: 200 | 410 | 422) =>
  c.html(publicDocument(t.language, t('endorsements.your_answers', { name }), organization.name, body), status)
