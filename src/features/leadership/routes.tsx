import { audit } from '../../platform/audit.ts'
import { addDays, addMonths } from '../../platform/clock.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { endDelegation } from '../access/delegations/commands.ts'
import { delegatedKinds, mayDo } from '../access/permissions.ts'
import { kindsOf, listEvents } from '../events/queries.ts'
import { auditView } from '../people/commands.ts'
import { nameOf } from '../people/pages/person-name.tsx'
import { profileOf } from '../people/queries.ts'
import type { ShownName, Who } from '../people/rules.ts'
import { helpCases } from './cases/queries.ts'
import { cohortsOfPerson } from './cohorts/queries.ts'
import { soughtIn } from './finding.tsx'
import {
  addTraining,
  archiveTraining,
  delegateTo,
  endMentoring,
  endRole,
  giveRole,
  pairWithMentor,
  passTraining,
  removePassed,
  removeRole,
  setDelegationRule,
  setKindTrainings,
} from './held/commands.ts'
import { delegationRules, heldBy, kindTrainings, roleNames, trainingsOf } from './held/queries.ts'
import {
  addRung,
  archiveRung,
  changeRung,
  joinAccount,
  moveRungDown,
  partAccount,
  removeStage,
  restoreRung,
  setStage,
  startWithExample,
} from './ladder/commands.ts'
import {
  accountsOf,
  activityOfPerson,
  board,
  newcomers,
  possibleCallers,
  presentMembers,
  rungsOf,
  stageOn,
  stagesOf,
} from './ladder/queries.ts'
import './messages.ts'
import { nameOfRow } from './names.ts'
import { localized } from '../../platform/i18n/languages.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../platform/http/of-request.ts'
import { backOf, meantBy, pathOf } from './of-request.ts'
import { accountOfPerson, openOneOnOne, removeOneOnOne, writeOneOnOne } from './one-on-ones/commands.ts'
import { oneOnOnes } from './one-on-ones/queries.ts'
import { BoardPage } from './pages/board.tsx'
import {
  AccountFormPage,
  DelegationFormPage,
  MentorFormPage,
  NextStepFormPage,
  OneOnOneFormPage,
  RoleFormPage,
  StageFormPage,
  TrainingFormPage,
  type SmallFormProps,
} from './pages/forms.tsx'
import { LadderPage } from './pages/ladder.tsx'
import { WorkPage } from './pages/work.tsx'
import { activeQuarters, allStages } from './pipeline/queries.ts'
import { PipelinePage } from './pipeline/page.tsx'
import { fits, flowOf, quarterDays, retentionOf, snoozedUntil } from './rules.ts'
import {
  AccountForm,
  AssignForm,
  BoardQuery,
  DelegationForm,
  EndForm,
  KindTrainingsForm,
  MentoringForm,
  NextStepForm,
  OneOnOneForm,
  PassedForm,
  RoleForm,
  RuleForm,
  SnoozeForm,
  StageForm,
  TextsForm,
  TrainingSettings,
} from './schema.ts'
import { assignTask, endTask, reopenTask, setNextStep, snoozeTask } from './tasks/commands.ts'
import { tasksOf } from './tasks/queries.ts'
import { textsOf } from './texts.ts'

const view = allow('leadership.view')
const work = allow('leadership.work')
const edit = allow('leadership.edit')

