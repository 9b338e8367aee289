import type { Db } from '../../platform/db/db.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import { formatDate } from '../../platform/i18n/formats.ts'
import { localized } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { cohortsOfPerson } from './cohorts/queries.ts'
import { helpCases } from './cases/queries.ts'
import './cases/messages.ts'
import './cohorts/messages.ts'
import { heldBy, roleText, type Held } from './held/queries.ts'
import { accountsOf, stagesOf, type StageRow } from './ladder/queries.ts'
import './messages.ts'
import { oneOnOnes } from './one-on-ones/queries.ts'
import { spanText } from './pages/work.tsx'
import { tasksOf, type Task, titleIn } from './tasks/queries.ts'

/** A line of somebody's timeline. */
export interface Told {
  at: Date
  by: string | null
  text: string
  detail: string | null
}

export interface LeadershipOfPerson {
  stages: StageRow[]
  /** Open ones. */
  steps: Task[]
  held: Held
  told: Told[]
}

/** What a profile shows of this room: where somebody stands, and what happened. What was said one on one is not in it. */
export async function leadershipOf(
  db: Db,
  reader: Actor,
  person_id: string | null,
  t: Translate,
  today: string,
): Promise<LeadershipOfPerson> {
  const { organization_id } = reader
  if (person_id === null)
    return { stages: [], steps: [], held: { roles: [], passed: [], mentorings: [], delegations: [] }, told: [] }
  const [stages, steps, ended, given, held, met, cohorts, { cases }] = await Promise.all([
    stagesOf(db, organization_id, person_id),
    tasksOf(db, organization_id, { person_id, state: 'open' }),
    tasksOf(db, organization_id, { person_id, state: 'ended', limit: 50 }),
    givenAtEvents(db, organization_id, person_id),
    heldBy(db, organization_id, person_id),
    oneOnOnes(db, reader, { person_id }),
    cohortsOfPerson(db, organization_id, person_id),
    helpCases(db, organization_id, { person_id }),
  ])
  const isAbout = new Set([...steps, ...ended].map(({ task_id }) => task_id))
  const tasks = [...steps, ...ended, ...given.filter(({ task_id }) => !isAbout.has(task_id))]
  const told: Told[] = [
    ...stages.map((row) => ({
      at: row.set_at,
      by: row.set_by,
      text: row.rung ? t('told.stage', { rung: localized(row.rung, t.language).text }) : t('told.stage_off'),
      detail: row.reason,
    })),
    ...tasks.flatMap((task) => taskTold(task, t)),
    ...cases.flatMap(({ title, made_at, made_by, closed_at, closed_by, closed_as, outcome }) => [
      { at: made_at, by: made_by, text: t('told.case', { title }), detail: null },
      ...(closed_at && closed_as
        ? [
            {
              at: closed_at,
              by: closed_by,
              text: t('told.case_closed', { title, end: t(`case.end.${closed_as}`) }),
              detail: outcome,
            },
          ]
        : []),
    ]),
    ...met.map((row) => ({
      at: row.written_at,
      by: null,
      text: t('told.one_on_one', { writer: row.writer }),
      detail: null,
    })),
    ...held.roles.flatMap((row) => {
      const name = roleText(row, t.language)
      const detail = spanText(t, row.from_on, row.until_on)
      return [
        { at: row.recorded_at, by: row.recorded_by, text: t('told.role', { name }), detail },
        ...ran(row.until_on, today, t('told.role_over', { name })),
      ]
    }),
    ...held.passed.flatMap((row) => {
      const name = localized(row.name, t.language).text
      return [
        { at: row.recorded_at, by: row.recorded_by, text: t('told.passed', { name }), detail: null },
        ...ran(row.until_on, today, t('told.passed_over', { name })),
      ]
    }),
    ...held.delegations.flatMap((row) => {
      const what = t(`delegation.${row.what}`)
      const granted = { at: row.granted_at, by: row.granted_by, text: t('told.delegated', { what }), detail: spanText(t, row.from_on, row.until_on) } // prettier-ignore
      const others = held.delegations.filter((each) => each !== row && each.user_id === row.user_id && each.what === row.what) // prettier-ignore
      if (row.ended_at) {
        // Given anew at that moment, it was not taken back.
        const isRenewed = others.some(({ granted_at }) => granted_at.getTime() === row.ended_at?.getTime())
        const back = {
          at: row.ended_at,
          by: row.ended_by,
          text: t('told.delegation_taken_back', { what }),
          detail: null,
        }
        return isRenewed ? [granted] : [granted, back]
      }
      const after = addDays(row.until_on, 1)
      const goesOn = others.some((each) => !each.ended_at && each.from_on <= after && each.until_on >= after)
      return goesOn ? [granted] : [granted, ...ran(row.until_on, today, t('told.delegation_over', { what }))]
    }),
    ...cohorts.flatMap((row) => {
      const name = localized(row.name, t.language).text
      return [
        // Of the day alone is known: before what was decided on it.
        {
          at: earlier(noon(row.applied_on), row.decisions[0]?.at),
          by: null,
          text: t('told.applied', { name }),
          detail: null,
        },
        ...row.decisions.map(({ state, by, at }) => ({
          at,
          by,
          text: t('told.cohort', { name, state: t(`cohort.state.${state}`) }),
          detail: null,
        })),
        ...row.came.map(({ title, held_on, state, recorded_by }) => ({
          at: noon(held_on),
          by: recorded_by,
          text: t('told.session', { name, title }),
          detail: t(`cohort.attendance.${state}`),
        })),
        ...row.reached.map(({ name: milestone, reached_on, recorded_by }) => ({
          at: noon(reached_on),
          by: recorded_by,
          text: t('told.milestone', { name, milestone }),
          detail: null,
        })),
      ]
    }),
  ]
  return { stages, steps, held, told }
}

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`)

const earlier = (at: Date, next: Date | undefined): Date => (next && next <= at ? new Date(next.getTime() - 1) : at)

/** What ended by itself after its last day. */
const ran = (until_on: string | null, today: string, text: string): Told[] =>
  until_on !== null && until_on < today ? [{ at: noon(addDays(until_on, 1)), by: null, text, detail: null }] : []

/** What was agreed on at events and given to an account of theirs; other tasks of an account are its own business. */
async function givenAtEvents(db: Db, organization_id: string, person_id: string): Promise<Task[]> {
  const accounts = await accountsOf(db, organization_id, person_id)
  const lists = await Promise.all(
    accounts
      .flatMap(({ user_id }) => user_id ?? [])
      .flatMap((owner) =>
        (['open', 'ended'] as const).map((state) =>
          tasksOf(db, organization_id, { owner, of_events: true, state, limit: 50 }),
        ),
      ),
  )
  return lists.flat().filter(({ kind }) => kind === 'task')
}

/** That it was given, and what came of it. */
function taskTold(task: Task, t: Translate): Told[] {
  const { kind, taken_on, made_at, made_by, owner, due_on, event, ended_at, ended_by, ended_as, outcome } = task
  const title = titleIn(task, t.language)
  const isStep = kind === 'next_step'
  const where = event ? t('task.of_event', { title: localized(event.title, t.language).text }) : null
  const due = due_on && t('told.due', { date: formatDate(t.language, due_on, 'short') })
  const detail = [where, owner, due].filter(Boolean).join(' · ') || null
  const said = isStep ? 'told.step_set' : taken_on ? 'told.taken_on' : 'told.task_set'
  const set = { at: made_at, by: made_by, text: t(said, { title }), detail }
  if (!ended_at) return [set]
  const text =
    ended_as === 'done'
      ? t(isStep ? 'told.step_done' : 'told.task_done', { title })
      : t(isStep ? 'told.step_left' : 'told.task_left', { title })
  return [set, { at: ended_at, by: ended_by, text, detail: outcome }]
}
