import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { listForms } from '../../forms/queries.ts'
import { soughtIn } from '../finding.tsx'
import { trainingsOf } from '../held/queries.ts'
import { board } from '../ladder/queries.ts'
import { nameOfRow } from '../names.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { textsOf } from '../texts.ts'
import { answersInWords } from './answers.ts'
import {
  addMaterial,
  addMilestone,
  addSession,
  changeCohort,
  closeCohort,
  decideApplication,
  enterApplication,
  makeCohort,
  passWhoCame,
  planSession,
  reachMilestone,
  removeMaterial,
  scoreApplication,
  takeAttendance,
  takeInAnswers,
  type NewCohort,
  type Noted,
} from './commands.ts'
import { criteriaOf, exampleCriteria } from './criteria.ts'
import './messages.ts'
import '../telling/messages.ts'
import { toldHows } from '../telling/commands.ts'
import { ApplicationPage, CohortPage } from './pages/cohort.tsx'
import { CohortFormPage, cohortValues } from './pages/cohort-form.tsx'
import { CohortsPage } from './pages/cohorts.tsx'
import { AlumniPage } from './pages/alumni.tsx'
import { SessionPage, sessionValues } from './pages/session.tsx'
import { alumniOf, answersToTakeIn, applicationsOf, cohortById, cohortsOf, eventsAround, isScored, materialsOf, milestoneById, milestonesOf, progressOf, scoresOf, sessionById, sessionsOf, type Cohort, type Session } from './queries.ts' // prettier-ignore
import {
  ApplicationForm,
  CohortForm,
  DecisionForm,
  MaterialForm,
  MaybeAttendance,
  MilestoneForm,
  ReachedForm,
  SessionForm,
  SessionPlanForm,
} from './schema.ts'

const view = allow('leadership.view')
const edit = allow('leadership.edit')
/** People on a page of the list. */
const alumni_at_once = 50
const fields = z.record(z.string(), z.unknown())

