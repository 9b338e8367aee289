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
import { idParam, now, timeZone, today } from '../../platform/http/of-request.ts'
import { organizationSettings } from '../organizations/queries.ts'
import { localized } from '../../platform/i18n/languages.ts'
import { approve, drop, findLimit, give, proposeContribution, refund, takeUp } from './commands.ts'
import './messages.ts'
import { ContributionPage, ContributionsPage, list, ProposePage } from './pages.tsx'
import {
  contributionById,
  contributionsOf,
  knownPayers,
  recipients,
  refundsOf,
  verdictFor,
  type Contribution,
} from './queries.ts'
import { ApproveForm, CallOffForm, ContributionForm, FindingForm, GiveForm, RefundForm } from './schema.ts'
import { backWords, contestOfficeName, nameOf, taskWords, titleOf } from './words.ts'

const view = allow('contributions.view')
const makes = allow('contributions.propose')
const decides = allow('contributions.decide')
const gives = allow('contributions.give')
const callsOff = allow('contributions.call_off')
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
    const head = ['candidate', 'recipient', 'payer', 'payer_kind', 'amount', 'state', 'decided_in', 'decided_on', 'approved_by', 'checked_limit_cents', 'checked_limit', 'given_on', 'method', 'reference', 'given_though', 'refunded', 'refunded_on', 'drop_reason', 'reason'] as const // prettier-ignore
    const lines = rows.map((row) => [
      `${nameOf(t, row)} (${contestOfficeName(t, row)}, ${row.held_on})`,
      row.recipient,
      row.payer,
      t(`contributions.payer_kind.${row.payer_kind}`),
      dollars(row.amount_cents),
      t(`contributions.state.${row.state}`),
      row.decided_in,
      row.decided_on,
      row.approved_by,
      dollars(row.checked_limit_cents),
      row.checked_limit,
      row.given_on,
      row.method && t(`contributions.method.${row.method}`),
      row.reference,
      row.given_though && t(`contributions.though.${row.given_though}`),
      dollars(row.refunded_cents),
      row.refunded_on,
      row.drop_reason,
      row.reason,
    ])
    return c.body([byteOrderMark, ...[head.map((each) => t(`contributions.${each}`)), ...lines].map(csvLine)].join(''), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="contributions-${today(c)}.csv"`,
    }) // prettier-ignore
  })
  .get(`${list}/new`, makes, async (c) => {
    const { candidate = '', cycle = '', campaign = '' } = c.req.query()
    const [last] = await knownPayers(c.var.db, actorOf(c).organization_id)
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
    const made = await proposeContribution(c.var.db, actorOf(c), value, now(c))
    if (!made.ok) return proposePage(c, typed, { payer_kind: `contributions.${made.problem}` })
    return c.redirect(`${list}/${made.contribution_id}`, 303)
  })
  .get(one, view, (c) => contributionPage(c))
  .post(`${one}/approve`, decides, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, ApproveForm)
    const wrong = {
      ...errors,
      ...(value && isAhead(c, { decided_on: value.decided_on, checked_on: value.checked_on })),
    }
    if (!value || Object.keys(wrong).length > 0) return contributionPage(c, typed, wrong)
    const done = await approve(c.var.db, actorOf(c), contribution_id, value, taskWords, at(c))
    if (!done.ok) return contributionPage(c, typed, { [done.problem === 'limit_unknown' ? 'checked_limit_cents' : '']: `contributions.problem.${done.problem}` }) // prettier-ignore
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/give`, gives, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, GiveForm)
    const wrong = { ...errors, ...(value && isAhead(c, { given_on: value.given_on, checked_on: value.checked_on })) }
    if (!value || Object.keys(wrong).length > 0) return contributionPage(c, typed, wrong)
    await give(c.var.db, actorOf(c), contribution_id, value, backWords, at(c))
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/finding`, gives, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, FindingForm)
    if (!value) return contributionPage(c, typed, errors)
    if (value.checked_limit_cents === null) return contributionPage(c, typed, { checked_limit_cents: 'form.required' })
    if (isLater(c, value.checked_on)) return contributionPage(c, typed, { checked_on: 'form.invalid' })
    await findLimit(c.var.db, actorOf(c), contribution_id, value, backWords, at(c))
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/refund`, gives, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, RefundForm)
    const wrong = { ...errors, ...(value && isAhead(c, { refunded_on: value.refunded_on })) }
    if (!value || Object.keys(wrong).length > 0) return contributionPage(c, typed, wrong)
    const done = await refund(c.var.db, actorOf(c), contribution_id, value, at(c))
    if (!done.ok) return contributionPage(c, typed, { [done.problem === 'refund_too_early' ? 'refunded_on' : 'refunded']: `contributions.problem.${done.problem}` }) // prettier-ignore
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/drop`, makes, async (c) => {
    const { contribution_id } = await contributionOf(c)
    await drop(c.var.db, actorOf(c), contribution_id, null, at(c))
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/call-off`, callsOff, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const { typed, errors, value } = await readForm(c, CallOffForm)
    if (!value) return contributionPage(c, typed, errors)
    await drop(c.var.db, actorOf(c), contribution_id, value.drop_reason, at(c))
    return c.redirect(`${list}/${contribution_id}`, 303)
  })
  .post(`${one}/take-up`, callsOff, async (c) => {
    const { contribution_id } = await contributionOf(c)
    const done = await takeUp(c.var.db, actorOf(c), contribution_id, taskWords, at(c))
    if (!done.ok) return contributionPage(c, {}, { '': `contributions.problem.${done.problem}` })
    return c.redirect(`${list}/${contribution_id}`, 303)
  })

const at = (c: Ctx) => ({ now: now(c), today: today(c) })
const isLater = (c: Ctx, on: string | null): boolean => on !== null && on > today(c)
/** What happened did not happen tomorrow. */
const isAhead = (c: Ctx, days: Record<string, string | null>): FieldErrors =>
  Object.fromEntries(Object.entries(days).flatMap(([name, day]) => (isLater(c, day) ? [[name, 'form.invalid']] : [])))
const dollars = (cents: number | null): string | null => (cents === null ? null : (cents / 100).toFixed(2))

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
  const payers = await knownPayers(c.var.db, actorOf(c).organization_id)
  return page(c, <ProposePage t={c.var.t} {...{ people, payers, typed, errors }} />, {
    title: c.var.t('contributions.new'),
    status: statusOf(errors),
  })
}

async function contributionPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const row = await contributionOf(c)
  const actor = actorOf(c)
  const verdict = await verdictFor(c.var.db, row, today(c))
  const refunds = await refundsOf(c.var.db, row)
  return page(
    c,
    <ContributionPage
      t={c.var.t}
      {...{ row, verdict, refunds, typed, errors }}
      today={today(c)}
      time_zone={timeZone(c)}
      may={{
        decide: mayDo(actor, 'contributions.decide'),
        give: mayDo(actor, 'contributions.give'),
        propose: mayDo(actor, 'contributions.propose'),
        call_off: mayDo(actor, 'contributions.call_off'),
        result: mayDo(actor, 'endorsements.view'),
      }}
    />,
    { title: titleOf(c.var.t, row), status: statusOf(errors) },
  )
}
