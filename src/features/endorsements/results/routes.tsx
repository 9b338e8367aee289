import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import type { Db } from '../../../platform/db/db.ts'
import { Forbidden, found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { isLanguage, languages, type Language } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { membershipKinds } from '../../people/membership/queries.ts'
import { invitationsOf } from '../answers/queries.ts'
import { countsOf, rollCounts, voteOf, type Vote } from '../ballots/queries.ts'
import { labelOf } from '../ballots/words.ts'
import { contestsHeld, cycleById, runoffOf } from '../cycles/queries.ts'
import '../mails/messages.ts'
import { idParam, languagesOf, now, timeZone } from '../../../platform/http/of-request.ts'
import { textsOf } from '../of-request.ts'
import { announce, saveLetterText, saveStatement, sendLetter, withdraw } from './commands.ts'
import { letterPdf, letterTo } from './letter.ts'
import { minutesPdf, type OtherRound } from './minutes.ts'
import { LetterPage, LetterTextPage, letterTextValues, NotCountedPage, resultPath, ResultsPage, StatementPage, WithdrawPage } from './pages.tsx' // prettier-ignore
import { announcementOf, isWithdrawn, lettersOf, letterTextOf, revisionsOf, statementsOf, voteFacts, type Statement } from './queries.ts' // prettier-ignore
import { endorsedOf } from './rules.ts'
import { LetterForm, letterKinds, longest } from './schema.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const here = '/endorsements/:cycle/result'
const fields = z.record(z.string(), z.unknown())

/** After the count: what is said of each contest, the announcement, minutes, letters, and what changes later. */
export const endorsementResultRoutes = room()
  .get(here, view, async (c) => {
    const { db, t } = c.var
    const actor = actorOf(c)
    const cycle = await cycleOf(c)
    const vote = await voteOf(db, actor.organization_id, cycle.cycle_id)
    const title = { title: t('outcome.title') }
    if (!vote?.counted_at) return page(c, <NotCountedPage t={t} cycle={cycle} />, title)
    const { slug } = await organizationSettings(db, actor.organization_id)
    return page(
      c,
      <ResultsPage
        t={t}
        cycle={cycle}
        vote={vote}
        counts={await countsOf(db, vote)}
        contests={await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id))}
        statements={await statementsOf(db, vote)}
        revisions={await revisionsOf(db, vote)}
        announced={(await announcementOf(db, vote)) ?? null}
        letters={await lettersOf(db, vote)}
        languages={languagesOf(c)}
        public_path={`/c/${slug}/${cycle.cycle_id}`}
        time_zone={timeZone(c)}
        may={{
          edit: mayDo(actor, 'endorsements.edit'),
          roll: mayDo(actor, 'endorsements.roll'),
          phonebanks: mayDo(actor, 'phonebanks.edit'),
          scripts: mayDo(actor, 'scripts.edit'),
          mailings: mayDo(actor, 'mailings.edit'),
          postal: mayDo(actor, 'postal.edit'),
          guides: mayDo(actor, 'voterguides.edit'),
          campaigns: mayDo(actor, 'campaigns.edit'),
          contributions: mayDo(actor, 'contributions.propose'),
        }}
      />,
      title,
    ) // prettier-ignore
  })
  .get(`${here}/statements/:contest`, edit, (c) => statementPage(c))
  .post(`${here}/statements/:contest`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const { contest_id } = await countedContest(c)
    const cycle_id = idParam(c, 'cycle')
    const said = {
      statement: textsOf(typed, 'statement', languagesOf(c), longest.statement),
      reasons: textsOf(typed, 'reasons', languagesOf(c), longest.reasons),
      reason: textsOf(typed, 'reason', languagesOf(c), longest.reason),
    }
    const saved = await saveUnlessChanged(c, {
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      in_trail: (name) => [name.replace(/_.+$/, '')],
      about: { contest_id: String(contest_id) },
      values: async (tx) =>
        statementValues(languagesOf(c), await statementOf(tx, c, contest_id)),
      save: (tx) => saveStatement(tx, actorOf(c), { cycle_id, contest_id }, said, now(c)),
    }) // prettier-ignore
    if (!saved.ok) return statementPage(c, { typed, meanwhile: saved.meanwhile })
    if (!saved.value.ok) return statementPage(c, { typed, errors: { reason: `outcome.${saved.value.problem}` } })
    return back(c)
  })
  .post(`${here}/announce`, edit, async (c) => {
    await countedVote(c)
    await announce(c.var.db, actorOf(c), idParam(c, 'cycle'), now(c))
    return back(c)
  })
  .get(`${here}/minutes`, view, async (c) => {
    const { db } = c.var
    const { organization_id } = actorOf(c)
    const vote = await countedVote(c)
    const { name, time_zone } = await organizationSettings(db, organization_id)
    const language = languageIn(c) ?? c.var.language
    const is_whole = c.req.query('for') !== 'everybody'
    if (is_whole && !mayDo(actorOf(c), 'endorsements.roll')) throw new Forbidden()
    const file = await minutesPdf(translator(language), {
      cycle: await cycleOf(c),
      other: await otherRoundOf(c, vote),
      vote,
      contests: await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id)),
      kinds: await membershipKinds(db, organization_id),
      roll: await rollCounts(db, vote),
      facts: await voteFacts(db, vote),
      counts: await countsOf(db, vote),
      statements: await statementsOf(db, vote),
      revisions: await revisionsOf(db, vote),
      organization: name,
      time_zone,
      is_whole,
      now: now(c),
    }) // prettier-ignore
    await auditPrint(c, 'endorsement.print_minutes', { language, is_whole })
    return pdfAnswer(file, 'minutes')
  })
  .get(`${here}/letters/texts/:kind`, edit, (c) => letterTextPage(c))
  .post(`${here}/letters/texts/:kind`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const kind = kindIn(c)
    const vote = await countedVote(c)
    const words = {
      subject: textsOf(typed, 'subject', languages, longest.subject),
      body: textsOf(typed, 'body', languages, longest.body),
    }
    const saved = await saveUnlessChanged(c, {
      subject: 'endorsement_cycle',
      subject_id: vote.cycle_id,
      in_trail: (name) => [name.replace(/_.+$/, '')],
      about: { kind },
      values: async (tx) => letterTextValues(kind, (await letterTextOf(tx, vote, kind)) ?? null),
      save: (tx) => saveLetterText(tx, actorOf(c), vote.cycle_id, kind, words),
    })
    return saved.ok ? back(c) : letterTextPage(c, { typed, meanwhile: saved.meanwhile })
  })
  .get(`${here}/letters/:candidate`, edit, (c) => letterPage(c))
  .post(`${here}/letters/:candidate`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, LetterForm)
    if (!value) return letterPage(c, { typed, errors })
    const { candidate_id, letter } = await letterOf(c, value.language)
    const of = { cycle_id: idParam(c, 'cycle'), candidate_id }
    await sendLetter(c.var.db, actorOf(c), of, { ...letter, ...value }, now(c))
    return c.redirect(`${resultPath(of.cycle_id)}/letters/${candidate_id}`, 303)
  })
  .get(`${here}/letters/:candidate/pdf`, edit, async (c) => {
    const { candidate_id, sent, language, letter } = await letterOf(c, languageIn(c))
    const settings = await organizationSettings(c.var.db, actorOf(c).organization_id)
    const file = await letterPdf({ language, ...letter }, settings, sent?.asked_at ?? now(c))
    await auditPrint(c, 'endorsement.print_letter', { candidate_id, language })
    return pdfAnswer(file, 'letter')
  })
  .get(`${here}/withdraw/:candidate`, edit, (c) => withdrawPage(c))
  .post(`${here}/withdraw/:candidate`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const { candidate_id } = await endorsedHere(c)
    const reason = textsOf(typed, 'reason', languagesOf(c), longest.reason)
    if (Object.keys(reason).length === 0) return withdrawPage(c, typed, { reason: 'outcome.reason_needed' })
    await withdraw(c.var.db, actorOf(c), { cycle_id: idParam(c, 'cycle'), candidate_id }, reason, now(c))
    return back(c)
  })

