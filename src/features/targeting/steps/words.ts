import { formatDate, formatNumber } from '../../../platform/i18n/formats.ts'
import { withParticle } from '../../../platform/i18n/korean.ts'
import { allMessages, type Translate } from '../../../platform/i18n/messages.ts'
import { countyLabel } from '../pages/labels.ts'
import { parse } from '../parse.ts'
import { isWholeMonth, printElection } from '../print.ts'
import { isNamedDistrict } from '../schema.ts'
import type {
  Channel,
  DaysOfYear,
  ElectionName,
  Expression,
  Field,
  HouseNumbers,
  OfEvents,
  Range,
  Said,
  TaskState,
  Term,
  When,
} from '../schema.ts'
import './messages.ts'
import { stepsOf, type Step } from './rules.ts'

/**
 * An expression in words that go on after "only those" and, in Korean, before "만" and "빼기": 'in Queens', 'aged 18 to 34',
 * '퀸즈에 사는 분'.
 */
export function inWords(expression: Expression, t: Translate): string {
  if (expression.op === 'term') return termInWords(expression.term, t)
  if (expression.op === 'not') {
    const what = inWords(expression.of, t)
    return t('steps.not', { what: t.language === 'ko' ? withParticle(what, '이/가') : what })
  }
  const parts = expression.of.map((each) => inWords(each, t))
  const [first, ...others] = parts
  if (first === undefined) return t('steps.start_everyone')
  return others.reduce((a, b) => t(expression.op === 'and' ? 'steps.and' : 'steps.or', { a, b }), first)
}

/** What somebody typed, for whoever does not read expressions; as it was typed where it means nothing. */
export function typedInWords(text: string, t: Translate): string {
  const parsed = parse(text)
  return parsed.ok ? inWords(parsed.expression, t) : text
}

/** One step as a line: 'without those we tried to reach in the last 14 days'. */
export function stepInWords({ kind, of }: Step, t: Translate, over: 'voters' | 'people' = 'voters'): string {
  if (of === null) return t(over === 'people' ? 'steps.start_everyone_of_ours' : 'steps.start_everyone')
  if (kind === 'start' && over === 'people') return t('steps.start_people', { what: inWords(of, t) })
  return t(`steps.${kind}`, { what: inWords(of, t) })
}

/** All of it as one line: 'All voters in Queens, only those aged 18 to 34'. */
export const allInWords = (expression: Expression, t: Translate, over: 'voters' | 'people' = 'voters'): string =>
  stepsOf(expression)
    .map((step) => stepInWords(step, t, over))
    .join(', ')

/** As `allInWords`, of an expression as it is kept; null where it cannot be read any more. */
export function keptInWords(text: string, t: Translate): string | null {
  const parsed = parse(text)
  return parsed.ok ? allInWords(parsed.expression, t) : null
}

type Words = { [F in Field]: (term: Extract<Term, { field: F }>, t: Translate) => string }

export function termInWords(term: Term, t: Translate): string {
  // Each function takes the term of its own field.
  const say = words[term.field] as (term: Term, t: Translate) => string
  return say(term, t)
}

