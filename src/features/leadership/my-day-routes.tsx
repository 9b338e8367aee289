import { audit } from '../../platform/audit.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { assignFollowUps, solveFollowUp } from '../phonebanks/follow-ups/commands.ts'
import { closedParts } from '../campaigns/team/queries.ts'
import { followUps } from '../phonebanks/follow-ups/queries.ts'
import { presentMembers } from './ladder/queries.ts'
import './messages.ts'
import { idParam, now, today } from '../../platform/http/of-request.ts'
import { oneOnOnes } from './one-on-ones/queries.ts'
import { MyDayPage } from './pages/my-day.tsx'
import { snoozedUntil } from './rules.ts'
import { EndForm, SnoozeForm, TaskForm, TaskMailForm } from './schema.ts'
import { addTask, endTask, reopenTask, snoozeTask } from './tasks/commands.ts'
import { wantsTaskMail, wantTaskMail } from './tasks/given.ts'
import { tasksOf } from './tasks/queries.ts'

const signedIn = allow('signed-in')
const host = allow('phonebanks.host')
const mine = { mine: true }

/** What is whoever reads it to do. Everybody of the organization has one; what others have is not found. */
export const myDayRoutes = room()
  .get('/my-day', signedIn, (c) => myDay(c))
  .post('/my-day/tasks', signedIn, async (c) => {
    const { typed, errors, value } = await readForm(c, TaskForm)
    if (!value) return myDay(c, typed, errors)
    const actor = actorOf(c)
    // Whoever works with people gives tasks to others too.
    const owner_id = (mayDo(actor, 'leadership.work') && value.owner_id) || actor.id
    await addTask(c.var.db, actor, { ...value, owner_id, who: null }, now(c))
    return saved(c)
  })
  .post('/my-day/mail', signedIn, async (c) => {
    const { value } = await readForm(c, TaskMailForm)
    if (value) await wantTaskMail(c.var.db, actorOf(c), value.mails === 'yes')
    return saved(c)
  })
  .post('/my-day/tasks/:task/done', signedIn, (c) => end(c, 'done'))
  .post('/my-day/tasks/:task/leave', signedIn, (c) => end(c, 'moved_on'))
  .post('/my-day/tasks/:task/reopen', signedIn, async (c) => {
    await reopenTask(c.var.db, actorOf(c), idParam(c, 'task'), now(c), mine)
    return saved(c)
  })
  .post('/my-day/tasks/:task/snooze', signedIn, async (c) => {
    await snoozeTask(c.var.db, actorOf(c), idParam(c, 'task'), await until(c), mine)
    return saved(c)
  })
  // Follow-ups of phone banks stay where they are; here they are done and put off.
  .post('/my-day/follow-ups/:follow_up/done', host, async (c) => {
    const { value } = await readForm(c, EndForm)
    const solution = value?.outcome ?? ''
    const solved = await solveFollowUp(c.var.db, actorOf(c), idParam(c, 'follow_up'), { solution }, now(c))
    // Somebody else was first and said otherwise: both words stand on the page of follow-ups.
    return solved.ok ? saved(c) : c.redirect('/follow-ups?state=solved', 303)
  })
  .post('/my-day/follow-ups/:follow_up/snooze', host, async (c) => {
    const due_on = await until(c)
    await assignFollowUps(c.var.db, actorOf(c), [idParam(c, 'follow_up')], { due_on }, now(c))
    return saved(c)
  })

const saved = (c: Ctx): Response => c.redirect('/my-day?saved=yes', 303)

const until = async (c: Ctx): Promise<string> =>
  snoozedUntil((await readForm(c, SnoozeForm)).value?.until ?? 'tomorrow', today(c))

async function end(c: Ctx, as: 'done' | 'moved_on'): Promise<Response> {
  const { value } = await readForm(c, EndForm)
  const outcome = value?.outcome ?? null
  await endTask(c.var.db, actorOf(c), idParam(c, 'task'), { as, outcome, ...mine }, now(c))
  return saved(c)
}

async function myDay(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const owned = { is_solved: false, kind: null, phone_bank_id: null, owner: { user_id: actor.id }, due_before: null, closed_banks: [...(await closedParts(db, actor, 'phone_bank', now(c)))] } // prettier-ignore
  const [tasks, ended, calls, met, members, loose, mails] = await Promise.all([
    tasksOf(db, organization_id, { owner: actor.id, state: 'open' }),
    tasksOf(db, organization_id, { owner: actor.id, state: 'ended', limit: 10 }),
    mayDo(actor, 'phonebanks.host') ? followUps(db, organization_id, owned, { from: 0, limit: 200 }) : { rows: [] },
    oneOnOnes(db, actor, { only_own: true }),
    mayDo(actor, 'leadership.work') ? presentMembers(db, organization_id) : [],
    mayDo(actor, 'leadership.work') ? tasksOf(db, organization_id, { loose_for: actor, state: 'open' }) : [],
    wantsTaskMail(db, actor),
  ])
  // Names and numbers of voters: who looks at them is kept, as on the page of follow-ups.
  if (calls.rows.length > 0)
    await audit(db, actor, {
      action: 'follow_up.list',
      subject: 'follow_up',
      subject_id: organization_id,
      after: { rows: calls.rows.length },
      request_id: c.var.request_id,
    })
  return page(
    c,
    <MyDayPage
      t={t}
      today={today(c)}
      tasks={tasks}
      ended={ended}
      loose={loose}
      follow_ups={calls.rows}
      one_on_ones={met}
      may_view={mayDo(actor, 'leadership.view')}
      members={members}
      mails={mails}
      me={actor.id}
      typed={typed}
      errors={errors}
      saved={c.req.query('saved') === 'yes'}
    />,
    { title: t('my_day.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}
