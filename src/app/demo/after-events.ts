import { correctHours, saveNotes, saveThanks } from '../../features/events/after/commands.ts'
import { nameShiftBank } from '../../features/events/calls/commands.ts'
import { hoursOfEvent } from '../../features/events/after/queries.ts'
import { listEvents } from '../../features/events/queries.ts'
import { makeFeedbackForm } from '../../features/forms/feedback/commands.ts'
import { takeOn } from '../../features/leadership/after/commands.ts'
import { addTask } from '../../features/leadership/tasks/commands.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import { makeMeeting } from './events.ts'
import type { Db } from '../../platform/db/db.ts'

/** What followed the roundtable, and the phone bank in which the next calling evening calls. */
export async function makeAfterEvents(
  db: Db,
  { organizer, host, phone_bank_id }: { organizer: Actor; host: Actor; phone_bank_id: string },
  now: Date,
  today: string,
): Promise<number> {
  const { organization_id } = organizer
  const [past] = await listEvents(db, organization_id, { which: 'past', kind: 'roundtable', now, limit: 1 })
  const evenings = await listEvents(db, organization_id, { which: 'upcoming', kind: 'phone_bank', now, limit: 20 })
  for (const { event_id } of evenings) await nameShiftBank(db, organizer, event_id, phone_bank_id, now)
  await makeMeeting(db, organizer, now, today)
  if (!past) return 0
  const { event_id } = past
  await saveThanks(
    db,
    organizer,
    event_id,
    {
      attended: {
        ko: '지난 학교 안전 간담회에 와 주셔서 감사합니다. 말씀해 주신 통학로 문제를 교장 선생님께 전하겠습니다.',
      },
    },
    now,
  )
  const notes = {
    en: 'The crossing at 164th Street worries everybody. We ask the principal and the 109th Precinct for a crossing guard.',
    ko: '164가 건널목을 모두 걱정합니다. 교장 선생님과 109 경찰서에 안전 요원을 요청하기로 했습니다.',
  }
  await saveNotes(db, organizer, event_id, { notes, is_published: true }, now)
  await makeFeedbackForm(db, organizer, event_id, ['en', 'ko'], now)
  const task = { owner_id: host.id, due_on: addDays(today, 5), who: null, event_id }
  await addTask(db, organizer, { ...task, title: '교장 선생님과 만날 날 잡기' }, now)
  await addTask(db, organizer, { ...task, owner_id: organizer.id, title: 'Write to the 109th Precinct' }, now)
  const [first] = await hoursOfEvent(db, organization_id, event_id)
  if (first) {
    const { person_id, signup_id, shift_id } = first
    const photographs = { title: 'Photograph the crossing at 164th Street', owner_id: host.id, due_on: task.due_on }
    await takeOn(db, organizer, event_id, { person_id, ...photographs }, now)
    await correctHours(
      db,
      organizer,
      event_id,
      { signup_id, shift_id, minutes: 180, reason: '의자 정리까지 남아서 도움' },
      now,
    )
  }
  return 2
}
