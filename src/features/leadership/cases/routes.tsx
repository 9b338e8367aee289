import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { auditView } from '../../people/commands.ts'
import { nameOf } from '../../people/pages/person-name.tsx'
import { profileOf } from '../../people/queries.ts'
import { casePath } from '../names.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { meantBy, pathOf } from '../of-request.ts'
import { tasksOf } from '../tasks/queries.ts'
import { textsOf } from '../texts.ts'
import { addMilestone, archiveCaseKind, closeCase, openCase, reopenCase, saveCase, saveCaseKind } from './commands.ts'
import './messages.ts'
import {
  CaseKindsPage,
  CasePage,
  cases_at_once,
  CasesPage,
  caseValues,
  caseViews,
  list,
  NewCasePage,
} from './pages.tsx'
import { caseOwners, caseKinds, helpCases } from './queries.ts'
import { CaseForm, CloseForm, MilestoneForm, milestoneLines, NewCaseForm, type Milestone } from './schema.ts'

const view = allow('leadership.view')
const work = allow('leadership.work')
const edit = allow('leadership.edit')
const fields = z.record(z.string(), z.unknown())

/** Help somebody asked for, until it is settled. */
export const caseRoutes = room()
  .get(list, view, async (c) => {
    const { db, t } = c.var
    const actor = actorOf(c)
    const shown = caseViews.find((each) => each === c.req.query('view')) ?? 'open'
    const from = Number(/^\d{1,6}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0)
    const [{ cases, total }, kinds] = await Promise.all([
      helpCases(db, actor.organization_id, {
        state: shown === 'closed' ? 'closed' : 'open',
        ...(shown === 'mine' && { owner: actor.id }),
        from,
        limit: cases_at_once,
      }),
      caseKinds(db, actor.organization_id),
    ])
    return page(
      c,
      <CasesPage
        {...{ t, cases, total, from }}
        view={shown}
        today={today(c)}
        has_kinds={kinds.some(({ archived_at }) => !archived_at)}
        may_edit={mayDo(actor, 'leadership.edit')}
      />,
      { title: t('case.title') },
    )
  })
  .get(`${list}/kinds`, edit, (c) => kindsPage(c))
  .post(`${list}/kinds`, edit, (c) => saveKind(c, null))
  .post(`${list}/kinds/:case_kind`, edit, (c) => saveKind(c, idParam(c, 'case_kind')))
  .post(`${list}/kinds/:case_kind/archive`, edit, async (c) => {
    await archiveCaseKind(c.var.db, actorOf(c), idParam(c, 'case_kind'), now(c))
    return c.redirect(`${list}/kinds?saved=yes`, 303)
  })
  .post(`${list}/kinds/:case_kind/restore`, edit, async (c) => {
    await archiveCaseKind(c.var.db, actorOf(c), idParam(c, 'case_kind'), null)
    return c.redirect(`${list}/kinds?saved=yes`, 303)
  })
  .get('/leadership/people/:who/cases/new', work, (c) => newPage(c))
  .post('/leadership/people/:who/cases/new', work, async (c) => {
    const who = pathOf(await meantBy(c))
    const { typed, errors, value } = await readForm(c, NewCaseForm.omit({ who: true }))
    if (!value) return newPage(c, typed, errors)
    const { language } = c.var
    const case_id = await openCase(c.var.db, actorOf(c), { who, ...value }, { today: today(c), language, now: now(c) })
    return c.redirect(casePath({ case_id }), 303)
  })
  .get(`${list}/:help_case`, view, (c) => casePage(c))
  .post(`${list}/:help_case`, work, async (c) => {
    const { typed, errors, value } = await readForm(c, CaseForm)
    if (!value) return casePage(c, typed, errors)
    const { organization_id } = actorOf(c)
    const case_id = idParam(c, 'help_case')
    const sent = await saveUnlessChanged(c, {
      subject: 'help_case',
      subject_id: case_id,
      values: async (tx) => caseValues(found((await helpCases(tx, organization_id, { case_id })).cases[0])),
      save: (tx) => saveCase(tx, actorOf(c), case_id, value, now(c)),
    })
    return sent.ok ? back(c) : casePage(c, typed, {}, sent.meanwhile)
  })
  .post(`${list}/:help_case/milestones`, work, async (c) => {
    const { typed, errors, value } = await readForm(c, MilestoneForm)
    if (!value) return casePage(c, typed, errors)
    await addMilestone(c.var.db, actorOf(c), idParam(c, 'help_case'), value, now(c))
    return back(c)
  })
  .post(`${list}/:help_case/close`, work, async (c) => {
    const { typed, errors, value } = await readForm(c, CloseForm)
    if (!value) return casePage(c, typed, errors)
    await closeCase(c.var.db, actorOf(c), idParam(c, 'help_case'), value, now(c))
    return back(c)
  })
  .post(`${list}/:help_case/reopen`, work, async (c) => {
    await reopenCase(c.var.db, actorOf(c), idParam(c, 'help_case'))
    return back(c)
  })