/** The ladder, the board, and working with one person. */
export const leadershipRoutes = room()
  .get('/leadership', view, (c) => boardPage(c))
  .get('/leadership/pipeline', allow('leadership.sums'), async (c) => {
    const { db, t } = c.var
    const actor = actorOf(c)
    const { organization_id } = actor
    const days = quarterDays(today(c), 8)
    const [rungs, entries] = await Promise.all([
      rungsOf(db, organization_id, { with_archived: true }),
      allStages(db, organization_id),
    ])
    const active = await activeQuarters(db, organization_id, timeZone(c), days[0] ?? today(c))
    // The first rung somebody ever had, in the order of days.
    const came = new Map<string, string>()
    for (const { person_id, rung_id, from_on } of entries)
      if (rung_id && !came.has(person_id)) came.set(person_id, from_on)
    return page(
      c,
      <PipelinePage
        t={t}
        flow={flowOf(entries, days)}
        rungs={rungs
          .filter(({ rung_id, archived_at }) => !archived_at || entries.some((each) => each.rung_id === rung_id))
          .sort((a, b) => a.position - b.position)}
        retention={retentionOf(came, active, today(c), 8)}
        may_view={mayDo(actor, 'leadership.view')}
      />,
      { title: t('pipeline.title') },
    )
  })

  // The ladder and what goes with it.
  .get('/leadership/ladder', edit, (c) => ladderPage(c))
  .post('/leadership/ladder/example', edit, async (c) => {
    await startWithExample(c.var.db, actorOf(c), languagesOf(c))
    return c.redirect('/leadership', 303)
  })
  .post('/leadership/ladder/rungs', edit, async (c) => {
    const { typed } = await readForm(c, TextsForm)
    const texts = { name: textsOf(typed, 'name', languagesOf(c)), about: textsOf(typed, 'about', languagesOf(c)) }
    if (Object.keys(texts.name).length === 0) return ladderPage(c, 'rung', typed, { name: 'ladder.name_needed' })
    await addRung(c.var.db, actorOf(c), texts)
    return c.redirect('/leadership/ladder', 303)
  })
  .post('/leadership/ladder/rungs/:rung', edit, async (c) => {
    const { typed } = await readForm(c, TextsForm)
    const texts = { name: textsOf(typed, 'name', languagesOf(c)), about: textsOf(typed, 'about', languagesOf(c)) }
    const rung_id = idParam(c, 'rung')
    found((await rungsOf(c.var.db, actorOf(c).organization_id)).find((each) => each.rung_id === rung_id))
    if (Object.keys(texts.name).length === 0) return ladderPage(c, null, {}, { rung: 'ladder.name_needed' })
    await changeRung(c.var.db, actorOf(c), rung_id, texts)
    return c.redirect('/leadership/ladder', 303)
  })
  .post('/leadership/ladder/rungs/:rung/down', edit, async (c) => {
    await moveRungDown(c.var.db, actorOf(c), idParam(c, 'rung'))
    return c.redirect('/leadership/ladder', 303)
  })
  .post('/leadership/ladder/rungs/:rung/archive', edit, async (c) => {
    const put = await archiveRung(c.var.db, actorOf(c), idParam(c, 'rung'), today(c), now(c))
    if (!put.ok) return ladderPage(c, null, {}, { rung: `ladder.${put.problem}` })
    return c.redirect('/leadership/ladder', 303)
  })
  .post('/leadership/ladder/rungs/:rung/restore', edit, async (c) => {
    await restoreRung(c.var.db, actorOf(c), idParam(c, 'rung'))
    return c.redirect('/leadership/ladder', 303)
  })
  .post('/leadership/ladder/trainings', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, TrainingSettings)
    const name = textsOf(typed, 'name', languagesOf(c))
    if (!value || Object.keys(name).length === 0)
      return ladderPage(c, 'training', typed, value ? { name: 'ladder.name_needed' } : errors)
    await addTraining(c.var.db, actorOf(c), { name, ...value })
    return c.redirect('/leadership/ladder#trainings', 303)
  })
  .post('/leadership/ladder/trainings/:training/archive', edit, async (c) => {
    await archiveTraining(c.var.db, actorOf(c), idParam(c, 'training'), now(c))
    return c.redirect('/leadership/ladder#trainings', 303)
  })
  .post('/leadership/ladder/trainings/:training/restore', edit, async (c) => {
    await archiveTraining(c.var.db, actorOf(c), idParam(c, 'training'), null)
    return c.redirect('/leadership/ladder#trainings', 303)
  })
  .post('/leadership/ladder/rules/:what', edit, async (c) => {
    const what = found(delegatedKinds.find((each) => each === c.req.param('what')))
    const { value } = await readForm(c, RuleForm)
    await setDelegationRule(c.var.db, actorOf(c), what, found(value))
    return c.redirect('/leadership/ladder#rules', 303)
  })
  .post('/leadership/ladder/event-kinds/:kind', edit, async (c) => {
    const { value } = await readForm(c, KindTrainingsForm)
    await setKindTrainings(c.var.db, actorOf(c), c.req.param('kind'), found(value).training_ids)
    return c.redirect('/leadership/ladder#kinds', 303)
  })

  // One person.
  .get('/leadership/people/:who', view, (c) => workPage(c))
  .get('/leadership/people/:who/stage', edit, (c) => small(c, stageForm))
  .post('/leadership/people/:who/stage', edit, async (c) => {
    const who = await meantBy(c)
    const { typed, errors, value } = await readForm(c, StageForm)
    if (!value) return small(c, stageForm, typed, errors)
    const person_id = await setStage(c.var.db, actorOf(c), pathOf(who), value, now(c))
    return c.redirect(typed.back === 'board' ? `/leadership?moved=yes&card=${person_id}` : workOf(person_id), 303)
  })
  .get('/leadership/people/:who/next-step', work, (c) => small(c, stepForm))
  .post('/leadership/people/:who/next-step', work, async (c) => {
    const who = await meantBy(c)
    const { typed, errors, value } = await readForm(c, NextStepForm)
    if (!value) return small(c, stepForm, typed, errors)
    return c.redirect(workOf(await setNextStep(c.var.db, actorOf(c), pathOf(who), value, now(c))), 303)
  })
  .get('/leadership/people/:who/one-on-one', work, (c) => small(c, oneOnOneForm))
  .post('/leadership/people/:who/one-on-one', work, async (c) => {
    const who = await meantBy(c)
    const { typed, errors, value } = await readForm(c, OneOnOneForm)
    const hasStep = Boolean(typed.title?.trim())
    const step = NextStepForm.safeParse(typed)
    const wrong: FieldErrors = hasStep && !step.success ? { due_on: 'form.required' } : {}
    if (!value || Object.keys(wrong).length > 0) return small(c, oneOnOneForm, typed, { ...errors, ...wrong })
    const { db } = c.var
    const note = {
      met_on: value.met_on,
      body: value.body,
      is_opened: value.opened === 'yes',
      reader_id: value.reader_id,
    }
    const person_id = await db.transaction().execute(async (tx) => {
      const written = await writeOneOnOne(tx, actorOf(c), pathOf(who), note, now(c))
      if (!written.ok) return null
      if (hasStep && step.success)
        await setNextStep(
          tx,
          actorOf(c),
          written.person_id,
          { ...step.data, one_on_one_id: written.one_on_one_id },
          now(c),
        )
      return written.person_id
    })
    if (person_id === null) return small(c, oneOnOneForm, typed, { '': 'one_on_one.reader_changed' })
    return c.redirect(workOf(person_id), 303)
  })
  .get('/leadership/people/:who/role', edit, (c) => small(c, roleForm))
  .post('/leadership/people/:who/role', edit, async (c) => {
    const who = await meantBy(c)
    const { typed, errors, value } = await readForm(c, RoleForm)
    if (!value) return small(c, roleForm, typed, errors)
    return c.redirect(workOf(await giveRole(c.var.db, actorOf(c), pathOf(who), value, now(c))), 303)
  })
  .get('/leadership/people/:who/training', edit, (c) => small(c, trainingForm))
  .post('/leadership/people/:who/training', edit, async (c) => {
    const who = await meantBy(c)
    const { typed, errors, value } = await readForm(c, PassedForm)
    if (!value) return small(c, trainingForm, typed, errors)
    return c.redirect(workOf(await passTraining(c.var.db, actorOf(c), pathOf(who), value, now(c))), 303)
  })
  .get('/leadership/people/:who/mentor', edit, (c) => small(c, mentorForm))
  .post('/leadership/people/:who/mentor', edit, async (c) => {
    const who = await meantBy(c)
    const { typed, errors, value } = await readForm(c, MentoringForm)
    if (!value) return small(c, mentorForm, typed, errors)
    const paired = await pairWithMentor(c.var.db, actorOf(c), pathOf(who), value, now(c))
    if (!paired.ok) return small(c, mentorForm, typed, { mentor: `held.${paired.problem}` })
    return c.redirect(workOf(paired.person_id), 303)
  })
  .get('/leadership/people/:who/delegation', edit, (c) => small(c, delegationForm))
  .post('/leadership/people/:who/delegation', edit, async (c) => {
    const who = await meantBy(c)
    const { typed, all, errors, value } = await readForm(c, DelegationForm)
    if (!value) return small(c, delegationForm, typed, errors, all)
    const given = await delegateTo(c.var.db, actorOf(c), pathOf(who), value, now(c), { tells: true })
    if (!given.ok) return small(c, delegationForm, typed, { '': `held.${given.problem}` }, all)
    return c.redirect(`${workOf(given.person_id)}${given.told ? `&told=${given.told}` : ''}`, 303)
  })
  .get('/leadership/people/:who/account', edit, (c) => small(c, accountForm))
  .post('/leadership/people/:who/account', edit, async (c) => {
    const who = await meantBy(c)
    const { typed, errors, value } = await readForm(c, AccountForm)
    if (!value) return small(c, accountForm, typed, errors)
    if (!value.user_id === !value.caller_id) return small(c, accountForm, typed, { user_id: 'account_of.choose_one' })
    return c.redirect(workOf(await joinAccount(c.var.db, actorOf(c), pathOf(who), value, now(c))), 303)
  })

  // Single entries.
  .post('/leadership/stages/:stage/remove', edit, async (c) =>
    c.redirect(workOf(await removeStage(c.var.db, actorOf(c), idParam(c, 'stage'), now(c))), 303),
  )
  .post('/leadership/roles/:role/end', edit, async (c) => {
    const { typed } = await readForm(c, TextsForm)
    const person_id = await endRole(c.var.db, actorOf(c), idParam(c, 'role'), today(c))
    return c.redirect(backOf(typed, workOf(person_id)), 303)
  })
  .post('/leadership/roles/:role/remove', edit, async (c) => {
    const { typed } = await readForm(c, TextsForm)
    const person_id = await removeRole(c.var.db, actorOf(c), idParam(c, 'role'), now(c))
    return c.redirect(backOf(typed, workOf(person_id)), 303)
  })
  .post('/leadership/passed/:passed/remove', edit, async (c) =>
    c.redirect(workOf(await removePassed(c.var.db, actorOf(c), idParam(c, 'passed'), now(c))), 303),
  )
  .post('/leadership/mentorings/:mentoring/end', edit, async (c) => {
    const person_id = await endMentoring(c.var.db, actorOf(c), idParam(c, 'mentoring'), today(c))
    return c.redirect(workOf(person_id), 303)
  })
  .post('/leadership/delegations/:delegation/end', edit, async (c) => {
    const { typed } = await readForm(c, TextsForm)
    const user_id = await endDelegation(c.var.db, actorOf(c), idParam(c, 'delegation'), now(c))
    const person_id = await personOfAccount(c, user_id)
    return c.redirect(
      typed.back === 'member' ? `/members/${user_id}` : person_id ? workOf(person_id) : '/leadership',
      303,
    )
  })
  .post('/leadership/accounts/:account/part', edit, async (c) =>
    c.redirect(workOf(await partAccount(c.var.db, actorOf(c), idParam(c, 'account'), now(c))), 303),
  )
  .post('/leadership/one-on-ones/:one_on_one/open', work, async (c) =>
    c.redirect(workOf(await openOneOnOne(c.var.db, actorOf(c), idParam(c, 'one_on_one'), true, now(c))), 303),
  )
  .post('/leadership/one-on-ones/:one_on_one/close', work, async (c) =>
    c.redirect(workOf(await openOneOnOne(c.var.db, actorOf(c), idParam(c, 'one_on_one'), false, now(c))), 303),
  )
  .post('/leadership/one-on-ones/:one_on_one/remove', work, async (c) =>
    c.redirect(workOf(await removeOneOnOne(c.var.db, actorOf(c), idParam(c, 'one_on_one'), now(c))), 303),
  )
  .post('/leadership/tasks/:task/done', work, (c) => end(c, 'done'))
  .post('/leadership/tasks/:task/leave', work, (c) => end(c, 'moved_on'))
  .post('/leadership/tasks/:task/reopen', work, async (c) => {
    const { typed } = await readForm(c, EndForm)
    await reopenTask(c.var.db, actorOf(c), idParam(c, 'task'), now(c))
    return c.redirect(backOf(typed, '/leadership'), 303)
  })
  .post('/leadership/tasks/:task/assign', work, async (c) => {
    const { typed, errors, value } = await readForm(c, AssignForm)
    // The page of the form offers nothing else.
    if (!value) throw new Conflict(Object.values(errors).join())
    await assignTask(c.var.db, actorOf(c), idParam(c, 'task'), value, now(c))
    return c.redirect(backOf(typed, '/leadership'), 303)
  })
  .post('/leadership/tasks/:task/snooze', work, async (c) => {
    const { typed, value } = await readForm(c, SnoozeForm)
    const until = snoozedUntil(value?.until ?? 'tomorrow', today(c))
    await snoozeTask(c.var.db, actorOf(c), idParam(c, 'task'), until)
    return c.redirect(backOf(typed, '/leadership'), 303)
  })