const words: Words = {
  name: ({ names }, t) => t('steps.field.name', { values: anyOf(names, t) }),
  status: ({ values }, t) =>
    t('steps.field.status', {
      values: anyOf(
        values.map((value) => t(`steps.status.${value}`)),
        t,
      ),
    }),
  party: ({ values }, t) =>
    t('steps.field.party', {
      values: anyOf(
        values.map((value) => t(`targeting.party.${value}`)),
        t,
      ),
    }),
  state: ({ values }, t) => t('steps.field.state', { values: anyOf(values, t) }),
  county: ({ values }, t) =>
    t('steps.field.county', {
      values: anyOf(
        values.map((value) => countyLabel(t, value)),
        t,
      ),
    }),
  city: ({ values }, t) => t('steps.field.county', { values: anyOf(values.map(capital), t) }),
  zip: ({ ranges }, t) =>
    t('steps.field.zip', {
      values: anyOf(
        ranges.map(({ from, to }) => (from === to ? from : t('steps.range.between', { from, to }))),
        t,
      ),
    }),
  district: ({ kind, values }, t) =>
    t(kind === 'ed' || isNamedDistrict(kind) ? 'steps.field.district_named' : 'steps.field.district', {
      kind: labelOr(t, `targeting.district.${kind}`, kind),
      values: anyOf(
        values.map((value) => {
          if (typeof value === 'string') return districtInWords(value, t)
          return kind === 'ed' ? electionDistricts(value, t) : range(value, t)
        }),
        t,
      ),
    }),
  age: ({ ranges }, t) => t('steps.field.age', { values: anyRange(ranges, t, 'years_old') }),
  born: ({ ranges }, t) => t('steps.field.born', { values: anyRange(ranges, t, 'year') }),
  sex: ({ values }, t) =>
    t('steps.field.sex', {
      values: anyOf(
        values.map((value) => t(value === 'unknown' ? 'targeting.sex.unknown' : `targeting.sex_one.${value}`)),
        t,
      ),
    }),
  voted: ({ elections }, t) => t('steps.field.voted', { values: anyElection(elections, t) }),
  turnout: ({ comparison, times, of, kind }, t) =>
    t(`steps.field.turnout.${comparison}`, {
      ...{ times: String(times), of: String(of) },
      kind: kind ? labelOr(t, `steps.elections.${kind}`, kind) : t('steps.elections'),
    }),
  registered: ({ when }, t) => t('steps.field.registered', { when: onceIn(when, t) }),
  first_seen: ({ when }, t) => t('steps.field.first_seen', { when: onceIn(when, t) }),
  last_seen: ({ when }, t) => t('steps.field.last_seen', { when: onceIn(when, t) }),
  area: ({ area }, t) => {
    if (area === null) return t('steps.field.area.unknown')
    if ('points' in area) return t('steps.field.area', { count: area.points.length })
    const place = `${area.center.latitude}, ${area.center.longitude}`
    return t('steps.field.area.around', { distance: distance(area.meters, t), place })
  },
  talks: ({ ranges }, t) => t('steps.field.talks', { values: anyRange(ranges, t, 'times') }),
  follow_up: ({ kinds, state }, t) =>
    t(`steps.field.follow_up.${state ?? 'any'}`, {
      values: kinds.length === 0 ? t('steps.follow_up.any') : anyOf(kinds.map((kind) => t(`steps.follow_up.${kind}`)), t), // prettier-ignore
    }),
  event: ({ states }, t) =>
    t('steps.field.event', {
      values: states.length === 0 ? t('steps.event.any') : anyOf(states.map((state) => t(`steps.event.${state}`)), t), // prettier-ignore
    }),
  invited: (term, t) => t('steps.field.invited', atEvents(term, term.when, t)),
  attended: (term, t) => t('steps.field.attended', atEvents(term, term.when, t)),
  signed_up: (term, t) => t('steps.field.signed_up', atEvents(term, term.when, t)),
  hosted: (term, t) => t('steps.field.hosted', atEvents(term, term.when, t)),
  partner: ({ names }, t) =>
    names.length === 0 ? t('steps.field.partner.any') : t('steps.field.partner', { values: anyOf(names, t) }),
  no_show: (term, t) => t('steps.field.no_show', atEvents(term, term.when, t)),
  event_times: ({ state, kinds, range: times, when }, t) =>
    t(`steps.field.event_times.${state}`, {
      what: whichEvents({ kinds, events: [] }, t),
      values: range(times, t, 'times'),
      when: when ? t('steps.in_time', { when: inTime(when, t) }) : '',
    }),
  hours: ({ kinds, comparison, hours, when }, t) =>
    t('steps.field.hours', {
      count: hours,
      comparison: t(`steps.comparison.${comparison}`),
      what: kinds.length > 0 ? t('steps.hours.at', { what: whichEvents({ kinds, events: [] }, t) }) : '',
      when: when ? t('steps.in_time', { when: inTime(when, t) }) : '',
    }),
  stage: ({ rungs, comparison }, t) =>
    rungs.length === 0
      ? t('steps.field.stage.any')
      : comparison === null || comparison === '='
        ? t('steps.field.stage', { values: anyOf(rungs, t) })
        : t(`steps.field.stage.${comparison}`, { values: anyOf(rungs, t) }),
  role: ({ names }, t) =>
    names.length === 0 ? t('steps.field.role.any') : t('steps.field.role', { values: anyOf(names, t) }),
  body: ({ kind, names, offices }, t) => {
    const what =
      names.length === 0
        ? t(`steps.field.body.${kind}.any`)
        : t(`steps.field.body.${kind}`, { values: anyOf(names, t) })
    return offices.length === 0 ? what : t('steps.field.body.as', { what, values: anyOf(offices, t) })
  },
  trained: ({ names }, t) =>
    names.length === 0 ? t('steps.field.trained.any') : t('steps.field.trained', { values: anyOf(names, t) }),
  cohort: ({ names, states }, t) => {
    const what = names.length === 0 ? t('steps.field.cohort.any') : t('steps.field.cohort', { values: anyOf(names, t) })
    if (states.length === 0) return what
    return t('steps.field.cohort.as', { what, values: anyOf(states.map((state) => t(`steps.cohort.${state}`)), t) }) // prettier-ignore
  },
  next_step: ({ states }, t) => tasksInWords('next_step', states, t),
  task: ({ states }, t) => tasksInWords('task', states, t),
  part: ({ parts }, t) =>
    parts.length === 0
      ? t('steps.field.part.any')
      : t('steps.field.part', { values: anyOf(parts.map((part) => t(`steps.part.${part}`)), t) }), // prettier-ignore
  delegated: ({ kinds }, t) =>
    kinds.length === 0
      ? t('steps.field.delegated.any')
      : t('steps.field.delegated', { values: anyOf(kinds.map((kind) => labelOr(t, `steps.delegation.${kind}`, kind)), t) }), // prettier-ignore
  phone: ({ kinds }, t) =>
    kinds.length === 0
      ? t('steps.field.phone.any')
      : t('steps.field.phone', {
          values: anyOf(
            kinds.map((kind) => t(`steps.phone.${kind}`)),
            t,
          ),
        }),
  phone_number: ({ digits }, t) => t('steps.field.phone_number', { digits }),
  language: ({ values }, t) =>
    t('steps.field.language', {
      values: anyOf(
        values.map((value) => labelOr(t, `steps.language.${value}`, languageName(t, value))),
        t,
      ),
    }),
  community: ({ values, comparison, percent }, t) =>
    t('steps.field.community', {
      values: anyOf(
        values.map((value) => t(`targeting.community.${value}`)),
        t,
      ),
      comparison: t(`steps.comparison.${comparison}`),
      percent: String(percent),
    }),
  tag: ({ values }, t) => t('steps.field.tag', { values: anyOf(values, t) }),
  contacted: ({ when, channel }, t) =>
    t('steps.field.contacted', { when: inTime(when, t), channel: byChannel(channel, t) }),
  reached: ({ when, channel }, t) =>
    t('steps.field.reached', { when: inTime(when, t), channel: byChannel(channel, t) }),
  attempts: ({ ranges }, t) => t('steps.field.attempts', { values: anyRange(ranges, t, 'times') }),
  result: ({ channel, values, when }, t) =>
    t(when ? 'steps.field.result_then' : 'steps.field.result', {
      when: when ? inTime(when, t) : '',
      channel: byChannel(channel, t),
      values: anyOf(
        values.map((value) => labelOr(t, `disposition.${value}`, value)),
        t,
      ),
    }),
  support: ({ ranges }, t) => t('steps.field.support', { values: anyRange(ranges, t) }),
  answer: ({ question, values }, t) => t('steps.field.answer', { question, values: anyOf(values, t) }),
  household: ({ ranges }, t) => t('steps.field.household', { values: anyRange(ranges, t, 'voters') }),
  has: ({ values }, t) =>
    t('steps.field.has', {
      values: anyOf(
        values.map((value) => labelOr(t, `steps.has.${value}`, value)),
        t,
      ),
    }),
  in: ({ universes }, t) =>
    t('steps.field.in', {
      values: anyOf(
        universes.map((name) => `“${name}”`),
        t,
      ),
    }),
  suppressed: ({ reasons }, t) =>
    reasons.length === 0
      ? t('steps.field.suppressed.any')
      : t('steps.field.suppressed', {
          values: anyOf(
            reasons.map((reason) => t(`steps.suppressed.${reason}`)),
            t,
          ),
        }),
  middle: ({ names }, t) => t('steps.field.middle', { values: anyOf(names, t) }),
  suffix: ({ values }, t) =>
    values.length > 0 ? t('steps.field.suffix', { values: anyOf(values, t) }) : t('steps.field.suffix_any'),
  first: ({ names }, t) => t('steps.field.first', { values: anyOf(names, t) }),
  last: ({ names }, t) => t('steps.field.last', { values: anyOf(names, t) }),
  street: ({ streets, numbers }, t) => {
    const named = anyOf(streets.map(capital), t)
    const parts = numbers ? houseNumbers(numbers, t) : []
    return t('steps.field.street', { values: parts.reduce((a, b) => t('steps.street.with', { a, b }), named) })
  },
  birth_date: ({ from, to }, t) => t('steps.field.birth_date', { when: inTime({ is: 'between', from, to }, t) }),
  birthday: ({ days }, t) =>
    t('steps.field.birthday', {
      values: anyOf(
        days.map((each) => daysOfYear(each, t)),
        t,
      ),
    }),
  registered_by: ({ values }, t) =>
    t('steps.field.registered_by', {
      values: anyOf(
        values.map((value) => t(`steps.source.${value}`)),
        t,
      ),
    }),
  state_id: ({ values }, t) =>
    t('steps.field.state_id', {
      values: anyOf(
        values.map((value) => t(`steps.state_id.${value}`)),
        t,
      ),
    }),
  party_then: ({ values, on }, t) =>
    t('steps.field.party_then', {
      values: anyOf(
        values.map((value) => t(`targeting.party.${value}`)),
        t,
      ),
      day: formatDate(t.language, on),
    }),
  voted_as: ({ elections, parties }, t) =>
    t('steps.field.voted_as', {
      elections: anyElection(elections, t),
      parties: anyOf(
        parties.map((value) => t(`targeting.party.${value}`)),
        t,
      ),
    }),
  method: ({ methods, elections }, t) => {
    const said = anyOf(
      methods.map((method) => t(`steps.method.${method}`)),
      t,
    )
    if (elections.length === 0) return t('steps.field.method', { methods: said })
    return t('steps.field.method_in', { methods: said, elections: anyElection(elections, t) })
  },
  skipped: ({ elections }, t) => t('steps.field.skipped', { values: anyElection(elections, t) }),
  skipped_of: ({ comparison, times, of, kind }, t) =>
    t(`steps.field.skipped_of.${comparison}`, {
      ...{ times: String(times), of: String(of) },
      kind: kind ? t(`steps.elections.${kind}`) : t('steps.elections'),
    }),
  last_voted: ({ when }, t) =>
    when.is === 'ever' ? t('steps.field.last_voted.ever') : t('steps.field.last_voted', { when: onceIn(when, t) }),
  last_contact: ({ when, channel }, t) =>
    when.is === 'ever'
      ? t('steps.field.contacted', { when: inTime(when, t), channel: byChannel(channel, t) })
      : t('steps.field.last_contact', { when: onceIn(when, t), channel: byChannel(channel, t) }),
  attempts_on: ({ channel, ranges }, t) =>
    t('steps.field.attempts_on', { channel: t(`steps.channel.${channel}`), values: anyRange(ranges, t, 'times') }),
  at_phone_bank: ({ phone_banks, term }, t) =>
    t('steps.field.at_phone_bank', {
      what: termInWords(term, t),
      values: anyOf(
        phone_banks.map((name) => `“${name}”`),
        t,
      ),
    }),
  answered: ({ question, said }, t) => {
    const values = saidInWords(said, t)
    return values === null ? t('steps.field.answered', { question }) : t('steps.field.answer', { question, values })
  },
  speaks: ({ values }, t) =>
    t('steps.field.speaks', {
      values: anyOf(
        values.map((value) => labelOr(t, `steps.language.${value}`, languageName(t, value))),
        t,
      ),
    }),
  own_field: ({ key, said }, t) => {
    const values = saidInWords(said, t)
    return values === null ? t('steps.field.own_field.any', { key }) : t('steps.field.own_field', { key, values })
  },
  related: ({ kinds }, t) =>
    t('steps.field.related', {
      values:
        kinds.length === 0
          ? t('steps.related.any')
          : anyOf(
              kinds.map((kind) => t(`steps.related.${kind}`)),
              t,
            ),
    }),
  consent: ({ state, channels }, t) =>
    t(`steps.field.consent.${state}`, {
      values: anyOf(
        channels.map((channel) => t(`steps.consent.${channel}`)),
        t,
      ),
    }),
  member: ({ standings, kinds }, t) => {
    const what =
      standings.length === 0
        ? t('steps.field.member.any')
        : t('steps.field.member', {
            values: anyOf(
              standings.map((standing) => labelOr(t, `steps.standing.${standing}`, standing)),
              t,
            ),
          })
    if (kinds.length === 0) return what
    const values = anyOf(kinds.map((kind) => kindInWords('membership_kind', kind, t)), t) // prettier-ignore
    return t('steps.field.member.of_kind', { what, values })
  },
  member_since: ({ when }, t) =>
    when.is === 'ever' ? t('steps.field.member_since.any') : t('steps.field.member_since', { when: onceIn(when, t) }),
  dues: ({ states }, t) =>
    t('steps.field.dues', {
      values: anyOf(
        states.map((state) => t(`steps.dues.${state}`)),
        t,
      ),
    }),
  household_with: ({ of }, t) => t('steps.field.household_with', { what: inWords(of, t) }),
  sample: ({ per_10000, seed }, t) =>
    t('steps.field.sample', { percent: String(per_10000 / 100), seed: seeded(seed, t) }),
  split: ({ parts, of, seed }, t) =>
    t('steps.field.split', {
      values: anyOf(
        parts.map((part) => String.fromCharCode(65 + part)),
        t,
      ),
      of: String(of),
      seed: seeded(seed, t),
    }),
}

