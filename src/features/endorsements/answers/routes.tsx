import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import { CalendarDate } from '../../../platform/dates.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { audit } from '../../../platform/audit.ts'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { isLanguage } from '../../../platform/i18n/languages.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import { MeanwhileContext, readSeen } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { mayTryHere } from '../../access/session.ts'
import { candidatesOf } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { contestsHeld, cycleById, type Cycle } from '../cycles/queries.ts'
import { idParam, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { writeToCampaign } from '../mails/commands.ts'
import { mailsOf } from '../mails/queries.ts'
import { invitationText } from '../mails/mail.ts'
import { MailForm } from '../mails/schema.ts'
import { letterPdf } from '../results/letter.ts'
import type { Question } from '../questions/queries.ts'
import { isKeptFrom } from '../scores/queries.ts'
import { readsOf } from '../reading.ts'
import { inviteCandidate, keepDraft, noteHandedOver, noteOpened, revokeInvitation, signAnswers } from './commands.ts'
import { answersPath } from './links.ts'
import './messages.ts'
import { aroundOf, documentOf, open, openToRead, type Opened } from './open.tsx'
import { CandidatesPage, SideBySidePage, type AskedContest } from './pages.tsx'
import { AnswersPage, ReceiptPage, type AnswersPageProps } from './public-pages.tsx'
import { invitationsOf, submissionsOf } from './queries.ts'
import { fieldOf, isTaken, readAnswers, type Typed } from './rules.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const cycle_path = '/endorsements/:cycle'
const private_path = '/c/:organization/:cycle/answers/:invitation/:key'
const fields = z.record(z.string(), z.unknown())
const AskForm = z.object({ candidate: z.coerce.number().pipe(z.int32()), act: z.enum(['invite', 'revoke']) })

const HandedForm = z.object({ candidate: z.coerce.number().pipe(z.int32()), on: CalendarDate })

/** Candidates of a cycle, their private links, and what they answer there. */
export const answerRoutes = room()
  .get(`${cycle_path}/candidates`, view, (c) => candidatesPage(c, {}))
  .post(`${cycle_path}/candidates`, edit, async (c) => {
    const cycle = await cycleOf(c)
    const { value } = await readForm(c, AskForm)
    if (!value) return candidatesPage(c, { errors: { '': 'form.invalid' } })
    const { db } = c.var
    if (value.act === 'invite') await inviteCandidate(db, actorOf(c), cycle, value.candidate, now(c))
    else await revokeInvitation(db, actorOf(c), cycle.cycle_id, value.candidate, now(c))
    return c.redirect(`/endorsements/${cycle.cycle_id}/candidates`, 303)
  })
  .post(`${cycle_path}/candidates/write`, edit, async (c) => {
    const cycle = await cycleOf(c)
    const { typed } = await readForm(c, fields)
    const { candidate = '' } = typed
    const mail = MailForm.safeParse({ candidate, email: typed[`email_${candidate}`], language: typed[`language_${candidate}`] }) // prettier-ignore
    if (!mail.success) return candidatesPage(c, { typed, errors: { email: 'endorsements.email_wrong' } })
    const written = await writeToCampaign(c.var.db, actorOf(c), cycle, mail.data, now(c))
    if (!written.ok) return candidatesPage(c, { typed, errors: { email: `endorsements.${written.problem}` } })
    return c.redirect(`/endorsements/${cycle.cycle_id}/candidates`, 303)
  })
  .post(`${cycle_path}/candidates/handed`, edit, async (c) => {
    const cycle = await cycleOf(c)
    const { typed } = await readForm(c, fields)
    const { candidate = '' } = typed
    const given = HandedForm.safeParse({ candidate, on: typed[`handed_${candidate}`] })
    const invitations = await invitationsOf(c.var.db, actorOf(c).organization_id, cycle.cycle_id)
    const made_at = invitations.find((each) => String(each.candidate_id) === candidate)?.made_at
    // Nobody had a link before it was made, nor will have had one tomorrow.
    const first = made_at ? dateIn(timeZone(c), made_at) : ''
    if (!given.success || given.data.on < first || given.data.on > today(c))
      return candidatesPage(c, { typed, errors: { handed: 'endorsements.handed_wrong' } })
    await noteHandedOver(c.var.db, actorOf(c), cycle.cycle_id, given.data.candidate, given.data.on)
    return c.redirect(`/endorsements/${cycle.cycle_id}/candidates`, 303)
  })
  // For whom no e-mail address is known: the same words on paper, with a code that opens the link.
  .get(`${cycle_path}/candidates/:candidate/letter`, edit, async (c) => {
    const cycle = await cycleOf(c)
    const { db, installation } = c.var
    const { organization_id } = actorOf(c)
    const invitation = found((await invitationsOf(db, organization_id, cycle.cycle_id)).find(({ candidate_id, revoked_at }) => String(candidate_id) === c.req.param('candidate') && !revoked_at)) // prettier-ignore
    const asked = c.req.query('language')
    const language = isLanguage(asked) ? asked : c.var.language
    const written = found(await invitationText(installation, invitation, { isReminder: false, language }))
    const settings = await organizationSettings(db, organization_id)
    const file = await letterPdf({ language, subject: written.subject, body: written.text }, settings, now(c), written.link) // prettier-ignore
    const after = { candidate_id: invitation.candidate_id, language }
    await audit(db, actorOf(c), { action: 'endorsement.print_invitation', subject: 'endorsement_cycle', subject_id: cycle.cycle_id, after }) // prettier-ignore
    return pdfAnswer(file, 'invitation')
  })
  .get(`${cycle_path}/answers/:contest`, view, async (c) => {
    const cycle = await cycleOf(c)
    const asked = (await askedIn(c, cycle)).find(({ contest }) => String(contest.contest_id) === c.req.param('contest'))
    const { contest_id } = found(asked).contest
    const { organization_id, id } = actorOf(c)
    if (await isKeptFrom(c.var.db, { organization_id, cycle_id: cycle.cycle_id, contest_id }, id))
      return c.redirect(`/my-panels/${cycle.cycle_id}/${contest_id}`, 303)
    return page(c, <SideBySidePage t={c.var.t} cycle={cycle} asked={found(asked)} />, {
      title: c.var.t('endorsements.side_by_side'),
    })
  })
  .get(private_path, allow('public'), async (c) => {
    const opened = await openToRead(c)
    if (opened instanceof Response) return opened
    await noteOpened(opened.db, c.var.actor, opened.invitation, now(c))
    return privatePage(c, opened, {})
  })
  .post(private_path, allow('public'), async (c) => {
    const { typed: sent } = await readForm(c, fields)
    const opened = await open(c)
    const { db, invitation, questions, taking, name, t, path } = opened
    const typed = typedIn(questions, sent)
    if (!isTaken(taking)) return privatePage(c, opened, { unsent: typed, status: 410 })
    const again = (shown: Partial<Filled>, status: 409 | 422 | 429) =>
      answersPage(c, { ...opened, taking, typed, seen: typed, signed_by: sent.signed_by ?? '', ...shown }, status)
    if (!(await mayTryHere(c, 'answers', invitation.invitation_id)))
      return again({ seen: readSeen(sent.seen ?? '') ?? {}, notice: 'too_often' }, 429)
    const is_to_sign = sent.act === 'sign'
    const seen = sent.seen === undefined ? null : (readSeen(sent.seen) ?? {})
    const kept = await keepDraft(db, invitation, { name, typed, seen, is_to_sign }, now(c))
    if (!kept.ok) {
      const { together, saved, twice } = kept
      return again({ typed: together, seen: saved, notice: 'other_device', twice }, 409)
    }
    const here = `${path}?lang=${readsOf(t)}`
    const file_for = questions.find(({ question_id }) => sent.act === `file_${question_id}`)
    if (file_for) return c.redirect(`${path}/files/${file_for.question_id}?lang=${readsOf(t)}`, 303)
    if (!is_to_sign) return c.redirect(opened.submissions.length > 0 ? `${here}&amend=1` : here, 303)
    const signed_by = (sent.signed_by ?? '').trim().slice(0, 120)
    if (signed_by === '' || sent.i_sign !== 'yes')
      return again({ problems: readAnswers(questions, typed, opened.files).problems, sign_problem: true }, 422)
    const is_late = taking === 'late'
    const questions_key = sent.questions_key ?? null
    const signature = await signAnswers(db, invitation, { name, signed_by, is_late, typed, questions_key }, now(c))
    if (signature.ok) return c.redirect(here, 303)
    const { problems, is_asked_anew } = signature
    return is_asked_anew ? again({ problems, notice: 'asked_anew' }, 409) : again({ problems }, 422)
  })
  .get(`${private_path}/:number`, allow('public'), async (c) => {
    const { submissions } = await open(c)
    const { canonical, number } = found(submissions.find((each) => String(each.number) === c.req.param('number')))
    return new Response(canonical, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="answers-${number}.json"`,
      },
    })
  })

const cycleOf = async (c: Ctx) => found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))

/** Contests of the cycle with who runs, or was asked while they ran. */
export async function askedIn(c: Ctx, { cycle_id, rules }: Cycle): Promise<AskedContest[]> {
  const { db, installation } = c.var
  const { organization_id } = actorOf(c)
  const { slug } = await organizationSettings(db, organization_id)
  const invitations = await invitationsOf(db, organization_id, cycle_id)
  const submissions = await submissionsOf(db, organization_id, invitations.map(({ invitation_id }) => invitation_id)) // prettier-ignore
  const mails = await mailsOf(db, organization_id, cycle_id)
  const asked: AskedContest[] = []
  for (const { contest } of await contestsHeld(db, rules?.contest_ids ?? [])) {
    const rows = (await candidatesOf(db, contest.contest_id)).map((candidate) => {
      const invitation = invitations.find(({ candidate_id }) => candidate_id === candidate.candidate_id) ?? null
      const isShown = invitation && !invitation.revoked_at && mayDo(actorOf(c), 'endorsements.edit')
      return {
        candidate,
        invitation,
        submissions: submissions.filter(({ invitation_id }) => invitation_id === invitation?.invitation_id),
        mails: mails.filter(({ invitation_id }) => invitation_id === invitation?.invitation_id),
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

interface CandidatesShown {
  typed?: Record<string, string>
  errors?: FieldErrors
}

async function candidatesPage(c: Ctx, { typed = {}, errors = {} }: CandidatesShown) {
  const cycle = await cycleOf(c)
  return page(
    c,
    <CandidatesPage
      t={c.var.t}
      cycle={cycle}
      contests={await askedIn(c, cycle)}
      time_zone={timeZone(c)}
      today={today(c)}
      may_edit={mayDo(actorOf(c), 'endorsements.edit')}
      typed={typed}
      errors={errors}
    />,
    { title: c.var.t('endorsements.candidates'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

/** What of a form is an answer, as it is kept. */
const typedIn = (questions: readonly Question[], sent: Typed): Record<string, string> =>
  Object.fromEntries(
    questions
      .flatMap(({ question_id, choices }) =>
        (['choice', 'text', 'link', 'file', ...choices.keys()] as const).map((part) => fieldOf(question_id, part)),
      )
      .flatMap((field) => {
        const value = (sent[field] ?? '').replaceAll('\r\n', '\n').trim().slice(0, 60_000)
        return value ? [[field, value]] : []
      }),
  )

interface Shown {
  /** What was typed and is not taken. */
  unsent?: Typed
  status?: 200 | 410
}

function privatePage(c: Ctx, opened: Opened, { unsent, status = 200 }: Shown) {
  const { submissions, taking, invitation, questions, files } = opened
  const around = aroundOf(opened)
  const typed = unsent ?? (submissions.length === 0 ? invitation.typed : null) ?? {}
  if (isTaken(taking) && (submissions.length === 0 || c.req.query('amend') === '1'))
    return answersPage(c, { ...opened, taking, typed: invitation.typed ?? {}, seen: invitation.typed ?? {}, signed_by: '' }, 200) // prettier-ignore
  return documentOf(
    c,
    opened,
    <ReceiptPage {...around} {...{ taking, submissions, questions, files }} unsent={isTaken(taking) ? {} : typed} />,
    status,
  )
}

interface Filled
  extends Opened, Pick<AnswersPageProps, 'typed' | 'signed_by' | 'problems' | 'sign_problem' | 'notice' | 'twice'> {
  taking: 'open' | 'late'
  /** As the page knows it is saved. */
  seen: Record<string, string>
}

function answersPage(c: Ctx, opened: Filled, status: 200 | 409 | 422 | 429) {
  const { t, taking, questions, files, typed, seen, signed_by, problems, sign_problem, notice, twice, invitation, submissions } = opened // prettier-ignore
  const sent_at = submissions[0]?.sent_at ?? null
  const isSentAsSaved = sent_at !== null && invitation.saved_at !== null && invitation.saved_at <= sent_at
  // Under each field in which both wrote stands what the other device saved.
  const meanwhile = twice && {
    t,
    seen: typed,
    typed,
    saved: Object.fromEntries(twice.map((field) => [field, seen[field] ?? ''])),
    by: null,
    at: invitation.saved_at,
    time_zone: opened.organization.time_zone,
  }
  return documentOf(
    c,
    opened,
    <MeanwhileContext value={meanwhile ?? null}>
      <AnswersPage
        {...aroundOf(opened)}
        {...{ taking, questions, files, typed, seen, signed_by, problems, sign_problem, notice, twice }}
        saved_at={status === 200 && !isSentAsSaved ? invitation.saved_at : null}
        sent_at={sent_at}
      />
    </MeanwhileContext>,
    status,
  )
}
