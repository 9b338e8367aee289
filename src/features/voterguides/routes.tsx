import { z } from 'zod'
import { inTransaction } from '../../platform/db/db.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { publicLanguages, type LocalizedText } from '../../platform/i18n/languages.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { askedCampaign, linkMade } from '../campaigns/parts/commands.ts'
import { contestsOf, election } from '../elections/contests/queries.ts'
import { isRunning } from '../elections/contests/rules.ts'
import { contestsHeld, cycleById, cyclesOf, electionsToChoose } from '../endorsements/cycles/queries.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../platform/http/of-request.ts'
import { textsOf } from '../endorsements/of-request.ts'
import { questionsOf } from '../endorsements/questions/queries.ts'
import { organizationSettings } from '../organizations/queries.ts'
import { addClaim, changeClaim, isDraft, makeGuide, moveIssue, publish, removeClaim, removeDraft, removeIssue, saveGuide, saveIssue, takeAnswers, withdrawGuide } from './commands.ts' // prettier-ignore
import './messages.ts'
import { AgendaPage, IssuePage, issueValues } from './pages/agenda.tsx'
import { AnswersPage, ClaimPage, claimValues, GuideContestPage, issueField } from './pages/claims.tsx'
import { EditGuidePage, guideValues, NewGuidePage } from './pages/edit.tsx'
import { list, nameIn, text } from './pages/fields.tsx'
import { GuidePage } from './pages/guide.tsx'
import { GuidesPage } from './pages/guides.tsx'
import { PreviewPage } from './pages/preview.tsx'
import { agendaOf, chosenIn, claimById, claimsOf, contentOf, guideById, guidesOf, guidesWith, mappingOf, mayShowAnswers, newerAnswers, versionsOf, type ClaimRow, type Guide } from './queries.ts' // prettier-ignore
import { proofsOf } from './replies/queries.ts'
import { mayReply, saidAnewIn, sumsIn } from './replies/rules.ts'
import { hasLostMark, keyOf } from './rules.ts'
import { candidateName, wordsFor } from './reading.tsx'
import type { Older } from './older.ts'
import {
  AnswerForm,
  ClaimForm,
  GuideForm,
  MoveForm,
  NewGuideForm,
  PublishForm,
  type Attribution,
  type Content,
} from './schema.ts'
import { publicTranslator } from './translate.ts'

const view = allow('voterguides.view')
const edit = allow('voterguides.edit')
const fields = z.record(z.string(), z.unknown())
const one = `${list}/:guide`