const tasksInWords = (kind: 'next_step' | 'task', states: readonly TaskState[], t: Translate): string =>
  states.length === 0
    ? t(`steps.field.${kind}.any`)
    : t(`steps.field.${kind}`, { values: anyOf(states.map((state) => t(`steps.task.${state}`)), t) }) // prettier-ignore

const atEvents = (which: OfEvents, when: When, t: Translate): { what: string; when: string } => ({
  what: whichEvents(which, t),
  when: inTime(when, t),
})

function whichEvents({ kinds, events }: OfEvents, t: Translate): string {
  if (events.length > 0) return t('steps.events.codes', { values: anyOf(events, t) })
  if (kinds.length === 0) return t('steps.events.any')
  const values = anyOf(kinds.map((kind) => kindInWords('event_kind', kind, t)), t) // prettier-ignore
  return t('steps.events.kinds', { values })
}

/** A kind we have a word for in the reader's language; one of the organization's own as it is typed. */
export const kindInWords = (of: 'event_kind' | 'membership_kind', kind: string, t: Translate): string =>
  labelOr(t, `steps.${of}.${kind}`, /^[a-z0-9_]+$/.test(kind) ? kind.replaceAll('_', ' ') : kind)

/** As people say it: in miles and meters both, since maps and pavements differ. */
export function distance(meters: number, t: Translate): string {
  const miles = formatNumber(t.language, Math.round(meters / 160.9344) / 10)
  const metric = meters < 1000 ? t('steps.meters', { number: formatNumber(t.language, meters) }) : t('steps.kilometers', { number: formatNumber(t.language, Math.round(meters / 100) / 10) }) // prettier-ignore
  return meters < 161 ? metric : t('steps.distance', { metric, miles })
}

