import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { changeForm, createForm, receiveResponse, saveFormSettings } from '../../features/forms/commands.ts'
import { confirmSignature } from '../../features/forms/petition/commands.ts'
import { formById, formVersion } from '../../features/forms/queries.ts'
import { questionsOf } from '../../features/forms/rules.ts'
import { starterContent } from '../../features/forms/starters.ts'
import type { Question, Response } from '../../features/forms/schema.ts'
import type { AnswerValue } from '../../features/scripts/schema.ts'
import type { Actor } from '../../platform/actor.ts'
import { systemActor } from '../../platform/audit.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'

interface Neighbour {
  first_name: string
  last_name: string
  address: string | null
  city: string | null
  zip5: string | null
  language?: 'en'
}

const wishes = [
  '노인 아파트 대기 기간을 줄여 주세요.',
  'A bus that comes on Sundays too.',
  '구청 민원실에 한국어 통역이 있었으면 합니다.',
  'Rent that people who work here can pay.',
]
/** Neighbors in no voter file. */
const others: Neighbour[] = [
  {
    first_name: 'Marisol',
    last_name: 'Quispe',
    address: '40-05 Parsons Blvd',
    city: 'Flushing',
    zip5: '11354',
    language: 'en',
  },
  { first_name: 'Hyunwoo', last_name: 'Nam', address: '36-19 Union St', city: 'Flushing', zip5: '11354' },
  { first_name: 'Wei', last_name: 'Zhao', address: '42-11 Main St', city: 'Flushing', zip5: '11355', language: 'en' },
]

/** An open survey and a petition under way, answered through the commands that the public pages use. The same seed, the same answers. */
export async function makeForms(db: Db, organizer: Actor, seed: number, now: Date): Promise<number> {
  const { rows } = await sql<Neighbour>`
    select initcap(first_name) as first_name, initcap(last_name) as last_name, concat_ws(' ', house_number, street) as address, city, zip5
    from voter_record where p_korean >= 70 and status = 'active' and house_number is not null and first_name is not null and zip5 like '113%'
    order by md5(voter_id::text || ${String(seed)}), voter_id limit 34`.execute(db)
  const people = [...rows, ...others]
  const survey = await open(db, organizer, 'issues', '현안 설문 (Issue survey)', 'issue-survey', now)
  const petition = await open(db, organizer, 'petition', '시니어센터 한식 (Korean meals)', 'korean-meals', now)
  for (const [at, person] of people.slice(0, 26).entries()) await answer(db, survey, person, { seed, at, of: 26, now })
  // Some did both: they are one person with two rows on the timeline.
  for (const [at, person] of people.slice(8).entries())
    await answer(db, petition, person, { seed, at, of: people.length - 8, now })
  return 26 + people.length - 8
}

type Opened = Awaited<ReturnType<typeof open>>

async function open(db: Db, organizer: Actor, starter: string, name: string, slug: string, now: Date) {
  const { kind, content } = found(starterContent(starter, ['en', 'ko']))
  const goal = content.petition && { ...content.petition, goal: 100 }
  return openForm(db, organizer, { name, kind, content: { ...content, petition: goal } }, { slug, tags: [slug] }, now)
}

/** A form that is open to everybody. */
export async function openForm(
  db: Db,
  organizer: Actor,
  draft: Parameters<typeof createForm>[2],
  { slug, tags }: { slug: string; tags: string[] },
  now: Date,
) {
  const { form_id } = await createForm(db, organizer, draft, now)
  await saveFormSettings(db, organizer, form_id, { name: draft.name, slug, opens_on: null, closes_on: null, tags })
  await changeForm(db, organizer, form_id, 'publish', now)
  return openedForm(db, organizer, form_id)
}

const openedForm = async (db: Db, { organization_id }: Actor, form_id: string) => ({
  form: found(await formById(db, organization_id, form_id)),
  version: found(await formVersion(db, organization_id, form_id)),
})

/** Somebody answers on the page, by telephone number alone: nobody of the demo is mailed. */
export async function answerForm(
  db: Db,
  organizer: Actor,
  form_id: string,
  who: { first_name: string; last_name: string; name_hangul: string | null; phone: string },
  answers: Response['answers'],
  { language, at }: { language: 'en' | 'ko'; at: Date },
): Promise<void> {
  const opened = await openedForm(db, organizer, form_id)
  const response: Response = {
    said: { ...who, email: null, address: null, city: null, zip5: null, language },
    answers,
    files: {},
    consents: [],
    help: [],
    shown_as: 'none',
  }
  const actor = { ...systemActor(organizer.organization_id, opened.form.name), id: 'form' }
  await receiveResponse(db, actor, opened, { response_id: randomUUID(), response, language, source: 'web' }, at)
}

async function answer(
  db: Db,
  { form, version }: Opened,
  person: Neighbour,
  { seed, at, of, now }: { seed: number; at: number; of: number; now: Date },
): Promise<void> {
  const { form_id, organization_id, name } = form
  const hex = createHash('sha256').update(`${seed} ${form.slug} ${at}`).digest('hex')
  const roll = (nth: number, sides: number): number => Number.parseInt(hex.slice(nth * 4, nth * 4 + 4), 16) % sides
  const language = person.language ?? (roll(0, 3) === 0 ? 'en' : 'ko')
  const isPetition = form.kind === 'petition'
  const mailbox = `${person.first_name}.${person.last_name}`.toLowerCase().replaceAll(/[^a-z.]/g, '')
  const response: Response = {
    said: {
      ...person,
      name_hangul: null,
      email: roll(1, 4) === 0 ? null : `${mailbox}@example.org`,
      phone: roll(1, 4) === 0 ? `+1718555${String(100 + at).padStart(4, '0')}` : null,
      address: isPetition ? person.address : null,
      language,
    },
    answers: Object.fromEntries(
      questionsOf(version.content).flatMap((question, nth) => {
        const value = valueOf(question, roll(2 + nth, 97))
        return value === null ? [] : [[question.key, value]]
      }),
    ),
    files: {},
    consents: [],
    help: [],
    shown_as: isPetition ? ((['full', 'short', 'none'] as const)[roll(8, 3)] ?? 'none') : 'none',
  }
  // Over the last six days, the later the more.
  const received = new Date(now.getTime() - ((of - at) / of) ** 2 * 6 * 86_400_000 - roll(9, 3600) * 1000)
  const actor = { ...systemActor(organization_id, name), id: 'form' }
  const response_id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  const sent = { response_id, response, language, source: 'web' as const }
  await receiveResponse(db, actor, { form, version }, sent, received)
  if (isPetition && response.said.email && roll(10, 4) > 0)
    await confirmSignature(db, actor, form_id, response_id, new Date(received.getTime() + 600_000))
}

function valueOf({ kind, choices }: Question, roll: number): AnswerValue | null {
  const pick = choices[(roll * roll) % Math.max(choices.length, 1)]?.key
  if (kind === 'choice') return pick ?? null
  if (kind === 'several') return pick ? [...new Set([pick, choices[roll % choices.length]?.key ?? pick])] : null
  if (kind === 'yes_no') return roll % 3 > 0
  if (kind === 'text') return roll % 5 === 0 ? (wishes[roll % wishes.length] ?? null) : null
  return kind === 'support' ? 1 + (roll % 5) : roll
}