/** Guides as they are written, and the agenda they compare by. */
export const voterguideRoutes = room()
  .get(list, view, async (c) => {
    const guides = await guidesOf(c.var.db, actorOf(c).organization_id)
    return page(c, <GuidesPage t={c.var.t} guides={guides} may_edit={mayEdit(c)} />, { title: c.var.t('voterguides.title') }) // prettier-ignore
  })
  .get(`${list}/agenda`, view, (c) => agendaPage(c))
  .post(`${list}/agenda`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const texts = issueTexts(c, typed)
    if (Object.keys(texts.name).length === 0) return agendaPage(c, typed, { name: 'voterguides.issue_needed' })
    await saveIssue(c.var.db, actorOf(c), null, texts, now(c))
    return c.redirect(`${list}/agenda`, 303)
  })
  .get(`${list}/agenda/:issue`, edit, (c) => issuePage(c))
  .post(`${list}/agenda/:issue`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const { issue_id } = await issueOf(c)
    const texts = issueTexts(c, typed)
    if (Object.keys(texts.name).length === 0) return issuePage(c, { typed, errors: { name: 'voterguides.issue_needed' } }) // prettier-ignore
    const saved = await saveUnlessChanged(c, {
      subject: 'agenda_issue',
      subject_id: issue_id,
      in_trail: (name) => [name.replace(/_.+$/, '')],
      values: async (tx) => issueValues(found((await agendaOf(tx, actorOf(c).organization_id)).find((each) => each.issue_id === issue_id))), // prettier-ignore
      save: (tx) => saveIssue(tx, actorOf(c), issue_id, { ...texts, is_same: typed.is_same === 'yes' }, now(c)),
    })
    if (!saved.ok) return issuePage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`${list}/agenda`, 303)
  })
  .post(`${list}/agenda/:issue/remove`, edit, async (c) => {
    const { issue_id } = await issueOf(c)
    const removed = await removeIssue(c.var.db, actorOf(c), issue_id)
    return removed.ok ? c.redirect(`${list}/agenda`, 303) : issuePage(c, { errors: { '': 'voterguides.issue_used' } })
  })
  .post(`${list}/agenda/:issue/move`, edit, async (c) => {
    const { issue_id } = await issueOf(c)
    const { value } = await readForm(c, MoveForm)
    if (!value) return agendaPage(c, {}, { name: 'form.invalid' })
    await moveIssue(c.var.db, actorOf(c), issue_id, value.to, now(c))
    return c.redirect(`${list}/agenda`, 303)
  })
  .get(`${list}/new`, edit, async (c) => {
    const { campaign } = c.req.query()
    return newPage(c, { ...(await fromCycle(c)), ...(campaign && { campaign }) })
  })
  .post(`${list}/new`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, NewGuideForm)
    const texts = guideTexts(c, typed)
    const offered = await electionsToChoose(c.var.db, today(c))
    const wrong: FieldErrors = {
      ...errors,
      ...(value && !offered.some(({ election_id }) => election_id === value.election_id) && { election_id: 'form.invalid' }), // prettier-ignore
      ...untitled(texts.title),
      ...(value?.cycle_id &&
        !(await cycleById(c.var.db, actorOf(c).organization_id, value.cycle_id)) && { cycle_id: 'form.invalid' }),
    }
    if (!value || Object.keys(wrong).length > 0) return newPage(c, typed, wrong)
    const campaign = await askedCampaign(c.var.db, actorOf(c), typed.campaign, null)
    const guide_id = await inTransaction(c.var.db, async (tx) => {
      const made = await makeGuide(tx, actorOf(c), { ...value, ...texts }, now(c))
      await linkMade(tx, actorOf(c), campaign, { kind: 'voter_guide', part_id: made }, now(c))
      return made
    })
    return c.redirect(`${list}/${guide_id}/edit`, 303)
  })
  .get(one, view, (c) => guidePage(c))
  .get(`${one}/edit`, edit, (c) => editPage(c))
  .post(`${one}/edit`, edit, async (c) => {
    const { typed, all, errors, value } = await readForm(c, GuideForm)
    const guide = await guideOf(c)
    const { guide_id, organization_id } = guide
    const texts = guideTexts(c, typed)
    const wrong: FieldErrors = { ...errors, ...untitled(texts.title), ...(value && (await unknownIn(c, guide, value))), ...(value && payerMissing(value)) } // prettier-ignore
    if (!value || Object.keys(wrong).length > 0) return editPage(c, { typed, all, errors: wrong })
    const saved = await saveUnlessChanged(c, {
      subject: 'voter_guide',
      subject_id: guide_id,
      in_trail: (name) => [name.replace(/^(title|audience|intro|attribution)_.+$/, '$1')],
      values: async (tx) => guideValues(found(await guideById(tx, organization_id, guide_id)), await chosenIn(tx, guide)), // prettier-ignore
      save: (tx) =>
        saveGuide(tx, actorOf(c), guide_id, { ...chosenOf(value), ...texts, is_same: typed.is_same === 'yes' }, now(c)),
    })
    if (!saved.ok) return editPage(c, { typed, all, meanwhile: saved.meanwhile })
    return c.redirect(`${list}/${guide_id}`, 303)
  })
  .get(`${one}/answers`, edit, (c) => answersPage(c, null))
  .post(`${one}/answers`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const guide = await guideOf(c)
    if (!guide.cycle_id || !Object.keys(typed).some((name) => name.startsWith('issue_')))
      return answersPage(c, null, 422)
    const { issue_ids } = await chosenIn(c.var.db, guide)
    const mapping = new Map(
      (await questionsFor(c, guide)).flatMap(({ question_id }): [string, string][] => {
        const issue_id = typed[issueField(question_id)] ?? ''
        return issue_ids.includes(issue_id) ? [[question_id, issue_id]] : []
      }),
    )
    const at = { now: now(c), time_zone: timeZone(c) }
    const taken = await takeAnswers(c.var.db, actorOf(c), guide.guide_id, mapping, at)
    return answersPage(c, taken, taken === 'answers_private' ? 422 : 200)
  })
  .get(`${one}/contests/:contest`, view, async (c) => {
    const guide = await guideOf(c)
    const contest = await contestIn(c, guide)
    return page(
      c,
      <GuideContestPage
        t={c.var.t}
        guide={guide}
        contest={contest}
        issues={await issuesIn(c, guide)}
        claims={await claimsOf(c.var.db, guide)}
        languages={languagesOf(c)}
        may_edit={mayEdit(c)}
      />,
      { title: titleOf(c, guide) },
    )
  })
  .get(`${one}/contests/:contest/new`, edit, (c) => newClaimPage(c))
  .post(`${one}/contests/:contest/new`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, ClaimForm)
    const guide = await guideOf(c)
    const { contest_id, candidates } = await contestIn(c, guide)
    const text = textsOf(typed, 'text', spokenIn(c), 5000)
    const isRunner = candidates.some(({ candidate_id, status }) => candidate_id === value?.candidate_id && isRunning(status)) // prettier-ignore
    const wrong = { ...errors, ...untold(value, text, spokenIn(c)), ...(await strayIssue(c, guide, value)), ...(value && !isRunner && { '': 'form.invalid' }) } // prettier-ignore
    if (!value || Object.keys(wrong).length > 0) return newClaimPage(c, { typed, errors: wrong })
    await addClaim(c.var.db, actorOf(c), guide.guide_id, { ...value, contest_id, text }, now(c))
    return c.redirect(`${list}/${guide.guide_id}/contests/${contest_id}`, 303)
  })
  .get(`${one}/claims/:claim`, edit, (c) => claimPage(c))
  .post(`${one}/claims/:claim`, edit, async (c) => {
    const guide = await guideOf(c)
    const claim = await claimOf(c, guide)
    const { guide_id } = guide
    const { claim_id, contest_id } = claim
    const isTyped = claim.question_id === null
    const { typed, errors, value } = await readForm<ClaimChanged>(c, isTyped ? ClaimForm : AnswerForm)
    const text = textsOf(typed, 'text', spokenIn(c, claim), 5000)
    const wrong = { ...errors, ...(claim.original !== null && untold(value, text, spokenIn(c, claim))), ...(await strayIssue(c, guide, value)) } // prettier-ignore
    if (!value || Object.keys(wrong).length > 0) return claimPage(c, { typed, errors: wrong })
    const { candidate_id: _, ...told } = value
    const written = { ...told, text, is_same: typed.is_same === 'yes' }
    const saved = await saveUnlessChanged(c, {
      subject: 'voter_guide_claim',
      subject_id: claim_id,
      in_trail: (name) => [name.replace(/^text_.+$/, 'text')],
      values: async (tx) => claimValues(found(await claimById(tx, guide, claim_id))),
      save: (tx) => changeClaim(tx, actorOf(c), { guide_id, claim_id }, written, now(c)),
    })
    if (!saved.ok) return claimPage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`${list}/${guide_id}/contests/${contest_id}`, 303)
  })
  .post(`${one}/claims/:claim/remove`, edit, async (c) => {
    const guide = await guideOf(c)
    const { claim_id, contest_id } = await claimOf(c, guide)
    await removeClaim(c.var.db, actorOf(c), guide.guide_id, claim_id, now(c))
    return c.redirect(`${list}/${guide.guide_id}/contests/${contest_id}`, 303)
  })
  .get(`${one}/preview`, view, (c) => previewPage(c))
  .post(`${one}/withdraw`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const { guide_id } = await guideOf(c)
    const reason = textsOf(typed, 'reason', languagesOf(c), 1000)
    if (Object.keys(reason).length === 0) return guidePage(c, { typed, errors: { reason: 'voterguides.withdraw_reason_needed' } }) // prettier-ignore
    await withdrawGuide(c.var.db, actorOf(c), guide_id, reason, now(c))
    return c.redirect(`${list}/${guide_id}`, 303)
  })
  .post(`${one}/remove`, edit, async (c) => {
    await removeDraft(c.var.db, actorOf(c), (await guideOf(c)).guide_id)
    return c.redirect(list, 303)
  })
  .post(`${one}/publish`, allow('voterguides.publish'), async (c) => {
    const { typed, errors, value } = await readForm(c, PublishForm)
    if (!value) return previewPage(c, typed, errors)
    const { guide_id } = await guideOf(c)
    const reason = textsOf(typed, 'reason', languagesOf(c), 1000)
    const done = await publish(
      c.var.db,
      actorOf(c),
      guide_id,
      { key: value.key, reason },
      { ...around(c), now: now(c) },
    )
    if (done.ok) return c.redirect(`${list}/${guide_id}`, 303)
    return previewPage(c, typed, { [done.problem === 'reason_needed' ? 'reason' : '']: `voterguides.problem.${done.problem}` }) // prettier-ignore
  })