/** The run-off of a counted vote, or the vote it is the run-off of. */
async function otherRoundOf(c: Ctx, { organization_id, cycle_id }: Vote): Promise<OtherRound | null> {
  const { db } = c.var
  const { runoff_of } = await cycleOf(c)
  const other_id = runoff_of ?? (await runoffOf(db, organization_id, cycle_id))?.cycle_id
  const vote = other_id && (await voteOf(db, organization_id, other_id))
  if (!vote || !vote.counted_at) return null
  return { is_runoff: runoff_of === null, vote, roll: await rollCounts(db, vote), counts: await countsOf(db, vote) }
}

const cycleOf = async (c: Ctx) => found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))
const back = (c: Ctx): Response => c.redirect(resultPath(idParam(c, 'cycle')), 303)

const auditPrint = (c: Ctx, action: string, after: Record<string, unknown>): Promise<void> =>
  audit(c.var.db, actorOf(c), { action, subject: 'endorsement_cycle', subject_id: idParam(c, 'cycle'), after })

/** There is nothing of it until the ballots are counted. */
async function countedVote(c: Ctx) {
  const vote = found(await voteOf(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))
  if (!vote.counted_at) throw new NotFound()
  return vote
}

const countedContest = async (c: Ctx) =>
  found(
    (await countsOf(c.var.db, await countedVote(c))).find((each) => String(each.contest_id) === c.req.param('contest')),
  )

