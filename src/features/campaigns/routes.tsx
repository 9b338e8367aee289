import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { isLanguage, type LocalizedText } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { candidatesOf as runnersOf, type CandidateWithPhoto } from '../elections/contests/queries.ts'
import { calendarOf, isRunning, ownDaysOf } from '../elections/contests/rules.ts'
import { daysOf } from '../elections/rules.ts'
import { archiveCampaign, changeCampaign, makeCampaign, restoreCampaign } from './commands.ts'
import './messages.ts'
import { languagesOf, now, timeZone, today } from '../../platform/http/of-request.ts'
import { campaignOf } from './of-request.ts'
import { CampaignPage } from './pages/campaign.tsx'
import { campaignValues, EditCampaignPage, NewCampaignPage, WhichContestPage } from './pages/edit.tsx'
import { list, text } from './pages/fields.tsx'
import { CampaignsPage } from './pages/list.tsx'
import { linkPart, unlinkPart } from './parts/commands.ts'
import { linkable, partsOf, reachedBy } from './parts/queries.ts'
import { places } from './parts/words.ts'
import { campaignById, campaignsOf, candidatesOf, contestsToCome, heldContest, hasCycle, teamOf, withdrawalsOf, type Campaign, type Held, type Somebody } from './queries.ts' // prettier-ignore
import { campaignProblem } from './rules.ts'
import { closedCampaigns, teamRows } from './team/queries.ts'
import { CampaignForm, LinkForm, NewCampaignForm, partKinds } from './schema.ts'

const view = allow('campaigns.view')
const edit = allow('campaigns.edit')
const one = `${list}/:campaign`

/** What is done around one contest or cause, in one place. */
export const campaignRoutes = room()
  .get(list, view, async (c) => {
    const campaigns = await campaignsOf(c.var.db, actorOf(c).organization_id)
    const held = new Map<number, Held>()
    for (const contest_id of new Set(campaigns.flatMap((each) => each.contest_id ?? []))) {
      const contest = await heldContest(c.var.db, contest_id)
      if (contest) held.set(contest_id, contest)
    }
    const closed = await closedCampaigns(c.var.db, actorOf(c), now(c))
    return page(
      c,
      <CampaignsPage t={c.var.t} {...{ campaigns, held, closed }} today={today(c)} may_edit={mayEdit(c)} />,
      {
        title: c.var.t('campaigns.title'),
      },
    )
  })
  .get(`${list}/new`, edit, async (c) => {
    const { contest, cycle, candidate } = c.req.query()
    if (contest === undefined) {
      const elections = await contestsToCome(c.var.db, today(c))
      return page(c, <WhichContestPage t={c.var.t} elections={elections} />, { title: c.var.t('campaigns.new') })
    }
    const contest_id = /^\d{1,9}$/.test(contest) ? Number(contest) : null
    if (contest !== 'none') found(contest_id)
    return newPage(c, { contest_id, cycle_id: cycle ?? '', candidate_id: Number(candidate ?? 0) })
  })
  .post(`${list}/new`, edit, async (c) => {
    const { typed, all, errors, value } = await readForm(c, NewCampaignForm)
    const texts = { name: textsOf(c, typed, 'name'), candidate: textsOf(c, typed, 'candidate') }
    const asked = /^\d{1,9}$/.test(typed.contest_id ?? '') ? Number(typed.contest_id) : null
    const around = { contest_id: asked, cycle_id: typed.cycle_id ?? '', candidate_id: 0 }
    const wrong: FieldErrors = { ...errors, ...unnamed(texts.name) }
    if (value) {
      const problem = campaignProblem({ ...value, candidate: texts.candidate })
      if (problem) wrong.lane = `campaigns.problem.${problem}`
      Object.assign(wrong, await strayIn(c, value, value.contest_id))
      if (value.cycle_id && !(await hasCycle(c.var.db, actorOf(c).organization_id, value.cycle_id)))
        wrong.contest_id = 'form.invalid'
    }
    const owner = value && (await somebody(c, value.owner_id))
    if (!value || !owner || Object.keys(wrong).length > 0) return newPage(c, around, { typed, all, errors: wrong })
    const { owner_id: _, ...told } = value
    const made = await makeCampaign(c.var.db, actorOf(c), { ...told, ...texts, owner }, now(c))
    if (!made.ok) return newPage(c, around, { typed, all, errors: { owner_id: `campaigns.problem.${made.problem}` } })
    return c.redirect(`${list}/${made.campaign_id}`, 303)
  })
  .get(one, view, (c) => campaignPage(c))
  .get(`${one}/edit`, edit, (c) => editPage(c))
  .post(`${one}/edit`, edit, async (c) => {
    const campaign = await campaignOf(c)
    const { campaign_id, organization_id, lane, contest_id } = campaign
    const { typed, all, errors, value } = await readForm(c, CampaignForm)
    const texts = { name: textsOf(c, typed, 'name'), candidate: textsOf(c, typed, 'candidate') }
    const wrong: FieldErrors = { ...errors, ...unnamed(texts.name) }
    if (value) {
      const problem = campaignProblem({ ...value, lane, contest_id, candidate: texts.candidate })
      if (problem) wrong.candidate_ids = `campaigns.problem.${problem}`
      Object.assign(wrong, await strayIn(c, value, contest_id))
    }
    const owner = value && (await somebody(c, value.owner_id, campaign))
    if (!value || !owner || Object.keys(wrong).length > 0) return editPage(c, { typed, all, errors: wrong })
    const { owner_id: _, ...told } = value
    const saved = await saveUnlessChanged(c, {
      subject: 'campaign',
      subject_id: campaign_id,
      in_trail: (name) => [name.replace(/^(name|candidate)_(\w\w)$/, '$1').replace(/^owner_id$/, 'owner')],
      values: async (tx) => {
        const before = found(await campaignById(tx, organization_id, campaign_id))
        const supported = await candidatesOf(tx, before)
        return campaignValues(before, supported.map(({ candidate_id }) => candidate_id)) // prettier-ignore
      },
      save: (tx) => changeCampaign(tx, actorOf(c), campaign_id, { ...told, ...texts, owner }, now(c)),
    })
    if (!saved.ok) return editPage(c, { typed, all, meanwhile: saved.meanwhile })
    if (!saved.value.ok)
      return editPage(c, { typed, all, errors: { owner_id: `campaigns.problem.${saved.value.problem}` } })
    return c.redirect(`${list}/${campaign_id}`, 303)
  })
  .post(`${one}/link`, edit, async (c) => {
    const { campaign_id } = await campaignOf(c)
    const { errors, value } = await readForm(c, LinkForm)
    if (!value) return campaignPage(c, errors)
    const linked = await linkPart(c.var.db, actorOf(c), campaign_id, value.part, now(c))
    if (!linked.ok) return campaignPage(c, { part: `campaigns.problem.${linked.problem}` })
    return c.redirect(`${list}/${campaign_id}`, 303)
  })
  .post(`${one}/unlink`, edit, async (c) => {
    const { campaign_id } = await campaignOf(c)
    const { errors, value } = await readForm(c, LinkForm)
    if (!value) return campaignPage(c, { '': errors.part ?? 'form.invalid' })
    await unlinkPart(c.var.db, actorOf(c), campaign_id, value.part)
    return c.redirect(`${list}/${campaign_id}`, 303)
  })
  .post(`${one}/archive`, edit, async (c) => {
    const { campaign_id } = await campaignOf(c)
    await archiveCampaign(c.var.db, actorOf(c), campaign_id, now(c))
    return c.redirect(`${list}/${campaign_id}`, 303)
  })
  .post(`${one}/restore`, edit, async (c) => {
    const { campaign_id } = await campaignOf(c)
    await restoreCampaign(c.var.db, actorOf(c), campaign_id)
    return c.redirect(`${list}/${campaign_id}`, 303)
  })