type ClaimChanged = z.infer<typeof AnswerForm> & Partial<ClaimForm>

const mayEdit = (c: Ctx): boolean => mayDo(actorOf(c), 'voterguides.edit')
const around = (c: Ctx) => ({ time_zone: timeZone(c), today: today(c) })
const titleOf = (c: Ctx, { title }: Guide): string => title[c.var.language] ?? Object.values(title)[0] ?? ''
const untitled = (title: LocalizedText): FieldErrors => Object.keys(title).length === 0 ? { title: 'voterguides.title_needed' } : {} // prettier-ignore
const statusOf = (errors: FieldErrors) => (Object.keys(errors).length > 0 ? 422 : 200)

const guideOf = async (c: Ctx) => found(await guideById(c.var.db, actorOf(c).organization_id, idParam(c, 'guide')))
const claimOf = async (c: Ctx, guide: Guide) => found(await claimById(c.var.db, guide, idParam(c, 'claim')))
const issueOf = async (c: Ctx) => {
  const issue_id = idParam(c, 'issue')
  return found((await agendaOf(c.var.db, actorOf(c).organization_id)).find((each) => each.issue_id === issue_id))
}

const guideTexts = (c: Ctx, typed: Record<string, string>) => ({
  title: textsOf(typed, 'title', writtenIn(c), 120),
  audience: textsOf(typed, 'audience', writtenIn(c), 200),
  intro: textsOf(typed, 'intro', writtenIn(c), 3000),
})
const issueTexts = (c: Ctx, typed: Record<string, string>) => ({
  name: textsOf(typed, 'name', writtenIn(c), 80),
  about: textsOf(typed, 'about', writtenIn(c), 300),
})