const workOf = (person_id: string): string => `/leadership/people/${person_id}?saved=yes`

async function personOfAccount(c: Ctx, user_id: string): Promise<string | undefined> {
  const row = await c.var.db
    .selectFrom('person_account')
    .select('person_id')
    .where('organization_id', '=', actorOf(c).organization_id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  return row?.person_id
}

async function end(c: Ctx, as: 'done' | 'moved_on'): Promise<Response> {
  const { typed, value } = await readForm(c, EndForm)
  await endTask(c.var.db, actorOf(c), idParam(c, 'task'), { as, outcome: value?.outcome ?? null }, now(c))
  return c.redirect(backOf(typed, '/leadership'), 303)
}

async function boardPage(c: Ctx): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const { show, days, rung } = BoardQuery.parse(c.req.query())
  const [rungs, everybody, came] = await Promise.all([
    rungsOf(db, organization_id),
    board(db, organization_id, today(c), timeZone(c)),
    newcomers(db, organization_id, today(c), timeZone(c), show === 'never_asked' ? show : 'lately'),
  ])
  const rows = everybody.filter((row) => fits(row, show, { me: actor.id, today: today(c), days }))
  // Names of many at once: who looks at them is kept.
  if (rows.length + came.length > 0)
    await audit(db, actor, {
      action: 'leadership.view',
      subject: 'organization',
      subject_id: organization_id,
      after: { rows: rows.length + came.length },
      request_id: c.var.request_id,
    })
  return page(
    c,
    <BoardPage
      t={t}
      rungs={rungs}
      rows={rows}
      newcomers={came}
      show={show}
      days={days}
      rung={rung}
      today={today(c)}
      may_edit={mayDo(actor, 'leadership.edit')}
      moved={c.req.query('moved') === 'yes'}
    />,
    { title: t('leadership.title'), islands: ['src/features/leadership/islands/board.tsx'] },
  )
}

