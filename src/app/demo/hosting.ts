import { randomUUID } from 'node:crypto'
import { signUp } from '../../features/events/commands.ts'
import { draftOf } from '../../features/events/editing.ts'
import { approveProposal, declineProposal, propose, saveHosting } from '../../features/events/hosting/commands.ts'
import { proposalById } from '../../features/events/hosting/queries.ts'
import { valuesOfProposal } from '../../features/events/hosting/rules.ts'
import type { Sent } from '../../features/events/hosting/schema.ts'
import { addPartner } from '../../features/events/partners/commands.ts'
import { PartnerForm } from '../../features/events/partners/schema.ts'
import { shiftsOf } from '../../features/events/queries.ts'
import { SettingsForm } from '../../features/events/schema.ts'
import type { Actor } from '../../platform/actor.ts'
import { systemActor } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'

const time_zone = 'America/New_York'

interface Proposed {
  kind: string
  language: 'en' | 'ko'
  days: number
  sent: Partial<Sent>
  who: { first_name: string; last_name: string; name_hangul: string | null; phone?: string }
}

const waiting: readonly Proposed[] = [
  {
    kind: 'roundtable',
    language: 'ko',
    days: 18,
    sent: {
      title: '우리 집 거실 간담회: 렌트와 수리',
      about: '같은 건물 이웃 몇 분과 렌트와 수리 문제를 이야기하고 싶습니다. 차와 과일은 제가 준비합니다.',
      place: '최정자 님 댁',
      address: '143-20 Barclay Ave',
      seats: 10,
      spoken: ['ko'],
      needs: '세입자 권리를 설명해 주실 분과 안내지 열 부가 필요합니다.',
    },
    who: { first_name: 'Jung-ja', last_name: 'Choi', name_hangul: '최정자', phone: '+17185550136' },
  },
  {
    kind: 'phone_bank',
    language: 'en',
    days: 11,
    sent: {
      title: 'Calls from our kitchen table',
      about: 'Two hours of calls with friends from church. Beginners sit beside somebody who has done it.',
      place: 'At the Riveras’',
      address: '35-24 94th St',
      city: 'Jackson Heights',
      zip5: '11372',
      seats: 6,
      spoken: ['en', 'es'],
    },
    who: { first_name: 'Ana', last_name: 'Rivera', name_hangul: null },
  },
]

/** What members and neighbors propose to host: two wait, one is on with its host, one was declined. */
export async function makeHosting(
  installation: Installation,
  db: Db,
  { organizer, member }: { organizer: Actor; member: Actor },
  now: Date,
  today: string,
): Promise<number> {
  await saveHosting(
    db,
    organizer,
    { kinds: ['roundtable', 'community_service', 'social', 'phone_bank'], is_public: true },
    now,
  )
  for (const each of waiting) await send(db, organizer.organization_id, each, null, now, today)
  const no = await send(
    db,
    organizer.organization_id,
    {
      kind: 'social',
      language: 'en',
      days: 9,
      sent: { title: 'Barbecue for a hundred', address: 'Kissena Park', seats: 100, spoken: ['en'] },
      who: { first_name: 'Peter', last_name: 'Oh', name_hangul: null },
    },
    null,
    now,
    today,
  )
  const reason = 'The park asks for a permit six weeks ahead. In spring we would gladly do it with you.'
  await declineProposal(db, organizer, no, { reason }, now)
  const event_id = await holdHosted(installation, db, { organizer, member }, now, today)
  await promote(db, organizer, event_id, now)
  return waiting.length + 2
}

