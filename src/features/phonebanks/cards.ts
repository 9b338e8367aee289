import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { Disposition } from '../contacts/schema.ts'
import { renderText } from '../scripts/rules.ts'
import type { Answers, AnswerValue, Step } from '../scripts/schema.ts'
import { guessHangul, hangulParts } from '../voterfile/community/hangul.ts'
import { confirmedEventOf } from '../events/calls/queries.ts'
import { kindOf, kindsOf } from '../events/queries.ts'
import { ageAt } from './rules.ts'
import type { CallCard } from './schema.ts'
import { scriptContent, texts } from './script-content.ts'
import '../contacts/tables.ts'
import './tables.ts'

interface Named {
  first_name: string | null
  middle_name: string | null
  last_name: string
  name_hangul: string | null
  p_korean: number
}

interface Member extends Named {
  voter_id: number
  birth_date: string | null
  birth_year: number | null
  /** null: one of the two has no number left. */
  has_same_number: boolean | null
  is_in_hand: boolean
}

interface CardRow extends Named {
  voter_id: number
  attempts: number
  phones: string[]
  kinds: CallCard['phones'][number]['kind'][]
  language: string
  is_language_known: boolean
  call_back_at: Date | null
  suffix: string | null
  birth_date: string | null
  birth_year: number | null
  city: string | null
  ccd: number | null
  ad: number | null
  sd: number | null
  cd: number | null
  preferred_title: string | null
  members: Member[] | null
  past: PastRow[] | null
  time_zone: string
  events: VotersEvents | null
  home: {
    note: string | null
    language: string | null
    others: { first_name: string | null; last_name: string | null; name_hangul: string | null }[]
  } | null
}

type VotersEvent = NonNullable<CallCard['events']>['attended'][number]

interface EventRow extends Omit<VotersEvent, 'title'> {
  kind: string
  /** null: it is not for everybody. */
  title: LocalizedText | null
}

interface VotersEvents {
  coming: (EventRow & Pick<NonNullable<CallCard['events']>['coming'][number], 'response'>)[]
  attended: EventRow[]
}

interface PastRow {
  at: string
  disposition: Disposition
  is_inbound: boolean
  result_name: LocalizedText | null
  language: string | null
  note: string | null
  script_id: string | null
  script_version: number | null
  answers: Answers | null
}

/** A card without what belongs to its holder. */
export type CardFace = Omit<CallCard, 'ticket' | 'leased_until'>

interface Bank {
  organization_id: string
  phone_bank_id: string
  script_version: number
}

/** What a caller sees of these voters, by id. `today` is the date where the organization is. */
export async function cardsOf(
  db: Db,
  bank: Bank,
  voter_ids: readonly number[],
  today: string,
  now: Date,
): Promise<Map<number, CardFace>> {
  const { rows } =
    await sql<CardRow>`select c.*, case when exists (select from event e where e.organization_id = ${bank.organization_id}::uuid)
      then events_of_voter(${bank.organization_id}::uuid, c.voter_id, ${now}::timestamptz) end as events
    from call_cards(${bank.organization_id}::uuid, ${bank.phone_bank_id}::uuid, ${[...voter_ids]}::integer[]) c`.execute(
      db,
    )
  const eventsOf = await eventsNamed(db, bank, rows)
  const candidates = await candidatesAskedOf(db, bank, rows)
  return new Map(
    await Promise.all(
      rows.map(async (row) => {
        const past = await Promise.all(
          (row.past ?? []).map((each) =>
            pastOf(db, bank.organization_id, each, candidates.get(callKey(row.voter_id, each.at)) ?? null),
          ),
        )
        const events = row.events && eventsOf(row.events)
        return [row.voter_id, cardOf(row, { past, events }, bank.script_version, today)] as const
      }),
    ),
  )
}

/** What callers read of events: those by invitation, or not published, by their kind alone, save the one this phone bank asks about. */
async function eventsNamed(db: Db, { organization_id, phone_bank_id }: Bank, rows: readonly CardRow[]) {
  const all = rows.flatMap(({ events }) => (events ? [...events.coming, ...events.attended] : []))
  const isAsked = all.some(({ title }) => !title)
  const kinds = isAsked ? await kindsOf(db, organization_id) : []
  const confirmed = isAsked ? await confirmedEventOf(db, organization_id, phone_bank_id) : null
  const named = ({ event_id, kind, title, time_zone, starts_at }: EventRow): VotersEvent => {
    const shown = title ?? (confirmed?.event_id === event_id ? confirmed.title : kindOf(kinds, kind).name)
    return { event_id, title: texts(shown), time_zone, starts_at }
  }
  return ({ coming, attended }: VotersEvents): NonNullable<CallCard['events']> => ({
    coming: coming.map((each) => ({ ...named(each), response: each.response })),
    attended: attended.map(named),
  })
}

const callKey = (voter_id: number | null, at: string | Date): string => `${voter_id} ${new Date(at).getTime()}`

/** Whom the questions of earlier calls were about, by call: in another phone bank it may have been somebody else. */
async function candidatesAskedOf(db: Db, { organization_id }: Bank, rows: readonly CardRow[]) {
  const asked = rows.filter(({ past }) => past?.some(({ answers }) => answers)).map(({ voter_id }) => voter_id)
  if (asked.length === 0) return new Map<string, LocalizedText | null>()
  const calls = await db
    .selectFrom('contact_attempt as a')
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 'a.organization_id').onRef('b.phone_bank_id', '=', 'a.phone_bank_id'),
    )
    .select(['a.voter_id', 'a.attempted_at', 'b.candidate'])
    .where('a.organization_id', '=', organization_id)
    .where('a.voter_id', 'in', asked)
    .where('a.disposition', '=', 'canvassed')
    .where('a.undone_at', 'is', null)
    .execute()
  return new Map(calls.map((each) => [callKey(each.voter_id, each.attempted_at), each.candidate]))
}