export const cohortRoutes = room()
  .get('/leadership/cohorts', view, async (c) =>
    page(
      c,
      <CohortsPage
        t={c.var.t}
        cohorts={await cohortsOf(c.var.db, actorOf(c).organization_id)}
        may_edit={mayDo(actorOf(c), 'leadership.edit')}
      />,
      { title: c.var.t('cohort.title') },
    ),
  )
  .get('/leadership/cohorts/new', edit, (c) => formPage(c, null, {}))
  .post('/leadership/cohorts/new', edit, async (c) => {
    const { typed, errors, cohort } = await readCohort(c)
    if (!cohort) return formPage(c, null, { typed, errors, status: 422 })
    const cohort_id = await makeCohort(c.var.db, actorOf(c), cohort, now(c))
    return c.redirect(`/leadership/cohorts/${cohort_id}`, 303)
  })
  .get('/leadership/cohorts/:cohort/edit', edit, async (c) => formPage(c, await cohortOf(c, idParam(c, 'cohort')), {}))
  .post('/leadership/cohorts/:cohort/edit', edit, async (c) => {
    const before = await cohortOf(c, idParam(c, 'cohort'))
    const { cohort_id } = before
    const { typed, errors, cohort } = await readCohort(c)
    if (!cohort) return formPage(c, before, { typed, errors, status: 422 })
    const sent = await saveUnlessChanged(c, {
      subject: 'cohort',
      subject_id: cohort_id,
      values: async (tx) => cohortValues(found(await cohortById(tx, before.organization_id, cohort_id))),
      save: (tx) => changeCohort(tx, actorOf(c), cohort_id, cohort),
    })
    if (!sent.ok) return formPage(c, before, { typed, status: 409, meanwhile: sent.meanwhile })
    if (!sent.value.ok)
      return formPage(c, before, { typed, errors: { '': `cohort.${sent.value.problem}` }, status: 422 })
    return c.redirect(`/leadership/cohorts/${cohort_id}`, 303)
  })
  .get('/leadership/cohorts/:cohort', view, (c) => cohortPage(c, idParam(c, 'cohort')))
  .post('/leadership/cohorts/:cohort/answers', edit, async (c) => {
    const cohort_id = idParam(c, 'cohort')
    await takeInAnswers(c.var.db, actorOf(c), cohort_id, timeZone(c), now(c))
    return c.redirect(`/leadership/cohorts/${cohort_id}`, 303)
  })
  .post('/leadership/cohorts/:cohort/applications', edit, async (c) => {
    const cohort_id = idParam(c, 'cohort')
    await cohortOf(c, cohort_id)
    const { typed, errors, value } = await readForm(c, ApplicationForm)
    if (!value) return cohortPage(c, cohort_id, typed, errors)
    const applied = await enterApplication(c.var.db, actorOf(c), cohort_id, value, today(c), now(c))
    if (!applied.ok) return cohortPage(c, cohort_id, typed, { who: `cohort.${applied.problem}` })
    return c.redirect(`/leadership/cohorts/${cohort_id}`, 303)
  })
  .post('/leadership/cohorts/:cohort/sessions', edit, async (c) => {
    const cohort_id = idParam(c, 'cohort')
    await cohortOf(c, cohort_id)
    const { typed, errors, value } = await readForm(c, SessionForm)
    if (!value) return cohortPage(c, cohort_id, typed, errors)
    await addSession(c.var.db, actorOf(c), cohort_id, value)
    return c.redirect(`/leadership/cohorts/${cohort_id}#sessions`, 303)
  })
  .post('/leadership/cohorts/:cohort/milestones', edit, async (c) => {
    const cohort_id = idParam(c, 'cohort')
    await cohortOf(c, cohort_id)
    const { typed, errors, value } = await readForm(c, MilestoneForm)
    if (!value) return cohortPage(c, cohort_id, typed, errors)
    await addMilestone(c.var.db, actorOf(c), cohort_id, value)
    return c.redirect(`/leadership/cohorts/${cohort_id}#milestones`, 303)
  })
  .post('/leadership/cohorts/:cohort/close', edit, async (c) => {
    const cohort_id = idParam(c, 'cohort')
    await closeCohort(c.var.db, actorOf(c), cohort_id, now(c))
    return c.redirect(`/leadership/cohorts/${cohort_id}`, 303)
  })
  .get('/leadership/alumni', view, async (c) => {
    const from = z.coerce
      .number()
      .int()
      .min(0)
      .max(100_000)
      .catch(0)
      .parse(c.req.query('from') ?? 0)
    const { organization_id } = actorOf(c)
    const asked = { today: today(c), from, limit: alumni_at_once }
    const { alumni, total } = await alumniOf(c.var.db, organization_id, asked)
    await audit(c.var.db, actorOf(c), {
      action: 'cohort.alumni',
      subject: 'cohort',
      subject_id: organization_id,
      after: { rows: alumni.length },
      request_id: c.var.request_id,
    })
    return page(c, <AlumniPage t={c.var.t} alumni={alumni} {...{ from, total }} size={alumni_at_once} />, {
      title: c.var.t('alumni.title'),
    })
  })
  .get('/leadership/sessions/:session', view, (c) => sessionPage(c))
  .post('/leadership/sessions/:session', edit, async (c) => {
    const session = await sessionOf(c)
    const { session_id, organization_id } = session
    const { typed, errors, value } = await readForm(c, SessionPlanForm)
    if (!value) return sessionPage(c, { typed, errors })
    const sent = await saveUnlessChanged(c, {
      subject: 'cohort',
      subject_id: session.cohort_id,
      values: async (tx) => sessionValues(found(await sessionById(tx, organization_id, session_id))),
      save: (tx) => planSession(tx, actorOf(c), session_id, value),
    })
    if (!sent.ok) return sessionPage(c, { typed, meanwhile: sent.meanwhile })
    return c.redirect(`/leadership/sessions/${session_id}?said=saved`, 303)
  })
  .post('/leadership/sessions/:session/materials', edit, async (c) => {
    const { session_id } = await sessionOf(c)
    const { typed, errors, value } = await readForm(c, MaterialForm)
    if (!value) return sessionPage(c, { material: { typed, errors } })
    await addMaterial(c.var.db, actorOf(c), session_id, { title: value.material, link: value.link }, now(c))
    return c.redirect(`/leadership/sessions/${session_id}#materials`, 303)
  })
  .post('/leadership/sessions/:session/passed', edit, async (c) => {
    const { session_id } = await sessionOf(c)
    const passed = await passWhoCame(c.var.db, actorOf(c), session_id, now(c))
    return c.redirect(`/leadership/sessions/${session_id}?said=passed&count=${passed}`, 303)
  })
  .post('/leadership/materials/:material/remove', edit, async (c) => {
    const session_id = await removeMaterial(c.var.db, actorOf(c), idParam(c, 'material'), now(c))
    return c.redirect(`/leadership/sessions/${session_id}#materials`, 303)
  })
  .get('/leadership/applications/:application', edit, (c) => applicationPage(c))
  .post('/leadership/applications/:application/score', edit, async (c) => {
    const application_id = idParam(c, 'application')
    const { typed } = await readForm(c, fields)
    const scores = Object.fromEntries(
      Object.entries(typed).flatMap(([key, points]) =>
        /^c\d+$/.test(key) && /^\d{1,2}$/.test(points) ? [[key, Number(points)]] : [],
      ),
    )
    const note = (typed.note ?? '').trim().slice(0, 2000) || null
    const scored = await scoreApplication(c.var.db, actorOf(c), application_id, { scores, note }, now(c))
    if (!scored.ok) return applicationPage(c, { '': `cohort.${scored.problem}` }, typed)
    return c.redirect(`/leadership/applications/${application_id}`, 303)
  })
  .post('/leadership/applications/:application/decide', edit, async (c) => {
    const application_id = idParam(c, 'application')
    const { typed, errors, value } = await readForm(c, DecisionForm)
    if (!value) return applicationPage(c, errors, typed)
    const decided = await decideApplication(c.var.db, actorOf(c), application_id, { ...value, tells: true }, now(c))
    if (!decided.ok) return applicationPage(c, { state: `cohort.${decided.problem}` }, typed)
    const of = decided.told ? `?told=${decided.told}&of=${application_id}` : ''
    return c.redirect(`/leadership/cohorts/${decided.cohort_id}${of}`, 303)
  })
  .post('/leadership/sessions/:session/attendance', edit, async (c) => {
    const session_id = idParam(c, 'session')
    const { typed } = await readForm(c, fields)
    const noted: Record<string, Noted> = {}
    for (const [name, came] of Object.entries(typed)) {
      const id = /^came_([0-9a-f-]{36})$/.exec(name)?.[1]
      if (!id) continue
      const [was, is] = [MaybeAttendance.safeParse(typed[`was_${id}`] ?? ''), MaybeAttendance.safeParse(came)]
      if (!was.success || !is.success) {
        const { cohort_id } = found(await sessionById(c.var.db, actorOf(c).organization_id, session_id))
        return cohortPage(c, cohort_id, {}, { '': 'form.invalid' })
      }
      noted[id] = { was: was.data, is: is.data }
    }
    const cohort_id = await takeAttendance(c.var.db, actorOf(c), session_id, noted, now(c))
    return c.redirect(`/leadership/cohorts/${cohort_id}#sessions`, 303)
  })
  .post('/leadership/milestones/:milestone/reached', edit, async (c) => {
    const milestone_id = idParam(c, 'milestone')
    const { errors, value } = await readForm(c, ReachedForm)
    if (!value) {
      const { cohort_id } = found(await milestoneById(c.var.db, actorOf(c).organization_id, milestone_id))
      return cohortPage(c, cohort_id, {}, errors)
    }
    const cohort_id = await reachMilestone(c.var.db, actorOf(c), milestone_id, value, today(c))
    return c.redirect(`/leadership/cohorts/${cohort_id}#milestones`, 303)
  })

