import { audit } from '../../platform/audit.ts'
import { byteOrderMark, csvLine } from '../../platform/csv.ts'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { campaignById, hasCycle } from '../campaigns/queries.ts'
import { isKeptOut } from '../campaigns/team/queries.ts'
import { idParam, now, timeZone, today } from './of-request.ts'
import { organizationSettings } from '../organizations/queries.ts'
import { localized } from '../../platform/i18n/languages.ts'
import { approve, drop, give, proposeContribution, refund } from './commands.ts'
import './messages.ts'
import { ContributionPage, ContributionsPage, list, ProposePage } from './pages.tsx'
import { contributionById, contributionsOf, lastPayer, recipients, verdictFor, type Contribution } from './queries.ts'
import { ApproveForm, ContributionForm, GiveForm, RefundForm } from './schema.ts'
import { contestOfficeName, nameOf, taskWords, titleOf } from './words.ts'

const view = allow('contributions.view')
const makes = allow('contributions.propose')
const decides = allow('contributions.decide')
const gives = allow('contributions.give')
const one = `${list}/:contribution`

/** What is decided to be given to candidates, and what became of it. */
export const contributionRoutes = room()
  .get(list, view, async (c) => {
    const rows = await contributionsOf(c.var.db, actorOf(c).organization_id)
    const may = { propose: mayDo(actorOf(c), 'contributions.propose'), file: mayDo(actorOf(c), 'contributions.view') }
    return page(c, <ContributionsPage t={c.var.t} {...{ rows, may }} />, { title: c.var.t('contributions.title') })
  })
  .get(`${list}/export.csv`, view, async (c) => {
    const { t, db } = c.var
    const actor = actorOf(c)
    const rows = await contributionsOf(db, actor.organization_id)
    await audit(db, actor, {
      action: 'contribution.export',
      subject: 'contribution',
      after: { found: rows.length },
      request_id: c.var.request_id,
    })
    const head = ['candidate', 'recipient', 'payer', 'payer_kind', 'amount', 'state', 'decided_in', 'decided_on', 'given_on', 'method', 'reference', 'refunded', 'refunded_on', 'reason'] as const // prettier-ignore
    const lines = rows.map((row) => [
      `${nameOf(t, row)} (${contestOfficeName(t, row)}, ${row.held_on})`,
      row.recipient,
      row.payer,
      t(`contributions.payer_kind.${row.payer_kind}`),
      (row.amount_cents / 100).toFixed(2),
      t(`contributions.state.${row.state}`),
      row.decided_in,
      row.decided_on,
      row.given_on,
      row.method && t(`contributions.method.${row.method}`),
      row.reference,
      row.refunded_cents === null ? null : (row.refunded_cents / 100).toFixed(2),
      row.refunded_on,
      row.reason,
    ])
    return c.body([byteOrderMark, ...[head.map((each) => t(`contributions.${each}`)), ...lines].map(csvLine)].join(''), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="contributions-${today(c)}.csv"`,
    }) // prettier-ignore
  })
  .get(`${list}/new`, makes, async (c) => {
    const { candidate = '', cycle = '', campaign = '' } = c.req.query()
    const last = await lastPayer(c.var.db, actorOf(c).organization_id)
    const { name } = await organizationSettings(c.var.db, actorOf(c).organization_id)
    return proposePage(c, {
      candidate_id: candidate,
      cycle_id: cycle,
      campaign_id: campaign,
      payer: last?.payer ?? localized(name, 'en').text,
      ...(last && { payer_kind: last.payer_kind }),
    })
  })
  .post(`${list}/new`, makes, async (c) => {
    const { typed, errors, value } = await readForm(c, ContributionForm)
    if (!value) return proposePage(c, typed, errors)
    const wrong = await strayIn(c, value)
    if (Object.keys(wrong).length > 0) return proposePage(c, typed, wrong)
    const contribution_id = await proposeContribution(c.var.db, actorOf(c), value, now(c))
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .get(one, view, (c) => contributionPage(c))
  .post(`${one}/approve`, decides, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, ApproveForm)
    const wrong = { ...errors, ...(value && isAhead(c, 'decided_on', value.decided_on)) }
    if (!value || Object.keys(wrong).length > 0) return contributionPage(c, typed, wrong)
    const done = await approve(c.var.db, actorOf(c), contribution_id, value, taskWords, at(c))
    if (!done.ok) return contributionPage(c, typed, { [done.problem === 'limit_unknown' ? 'checked_limit' : '']: `contributions.problem.${done.problem}` }) // prettier-ignore
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/give`, gives, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, GiveForm)
    const wrong = { ...errors, ...(value && isAhead(c, 'given_on', value.given_on)) }
    if (!value || Object.keys(wrong).length > 0) return contributionPage(c, typed, wrong)
    const done = await give(c.var.db, actorOf(c), contribution_id, value, at(c))
    if (!done.ok) return contributionPage(c, typed, { '': `contributions.problem.${done.problem}` })
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/refund`, gives, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, RefundForm)
    const wrong = { ...errors, ...(value && isAhead(c, 'refunded_on', value.refunded_on)) }
    if (!value || Object.keys(wrong).length > 0) return contributionPage(c, typed, wrong)
    const done = await refund(c.var.db, actorOf(c), contribution_id, value)
    if (!done.ok) return contributionPage(c, typed, { refunded: `contributions.problem.${done.problem}` })
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/drop`, makes, async (c) => {
    const { contribution_id } = await contributionOf(c)
    await drop(c.var.db, actorOf(c), contribution_id, at(c))
    return c.redirect(`${list}/${contribution_id}`, 303)
  })

const at = (c: Ctx) => ({ now: now(c), today: today(c) })
const isAhead = (c: Ctx, field: string, on: string): FieldErrors => (on > today(c) ? { [field]: 'form.invalid' } : {})

const contributionOf = async (c: Ctx): Promise<Contribution> =>
  found(await contributionById(c.var.db, actorOf(c).organization_id, idParam(c, 'contribution')))

/** Candidate, cycle and campaign are there, and the campaign is open to whoever proposes. */
async function strayIn(c: Ctx, { candidate_id, cycle_id, campaign_id }: ContributionForm): Promise<FieldErrors> {
  const { db } = c.var
  const actor = actorOf(c)
  const offered = await recipients(db, today(c), candidate_id)
  if (!offered.some((each) => each.candidate_id === candidate_id)) return { candidate_id: 'form.invalid' }
  if (cycle_id && !(await hasCycle(db, actor.organization_id, cycle_id))) return { candidate_id: 'form.invalid' }
  if (campaign_id) {
    found(await campaignById(db, actor.organization_id, campaign_id))
    if (await isKeptOut(db, actor, campaign_id, now(c))) return { candidate_id: 'campaigns.closed_short' }
  }
  return {}
}

const statusOf = (errors: FieldErrors): 200 | 422 => (Object.keys(errors).length > 0 ? 422 : 200)

async function proposePage(c: Ctx, typed: Record<string, string>, errors: FieldErrors = {}) {
  const also = /^\d{1,9}$/.test(typed.candidate_id ?? '') ? Number(typed.candidate_id) : null
  const people = await recipients(c.var.db, today(c), also)
  return page(c, <ProposePage t={c.var.t} {...{ people, typed, errors }} />, {
    title: c.var.t('contributions.new'),
    status: statusOf(errors),
  })
}

async function contributionPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const row = await contributionOf(c)
  const actor = actorOf(c)
  const verdict = await verdictFor(c.var.db, row.organization_id, row, today(c))
  return page(
    c,
    <ContributionPage
      t={c.var.t}
      {...{ row, verdict, typed, errors }}
      today={today(c)}
      time_zone={timeZone(c)}
      may={{
        decide: mayDo(actor, 'contributions.decide'),
        give: mayDo(actor, 'contributions.give'),
        propose: mayDo(actor, 'contributions.propose'),
        result: mayDo(actor, 'endorsements.view'),
      }}
    />,
    { title: titleOf(c.var.t, row), status: statusOf(errors) },
  )
}