/** An earlier call with its answers in the words of the script they were given to. */
async function pastOf(
  db: Db,
  organization_id: string,
  row: PastRow,
  candidate: LocalizedText | null,
): Promise<CallCard['past'][number]> {
  const { at, disposition, is_inbound, result_name, language, note, script_id, script_version, answers } = row
  const script =
    answers && script_id && script_version !== null
      ? await scriptContent(db, organization_id, script_id, script_version)
      : null
  return {
    at: new Date(at).toISOString(),
    disposition,
    is_inbound,
    result_name: result_name && texts(result_name),
    language,
    note: note ?? '',
    answers: (script?.steps ?? []).flatMap((step) => {
      const value = answers?.[step.key]
      if (value === undefined) return []
      const said = Object.entries(texts(step.say)).map(([in_, text]) => [in_, renderText(text, in_, { candidate })])
      return { question: Object.fromEntries(said) as Record<string, string>, answer: wordsOf(step, value) }
    }),
  }
}

/** Choices by their words; a level of support, a yes and a text as they are. */
function wordsOf(step: Step, value: AnswerValue): CallCard['past'][number]['answers'][number]['answer'] {
  const given = Array.isArray(value) ? value : [String(value)]
  const chosen = given.flatMap((each) => {
    const choice = step.choices.find(({ key }) => key === each)
    return choice ? [texts(choice.label)] : []
  })
  const [first] = chosen
  if (!first) return Array.isArray(value) ? value.join(', ') : value
  const languages = Object.keys(first)
  return Object.fromEntries(
    languages.map((language) => [language, chosen.map((label) => label[language] ?? '').join(', ')]),
  )
}

function cardOf(
  row: CardRow,
  { past, events }: Pick<CallCard, 'past' | 'events'>,
  script_version: number,
  today: string,
): CardFace {
  return {
    voter_id: row.voter_id,
    first_name: givenName(row) ?? row.last_name,
    last_name: row.last_name,
    display_name: [displayName(row), row.suffix].filter(Boolean).join(' '),
    hangul: hangulOf(row),
    hangul_parts: row.name_hangul ? hangulParts(row.name_hangul, row.last_name) : null,
    title: row.preferred_title,
    age: ageAt(row.birth_date, row.birth_year, today),
    language: row.language === 'und' ? null : { code: row.language, is_known: row.is_language_known },
    city: row.city,
    districts: (['ccd', 'ad', 'sd', 'cd'] as const).flatMap((kind) => {
      const number = row[kind]
      return number === null ? [] : { kind, number }
    }),
    phones: row.phones.map((phone, index) => ({ phone, kind: row.kinds[index] ?? 'unknown' })),
    household: (row.members ?? []).map((member) => ({
      voter_id: member.voter_id,
      name: displayName(member),
      hangul: hangulOf(member),
      age: ageAt(member.birth_date, member.birth_year, today),
      has_same_number: member.has_same_number ?? false,
      is_in_hand: member.is_in_hand,
    })),
    home: homeOf(row.home),
    events,
    place: row.time_zone,
    past,
    attempt_number: row.attempts + 1,
    call_back_at: row.call_back_at?.toISOString() ?? null,
    script_version,
  }
}

function homeOf(home: CardRow['home']): CallCard['home'] {
  const others = (home?.others ?? []).map((other) => ({
    name: [other.first_name, other.last_name].filter(Boolean).join(' '),
    hangul: other.name_hangul,
  }))
  if (!home || (!home.note && !home.language && others.length === 0)) return null
  return { note: home.note, language: home.language, others }
}

export const displayName = (person: Named): string => [givenName(person), person.last_name].filter(Boolean).join(' ')

/** What the person is called: of a Korean name both syllables, of which boards write one as the first and one as the middle name. */
function givenName({ first_name, middle_name, last_name, name_hangul, p_korean }: Named): string | null {
  if (!first_name || !middle_name || (p_korean < 50 && !name_hangul)) return first_name
  // 'Bo' alone is no name one could guess; 'Yunghee' behind 'Angela' is a whole one.
  const isWhole = [first_name, middle_name].some((part) => (guessed(last_name, part, '')?.given ?? 1) > 1)
  const isOfTwo = !isWhole && guessed(last_name, first_name, middle_name)?.given === 2
  return isOfTwo ? `${first_name} ${middle_name}` : first_name
}

/** The name in Hangul: as the person writes it, else our guess where the name is likely Korean and could be read whole. */
export function hangulOf(person: Named): CallCard['hangul'] {
  if (person.name_hangul) return { text: person.name_hangul, is_guess: false }
  if (person.p_korean < 50) return null
  const text = guessed(person.last_name, person.first_name ?? '', person.middle_name ?? '')?.hangul
  return text ? { text, is_guess: true } : null
}

const guesses = new Map<string, { hangul: string; given: number } | null>()

/** Reading a name takes some tens of microseconds, so the last ones are kept. `given`: syllables of the given name. */
function guessed(last: string, first: string, middle: string): { hangul: string; given: number } | null {
  const key = `${last}|${first}|${middle}`
  let guess = guesses.get(key)
  if (guess === undefined) {
    const [likeliest] = guessHangul(last, first, middle, 1)
    guess = likeliest?.given ? { hangul: likeliest.hangul, given: likeliest.given.length } : null
    if (guesses.size > 20_000) guesses.clear()
    guesses.set(key, guess)
  }
  return guess
}