/** Who reads names and what people wrote of themselves is kept. */
const auditLook = (c: Ctx, cohort_id: string, rows: number): Promise<void> =>
  audit(c.var.db, actorOf(c), {
    action: 'cohort.view',
    subject: 'cohort',
    subject_id: cohort_id,
    after: { rows },
    request_id: c.var.request_id,
  })

const sessionOf = async (c: Ctx): Promise<Session> =>
  found(await sessionById(c.var.db, actorOf(c).organization_id, idParam(c, 'session')))

interface SessionShown {
  typed?: Record<string, string>
  errors?: FieldErrors
  /** Of the form of materials. */
  material?: { typed: Record<string, string>; errors: FieldErrors }
  meanwhile?: Meanwhile
}

async function sessionPage(c: Ctx, shown: SessionShown = {}): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const session = await sessionOf(c)
  const cohort = await cohortOf(c, session.cohort_id)
  const [applications, progress, materials, events, trainings] = await Promise.all([
    applicationsOf(db, cohort),
    progressOf(db, organization_id, cohort.cohort_id),
    materialsOf(db, organization_id, [session.session_id]),
    eventsAround(db, organization_id, session),
    trainingsOf(db, organization_id),
  ])
  await auditLook(c, cohort.cohort_id, applications.length)
  const { typed = {}, errors = {}, material = { typed: {}, errors: {} }, meanwhile } = shown
  const said = c.req.query('said')
  const is_wrong = Object.keys(errors).length + Object.keys(material.errors).length > 0
  return page(
    c,
    <SessionPage
      {...{ t, session, cohort, applications, events, trainings, typed, errors, material }}
      attendance={progress.attendance.filter(({ session_id }) => session_id === session.session_id)}
      materials={materials.get(session.session_id) ?? []}
      may_edit={mayDo(actor, 'leadership.edit')}
      said={said === 'saved' || said === 'passed' ? said : null}
      count={Number(/^\d{1,3}$/.exec(c.req.query('count') ?? '')?.[0] ?? 0)}
    />,
    { title: session.title, status: meanwhile ? 409 : is_wrong ? 422 : 200, meanwhile },
  )
}

const cohortOf = async (c: Ctx, cohort_id: string): Promise<Cohort> =>
  found(await cohortById(c.var.db, actorOf(c).organization_id, cohort_id))