/** Languages everybody may read a guide in: those of the organization, and the four of public pages. */
const writtenIn = (c: Ctx): string[] => [...new Set([...languagesOf(c), ...publicLanguages])]

/** Languages a candidate may have said something in: also those the organization does not write itself. */
const spokenIn = (c: Ctx, claim?: ClaimRow): string[] => [
  ...new Set([...writtenIn(c), ...(claim ? [claim.original_language] : [])]),
]

type GuideChosen = z.infer<typeof GuideForm>

/** A line that names nobody is none; that there is none has a reason. */
function payerMissing({ attribution_code, attribution_payer, attribution_more }: GuideChosen): FieldErrors {
  if (attribution_code === 'not_needed')
    return attribution_more === '' ? { attribution_more: 'voterguides.no_line_why' } : {}
  return attribution_code !== '' && attribution_payer === '' ? { attribution_payer: 'voterguides.payer_needed' } : {}
}

function attributionOf(code: GuideChosen['attribution_code'], payer: string, more: string): Attribution | null {
  if (code === '') return null
  return { code, payer: code === 'not_needed' ? '' : payer, more }
}

const chosenOf = ({ attribution_code, attribution_payer, attribution_more, ...chosen }: GuideChosen) => ({
  ...chosen,
  attribution: attributionOf(attribution_code, attribution_payer, attribution_more),
})

