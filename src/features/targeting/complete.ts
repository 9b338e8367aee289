import { eventFactOf, examplesOf } from './parse.ts'
import { ofState } from './of-state.ts'
import { printCohort, printKind, quote } from './print.ts'
import { typedFields, type BodyKind, type Completion, type TypedField } from './schema.ts'
import {
  channelWords,
  cityWords,
  cohortStateWords,
  communityWords,
  consentStateWords,
  consentWords,
  countyWords,
  delegatedWords,
  eventPartWords,
  districtWords,
  duesWords,
  electionWords,
  eventKindWords,
  eventWords,
  fieldWords,
  fold,
  followUpStateWords,
  followUpWords,
  groupNames,
  groupWords,
  languageWords,
  membershipKindWords,
  methodWords,
  monthWords,
  partyWords,
  phoneWords,
  possessionWords,
  printed,
  relationshipWords,
  resultWords,
  sexWords,
  sourceWords,
  stateIdWords,
  standingWords,
  statusWords,
  suppressionWords,
  taskStateWords,
} from './words.ts'

/** Values only the database knows. */
export interface KnownValues {
  tags: readonly string[]
  universes: readonly string[]
  elections: readonly { year: number; kind: string }[]
  phone_banks?: readonly string[]
  /** Questions of scripts, by key, with the answers one can choose. */
  questions?: ReadonlyMap<string, readonly string[]>
  /** The organization's own fields, by key, with what one can choose. */
  own_fields?: ReadonlyMap<string, readonly string[]>
  ours?: OurWords
}

