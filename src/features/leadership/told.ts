import type { Db } from '../../platform/db/db.ts'
import type { Actor } from '../../platform/actor.ts'
import { localized } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { cohortsOfPerson } from './cohorts/queries.ts'
import './cohorts/messages.ts'
import { heldBy, roleText, type Held } from './held/queries.ts'
import { stagesOf, type StageRow } from './ladder/queries.ts'
import './messages.ts'
import { oneOnOnes } from './one-on-ones/queries.ts'
import { spanText } from './pages/work.tsx'
import { tasksOf, type Task } from './tasks/queries.ts'

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
): Promise<LeadershipOfPerson> {
  const { organization_id } = reader
  if (person_id === null)
    return { stages: [], steps: [], held: { roles: [], passed: [], mentorings: [], delegations: [] }, told: [] }
  const [stages, steps, ended, held, met, cohorts] = await Promise.all([
    stagesOf(db, organization_id, person_id),
    tasksOf(db, organization_id, { person_id, state: 'open' }),
    tasksOf(db, organization_id, { person_id, state: 'ended', limit: 50 }),
    heldBy(db, organization_id, person_id),
    oneOnOnes(db, reader, { person_id }),
    cohortsOfPerson(db, organization_id, person_id),
  ])
  const isStep = ({ kind }: Task): boolean => kind === 'next_step'
  const told: Told[] = [
    ...stages.map((row) => ({
      at: row.set_at,
      by: row.set_by,
      text: row.rung ? t('told.stage', { rung: localized(row.rung, t.language).text }) : t('told.stage_off'),
      detail: row.reason,
    })),
    ...[...steps, ...ended].filter(isStep).map((row) => ({
      at: row.made_at,
      by: row.made_by,
      text: t('told.step_set', { title: row.title }),
      detail: null,
    })),
    ...ended
      .filter((row) => isStep(row) && row.ended_as === 'done')
      .flatMap((row) =>
        row.ended_at
          ? [
              {
                at: row.ended_at,
                by: row.ended_by,
                text: t('told.step_done', { title: row.title }),
                detail: row.outcome,
              },
            ]
          : [],
      ),
    ...met.map((row) => ({
      at: row.written_at,
      by: null,
      text: t('told.one_on_one', { writer: row.writer }),
      detail: null,
    })),
    ...held.roles.map((row) => ({
      at: row.recorded_at,
      by: row.recorded_by,
      text: t('told.role', { name: roleText(row, t.language) }),
      detail: spanText(t, row.from_on, row.until_on),
    })),
    ...held.passed.map((row) => ({
      at: row.recorded_at,
      by: row.recorded_by,
      text: t('told.passed', { name: localized(row.name, t.language).text }),
      detail: null,
    })),
    ...held.delegations.map((row) => ({
      at: row.granted_at,
      by: row.granted_by,
      text: t('told.delegated', { what: t(`delegation.${row.what}`) }),
      detail: null,
    })),
    ...cohorts.flatMap((row) => {
      const name = localized(row.name, t.language).text
      return [
        { at: new Date(`${row.applied_on}T12:00:00Z`), by: null, text: t('told.applied', { name }), detail: null },
        ...(row.decided_at
          ? [
              {
                at: row.decided_at,
                by: row.decided_by,
                text: t('told.cohort', { name, state: t(`cohort.state.${row.state}`) }),
                detail: null,
              },
            ]
          : []),
      ]
    }),
  ]
  return { stages, steps, held, told }
}
