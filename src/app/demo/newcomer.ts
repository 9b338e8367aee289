import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { addPerson, changeEvent } from '../../features/events/commands.ts'
import { doAtDoor } from '../../features/events/door/commands.ts'
import { listEvents, shiftsOf, signupsOf } from '../../features/events/queries.ts'
import { settleDues } from '../../features/ledger/commands.ts'
import { linkVoter } from '../../features/people/commands.ts'
import { applicationActor, decide, receiveApplication } from '../../features/people/membership/applications/commands.ts'
import { kindByKey } from '../../features/people/membership/queries.ts'
import { periodFor } from '../../features/people/membership/rules.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { make, type Planned } from './events.ts'
import { newcomer } from './personas.ts'

const links = { card: () => '', pay: () => null }

const forum: Planned = {
  kind: 'leadership_forum',
  title: { en: 'Leadership forum: speaking for your neighbors', ko: '리더십 포럼: 이웃을 대신해 말하기' },
  summary: {
    en: 'Three who began as volunteers tell how they came to speak at City Hall, and you try it.',
    ko: '자원봉사로 시작한 세 분이 시청에서 발언하게 된 이야기를 들려주고, 직접 연습해 봅니다.',
  },
  days: 18,
  shifts: [{ from: '18:30', to: '20:30' }],
  place: {
    name: { en: 'Flushing Library, room A', ko: '플러싱 도서관 A실' },
    address: '41-17 Main St',
    city: 'Flushing',
    zip5: '11355',
  },
  settings: { is_by_invitation: true, capacity: 20, online_link: 'https://meet.example.org/leadership-forum' },
  details: {
    facilitator: '한복희',
    interpreter: 'Daniel Park',
    panel: {
      en: 'A tenant leader, a school parent, a small-business owner',
      ko: '세입자 대표, 학부모, 소상공인',
    },
  },
}

/**
 * One person who goes the whole way, as far as it lies before the ladder: joined by the form on the web in Korean, was accepted, paid,
 * came to the roundtable where her code was read at the door, and is invited to a leadership forum. Her id.
 */
export async function makeNewcomer(
  db: Db,
  { organizer, host, secret }: { organizer: Actor; host: Actor; secret: string },
  now: Date,
  today: string,
): Promise<string> {
  const { organization_id } = organizer
  const at = (days_ago: number): Date => new Date(`${addDays(today, -days_ago)}T17:00:00Z`)
  const page_key = randomUUID()
  const application = {
    page_key, kind: 'regular', ...newcomer, address: null, city: 'Flushing', zip5: '11354', news: undefined,
    note: '전화 봉사를 하다가 더 해 보고 싶어졌습니다.',
  } // prettier-ignore
  const joined = addDays(today, -98)
  await receiveApplication(db, applicationActor(organization_id), application, {
    organization: {},
    language: 'ko',
    wording: '',
    today: addDays(today, -100),
    now: at(100),
    may_mail: false,
    links,
  })
  await decide(db, organizer, page_key, { approves: true }, { organization: {}, today: joined, now: at(98), links })
  const { person_id } = await db
    .selectFrom('membership_application')
    .select('person_id')
    .where('organization_id', '=', organization_id)
    .where('application_id', '=', page_key)
    .executeTakeFirstOrThrow()
  const kind = await kindByKey(db, organization_id, 'regular')
  const dues = {
    form_key: randomUUID(), kind: kind.kind, way: 'check' as const, amount: kind.dues_cents, reference: '1077', paid_on: joined,
    ...periodFor(kind, [], joined), reason: null,
  } // prettier-ignore
  await settleDues(db, organizer, person_id, dues, joined)
  const voter_id = await voterLike(db, organization_id)
  if (voter_id !== null) await linkVoter(db, organizer, person_id, voter_id, 'hand')
  await comeToRoundtable(db, { organizer, host, secret }, person_id, now)

  const event_id = await make(db, organizer, forum, now, today)
  await addPerson(db, organizer, event_id, { who: person_id, as: 'invited', shift_ids: [], is_told: true }, now)
  await changeEvent(db, organizer, event_id, 'publish', now)
  return person_id
}

/** A voter about her age whom nobody of ours is yet; of her family name, but in the smallest of towns. */
async function voterLike(db: Db, organization_id: string): Promise<number | null> {
  const { rows } = await sql<{ voter_id: number }>`
    select v.voter_id from voter_record v
    where v.p_korean >= 50 and v.status = 'active' and v.gone_in is null and v.birth_year between 1980 and 2006
      and not exists (select from person p where p.organization_id = ${organization_id}::uuid and p.voter_id = v.voter_id)
    order by v.last_key = 'OH' desc, v.given_key like 'JENNY%' desc, v.given_key like 'JI%' desc, v.sex = 'F' desc, v.voter_id limit 1`.execute(
    db,
  )
  return rows[0]?.voter_id ?? null
}

async function comeToRoundtable(
  db: Db,
  { organizer, host, secret }: { organizer: Actor; host: Actor; secret: string },
  who: string,
  now: Date,
): Promise<void> {
  const { organization_id } = organizer
  const { event_id } = found(
    (await listEvents(db, organization_id, { which: 'past', kind: 'roundtable', now, limit: 1 }))[0],
  )
  const { shift_id, starts_at } = found((await shiftsOf(db, organization_id, [event_id]))[0])
  const before = new Date(starts_at.getTime() - 5 * 86_400_000)
  await addPerson(db, organizer, event_id, { who, as: 'signed_up', shift_ids: [], is_told: true }, before)
  const { ticket } = found((await signupsOf(db, organization_id, event_id)).find(({ person_id }) => person_id === who))
  const there = new Date(starts_at.getTime() - 240_000)
  const sent_at = there.toISOString()
  const act = { kind: 'mark' as const, act_id: randomUUID(), shift_id, at: sent_at, who: { ticket }, guests: null, is_let_in: false } // prettier-ignore
  await doAtDoor(db, host, [act], { event_id, secret, sent_at, now: there })
}