const seeded = (seed: string | null, t: Translate): string => (seed === null ? '' : t('steps.seed', { seed }))

const anyElection = (elections: readonly ElectionName[], t: Translate): string =>
  anyOf(
    elections.map((name) => {
      if ('held_on' in name) return t('steps.election.day', { day: formatDate(t.language, name.held_on) })
      if (name.year === null) return t(`steps.elections.${name.kind}`)
      return labelOr(t, `steps.election.${name.kind}`, printElection(name), { year: String(name.year) })
    }),
    t,
  )

/** As people name them: 40012 is 40/12. */
function electionDistricts({ from, to }: Range, t: Translate): string {
  const said = (number: number): string => `${Math.floor(number / 1000)}/${number % 1000}`
  if (from === null) return t('steps.range.to', { to: said(to ?? 0) })
  if (to === null) return t('steps.range.from', { from: said(from) })
  return from === to ? said(from) : t('steps.range.between', { from: said(from), to: said(to) })
}

/** '20?': the election district is divided; '?': whichever. */
function districtInWords(value: string, t: Translate): string {
  if (value === '?') return t('steps.district.in_doubt')
  return value.endsWith('?') ? t('steps.district.perhaps', { number: value.slice(0, -1) }) : value
}

function houseNumbers({ from, to, side }: HouseNumbers, t: Translate): string[] {
  const span =
    from === null && to === null
      ? null
      : from === to
        ? from
        : from === null
          ? t('steps.range.to', { to: to ?? '' })
          : to === null
            ? t('steps.range.from', { from })
            : t('steps.range.between', { from, to })
  return [
    ...(span === null ? [] : [t('steps.street.numbers', { range: span })]),
    ...(side === null ? [] : [t(`steps.street.${side}`)]),
  ]
}