/** The text in its own language is needed; the issue is one of the lists. */
function untold(
  value: { original_language: string } | null,
  text: LocalizedText,
  offered: readonly string[],
): FieldErrors {
  if (!value) return {}
  if (!offered.includes(value.original_language)) return { original_language: 'form.invalid' }
  return text[value.original_language] ? {} : { text: 'voterguides.text_needed' }
}

/** The guide shows nothing under an issue it does not have. */
async function strayIssue(c: Ctx, guide: Guide, value: { issue_id?: string } | null): Promise<FieldErrors> {
  if (value?.issue_id === undefined) return {}
  const { issue_ids } = await chosenIn(c.var.db, guide)
  return issue_ids.includes(value.issue_id) ? {} : { issue_id: 'form.invalid' }
}

const contestsChosen = async (c: Ctx, guide: Guide) => {
  const { contest_ids } = await chosenIn(c.var.db, guide)
  return (await contestsOf(c.var.db, guide.election_id)).filter(({ contest_id }) => contest_ids.includes(contest_id))
}
const contestIn = async (c: Ctx, guide: Guide) =>
  found((await contestsChosen(c, guide)).find(({ contest_id }) => String(contest_id) === c.req.param('contest')))
const issuesIn = async (c: Ctx, guide: Guide) => {
  const { issue_ids } = await chosenIn(c.var.db, guide)
  return (await agendaOf(c.var.db, guide.organization_id)).filter(({ issue_id }) => issue_ids.includes(issue_id))
}
/** What the cycle asked, but for headings and files. */
const questionsFor = async (c: Ctx, guide: Guide) =>
  guide.cycle_id
    ? (await questionsOf(c.var.db, guide.organization_id, guide.cycle_id)).filter(({ kind }) => kind !== 'section' && kind !== 'file') // prettier-ignore
    : []

/** What was chosen is taken from lists; what is in none of them was never offered. */
async function unknownIn(c: Ctx, guide: Guide, value: z.infer<typeof GuideForm>): Promise<FieldErrors> {
  const contests = await contestsOf(c.var.db, guide.election_id)
  const issues = await agendaOf(c.var.db, guide.organization_id)
  const cycle = value.cycle_id ? await cycleById(c.var.db, guide.organization_id, value.cycle_id) : null
  return {
    ...(value.contest_ids.some((id) => !contests.some(({ contest_id }) => contest_id === id)) && { contest_ids: 'form.invalid' }), // prettier-ignore
    ...(value.issue_ids.some((id) => !issues.some(({ issue_id }) => issue_id === id)) && { issue_ids: 'form.invalid' }),
    ...(cycle === undefined && { cycle_id: 'form.invalid' }),
  }
}

async function agendaPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const issues = await agendaOf(c.var.db, actorOf(c).organization_id)
  return page(
    c,
    <AgendaPage t={c.var.t} languages={languagesOf(c)} typed={typed} errors={errors} issues={issues} may_edit={mayEdit(c)} />, // prettier-ignore
    { title: c.var.t('voterguides.agenda'), status: statusOf(errors) },
  )
}

interface Shown {
  typed?: Record<string, string>
  all?: Record<string, string[]>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function issuePage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const issue = await issueOf(c)
  return page(
    c,
    <IssuePage
      t={c.var.t}
      languages={writtenIn(c)}
      typed={typed}
      errors={errors}
      issue={issue}
      guides={await guidesWith(c.var.db, actorOf(c).organization_id, issue.issue_id)}
    />,
    { title: c.var.t('voterguides.issue_change'), status: statusOf(errors), meanwhile },
  )
}

/** A guide that compares whom an endorsement cycle asked, as its result page offers it. */
async function fromCycle(c: Ctx): Promise<Record<string, string>> {
  const asked = z.uuid().safeParse(c.req.query('cycle'))
  const cycle = asked.success ? await cycleById(c.var.db, actorOf(c).organization_id, asked.data) : undefined
  const [held] = await contestsHeld(c.var.db, cycle?.rules?.contest_ids.slice(0, 1) ?? [])
  if (!cycle || !held) return {}
  return { cycle_id: cycle.cycle_id, election_id: String(held.election.election_id), kind: 'own' }
}