/** What an organization calls its events, memberships, rungs, roles, trainings, partners and cohorts. */
export interface OurWords {
  /** Kinds by key, with their names: its own, and ours as it changed them. */
  event_kinds: ReadonlyMap<string, Readonly<Record<string, string>>>
  membership_kinds: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** The last and the next ones, by the last part of their address. */
  events: readonly { code: string; title: Readonly<Record<string, string>> }[]
  /** From below, as an expression names them, with the names in other languages. */
  rungs: ReadonlyMap<string, Readonly<Record<string, string>>>
  roles: readonly string[]
  /** As an expression names them, with the names in other languages; so the offices in any of them. */
  bodies: Readonly<Record<BodyKind | 'office', ReadonlyMap<string, Readonly<Record<string, string>>>>>
  trainings: readonly string[]
  /** As rungs are: who promotes events with us. */
  partners: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** As rungs are, the newest first. */
  cohorts: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/** Which values are typed at the cursor: of the field, and of what stands before the slash or sign ('assembly', 'housing'); '@' behind that sign. */
export interface Asked {
  field: TypedField
  of: string | null
}

/** How many people each value would find, as far as somebody knows. Values only it knows (cities) are offered too. */
export type Counts = ReadonlyMap<string, number>

/** The same with the counts of what is being typed, from whoever can tell them soon. */
export async function completeWithCounts(
  text: string,
  cursor: number,
  known: KnownValues,
  count: (asked: Asked) => Promise<Counts | null>,
): Promise<Completion> {
  const asked = askedAt(text, cursor)
  return complete(text, cursor, known, (asked && (await count(asked))) ?? undefined)
}

export function askedAt(text: string, cursor: number): Asked | null {
  const at = placeAt(text.slice(0, cursor))
  return at.field ? { field: at.field, of: at.part === 'at' ? '@' : at.of } : null
}

const mostOffered = 20

/** Ages people ask for, offered with their counts. */
export const ageOffers: readonly (readonly [number, number | null])[] = [
  [18, 34], [65, null], [18, 24], [25, 34], [35, 44], [45, 54], [55, 64], [65, 74], [75, null],
] // prettier-ignore

/** What could be typed at the cursor: fields at the beginning of a term, values after its colon. English or Korean. */
export function complete(text: string, cursor: number, known: KnownValues, counts?: Counts): Completion {
  const at = placeAt(text.slice(0, cursor))
  const wanted = fold(at.typed)
  // A closing quotation mark right behind the cursor belongs to the word.
  const to = at.isQuoted && /["”]/.test(text[cursor] ?? '') ? cursor + 1 : cursor
  const { field } = at
  if (!field) {
    const fields = new Set(
      [...fieldWords].filter(([name]) => name.startsWith(wanted)).map(([, canonical]) => canonical),
    )
    const groups = groupNames.filter((name) =>
      [...groupWords].some(([word, says]) => word.startsWith(wanted) && says === groupWords.get(fold(name))),
    )
    return {
      from: at.from,
      to,
      options: [
        ...typedFields.filter((each) => fields.has(each)).map((each) => ({ text: `${each}:`, field: each })),
        ...(wanted === '' ? [] : groups.map((each) => ({ text: each, field: null }))),
      ],
    }
  }
  const offered = valuesOf(field, at, known, counts)
  const listed = new Set(offered.map((each) => each.text))
  for (const value of counts?.keys() ?? []) {
    const text = field === 'district' && at.of === 'ed' ? value : quote(value)
    if (!listed.has(text)) offered.push({ text, words: [value, ofState(value).value] })
  }
  const fitting = offered
    .filter(({ text: value }) => !at.before.includes(value))
    .filter(({ words }) => words.some((word) => fold(word).startsWith(wanted)))
    .map(({ text: value, words }) => {
      const count = counts?.get(value) ?? counts?.get(words[0] ?? '')
      return count === undefined ? { text: value, field } : { text: value, field, count }
    })
  // Those who find most people first; words no count is known of keep their order.
  if (counts) fitting.sort((a, b) => (b.count ?? -1) - (a.count ?? -1))
  return { from: at.from, to, options: fitting.slice(0, mostOffered) }
}

interface Place {
  field: TypedField | null
  /** What is typed of the word so far, without quotation marks. */
  typed: string
  from: number
  isQuoted: boolean
  /** Where in the term: first values, those after a slash, an equals sign or @. */
  part: 'values' | 'slash' | 'equals' | 'at'
  of: string | null
  /** Values of the list that stand there already. */
  before: string[]
}

/** Reads backwards from the cursor what is being typed there. */
function placeAt(before: string): Place {
  // The term begins after the last blank or parenthesis outside quotation marks.
  let start = 0
  let open = -1
  for (let at = 0; at < before.length; at++) {
    const letter = before[at] ?? ''
    if (/["“”]/.test(letter)) {
      if (open >= 0) open = -1
      else if (at === start || /[\s(:,=/@-]/.test(before[at - 1] ?? '')) open = at
    } else if (open < 0 && /[\s()]/.test(letter)) start = at + 1
  }
  const term = before.slice(start)
  const minus = /^-*/.exec(term)?.[0].length ?? 0
  const match = /^([\p{L}][\p{L}\p{N}_-]*)(:|>=|<=|>|<|=)(.*)$/su.exec(term.slice(minus))
  const field = match ? fieldWords.get(fold(match[1] ?? '')) : undefined
  if (!match || !field) {
    const from = open >= 0 ? open : start + minus
    return {
      field: null,
      typed: before.slice(from).replace(/["“”]/g, ''),
      from,
      isQuoted: open >= 0,
      part: 'values',
      of: null,
      before: [],
    }
  }
  const valuesFrom = before.length - (match[3] ?? '').length
  const isAsked = match[2] !== ':' && (field === 'hours' || eventFactOf[field] !== undefined)
  let part: Place['part'] = isAsked ? 'equals' : 'values'
  let of: string | null = isAsked ? '' : null
  let from = valuesFrom
  let listed = valuesFrom
  let isInside = false
  for (let at = valuesFrom; at < before.length; at++) {
    const letter = before[at] ?? ''
    if (/["“”]/.test(letter)) isInside = !isInside
    if (isInside) continue
    const word = (): string => before.slice(from, at).replace(/["“”]/g, '')
    if (letter === '@') part = 'at'
    else if (letter === '/' && part === 'values') [part, of] = ['slash', word()]
    else if (/[=<>]/.test(letter) && part === 'values') [part, of] = ['equals', word()]
    else if (letter !== ',' && !(letter === '=' && part === 'equals')) continue
    from = at + 1
    if (letter !== ',') listed = from
  }
  const already = before.slice(listed, from).match(/"[^"]*"|[^,"]+/g) ?? []
  return { field, typed: before.slice(from).replace(/["“”]/g, ''), from, isQuoted: isInside, part, of, before: already }
}

interface Offered {
  text: string
  words: string[]
}

function valuesOf(field: TypedField, { part, of }: Place, known: KnownValues, counts: Counts | undefined): Offered[] {
  const table = (words: ReadonlyMap<string, string>, after = ''): Offered[] =>
    [...new Set(words.values())].map((value) => ({
      text: printed(value) + after,
      words: [...words].filter(([, canonical]) => canonical === value).map(([word]) => word),
    }))
  const plain = (values: readonly string[], after = ''): Offered[] =>
    values.map((value) => ({ text: quote(value) + after, words: [value] }))
  const asIs = (values: readonly string[]): Offered[] =>
    values.map((value) => ({ text: value, words: [value.replace(/["“”]/g, '')] }))
  const elections = (): Offered[] => [
    ...asIs([...new Set(known.elections.map(({ year, kind }) => `${year}-${printed(kind)}`))]),
    ...table(electionWords),
  ]
  const ours = known.ours
  const kinds = (words: ReadonlyMap<string, string>, own: OurWords['event_kinds'] | undefined): Offered[] => {
    const all = new Set([...words.values(), ...(own?.keys() ?? [])])
    return [...all].map((kind) => ({
      text: printKind(kind, words),
      words: [
        ...[...words].filter(([, of]) => of === kind).map(([word]) => word),
        ...Object.values(own?.get(kind) ?? {}),
        kind,
      ],
    }))
  }
  const called = (of: ReadonlyMap<string, Readonly<Record<string, string>>> | undefined): Offered[] =>
    [...(of ?? [])].map(([name, names]) => ({ text: quote(name), words: [name, ...Object.values(names)] }))
  const offices = (): Offered[] => called(ours?.bodies.office)
  const ofEvents = (): Offered[] => [...kinds(eventKindWords, ours?.event_kinds), ...asIs(['any'])]
  if (part === 'at') {
    if (eventFactOf[field])
      // prettier-ignore
      return (ours?.events ?? []).map(({ code, title }) => ({ text: code, words: [code, ...Object.values(title)] }))
    if (field === 'party') return asIs(examplesOf('registered').filter((each) => /^\d{4}-\d\d-\d\d$/.test(each)))
    if (field === 'area') return asIs(['400m', '800m', '1km', '1mi'])
    return field === 'sample' || field === 'split' ? [] : plain(known.phone_banks ?? [])
  }
  const after: Partial<Record<TypedField, () => Offered[]>> =
    part === 'slash'
      ? {
          voted: () => table(partyWords),
          method: elections,
          consent: () => table(consentWords),
          result: () => table(resultWords),
          contacted: () => asIs(['14d', '3m', 'ever']),
          reached: () => asIs(['14d', '3m', 'ever']),
          'last-contact': () => asIs(['14d', '3m']),
          attempts: () => asIs(['0', '1-2', '3-']),
          'follow-up': () => table(followUpWords),
          street: () => asIs(['odd', 'even']),
          split: () => asIs(['2', '3', '4']),
          invited: () => asIs(['14d', '90d', '1y']),
          attended: () => asIs(['90d', '6m', '1y']),
          'signed-up': () => asIs(['14d', '90d']),
          'no-show': () => asIs(['90d', '1y']),
          hosted: () => asIs(['90d', '1y']),
          member: () => kinds(membershipKindWords, ours?.membership_kinds),
          committee: offices,
          chapter: offices,
          board: offices,
          cohort: () => table(cohortStateWords),
          district: () => (counts?.has('?') ? asIs(['?']) : []),
        }
      : part === 'equals'
        ? {
            answer: () => plain(known.questions?.get(of ?? '') ?? []),
            field: () => plain(known.own_fields?.get((of ?? '').replaceAll('-', '_')) ?? []),
            community: () => asIs(['0.5', '0.8', '0.9']),
            invited: () => asIs(['90d', '2:year', '1']),
            attended: () => asIs(['90d', '3:year', '1']),
            'no-show': () => asIs(['2:year', '1']),
            hosted: () => asIs(['90d', '2:year', '1']),
            hours: () => asIs(['10:year', '5']),
          }
        : {
            party: () => table(partyWords),
            status: () => table(statusWords),
            age: () => asIs(ageOffers.map(([from, to]) => `${from}-${to ?? ''}`)),
            sex: () => table(sexWords),
            county: () => table(countyWords),
            city: () =>
              // Of the cities we have words for, those somebody lives in.
              [...new Set(cityWords.values())]
                .filter((city) => counts?.has(city) ?? true)
                .map((city) => ({
                  text: quote(city),
                  words: [city, ...[...cityWords].filter(([, of]) => of === city).map(([word]) => word)],
                })),
            language: () => table(languageWords),
            speaks: () => table(languageWords),
            community: () => table(communityWords),
            phone: () => [...table(phoneWords), ...asIs(['any'])],
            has: () => table(possessionWords),
            suppressed: () => [...table(suppressionWords), ...asIs(['any'])],
            district: () => table(districtWords, '/'),
            result: () => [...table(resultWords), ...table(channelWords, '/')],
            contacted: () => [...asIs(['14d', '3m', 'ever']), ...table(channelWords, '/')],
            reached: () => [...asIs(['14d', '3m', 'ever']), ...table(channelWords, '/')],
            'last-contact': () => [...asIs(['14d', '3m']), ...table(channelWords, '/')],
            'follow-up': () => [...table(followUpWords), ...table(followUpStateWords), ...asIs(['any'])],
            event: () => [...table(eventWords), ...asIs(['any'])],
            invited: ofEvents,
            attended: ofEvents,
            'signed-up': ofEvents,
            'no-show': ofEvents,
            hosted: ofEvents,
            partner: () => [...called(ours?.partners), ...asIs(['any'])],
            hours: () => [...asIs(['>=10:year', '>=5']), ...kinds(eventKindWords, ours?.event_kinds)],
            stage: () => [...called(ours?.rungs), ...asIs(['any'])],
            committee: () => [...called(ours?.bodies.committee), ...asIs(['any'])],
            chapter: () => [...called(ours?.bodies.chapter), ...asIs(['any'])],
            board: () => [...called(ours?.bodies.board), ...asIs(['any'])],
            role: () => [...plain(ours?.roles ?? []), ...asIs(['any'])],
            trained: () => [...plain(ours?.trainings ?? []), ...asIs(['any'])],
            part: () => [...table(eventPartWords), ...asIs(['any'])],
            delegated: () => [...table(delegatedWords), ...asIs(['any'])],
            'next-step': () => [...table(taskStateWords), ...asIs(['any'])],
            task: () => [...table(taskStateWords), ...asIs(['any'])],
            cohort: () => [
              ...[...(ours?.cohorts ?? [])].map(([name, names]) => ({
                text: printCohort(name),
                words: [name, ...Object.values(names)],
              })),
              ...table(cohortStateWords),
              ...asIs(['any']),
            ],
            dues: () => table(duesWords),
            'member-kind': () => kinds(membershipKindWords, ours?.membership_kinds),
            attempts: () => [...asIs(['0', '1-2', '3-']), ...table(channelWords, '/')],
            tag: () => plain(known.tags),
            in: () => plain(known.universes),
            voted: () => [...elections(), ...asIs(['2/4', '3/4:general', '2/3:primary'])],
            skipped: () => [...elections(), ...asIs(['2/4', '3/4:general'])],
            method: () => table(methodWords),
            'registered-by': () => table(sourceWords),
            'state-id': () => table(stateIdWords),
            consent: () => [...table(consentWords), ...table(consentStateWords, '/')],
            related: () => [...table(relationshipWords), ...asIs(['any'])],
            member: () => [...table(standingWords), ...asIs(['any'])],
            suffix: () => asIs(examplesOf('suffix')),
            birthday: () => table(new Map([...monthWords].map(([word, month]) => [word, String(month)]))),
            answer: () => plain([...(known.questions?.keys() ?? [])], '='),
            field: () => plain([...(known.own_fields?.keys() ?? [])], '='),
          }
  if (after[field]) return after[field]()
  return part === 'values' ? asIs(examplesOf(field)) : []
}