const mayEdit = (c: Ctx): boolean => mayDo(actorOf(c), 'campaigns.edit')
const atNow = (c: Ctx) => ({ now: now(c), today: today(c) })

const textsOf = (c: Ctx, typed: Readonly<Record<string, string>>, field: string): LocalizedText =>
  Object.fromEntries(
    languagesOf(c).flatMap((language) => {
      const said = (typed[`${field}_${language}`] ?? '').trim().slice(0, 120)
      return said ? [[language, said]] : []
    }),
  )

const unnamed = (name: LocalizedText): FieldErrors =>
  Object.keys(name).length === 0 ? { name: 'campaigns.name_needed' } : {}

/** Whoever may look after it: of the team, or the one who is there already. */
async function people(c: Ctx, campaign?: Campaign): Promise<Somebody[]> {
  const { id, name, organization_id } = actorOf(c)
  const team = await teamOf(c.var.db, organization_id)
  const others = [{ user_id: id, name }, ...(campaign ? [{ user_id: campaign.owner_id, name: campaign.owner }] : [])]
  return [...team, ...others.filter((each, at) => ![...team, ...others.slice(0, at)].some(({ user_id }) => user_id === each.user_id))] // prettier-ignore
}

const somebody = async (c: Ctx, user_id: string, campaign?: Campaign): Promise<Somebody> =>
  found((await people(c, campaign)).find((each) => each.user_id === user_id))

/** Candidates are those of its contest. */
async function strayIn(c: Ctx, { candidate_ids }: CampaignForm, contest_id: number | null): Promise<FieldErrors> {
  if (contest_id !== null && !(await heldContest(c.var.db, contest_id))) return { contest_id: 'form.invalid' }
  const runners = contest_id === null ? [] : await runnersOf(c.var.db, contest_id)
  const isStray = candidate_ids.some((id) => !runners.some(({ candidate_id }) => candidate_id === id))
  return isStray ? { candidate_ids: 'form.invalid' } : {}
}

