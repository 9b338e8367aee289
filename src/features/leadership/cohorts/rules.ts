import type { Came, Milestone, Session } from './queries.ts'

export interface Behind {
  application_id: string
  /** Sessions they were not at, unexcused. */
  missed: string[]
  /** Milestones that were due and are not reached. */
  due: string[]
}

/** Of these, who missed a session that was held, or has not reached what was due: whoever lacks most first. */
export function behindOf(
  applications: readonly { application_id: string }[],
  {
    sessions,
    milestones,
    attendance,
    reached,
  }: {
    sessions: readonly Pick<Session, 'session_id' | 'held_on' | 'title'>[]
    milestones: readonly Pick<Milestone, 'milestone_id' | 'name' | 'due_on'>[]
    attendance: readonly Pick<Came, 'session_id' | 'application_id' | 'state'>[]
    reached: readonly { milestone_id: string; application_id: string }[]
  },
  today: string,
): Behind[] {
  // A session nobody was noted at yet was not missed by everybody.
  const held = sessions.filter(
    ({ session_id, held_on }) => held_on < today && attendance.some((row) => row.session_id === session_id),
  )
  const due = milestones.filter(({ due_on }) => due_on !== null && due_on < today)
  return applications
    .map(({ application_id }) => ({
      application_id,
      missed: held.flatMap(({ session_id, title }) => {
        const state = attendance.find(
          (row) => row.session_id === session_id && row.application_id === application_id,
        )?.state
        return state === 'attended' || state === 'excused' ? [] : [title]
      }),
      due: due.flatMap(({ milestone_id, name }) =>
        reached.some((row) => row.milestone_id === milestone_id && row.application_id === application_id) ? [] : [name],
      ),
    }))
    .filter(({ missed, due: late }) => missed.length + late.length > 0)
    .toSorted((a, b) => b.missed.length + b.due.length - a.missed.length - a.due.length)
}