const kindIn = (c: Ctx) => found(letterKinds.find((each) => each === c.req.param('kind')))

function languageIn(c: Ctx): Language | null {
  const asked = c.req.query('language')
  return isLanguage(asked) ? asked : null
}

/** Whoever stood on the ballot under this number, in which contest, and whether they are endorsed. */
async function candidateHere(c: Ctx) {
  const counts = await countsOf(c.var.db, await countedVote(c))
  const of = counts.flatMap(({ contest_id, contest, account }) =>
    contest.candidates.map((candidate) => ({ contest_id, contest, account, candidate })),
  )
  const here = found(of.find(({ candidate }) => String(candidate.candidate_id) === c.req.param('candidate')))
  const { contest, account, candidate } = here
  return {
    ...here,
    candidate_id: candidate.candidate_id,
    name: labelOf(c.var.t, contest, candidate.name),
    is_endorsed: endorsedOf(contest, account).includes(candidate),
  }
}

async function endorsedHere(c: Ctx) {
  const here = await candidateHere(c)
  if (!here.is_endorsed) throw new NotFound()
  return here
}

/** Where a campaign is written to; in a run-off, as before the first vote. */
async function invitationTo(c: Ctx, cycle_id: string, candidate_id: number) {
  const { organization_id } = actorOf(c)
  const { runoff_of } = found(await cycleById(c.var.db, organization_id, cycle_id))
  for (const cycle of [cycle_id, ...(runoff_of ? [runoff_of] : [])]) {
    const invitations = await invitationsOf(c.var.db, organization_id, cycle)
    const invitation = invitations.find((each) => each.candidate_id === candidate_id)
    if (invitation) return invitation
  }
  return undefined
}

