import { sql } from 'kysely'
import {
  addNote,
  addTag,
  createPerson,
  mark,
  recordConsent,
  relate,
  updatePerson,
} from '../../features/people/commands.ts'
import { findDuplicates } from '../../features/people/duplicates/commands.ts'
import { describeHousehold, livesWith } from '../../features/people/households/commands.ts'
import { PersonForm, type PersonFacts } from '../../features/people/schema.ts'
import { guessHangul } from '../../features/voterfile/community/hangul.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'

interface TownVoter {
  voter_id: number
  last_name: string
  first_name: string | null
  middle_name: string | null
  birth_year: number | null
  house_number: string
  street: string
  unit: string | null
  city: string
  zip5: string
}

const facts = (known: Partial<PersonFacts>): PersonFacts => ({ ...PersonForm.parse({}), ...known })

/** Voters of one community with a full address, in a fixed order. */
async function votersOf(db: Db, community: 'korean' | 'chinese' | 'south_asian', count: number): Promise<TownVoter[]> {
  const { rows } = await sql<TownVoter>`
    select voter_id, last_name, first_name, middle_name, birth_year, house_number, street, unit, city, zip5 from voter_record
    where ${sql.ref(`p_${community}`)} >= 90 and status = 'active' and gone_in is null and house_number is not null
      and street is not null and city is not null and zip5 is not null and birth_year is not null and first_name is not null
    order by voter_id limit ${count}`.execute(db)
  return rows
}

const addressOf = (voter: TownVoter): string =>
  [`${voter.house_number} ${voter.street}`, voter.unit].filter(Boolean).join(' ')

/** Their names as they write them, had we asked: read from the letters, which for invented people is true. */
const hangulOf = ({ last_name, first_name, middle_name }: TownVoter): string | null => {
  const [guess] = guessHangul(last_name, first_name ?? '', middle_name ?? '', 1)
  return guess?.given?.length === 2 ? guess.hangul : null
}

const notesOfOurs = [
  '교회 저녁 모임에서 만남. 렌트 인상 때문에 걱정이 많으심.',
  'Prefers calls after 6 pm. Her daughter interprets when it gets legal.',
  '우편투표 신청서를 보내 달라고 하심. 10월에 다시 확인.',
  'Runs the dry cleaner on Northern Blvd; would put up a poster.',
  '시니어센터 회장님. 이웃 다섯 분을 소개해 주기로 하심.',
  'Asked whether the new bus lane takes parking away. Wants the council member to come to a meeting.',
  '한국어만 쓰심. 아침 10시 이후에 전화.',
  'Voted for the first time in the primary; proud of it.',
]

