import { correctHours, saveNotes, saveThanks } from '../../features/events/after/commands.ts'
import { nameShiftBank } from '../../features/events/calls/commands.ts'
import { hoursOfEvent } from '../../features/events/after/queries.ts'
import { listEvents } from '../../features/events/queries.ts'
import { makeFeedbackForm } from '../../features/forms/feedback/commands.ts'
import { takeOn } from '../../features/leadership/after/commands.ts'
import { addTask, endTask } from '../../features/leadership/tasks/commands.ts'
import { tasksOf } from '../../features/leadership/tasks/queries.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import { makeMeeting } from './events.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { answerForm } from './forms.ts'
import { newcomer } from './personas.ts'

/** What followed the roundtable, and the phone bank in which the next calling evening calls. */
export async function makeAfterEvents(
  db: Db,
  {
    organizer,
    host,
    phone_bank_id,
    newcomer_id,
  }: { organizer: Actor; host: Actor; phone_bank_id: string; newcomer_id: string },
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
  const { form_id } = await makeFeedbackForm(db, organizer, event_id, ['en', 'ko'], now)
  await answerFeedback(db, organizer, form_id, now)
  const task = { owner_id: host.id, due_on: addDays(today, 5), who: null, event_id }
  await addTask(db, organizer, { ...task, title: '교장 선생님과 만날 날 잡기' }, now)
  await addTask(db, organizer, { ...task, owner_id: organizer.id, title: '109 경찰서에 편지 쓰기' }, now)
  const hours = await hoursOfEvent(db, organization_id, event_id)
  // What she took on there is done.
  const letter = { title: '학부모 열 분께 서명 부탁하기', owner_id: host.id, due_on: addDays(today, -3) }
  await takeOn(
    db,
    organizer,
    event_id,
    { person_id: newcomer_id, ...letter },
    new Date(now.getTime() - 11 * 86_400_000),
  )
  const [hers] = await tasksOf(db, organization_id, { person_id: newcomer_id, state: 'open' })
  await endTask(
    db,
    host,
    found(hers).task_id,
    { as: 'done', outcome: '열두 분이 서명하심' },
    new Date(now.getTime() - 4 * 86_400_000),
  )
  const first = hours.find(({ person_id }) => person_id !== newcomer_id)
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

/** Two who came say how it was. */
async function answerFeedback(db: Db, organizer: Actor, form_id: string, now: Date): Promise<void> {
  const said = [
    {
      who: newcomer,
      language: 'ko',
      answers: { event_rating: 'very_good', event_again: true, event_best: '선생님 말씀을 직접 들은 것' },
    },
    {
      who: { first_name: 'Eunji', last_name: 'Ryu', name_hangul: '류은지', phone: '+17185550141' },
      language: 'ko',
      answers: { event_rating: 'good', event_again: true, event_better: '조금 더 일찍 끝나면 좋겠습니다.' },
    },
  ] as const
  for (const [at, { who, language, answers }] of said.entries())
    await answerForm(db, organizer, form_id, who, answers, { language, at: new Date(now.getTime() - (at + 1) * 3_600_000) }) // prettier-ignore
}