/** A candidate's letter as it was sent, else as it reads now; in their language unless another is asked for. */
async function letterOf(c: Ctx, asked: Language | null) {
  const { db, installation } = c.var
  const { organization_id } = actorOf(c)
  const vote = await countedVote(c)
  const of = await candidateHere(c)
  const { contest_id, candidate_id, is_endorsed } = of
  const invitation = await invitationTo(c, vote.cycle_id, candidate_id)
  const sent = (await lettersOf(db, vote)).find((each) => each.candidate_id === candidate_id) ?? null
  // What their letter would say is no longer so.
  if (!sent?.sent_at && (await isWithdrawn(db, vote, candidate_id))) throw new NotFound()
  const language = sent?.sent_at ? sent.language : (asked ?? sent?.language ?? invitation?.language ?? 'en')
  const kind = is_endorsed ? 'endorsed' : 'other'
  const { name, slug } = await organizationSettings(db, organization_id)
  const letter = sent?.sent_at
    ? { subject: sent.subject, body: sent.body }
    : letterTo({
        kind,
        language,
        own: (await letterTextOf(db, vote, kind)) ?? null,
        candidate: of.candidate,
        held: (await contestsHeld(db, [contest_id]))[0],
        organization: name,
        statement: (await statementOf(db, c, contest_id))?.statement ?? {},
        page: `${installation.url}/c/${slug}/${vote.cycle_id}/result`,
      })
  return { ...of, sent, language, letter, email: invitation?.email ?? '' }
}

const statementOf = async (db: Db, c: Ctx, contest_id: number): Promise<Statement | undefined> =>
  (await statementsOf(db, { organization_id: actorOf(c).organization_id, cycle_id: idParam(c, 'cycle') })).find(
    (each) => each.contest_id === contest_id,
  )

/** What the form of a statement holds. */
const statementValues = (of: readonly string[], said: Statement | undefined): FormValues =>
  Object.fromEntries(
    of.flatMap((language) => [
      [`statement_${language}`, said?.statement[language] ?? ''],
      [`reasons_${language}`, said?.reasons[language] ?? ''],
    ]),
  )

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile | undefined
}
const statusOf = (errors: FieldErrors): 200 | 422 => (Object.keys(errors).length > 0 ? 422 : 200)

async function statementPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const { db, t } = c.var
  const contest = await countedContest(c)
  return page(
    c,
    <StatementPage
      t={t}
      cycle={await cycleOf(c)}
      contest={contest}
      contests={await contestsHeld(db, [contest.contest_id])}
      values={statementValues(languagesOf(c), await statementOf(db, c, contest.contest_id))}
      languages={languagesOf(c)}
      is_announced={(await announcementOf(db, await countedVote(c))) !== undefined}
      typed={typed}
      errors={errors}
    />,
    { title: t('outcome.write'), status: statusOf(errors), meanwhile },
  )
}

async function letterTextPage(c: Ctx, { typed = {}, meanwhile }: Shown = {}) {
  const kind = kindIn(c)
  const own = (await letterTextOf(c.var.db, await countedVote(c), kind)) ?? null
  return page(
    c,
    <LetterTextPage t={c.var.t} cycle={await cycleOf(c)} kind={kind} values={letterTextValues(kind, own)} typed={typed} errors={{}} />,
    { title: c.var.t(`outcome.letter_text.${kind}`), meanwhile },
  ) // prettier-ignore
}

async function letterPage(c: Ctx, { typed = {}, errors = {} }: Shown = {}) {
  const { candidate_id, name, language, letter, email, sent } = await letterOf(c, languageIn(c))
  return page(
    c,
    <LetterPage
      t={c.var.t}
      cycle={await cycleOf(c)}
      {...{ candidate_id, name, language, letter, email, sent, typed, errors }}
      time_zone={timeZone(c)}
    />,
    { title: c.var.t('outcome.letter_of', { name }), status: statusOf(errors) },
  )
}

async function withdrawPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { candidate_id, name } = await endorsedHere(c)
  return page(
    c,
    <WithdrawPage
      t={c.var.t}
      cycle={await cycleOf(c)}
      languages={languagesOf(c)}
      {...{ candidate_id, name, typed, errors }}
    />,
    { title: c.var.t('outcome.withdraw_of', { name }), status: statusOf(errors) },
  )
}
