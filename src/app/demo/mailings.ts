import { makeMailing } from '../../features/mailings/commands.ts'
import { changeJourney, changeStep, makeJourney, startJourney } from '../../features/mailings/journeys/commands.ts'
import { stepsOf } from '../../features/mailings/journeys/queries.ts'
import { setUpNewsletter } from '../../features/mailings/newsletter/commands.ts'
import { makeTopic } from '../../features/mailings/topics/commands.ts'
import { writeMailing } from '../../features/mailings/writing/commands.ts'
import { MailContent } from '../../features/mailings/writing/schema.ts'
import { starterContent } from '../../features/mailings/writing/starters.ts'
import { guideById, versionsOf } from '../../features/voterguides/queries.ts'
import { listEvents } from '../../features/events/queries.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { translator } from '../../platform/i18n/messages.ts'

const postal_address = 'PO Box 540128, Flushing, NY 11354'

/** What the organization writes about; the first one is that of its update. */
async function makeDemoTopics(db: Db, organizer: Actor, now: Date): Promise<(string | null)[]> {
  const topics = [
    {
      name: { en: 'Elections and voting', ko: '선거와 투표' },
      about: { en: 'Dates, candidates, where to vote', ko: '날짜, 후보, 투표소' },
      is_for_all: true,
    },
    {
      name: { en: 'Events', ko: '행사' },
      about: { en: 'Roundtables, trainings, days together', ko: '간담회, 교육, 함께하는 날' },
      is_for_all: true,
    },
    {
      name: { en: 'Immigration and housing', ko: '이민·주택 정책' },
      about: { en: 'What changes, and what to do', ko: '무엇이 바뀌고 어떻게 하면 되는지' },
      is_for_all: false,
    },
  ]
  const made: (string | null)[] = []
  for (const topic of topics) made.push(await makeTopic(db, organizer, topic, now))
  return made
}

/** An update in two languages, ready to go out, and one that is begun. Answers how many. */
export async function makeDemoMailings(
  db: Db,
  organizer: Actor,
  guide_id: string | null,
  now: Date,
  today: string,
): Promise<number> {
  const { organization_id } = organizer
  const guide = guide_id ? await guideById(db, organization_id, guide_id) : undefined
  const [last] = guide ? await versionsOf(db, guide) : []
  const contest = last?.content.contests[0]
  const [event] = await listEvents(db, organization_id, { which: 'upcoming', is_public: true, now, limit: 1 })
  const update = MailContent.parse({
    subject: { en: 'What your candidates answered', ko: '후보들이 이렇게 답했습니다' },
    preheader: { en: 'Side by side, and one evening to meet', ko: '나란히 비교하고, 함께 이야기하는 저녁' },
    blocks: [
      {
        key: 'b1',
        kind: 'heading',
        title: { en: 'The same questions for everybody', ko: '모든 후보에게 같은 질문을 했습니다' },
      },
      {
        key: 'b2',
        kind: 'text',
        said: {
          en: 'Dear {first_name|neighbor},\n\nIn the fall we asked everybody who runs for City Council the **same questions**. Here is what they signed, in their own words. Read it, and talk it over with your family.',
          ko: '{name|이웃} 님께\n\n지난가을 시의원 선거에 나온 모든 후보에게 **같은 질문**을 드렸습니다. 후보들이 서명한 답변을 그대로 실었습니다. 읽어 보시고 가족과 이야기 나눠 보세요.',
        },
      },
      ...(contest && guide_id ? [{ key: 'b3', kind: 'comparison', of: `${guide_id}/${contest.contest_id}` }] : []),
      ...(event ? [{ key: 'b4', kind: 'event', of: event.event_id }] : []),
      {
        key: 'b5',
        kind: 'action',
        title: { en: 'Two hours on the telephone', ko: '두 시간만 함께 전화를 걸어 주세요' },
        said: {
          en: 'We call neighbors together and ask whether they are registered. First-timers are trained.',
          ko: '이웃에게 함께 전화를 걸어 유권자 등록을 하셨는지 여쭙니다. 처음이셔도 옆에서 알려 드립니다.',
        },
        label: { en: 'Write to us', ko: '이메일로 신청하기' },
        link: { en: 'mailto:office@example.org' },
      },
      { key: 'b6', kind: 'text', said: { en: 'With thanks,\n{organization}', ko: '감사합니다.\n{organization} 드림' } },
    ],
    postal_address,
  })
  const [topic_id] = await makeDemoTopics(db, organizer, now)
  const intro = {
    en: 'Once or twice a month: what is decided, who runs, where to vote, and evenings together.',
    ko: '한 달에 한두 번, 무엇이 정해지는지, 누가 나오는지, 어디서 투표하는지, 함께하는 저녁을 알려 드립니다.',
  }
  await setUpNewsletter(db, organizer, { is_open: true, intro, tag: 'newsletter' })
  const name = '후보 비교 소식 · Candidate update'
  const made = await makeMailing(db, organizer, { name, lane: 'non_partisan', topic_id: topic_id ?? null }, now)
  await writeMailing(db, organizer, made, 0, update, now)
  const begun = await makeMailing(db, organizer, { name: '새 회원 환영 · Welcome', lane: 'member_communication' }, now)
  const welcome = starterContent('welcome', today)
  const { en } = welcome.preheader
  await writeMailing(db, organizer, begun, 0, { ...welcome, preheader: en ? { en } : {}, postal_address }, now)
  await makeDemoJourneys(db, organizer, now, today)
  return 2
}

/** One that welcomes whoever joined of late, and one for those whose dues ran out, not started yet. */
async function makeDemoJourneys(db: Db, organizer: Actor, now: Date, today: string): Promise<void> {
  const here = { t: translator('ko'), today, now }
  const welcome = await makeJourney(db, organizer, { starter: 'welcome', name: '새 회원 환영 · Welcome', event_id: null }, here)
  const form = { name: '새 회원 환영 · Welcome', lane: 'member_communication', expression: 'member-since:1y', exits: '-member:good', takes_all: true, rest_hours: 24 } as const
  await inTransaction(db, (tx) => changeJourney(tx, organizer, welcome, form))
  const [first] = await stepsOf(db, { organization_id: organizer.organization_id, journey_id: welcome })
  // Nobody of the town is mailed the moment it opens.
  if (first) await changeStep(db, organizer, welcome, first.mailing_id, 24, now)
  await startJourney(db, organizer, welcome, now)
  await makeJourney(db, organizer, { starter: 'lapsed', name: '회비 만료 · Lapsed', event_id: null }, here)
} // prettier-ignore