/** A cohort as a form says it; none where something is wrong with it. */
async function readCohort(
  c: Ctx,
): Promise<{ typed: Record<string, string>; errors: FieldErrors; cohort: NewCohort | null }> {
  // prettier-ignore
  const { typed, errors, value } = await readForm(c, CohortForm)
  const name = textsOf(typed, 'name', languagesOf(c))
  const criteria = criteriaOf(typed, languagesOf(c))
  const wrong: FieldErrors = {
    ...errors,
    ...(Object.keys(name).length === 0 && { name: 'ladder.name_needed' }),
    ...(!criteria && { criteria: 'cohort.criteria_invalid' }),
  }
  const is_right = value && criteria && Object.keys(wrong).length === 0
  return { typed, errors: wrong, cohort: is_right ? { ...value, name, criteria } : null }
}

interface FormShown {
  typed?: Record<string, string>
  errors?: FieldErrors
  status?: 200 | 409 | 422
  meanwhile?: Meanwhile
}

async function formPage(c: Ctx, cohort: Cohort | null, shown: FormShown): Promise<Response> {
  const { typed = {}, errors = {}, status = 200, meanwhile } = shown
  const { organization_id } = actorOf(c)
  const forms = await listForms(c.var.db, organization_id)
  const first = { name: {}, starts_on: '', ends_on: '', seats: 12, form_id: null, criteria: [...exampleCriteria] }
  return page(
    c,
    <CohortFormPage
      t={c.var.t}
      cohort={cohort}
      values={cohortValues(cohort ?? first)}
      is_scored={cohort !== null && (await isScored(c.var.db, organization_id, cohort.cohort_id))}
      languages={languagesOf(c)}
      forms={forms.filter(
        ({ form_id, kind, archived_at }) => form_id === cohort?.form_id || (kind === 'form' && !archived_at),
      )}
      typed={typed}
      errors={errors}
    />,
    { title: c.var.t(cohort ? 'cohort.edit' : 'cohort.new'), status, meanwhile },
  )
}

/** Whether the mail went to whom something was just decided about, from the address. */
function toldIn(c: Ctx): { how: (typeof toldHows)[number]; application_id: string } | null {
  const how = toldHows.find((each) => each === c.req.query('told'))
  return how ? { how, application_id: c.req.query('of') ?? '' } : null
}

async function cohortPage(
  c: Ctx,
  cohort_id: string,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
): Promise<Response> {
  const { db, t, language } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const cohort = await cohortOf(c, cohort_id)
  const may_edit = mayDo(actor, 'leadership.edit')
  const [applications, sessions, milestones, progress, answers, onLadder] = await Promise.all([
    applicationsOf(db, cohort),
    sessionsOf(db, organization_id, cohort_id),
    milestonesOf(db, organization_id, cohort_id),
    progressOf(db, organization_id, cohort_id),
    answersToTakeIn(db, cohort),
    may_edit ? board(db, organization_id, today(c), timeZone(c)) : [],
  ])
  const materials = await materialsOf(db, organization_id, sessions.map(({ session_id }) => session_id)) // prettier-ignore
  await auditLook(c, cohort_id, applications.length)
  return page(
    c,
    <CohortPage
      t={t}
      {...{ cohort, applications, sessions, milestones, materials, may_edit, typed, errors }}
      may_work={mayDo(actor, 'leadership.work')}
      {...progress}
      answers={answers.length}
      told={toldIn(c)}
      sought={await soughtIn(c)}
      today={today(c)}
      known={onLadder.map((row) => ({ person_id: row.person_id, name: nameOfRow(row, language).main }))}
    />,
    { title: localized(cohort.name, language).text, status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

async function applicationPage(
  c: Ctx,
  errors: FieldErrors = {},
  typed: Record<string, string> = {},
): Promise<Response> {
  const { db, t } = c.var
  const { organization_id, id } = actorOf(c)
  const application_id = idParam(c, 'application')
  const { cohort_id } = found(
    await db
      .selectFrom('cohort_application')
      .select('cohort_id')
      .where('organization_id', '=', organization_id)
      .where('application_id', '=', application_id)
      .executeTakeFirst(),
  )
  const cohort = await cohortOf(c, cohort_id)
  const application = found((await applicationsOf(db, cohort, application_id))[0])
  const [scores, answers] = await Promise.all([
    scoresOf(db, organization_id, application_id),
    application.response_id ? answersInWords(db, t, organization_id, application.response_id) : [],
  ])
  await auditLook(c, cohort_id, 1)
  return page(c, <ApplicationPage t={t} {...{ cohort, application, scores, answers, typed, errors }} me={id} />, {
    title: t('cohort.application_of', { name: nameOfRow(application, t.language).main }),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}