async function newPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const elections = await electionsToChoose(c.var.db, today(c))
  return page(
    c,
    <NewGuidePage t={c.var.t} languages={languagesOf(c)} typed={typed} errors={errors} elections={elections} />,
    { title: c.var.t('voterguides.new'), status: statusOf(errors) },
  )
}

async function guidePage(c: Ctx, { typed = {}, errors = {} }: Shown = {}) {
  const guide = await guideOf(c)
  const { organization_id, guide_id } = guide
  const chosen = await chosenIn(c.var.db, guide)
  const contests = await contestsChosen(c, guide)
  const claims = (await claimsOf(c.var.db, guide)).filter(({ issue_id }) => chosen.issue_ids.includes(issue_id))
  const versions = await versionsOf(c.var.db, guide)
  const content = await contentOf(c.var.db, guide, around(c))
  const { slug } = await organizationSettings(c.var.db, organization_id)
  return page(
    c,
    <GuidePage
      t={c.var.t}
      guide={guide}
      election={found(await election(c.var.db, guide.election_id))}
      contests={contests}
      issues={chosen.issue_ids.length}
      claims={claims}
      newer={await newerAnswers(c.var.db, guide, timeZone(c))}
      replies={sumsIn(content, await proofsOf(c.var.db, guide))}
      languages={languagesOf(c)}
      typed={typed}
      errors={errors}
      versions={versions}
      is_changed={versions[0] !== undefined && keyOf(versions[0].content) !== keyOf(content)}
      is_mark_withdrawn={hasLostMark(versions[0]?.content, content)}
      public_path={`/g/${slug}/${guide_id}`}
      time_zone={timeZone(c)}
      may_edit={mayEdit(c)}
      is_draft={await isDraft(c.var.db, guide)}
    />,
    { title: titleOf(c, guide), status: statusOf(errors) },
  )
}

async function editPage(c: Ctx, { typed = {}, all, errors = {}, meanwhile }: Shown = {}) {
  const guide = await guideOf(c)
  return page(
    c,
    <EditGuidePage
      t={c.var.t}
      languages={writtenIn(c)}
      typed={typed}
      errors={errors}
      guide={guide}
      election={found(await election(c.var.db, guide.election_id))}
      contests={await contestsOf(c.var.db, guide.election_id)}
      issues={await agendaOf(c.var.db, guide.organization_id)}
      cycles={(await cyclesOf(c.var.db, guide.organization_id)).filter(({ runoff_of }) => runoff_of === null)}
      chosen={await chosenIn(c.var.db, guide)}
      all={all ?? null}
    />,
    { title: c.var.t('voterguides.edit'), status: statusOf(errors), meanwhile },
  )
}

async function answersPage(c: Ctx, taken: Awaited<ReturnType<typeof takeAnswers>> | null, status: 200 | 422 = 200) {
  const guide = await guideOf(c)
  const isPrivate = guide.cycle_id !== null && !(await mayShowAnswers(c.var.db, guide))
  return page(
    c,
    <AnswersPage
      t={c.var.t}
      guide={guide}
      questions={await questionsFor(c, guide)}
      issues={await issuesIn(c, guide)}
      mapping={await mappingOf(c.var.db, guide)}
      taken={isPrivate ? 'answers_private' : taken}
    />,
    { title: c.var.t('voterguides.answers'), status },
  )
}

async function newClaimPage(c: Ctx, { typed = {}, errors = {} }: Shown = {}) {
  const guide = await guideOf(c)
  const contest = await contestIn(c, guide)
  const asked = typed.candidate_id ?? c.req.query('candidate')
  const candidate =
    contest.candidates.find(({ candidate_id }) => String(candidate_id) === asked) ?? contest.candidates[0]
  if (!candidate) throw new NotFound()
  return page(
    c,
    <ClaimPage
      t={c.var.t}
      languages={spokenIn(c)}
      typed={typed}
      errors={errors}
      guide={guide}
      contest={contest}
      candidate={candidate}
      issues={await issuesIn(c, guide)}
      claim={null}
      issue_id={c.req.query('issue') ?? ''}
    />,
    { title: c.var.t('voterguides.claim_new'), status: statusOf(errors) },
  )
}