async function holdHosted(
  installation: Installation,
  db: Db,
  { organizer, member }: { organizer: Actor; member: Actor },
  now: Date,
  today: string,
): Promise<string> {
  const kind = { kind: 'social', needs: [] }
  const yes = await send(
    db,
    organizer.organization_id,
    {
      kind: kind.kind,
      language: 'en',
      days: 8,
      sent: {
        title: 'Tea with new neighbors',
        about: 'For everybody who has moved here this year. Bring a question about the neighborhood.',
        place: 'At Jenny’s',
        address: '41-60 Main St',
        seats: 12,
        spoken: ['en', 'ko'],
        needs: 'Folding chairs',
      },
      who: { first_name: 'Jenny', last_name: 'Oh', name_hangul: null },
    },
    member.id,
    now,
    today,
  )
  const languages = ['en', 'ko']
  const proposal = found(await proposalById(db, organizer.organization_id, yes))
  const fields = {
    ...valuesOfProposal(proposal, kind, { languages, time_zone, today }),
    'title.ko': '새 이웃과 차 한잔',
    'summary.ko': '올해 이사 오신 분을 모십니다. 동네에 대해 궁금한 것을 물어보세요.',
    'shift.0.place.ko': '제니 님 댁',
  }
  const settings = SettingsForm.parse({ ...fields, is_by_invitation: undefined, needs_approval: undefined })
  const { draft } = draftOf(fields, settings, { languages, needs: [] })
  const note = 'We bring the chairs the evening before.'
  const done = await approveProposal(installation, db, organizer, yes, { draft: found(draft), note }, now)
  return done.ok ? done.event_id : ''
}

/** Two partners bring people; one of them may know who two of these are. */
async function promote(db: Db, organizer: Actor, event_id: string, now: Date): Promise<void> {
  const { organization_id } = organizer
  const partners = [
    { name_en: 'Queens Tenants Union', name_ko: '퀸즈 세입자연합', contact: 'Rosa Diaz', is_co_host: 'on' },
    { name_en: 'Flushing Library Friends', name_ko: '플러싱 도서관 친구들', contact: 'Mr. Baek' },
  ]
  const ids: string[] = []
  for (const each of partners) ids.push(await addPartner(db, organizer, event_id, PartnerForm.parse(each), now))
  const shift = found((await shiftsOf(db, organization_id, [event_id]))[0])
  const wording = 'You may tell Queens Tenants Union that I have signed up: my name, e-mail and telephone.'
  const coming = [
    { first_name: 'Hyun-woo', last_name: 'Bae', name_hangul: '배현우', partner: 0, wording },
    { first_name: 'Carmen', last_name: 'Diaz', name_hangul: null, partner: 0, wording },
    { first_name: 'Luis', last_name: 'Ortega', name_hangul: null, partner: 0, wording: null },
    { first_name: 'Eun-ji', last_name: 'Moon', name_hangul: '문은지', partner: 1, wording: null },
    { first_name: 'Soo-bin', last_name: 'Yang', name_hangul: '양수빈', partner: null, wording: null },
  ]
  for (const [at, { partner, wording: told, ...name }] of coming.entries()) {
    const said = { ...name, email: null, phone: `+1718555${String(160 + at).padStart(4, '0')}` }
    const came_by = partner === null ? null : { partner_id: found(ids[partner]), wording: told }
    await signUp(
      db,
      { ...systemActor(organization_id, 'Tea with new neighbors'), id: 'event' },
      event_id,
      { said, named: [], guests: 0, shift_ids: [shift.shift_id], answers: {}, consents: [], signup_id: randomUUID(), language: 'ko', source: 'web', came_by },
      now,
    ) // prettier-ignore
  }
}

async function send(
  db: Db,
  organization_id: string,
  { kind, language, days, sent, who }: Proposed,
  user_id: string | null,
  now: Date,
  today: string,
): Promise<string> {
  const proposal_id = randomUUID()
  const email = `${who.first_name}.${who.last_name}@example.org`.toLowerCase().replaceAll(/[^a-z.@]/g, '')
  const proposal = {
    kind,
    sent: {
      title: '', about: '', date: addDays(today, days), from: '18:30', to: '20:30', place: '', address: '', city: 'Flushing', zip5: '11355',
      hides_address: true, seats: 10, spoken: [], needs: '', ...sent,
    },
    said: { phone: null, ...who, email },
  } // prettier-ignore
  const actor = { ...systemActor(organization_id, `${who.first_name} ${who.last_name}`), id: 'event' }
  await propose(db, actor, { proposal_id, proposal, user_id, language }, now)
  return proposal_id
}