/** What the Korean American organization has learned itself: tags, notes, consent, relations, a few people twice. */
export async function makeOwnPeople(db: Db, organizer: Actor, host: Actor): Promise<number> {
  const voters = await votersOf(db, 'korean', 40)
  const at = (index: number): TownVoter => {
    const voter = voters[index]
    if (!voter) throw new Error(`the town has only ${voters.length} Korean voters with an address`)
    return voter
  }
  const who = (index: number): string => `v${at(index).voter_id}`

  for (const [index, body] of notesOfOurs.entries()) await addNote(db, index % 2 ? host : organizer, who(index), body)
  for (const index of [0, 2, 4, 6, 8, 10]) await addTag(db, organizer, who(index), '자원봉사자')
  for (const index of [1, 2, 3, 5, 7, 11]) await addTag(db, host, who(index), 'tenant')
  for (const index of [4, 9, 12, 13, 14]) await addTag(db, organizer, who(index), '시니어센터')
  const named = voters.slice(0, 16).flatMap((voter, index) => {
    const name_hangul = hangulOf(voter)
    return name_hangul ? [{ index, name_hangul }] : []
  })
  for (const { index, name_hangul } of named) {
    const language = index % 4 === 3 ? 'en' : 'ko'
    const title = index === 4 ? '장로님' : index === 9 ? '권사님' : null
    await updatePerson(
      db,
      organizer,
      who(index),
      facts({ name_hangul, language, community: 'korean', preferred_title: title }),
      null,
    )
  }
  await recordConsent(db, organizer, who(0), { channel: 'text', is_given: true, evidence: '행사 참가 신청서에 서명' })
  await recordConsent(db, host, who(1), { channel: 'email', is_given: true, evidence: 'said so on the phone' })
  await recordConsent(db, host, who(3), { channel: 'text', is_given: false, evidence: 'asked us to stop texting' })
  await mark(db, organizer, who(15), { reason: 'do_not_call', note: '본인이 전화하지 말라고 하심' })
  await mark(db, host, who(16), { reason: 'moved', note: 'The new tenant says they moved to New Jersey.' })

  // People who came to us by themselves: some are surely a voter of the file, some may be, some are none.
  const signUps: { known: Partial<PersonFacts>; phone?: string; email?: string }[] = [
    ...[20, 21, 22, 23].map((index) => {
      const { last_name, first_name, birth_year, city, zip5 } = at(index)
      return {
        known: {
          last_name,
          first_name,
          birth_year,
          address: addressOf(at(index)),
          city,
          zip5,
          language: 'ko' as const,
        },
        phone: `+1718555${String(2000 + index)}`,
      }
    }),
    {
      known: { last_name: at(24).last_name, first_name: at(24).first_name, birth_year: at(24).birth_year },
      email: 'newcomer@example.com',
    },
    { known: { last_name: 'Kim', first_name: 'Young', language: 'ko' }, phone: '+17185552101' },
    {
      known: { name_hangul: '남궁민', last_name: 'Namgoong', first_name: 'Min', language: 'ko' },
      email: 'min.namgoong@example.com',
    },
    {
      known: { last_name: 'Okafor', first_name: 'Chidi', language: 'en', city: 'Bayside' },
      email: 'chidi@example.com',
    },
    // Twice: at a church, and by the web form.
    {
      known: { name_hangul: '신은경', last_name: 'Shin', first_name: 'Eun Kyung', birth_year: 1971, language: 'ko' },
      phone: '+17185552150',
    },
    {
      known: { last_name: 'Shin', first_name: 'Eunkyung', birth_year: 1971, language: 'ko' },
      phone: '+17185552150',
      email: 'ekshin@example.com',
    },
    {
      known: { last_name: 'Hwangbo', first_name: 'Jun', name_hangul: '황보준', birth_year: 1988 },
      email: 'jun@example.com',
    },
    { known: { last_name: 'Hwang Bo', first_name: 'June', birth_year: 1988 }, email: 'jun@example.com' },
  ]
  const made: string[] = []
  for (const { known, phone, email } of signUps) {
    const person = await createPerson(
      db,
      organizer,
      { ...facts(known), phones: phone ? [phone] : [], emails: email ? [email] : [] },
      email ? 'web form' : 'church table',
    )
    made.push(person.person_id)
  }
  const [first, second] = [made[0] ?? '', made[1] ?? '']
  await relate(db, organizer, first, { other: second, kind: 'referred_by', note: null })
  await livesWith(db, organizer, second, { other: first, reason: '주민 모임에서 들음' })
  await describeHousehold(db, organizer, first, {
    name: null,
    note: '할머니가 받으심. 한국어로 천천히.',
    language: 'ko',
  })
  for (const person_id of made.slice(0, 4)) await addTag(db, organizer, person_id, '자원봉사자')
  // Who stands twice is there to be looked at, before anybody asks.
  await findDuplicates(db, organizer.organization_id)
  return 17 + made.length
}

/** What the tenants' group knows: partly of the same voters, and none of it is the other's business. */
export async function makeTheirPeople(db: Db, organizer: Actor): Promise<number> {
  const voters = [
    ...(await votersOf(db, 'korean', 3)),
    ...(await votersOf(db, 'chinese', 6)),
    ...(await votersOf(db, 'south_asian', 6)),
  ]
  for (const [index, { voter_id }] of voters.entries()) {
    await addTag(db, organizer, `v${voter_id}`, index % 3 === 0 ? 'building-captain' : 'rent-stabilized')
    if (index % 2 === 0)
      await addNote(
        db,
        organizer,
        `v${voter_id}`,
        'No heat last winter; has photos. Meeting of the building on the first Tuesday.',
      )
  }
  return voters.length
}