async function claimPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const guide = await guideOf(c)
  const claim: ClaimRow = await claimOf(c, guide)
  const contest = found((await contestsOf(c.var.db, guide.election_id)).find((each) => each.contest_id === claim.contest_id)) // prettier-ignore
  return page(
    c,
    <ClaimPage
      t={c.var.t}
      languages={spokenIn(c, claim)}
      typed={typed}
      errors={errors}
      guide={guide}
      contest={contest}
      candidate={found(contest.candidates.find((each) => each.candidate_id === claim.candidate_id))}
      issues={await issuesIn(c, guide)}
      claim={claim}
      issue_id={claim.issue_id}
    />,
    { title: c.var.t('voterguides.claim_change'), status: statusOf(errors), meanwhile },
  )
}

async function previewPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const guide = await guideOf(c)
  const content = await contentOf(c.var.db, guide, around(c))
  const proofs = await proofsOf(c.var.db, guide)
  const versions = await versionsOf(c.var.db, guide)
  const { name } = await organizationSettings(c.var.db, guide.organization_id)
  const wished = c.req.query('lang') ?? ''
  const language = writtenIn(c).includes(wished) ? wished : c.var.language
  const words = wordsFor(language, c.var.language)
  return page(
    c,
    <PreviewPage
      t={c.var.t}
      languages={languagesOf(c)}
      typed={typed}
      errors={errors}
      guide={guide}
      replies={mayReply(guide.reply_until_on, today(c)) ? sumsIn(content, proofs) : null}
      said_anew={saidAnewIn(content, proofs)}
      older={await olderIn(c, guide, content)}
      reading={{
        t: publicTranslator(words),
        words,
        language,
        languages: writtenIn(c),
        path: '',
        url: '',
        content,
        organization: name,
        version: null,
        published_on: null,
      }}
      content_key={keyOf(content)}
      is_first={versions.length === 0}
      may_publish={mayDo(actorOf(c), 'voterguides.publish')}
      actor_id={actorOf(c).id}
      time_zone={timeZone(c)}
    />,
    { title: c.var.t('voterguides.preview'), status: statusOf(errors) },
  )
}

/** What of a guide the reader of its preview looks at once more: '한국어: Title', '한국어: Housing, Marcus Bell'. */
async function olderIn(c: Ctx, guide: Guide, { contests, issues: shown }: Content): Promise<string[]> {
  const { t } = c.var
  const issues = await issuesIn(c, guide)
  const nameOfIssue = (id: string) => issues.filter(({ issue_id }) => issue_id === id).map(({ name }) => text(t, name))
  const candidates = contests.flatMap((contest) => contest.candidates)
  const lines = (older: Older, nameOf: (field: string) => string) =>
    Object.entries(older).flatMap(([field, languages]) => languages.map((language) => `${nameIn(language)}: ${nameOf(field)}`)) // prettier-ignore
  return [
    ...lines(guide.older, (field) => t.dynamic(`voterguides.text.${field}`)),
    // Of issues somebody reads about in it.
    ...issues
      .filter(({ issue_id }) => shown.some((each) => each.issue_id === issue_id))
      .flatMap(({ name, older }) =>
        lines(older, (field) =>
          field === 'about' ? t('voterguides.about_of', { name: text(t, name) }) : text(t, name),
        ),
      ),
    ...(await claimsOf(c.var.db, guide)).flatMap(({ candidate_id, issue_id, older }) => {
      const who = candidates.find((each) => each.candidate_id === candidate_id)
      return who && shown.some((each) => each.issue_id === issue_id)
        ? lines(older, () => [...nameOfIssue(issue_id), candidateName(t, who)].join(', '))
        : []
    }),
  ]
}