const back = (c: Ctx) => c.redirect(casePath({ case_id: idParam(c, 'help_case') }), 303)
const statusOf = (errors: FieldErrors): 200 | 422 => (Object.keys(errors).length > 0 ? 422 : 200)

async function casePage(
  c: Ctx,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  meanwhile?: Meanwhile,
): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const case_id = idParam(c, 'help_case')
  const help_case = found((await helpCases(db, organization_id, { case_id })).cases[0])
  const [open, ended, members] = await Promise.all([
    tasksOf(db, organization_id, { case_id, state: 'open' }),
    tasksOf(db, organization_id, { case_id, state: 'ended' }),
    caseOwners(db, organization_id),
  ])
  const { person_id, voter_id } = help_case
  await auditView(db, actor, { person_id, voter_id }, timeZone(c), c.var.request_id)
  return page(
    c,
    <CasePage {...{ t, typed, errors, help_case, open, ended, members }} today={today(c)} time_zone={timeZone(c)} />,
    {
      title: help_case.title,
      status: meanwhile ? 409 : statusOf(errors),
      meanwhile,
    },
  )
}

async function newPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const who = await meantBy(c)
  const [profile, kinds, members] = await Promise.all([
    profileOf(db, actor.organization_id, who, { is_brief: true }),
    caseKinds(db, actor.organization_id),
    caseOwners(db, actor.organization_id),
  ])
  return page(
    c,
    <NewCasePage
      {...{ t, typed, errors, members }}
      name={nameOf(found(profile), t)}
      path={pathOf(who)}
      kinds={kinds.filter(({ archived_at }) => !archived_at)}
      me={actor.id}
      may_edit={mayDo(actor, 'leadership.edit')}
    />,
    { title: t('case.new'), status: statusOf(errors) },
  )
}

async function kindsPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { db, t } = c.var
  const kinds = await caseKinds(db, actorOf(c).organization_id)
  const saved = c.req.query('saved') === 'yes'
  return page(c, <CaseKindsPage {...{ t, typed, errors, kinds, saved }} languages={languagesOf(c)} />, {
    title: t('case.kinds'),
    status: statusOf(errors),
  })
}

async function saveKind(c: Ctx, kind_id: string | null): Promise<Response> {
  if (kind_id) found((await caseKinds(c.var.db, actorOf(c).organization_id)).find((each) => each.kind_id === kind_id))
  const { typed } = await readForm(c, fields)
  const languages = languagesOf(c)
  const name = textsOf(typed, 'name', languages)
  const errors: FieldErrors = Object.keys(name).length === 0 ? { name: 'ladder.name_needed' } : {}
  const milestones: Milestone[] = []
  for (let at = 0; at < milestoneLines(20); at++) {
    const step = textsOf(typed, `step${at}`, languages)
    const typed_days = (typed[`days${at}`] ?? '').trim()
    if (Object.keys(step).length === 0) continue
    // A day is a guess until somebody thinks about it: a week.
    const days = typed_days === '' ? 7 : Number(typed_days)
    if (!Number.isInteger(days) || days < 0 || days > 730) errors[`days${at}`] = 'case.days_wrong'
    else milestones.push({ name: step, days })
  }
  if (Object.keys(errors).length > 0) return kindsPage(c, { ...typed, form: kind_id ?? 'new' }, errors)
  await saveCaseKind(c.var.db, actorOf(c), kind_id, { name, milestones }, now(c))
  return c.redirect(`${list}/kinds?saved=yes`, 303)
}