function daysOfYear({ from, to }: DaysOfYear, t: Translate): string {
  // Of a leap year, so that 29 February has a day.
  const said = (day: string, form: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(t.language, { ...form, timeZone: 'UTC' }).format(new Date(`2024-${day}T00:00:00Z`))
  const day = (of: string): string => said(of, { month: 'long', day: 'numeric' })
  if (from === to) return day(from)
  if (isWholeMonth({ from, to })) return t('steps.birthday.month', { month: said(from, { month: 'long' }) })
  return t('steps.birthday.span', { from: day(from), to: day(to) })
}

/** null: whatever it is. */
function saidInWords(said: Said, t: Translate): string | null {
  if (said.is === 'any') return null
  if (said.is === 'one_of') return anyOf(said.values, t)
  const isDay = (bound: string | null): bound is string => bound !== null && /^\d{4}-\d\d-\d\d$/.test(bound)
  if (said.is === 'beyond') {
    const { bound, comparison } = said
    if (isDay(bound))
      return t(comparison === '<' ? 'steps.said.before' : 'steps.said.after', { day: formatDate(t.language, bound) })
    return t(comparison === '<' ? 'steps.said.less' : 'steps.said.more', { bound })
  }
  const { from, to } = said
  const shown = (bound: string): string => (isDay(bound) ? formatDate(t.language, bound) : bound)
  if (from !== null && to !== null)
    return from === to ? shown(from) : t('steps.range.between', { from: shown(from), to: shown(to) })
  if (isDay(from) || isDay(to)) return inTime({ is: 'between', from, to }, t)
  return from !== null ? t('steps.range.from', { from }) : t('steps.range.to', { to: to ?? '' })
}

function anyOf(values: readonly string[], t: Translate): string {
  const [first = '', ...others] = values
  return others.reduce((a, b) => t('steps.value_or', { a, b }), first)
}

/** What a range counts; Korean says it after each number. */
type Unit = 'plain' | 'years_old' | 'year' | 'times' | 'voters'

const anyRange = (ranges: readonly Range[], t: Translate, unit: Unit = 'plain'): string =>
  anyOf(
    ranges.map((each) => range(each, t, unit)),
    t,
  )

function range({ from, to }: Range, t: Translate, unit: Unit = 'plain'): string {
  // A year is written without a comma.
  const said = (value: number): string =>
    unit === 'year' ? t('steps.number.year', { year: String(value) }) : t(`steps.number.${unit}`, { count: value })
  if (from !== null && from === to) return said(from)
  if (from === null) return t('steps.range.to', { to: said(to ?? 0) })
  if (to === null) return t('steps.range.from', { from: said(from) })
  return t('steps.range.between', { from: String(from), to: said(to) })
}

/** Of what happens once, or last. */
const onceIn = (when: When, t: Translate): string =>
  when.is === 'before'
    ? t('steps.when.longer_ago', { span: t(`steps.when.${when.unit}`, { count: when.amount }) })
    : inTime(when, t)

function inTime(when: When, t: Translate): string {
  if (when.is === 'ever') return t('steps.when.ever')
  if (when.is === 'between') {
    const day = (date: string): string => formatDate(t.language, date)
    const { from, to } = when
    if (from !== null && from === to) return t('steps.when.on', { day: day(from) })
    if (from !== null && to !== null) return t('steps.when.between', { from: day(from), to: day(to) })
    return from !== null ? t('steps.when.from', { from: day(from) }) : t('steps.when.to', { to: day(to ?? '') })
  }
  const span = t(`steps.when.${when.unit}`, { count: when.amount })
  return t(`steps.when.${when.is}`, { span })
}

const byChannel = (channel: Channel | null, t: Translate): string =>
  channel ? t('steps.channel', { channel: t(`steps.channel.${channel}`) }) : ''

/** The label of a code where there is one: codes of files and of rooms above may have none. */
/** The words of a code, where there are some. */
export function labelOr(t: Translate, key: string, code: string, given?: Record<string, string | number>): string {
  return allMessages().has(key) ? t.dynamic(key, given) : code
}

export const languageName = (t: Translate, tag: string): string =>
  tag === 'unknown'
    ? t('targeting.unknown')
    : (new Intl.DisplayNames([t.language], { type: 'language', fallback: 'code' }).of(tag) ?? tag)

const capital = (text: string): string => text.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())