async function ladderPage(
  c: Ctx,
  refused: 'rung' | 'training' | null = null,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
): Promise<Response> {
  const { db, t } = c.var
  const { organization_id } = actorOf(c)
  const [rungs, trainings, rules, kinds, kind_trainings] = await Promise.all([
    rungsOf(db, organization_id, { with_archived: true }),
    trainingsOf(db, organization_id, { with_archived: true }),
    delegationRules(db, organization_id),
    kindsOf(db, organization_id),
    kindTrainings(db, organization_id),
  ])
  return page(
    c,
    <LadderPage
      t={t}
      {...{ rungs, trainings, rules, kinds, kind_trainings, typed, errors, refused }}
      languages={languagesOf(c)}
    />,
    { title: t('ladder.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

const activity_days = 90

async function workPage(c: Ctx): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const who = await meantBy(c)
  const { person_id } = who
  const name = await nameOfWho(c, who)
  const of = person_id === null ? null : { person_id }
  const nothing = { roles: [], passed: [], mentorings: [], delegations: [] }
  const [stages, steps, ended, met, held, accounts, activity, cohorts, { cases }] = await Promise.all([
    of ? stagesOf(db, organization_id, of.person_id) : [],
    of ? tasksOf(db, organization_id, { ...of, state: 'open' }) : [],
    of ? tasksOf(db, organization_id, { ...of, state: 'ended', limit: 30 }) : [],
    of ? oneOnOnes(db, actor, of) : [],
    of ? heldBy(db, organization_id, of.person_id) : nothing,
    of ? accountsOf(db, organization_id, of.person_id) : [],
    of
      ? activityOfPerson(db, organization_id, of.person_id, {
          today: today(c),
          time_zone: timeZone(c),
          days: activity_days,
        })
      : [],
    of ? cohortsOfPerson(db, organization_id, of.person_id) : [],
    of ? helpCases(db, organization_id, of) : { cases: [] },
  ])
  await auditView(db, actor, who, timeZone(c), c.var.request_id)
  return page(
    c,
    <WorkPage
      t={t}
      {...{ who, name, stages, steps, ended, held, accounts, activity, activity_days, cohorts, cases }}
      path={pathOf(who)}
      one_on_ones={met}
      members={await presentMembers(db, organization_id)}
      today={today(c)}
      me={actor.id}
      may_edit={mayDo(actor, 'leadership.edit')}
      saved={c.req.query('saved') === 'yes'}
      told={(['mailed', 'self'] as const).find((each) => each === c.req.query('told')) ?? null}
    />,
    { title: t('leadership.working_with', { name: name.main }) },
  )
}

async function nameOfWho(c: Ctx, who: Who): Promise<ShownName> {
  const profile = found(await profileOf(c.var.db, actorOf(c).organization_id, who, { is_brief: true }))
  return nameOf(profile, c.var.t)
}

/** A form of a page of its own: what it asks the database for besides the person. */
type Form = (c: Ctx, props: SmallFormProps, who: Who) => Promise<React.ReactElement>

async function small(
  c: Ctx,
  form: Form,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  all: Record<string, string[]> = {},
): Promise<Response> {
  const who = await meantBy(c)
  const name = await nameOfWho(c, who)
  const props = { t: c.var.t, name, path: pathOf(who), today: today(c), typed, errors, all }
  return page(c, await form(c, props, who), {
    title: name.main,
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

const stageForm: Form = async (c, props, { person_id }) => {
  const { organization_id } = actorOf(c)
  const rungs = await rungsOf(c.var.db, organization_id)
  const at = stageOn(person_id ? await stagesOf(c.var.db, organization_id, person_id) : [], today(c))
  return <StageFormPage {...props} rungs={rungs} rung_id={at ? at.rung_id : (rungs[0]?.rung_id ?? null)} />
}

const stepForm: Form = async (c, props) => (
  <NextStepFormPage
    {...props}
    members={await presentMembers(c.var.db, actorOf(c).organization_id)}
    me={actorOf(c).id}
  />
)

const oneOnOneForm: Form = async (c, props, { person_id }) => {
  const { organization_id, id } = actorOf(c)
  const account = person_id ? await accountOfPerson(c.var.db, organization_id, person_id) : null
  return (
    <OneOnOneFormPage
      {...props}
      reader={account && account.user_id !== id ? account.display_name : null}
      reader_id={account?.user_id ?? null}
      members={await presentMembers(c.var.db, organization_id)}
      me={id}
    />
  )
}

const roleForm: Form = async (c, props) => (
  <RoleFormPage {...props} names={await roleNames(c.var.db, actorOf(c).organization_id)} />
)

const trainingForm: Form = async (c, props) => (
  <TrainingFormPage {...props} trainings={await trainingsOf(c.var.db, actorOf(c).organization_id)} />
)

const mentorForm: Form = async (c, props, { person_id }) => {
  const rows = await board(c.var.db, actorOf(c).organization_id, today(c), timeZone(c))
  const known = rows
    .filter((row) => row.person_id !== person_id)
    .map((row) => ({ person_id: row.person_id, name: nameOfRow(row, c.var.language).main }))
  return <MentorFormPage {...props} known={known} sought={await soughtIn(c)} />
}

/** Of the door: those that come next. */
const events_offered = 30

const delegationForm: Form = async (c, props, { person_id }) => {
  const { organization_id } = actorOf(c)
  const accounts = person_id ? await accountsOf(c.var.db, organization_id, person_id) : []
  const events = await listEvents(c.var.db, organization_id, { which: 'upcoming', now: now(c), limit: events_offered })
  const [rules, trainings] = await Promise.all([
    delegationRules(c.var.db, organization_id),
    trainingsOf(c.var.db, organization_id, { with_archived: true }),
  ])
  const needed = delegatedKinds.flatMap((what) => {
    const rule = rules[what]
    const asked = trainings.filter(({ training_id }) => rule?.training_ids.includes(training_id))
    return rule && asked.length > 0
      ? [{ what, asks: rule.asks, trainings: asked.map(({ name }) => localized(name, c.var.t.language).text) }]
      : []
  })
  return (
    <DelegationFormPage {...props} {...{ accounts, events, needed }} until={addMonths(addDays(props.today, -1), 6)} />
  )
}

const accountForm: Form = async (c, props, { person_id }) => {
  const { organization_id } = actorOf(c)
  return (
    <AccountFormPage
      {...props}
      members={await presentMembers(c.var.db, organization_id)}
      callers={person_id ? await possibleCallers(c.var.db, organization_id, person_id) : []}
    />
  )
}