interface Shown {
  typed?: Record<string, string>
  all?: Record<string, string[]>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

const statusOf = (errors: FieldErrors): 200 | 422 => (Object.keys(errors).length > 0 ? 422 : 200)

const daysIn = (held: Held | null) => {
  const row = held && calendarOf(held.election)
  return row ? daysOf(row) : held ? ownDaysOf(held.election) : []
}

/** Those who still run, and whom it is for already. */
async function runnersIn(c: Ctx, contest_id: number | null, chosen: readonly number[]): Promise<CandidateWithPhoto[]> {
  const all = contest_id === null ? [] : await runnersOf(c.var.db, contest_id)
  return all.filter(({ candidate_id, status }) => isRunning(status) || chosen.includes(candidate_id))
}

const chosenIn = (all: Record<string, string[]> | undefined): number[] | undefined =>
  all && (all.candidate_ids ?? []).map(Number)

async function newPage(
  c: Ctx,
  { contest_id, cycle_id, candidate_id }: { contest_id: number | null; cycle_id: string; candidate_id: number },
  { typed = {}, all, errors = {} }: Shown = {},
) {
  const held = contest_id === null ? null : found(await heldContest(c.var.db, contest_id))
  const chosen = chosenIn(all) ?? (candidate_id ? [candidate_id] : [])
  const runners = await runnersIn(c, contest_id, [])
  const first = runners.find((each) => chosen.includes(each.candidate_id))
  const name: LocalizedText = Object.fromEntries(
    languagesOf(c).flatMap((language) =>
      first && isLanguage(language)
        ? [[language, translator(language)('campaigns.name_for', { name: first.names[language] ?? first.name })]]
        : [],
    ),
  )
  const values = {
    starts_on: today(c),
    ends_on: held && held.election.held_on >= today(c) ? held.election.held_on : '',
    owner_id: actorOf(c).id,
  }
  return page(
    c,
    <NewCampaignPage
      t={c.var.t}
      languages={languagesOf(c)}
      days={daysIn(held)}
      people={await people(c)}
      lane={held ? '' : 'non_partisan'}
      candidate={{}}
      {...{ held, runners, values, name, chosen, cycle_id, typed, errors }}
    />,
    { title: c.var.t('campaigns.new'), status: statusOf(errors) },
  )
}

async function editPage(c: Ctx, { typed = {}, all, errors = {}, meanwhile }: Shown = {}) {
  const campaign = await campaignOf(c)
  const { db } = c.var
  const held = campaign.contest_id === null ? null : ((await heldContest(db, campaign.contest_id)) ?? null)
  const saved = (await candidatesOf(db, campaign)).map(({ candidate_id }) => candidate_id)
  const chosen = chosenIn(all) ?? saved
  return page(
    c,
    <EditCampaignPage
      t={c.var.t}
      languages={languagesOf(c)}
      days={daysIn(held)}
      people={await people(c, campaign)}
      runners={await runnersIn(c, campaign.contest_id, saved)}
      values={campaignValues(campaign, saved)}
      name={campaign.name}
      candidate={campaign.candidate ?? {}}
      {...{ campaign, held, saved, chosen, typed, errors }}
    />,
    { title: c.var.t('campaigns.edit'), status: statusOf(errors), meanwhile },
  )
}

async function campaignPage(c: Ctx, errors: FieldErrors = {}) {
  const campaign = await campaignOf(c)
  const { db } = c.var
  const actor = actorOf(c)
  const may_edit = mayEdit(c)
  return page(
    c,
    <CampaignPage
      t={c.var.t}
      campaign={campaign}
      held={campaign.contest_id === null ? null : ((await heldContest(db, campaign.contest_id)) ?? null)}
      candidates={await candidatesOf(db, campaign)}
      withdrawals={await withdrawalsOf(db, campaign)}
      parts={await partsOf(db, campaign, atNow(c))}
      team={(await teamRows(db, campaign)).flatMap(({ left_at, name }) => (left_at ? [] : [name]))}
      linkable={may_edit && !campaign.archived_at ? await linkable(db, actorOf(c), campaign, atNow(c)) : []}
      reached={await reachedBy(db, campaign)}
      today={today(c)}
      time_zone={timeZone(c)}
      may={{
        edit: may_edit,
        opens: partKinds.filter((kind) => mayDo(actor, places[kind].view)),
        makes: partKinds.filter((kind) => mayDo(actor, places[kind].edit)),
        result: mayDo(actor, 'endorsements.view'),
      }}
      errors={errors}
    />,
    { title: text(c.var.t, campaign.name), status: statusOf(errors) },
  )
}
