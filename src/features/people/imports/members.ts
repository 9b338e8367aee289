import { addDays, addMonths } from '../../../platform/clock.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { dayInList } from '../../voterfile/rules/dates.ts'
import { periodFor, type Period } from '../membership/rules.ts'
import { cents } from '../membership/schema.ts'
import type { Standing } from '../tables.ts'

/* What a row of a sheet says of somebody's membership, their dues and their chapter or committee. */

export const memberColumns = [
  'member_kind',
  'member_since',
  'member_state',
  'paid_until',
  'dues_amount',
  'dues_paid_on',
  'dues_way',
  'dues_reference',
  'body',
  'office',
  'term_from',
  'term_until',
] as const
export type MemberColumn = (typeof memberColumns)[number]

export const isMemberColumn = (meaning: string): meaning is MemberColumn =>
  memberColumns.some((each) => each === meaning)

export const memberRefusals = [
  'bad_member_kind',
  'no_member_kind',
  'bad_date',
  'future_date',
  'bad_member_state',
  'state_contradicts',
  'no_paid_until',
  'bad_amount',
  'bad_way',
  'no_way',
  'period_over',
  'is_expelled',
  'bad_body',
  'bad_office',
  'no_body',
  'term_ends_before',
  'no_seat',
  'holds_already',
] as const
export type MemberRefusal = (typeof memberRefusals)[number]

export const duesWays = ['cash', 'check', 'transfer', 'card'] as const
export type DuesWay = (typeof duesWays)[number]

export interface ImportedKind {
  kind: string
  name: LocalizedText
  /** null: for life. */
  period_months: number | null
  grace_days: number
  is_archived: boolean
  /** Whoever pays is admitted by somebody first. */
  needs_approval: boolean
}

export interface ImportedOffice {
  office_id: string
  body: LocalizedText
  office: LocalizedText
  /** null: any number. */
  seats: number | null
  /** Terms of whoever holds it; of people made by this sheet by their line. */
  held: readonly HeldTerm[]
}

export interface Term {
  from_on: string
  until_on: string | null
}
export interface HeldTerm extends Term {
  who: string
}

/** What an organization has, and what somebody chose, as far as memberships are concerned. */
export interface MemberSetup {
  kinds: readonly ImportedKind[]
  offices: readonly ImportedOffice[]
  /** 'YYYY-MM-DD' of the sheet, so that its preview holds tomorrow. */
  today: string
  /** Money becomes entries of the books; else it was received elsewhere. */
  books: boolean
  /** Why a term cannot be had beside those held; null: it can. The room of chapters and committees says. */
  seating(held: readonly HeldTerm[], wished: HeldTerm, seats: number | null): 'no_seat' | 'holds_already' | 'is_there' | null // prettier-ignore
}

/** What we know of a person's membership already. */
export interface KnownMember {
  /** How each kind stands on the day of the sheet, and since when it is known at all. */
  standings: readonly { kind: string; standing: Standing; first_on: string }[]
  /** Dues that hold. */
  dues: readonly (Period & { kind: string })[]
}

export const unknownMember: KnownMember = { standings: [], dues: [] }

/** What a row will make. */
export interface MemberPlan {
  /** null: a term alone. */
  kind: { kind: string; name: LocalizedText; is_for_life?: boolean; has_dues?: boolean } | null
  /** Rows written by hand before the dues, and after them. */
  before: StandsFrom[]
  dues: PlannedDues | null
  after: StandsFrom[]
  term: (Term & { office_id: string; body: LocalizedText; office: LocalizedText }) | null
}

export interface StandsFrom {
  standing: Standing
  from_on: string
}

export interface PlannedDues extends Period {
  how: 'paid' | 'elsewhere' | 'waived'
  amount_cents: number
  way: DuesWay | null
  reference: string | null
  paid_on: string
}

export type MemberCells = Partial<Record<MemberColumn, { text: string; column: number }>>
type Refused = { ok: false; problem: MemberRefusal; column: number }
type Planned = { ok: true; plan: MemberPlan | null } | Refused

class Wrong extends Error {
  readonly problem: MemberRefusal
  readonly column: number
  constructor(problem: MemberRefusal, column: number) {
    super(problem)
    this.problem = problem
    this.column = column
  }
}

/** What these cells ask for, beside what is known; null: nothing new. `who`: the person, or the line of whoever is new. */
export function planMember(cells: MemberCells, known: KnownMember, who: string, setup: MemberSetup): Planned {
  try {
    const membership = isAbout(cells, membershipColumns) ? membershipOf(cells, known, setup) : nothing
    const plan: MemberPlan = { ...membership, term: termOf(cells, who, setup) }
    const isNew = plan.before.length + plan.after.length > 0 || plan.dues !== null || plan.term !== null
    return { ok: true, plan: isNew ? plan : null }
  } catch (problem) {
    if (problem instanceof Wrong) return { ok: false, problem: problem.problem, column: problem.column }
    throw problem
  }
}

/** A member of a kind that has an end, without a word of how far it is paid. */
export const isEndless = ({ kind, before, dues, after }: MemberPlan): boolean =>
  kind !== null && !kind.is_for_life && !kind.has_dues && dues === null && after.length === 0 && before.some(({ standing }) => standing === 'active') // prettier-ignore

/** What is known once a plan is done, for the next row about the same person. */
export function knownAfter({ standings, dues }: KnownMember, plan: MemberPlan, today: string): KnownMember {
  if (!plan.kind) return { standings, dues }
  const { kind } = plan.kind
  const there = standings.find((each) => each.kind === kind)
  const rows = [...plan.before, ...plan.after].filter(({ from_on }) => from_on <= today)
  const firsts = [there?.first_on, plan.dues?.from_on, ...rows.map(({ from_on }) => from_on)]
  const first_on = firsts.filter((day) => day !== undefined).toSorted()[0] ?? today
  const now = rows.findLast(({ from_on }) => !there || from_on === today)?.standing ?? there?.standing ?? 'active'
  return {
    standings: [...standings.filter((each) => each !== there), { kind, standing: now, first_on }],
    dues: plan.dues ? [...dues, { kind, from_on: plan.dues.from_on, until_on: plan.dues.until_on }] : dues,
  }
}

const membershipColumns = memberColumns.slice(0, 8)
const nothing: Omit<MemberPlan, 'term'> = { kind: null, before: [], dues: null, after: [] }

const isAbout = (cells: MemberCells, columns: readonly MemberColumn[]): boolean =>
  columns.some((column) => cells[column])

function membershipOf(cells: MemberCells, known: KnownMember, setup: MemberSetup): Omit<MemberPlan, 'term'> {
  const { today } = setup
  const first = membershipColumns.flatMap((column) => cells[column]?.column ?? [])[0] ?? 0
  const kind = kindOf(cells, known, setup, first)
  const there = known.standings.find((each) => each.kind === kind.kind)
  const said = read(cells.member_state, (text) => stateWords.get(folded(text)), 'bad_member_state')
  const since = dayOf(cells.member_since, 'first', today)
  if (since && since > today) throw new Wrong('future_date', cells.member_since?.column ?? first)
  const state = (problem: MemberRefusal): Wrong => new Wrong(problem, cells.member_state?.column ?? first)
  const dues = duesOf(cells, kind, known, since, setup)
  const isExpelled = known.standings.some(({ standing }) => standing === 'expelled')
  if (isExpelled && (dues.planned || said === 'active'))
    throw new Wrong('is_expelled', cells.member_state?.column ?? first)

  const isEarlier = since !== null && (there === undefined || since < there.first_on)
  const begins: StandsFrom = { standing: said === 'applied' || said === 'approved' ? said : 'active', from_on: since ?? today } // prettier-ignore
  const isBegun = isEarlier && !(dues.planned && dues.planned.from_on <= begins.from_on)
  const before: StandsFrom[] = isBegun ? [begins] : []
  const after: StandsFrom[] = []
  const ends: StandsFrom | null = said === 'resigned' || said === 'expelled' ? { standing: said, from_on: today } : null // prettier-ignore
  if (ends && there?.standing !== ends.standing) after.push(ends)
  if ((said === 'grace' || said === 'lapsed') && dues.until_on === null) {
    if (said === 'grace') throw state('no_paid_until')
    if (there?.standing !== 'lapsed') after.push({ standing: 'lapsed', from_on: today })
  }
  if ((said === 'grace' || said === 'lapsed') && dues.until_on !== null) {
    if (dues.until_on >= today) throw state('state_contradicts')
    const is_lapsed = addDays(dues.until_on, kind.grace_days) < today
    if (said === 'lapsed' && !is_lapsed) after.push({ standing: 'lapsed', from_on: today })
  }
  if (said === 'active' && dues.until_on !== null && addDays(dues.until_on, kind.grace_days) < today)
    throw state('state_contradicts')
  // Nothing but the kind, or that they are active: from the day of the sheet.
  const isSaidAlone = before.length === 0 && after.length === 0 && !dues.planned && dues.until_on === null
  const isMissing = there === undefined || (said !== null && there.standing !== begins.standing)
  if (isSaidAlone && isMissing && !ends && said !== 'lapsed') before.push({ ...begins, from_on: there ? today : begins.from_on }) // prettier-ignore
  // A member again: what was before does not say so.
  if (said === 'active' && isBegun && there && there.standing !== 'active' && !dues.planned && dues.until_on === null)
    before.push({ standing: 'active', from_on: today })
  // They are members already, whom nobody has to admit for having paid.
  const { planned } = dues
  if (kind.needs_approval && planned && planned.how !== 'elsewhere' && there === undefined && before.length === 0)
    if (said !== 'applied')
      before.push({
        standing: begins.standing,
        from_on: planned.paid_on < planned.from_on ? planned.paid_on : planned.from_on,
      })
  // Dues that are on file end what the row makes of them.
  const begun = before.findLast(({ standing }) => standing === 'active')?.from_on ?? today
  const has_dues = known.dues.some((each) => each.kind === kind.kind && each.until_on !== null && each.until_on >= begun) // prettier-ignore
  return {
    kind: {
      kind: kind.kind,
      name: kind.name,
      ...(kind.period_months === null && { is_for_life: true }),
      ...(has_dues && { has_dues }),
    },
    before,
    dues: dues.planned,
    after,
  }
}

function kindOf(cells: MemberCells, known: KnownMember, { kinds }: MemberSetup, first: number): ImportedKind {
  if (cells.member_kind)
    return (
      read(
        cells.member_kind,
        (text) => kinds.find((each) => kindWords(each).has(kindFolded(text))),
        'bad_member_kind',
      ) ?? wrongly('no_member_kind', first)
    )
  const theirs = kinds.filter(({ kind }) => known.standings.some((each) => each.kind === kind))
  const offered = kinds.filter(({ is_archived }) => !is_archived)
  const [only, ...others] = theirs.length > 0 ? theirs : offered
  return only && others.length === 0 ? only : wrongly('no_member_kind', first)
}

function wrongly(problem: MemberRefusal, column: number): never {
  throw new Wrong(problem, column)
}

/** Dues in the sheet that are not known yet; `until_on`: how far the sheet says that is paid, null: it does not. */
function duesOf(
  cells: MemberCells,
  kind: ImportedKind,
  known: KnownMember,
  since: string | null,
  { today, books }: MemberSetup,
): { planned: PlannedDues | null; until_on: string | null } {
  const { paid_until, dues_amount, dues_paid_on, dues_way, dues_reference } = cells
  const amount = read(dues_amount, centsOf, 'bad_amount')
  const way = read(dues_way, (text) => wayWords.get(folded(text)), 'bad_way')
  const paid = dayOf(dues_paid_on, 'first', today)
  const until = dayOf(paid_until, 'last', today)
  if (paid && paid > today) throw new Wrong('future_date', dues_paid_on?.column ?? 0)
  if (amount === null && paid === null && until === null) return { planned: null, until_on: null }

  const theirs = known.dues.filter((each) => each.kind === kind.kind)
  const paidFor = theirs.flatMap(({ until_on }) => until_on ?? []).toSorted().at(-1) ?? null // prettier-ignore
  const period: Period = until
    ? { from_on: startOf(until, kind, since), until_on: until }
    : periodFor(kind, [], paid ?? (isOn(periodFor(kind, [], since ?? today), today) ? (since ?? today) : today))
  const { until_on } = period
  // Known already, as from the same sheet a year ago; of what overlaps only the rest is new.
  const isKnown = theirs.some((each) => each.until_on === null) || (until_on !== null && paidFor !== null && paidFor >= until_on) // prettier-ignore
  // Where they have paid for longer since the sheet was written, that is how far it is paid.
  if (isKnown)
    return {
      planned: null,
      until_on:
        [until_on, paidFor]
          .flatMap((each) => each ?? [])
          .toSorted()
          .at(-1) ?? null,
    }
  const from_on = paidFor !== null && paidFor >= period.from_on ? addDays(paidFor, 1) : period.from_on
  const isMoney = books && amount !== null && amount > 0
  if (isMoney && way === null) throw new Wrong('no_way', dues_way?.column ?? dues_amount?.column ?? 0)
  const paid_on = paid ?? (from_on < today ? from_on : today)
  if (isMoney && until_on !== null && until_on < paid_on) throw new Wrong('period_over', paid_until?.column ?? dues_paid_on?.column ?? 0) // prettier-ignore
  const planned: PlannedDues = {
    how: isMoney ? 'paid' : amount === 0 ? 'waived' : 'elsewhere',
    amount_cents: amount ?? 0,
    way,
    reference: dues_reference?.text.slice(0, 80) ?? null,
    paid_on: isMoney || paid_on <= (until_on ?? paid_on) ? paid_on : (until_on ?? paid_on),
    from_on,
    until_on,
  }
  return { planned, until_on }
}

/** Of dues that say neither when they were paid nor until when: those that still hold. */
const isOn = ({ until_on }: Period, today: string): boolean => until_on === null || until_on >= today

/** When the period began that ends on a day: not before somebody was a member. */
function startOf(until_on: string, { period_months }: ImportedKind, since: string | null): string {
  const start = addDays(addMonths(until_on, -(period_months ?? 12)), 1)
  const begun = since !== null && since > start && since <= until_on ? since : start
  return begun > until_on ? until_on : begun
}

function termOf(cells: MemberCells, who: string, { offices, today, seating }: MemberSetup): MemberPlan['term'] {
  const { body, office, term_from, term_until } = cells
  if (!body) {
    const without = office ?? term_from ?? term_until
    if (without) throw new Wrong('no_body', without.column)
    return null
  }
  // 'Housing Committee: Chair' in one cell, or in two.
  const bodiesOf = (text: string): ImportedOffice[] =>
    offices.filter((each) => textsOf(each.body).some((name) => folded(name) === folded(text)))
  const isWhole = bodiesOf(body.text).length > 0 // 'Flushing/Bayside' is one chapter
  const whole = isWhole ? undefined : /^(?<body>.*?)\s*[:–—/]\s*(?<office>.+)$/.exec(body.text)?.groups
  const [bodyText, officeText] = [whole?.body ?? body.text, office?.text ?? whole?.office ?? '']
  const theirs = bodiesOf(bodyText)
  if (theirs.length === 0) throw new Wrong('bad_body', body.column)
  const named = theirs.find((each) => textsOf(each.office).some((name) => folded(name) === folded(officeText)))
  const meant = named ?? (officeText === '' ? ordinary(theirs) : undefined)
  if (!meant) throw new Wrong('bad_office', office?.column ?? body.column)
  const from_on = dayOf(term_from, 'first', today) ?? dayOf(cells.member_since, 'first', today) ?? today
  const until_on = dayOf(term_until, 'last', today)
  if (until_on !== null && until_on < from_on) throw new Wrong('term_ends_before', term_until?.column ?? body.column)
  const problem = seating(meant.held, { who, from_on, until_on }, meant.seats)
  if (problem === 'is_there') return null
  if (problem) throw new Wrong(problem, office?.column ?? body.column)
  return { office_id: meant.office_id, body: meant.body, office: meant.office, from_on, until_on }
}

/** What everybody of a chapter is who is nothing else: of its offices the one with most seats. */
const ordinary = (offices: readonly ImportedOffice[]): ImportedOffice | undefined =>
  offices.toSorted((a, b) => (b.seats ?? Infinity) - (a.seats ?? Infinity))[0]

function read<Value>(
  cell: { text: string; column: number } | undefined,
  understood: (text: string) => Value | undefined,
  problem: MemberRefusal,
): Value | null {
  if (!cell) return null
  const value = understood(cell.text)
  if (value === undefined) throw new Wrong(problem, cell.column)
  return value
}

/** A year or a month alone counts from its first day, or to its last. */
function dayOf(
  cell: { text: string; column: number } | undefined,
  side: 'first' | 'last',
  today: string,
): string | null {
  if (!cell) return null
  const text = cell.text.trim()
  const month = /^(\d{4})\s*(?:년|[-./])\s*(\d{1,2})\s*월?$/.exec(text) ?? /^(\d{1,2})\s*[-/]\s*(\d{4})$/.exec(text)
  const year = /^(\d{4})\s*년?$/.exec(text)?.[1]
  if (side === 'first' && year) return `${year}-01-01`
  if (side === 'first' && month) {
    const [, one = '', other = ''] = month
    const [y, m] = one.length === 4 ? [one, other] : [other, one]
    if (Number(m) >= 1 && Number(m) <= 12) return `${y}-${m.padStart(2, '0')}-01`
  }
  const day = dayInList(text, unsaid)
  if (day === null) throw new Wrong('bad_date', cell.column)
  if (day === unsaid) return null
  // '6/15/98' is no day of 2098.
  const isShort = !/\d{4}/.test(text) && Number(day.slice(0, 4)) > Number(today.slice(0, 4)) + 20
  return isShort ? `${Number(day.slice(0, 4)) - 100}${day.slice(4)}` : day
}
const unsaid = '2100-12-31'

const centsOf = (text: string): number | undefined =>
  cents.safeParse(text.replace(/^(usd|us\$)\s*/i, '$').replace(/\s*(달러|불|usd)$/i, '').replace(/^\$\s+/, '$')).data // prettier-ignore

const textsOf = (texts: LocalizedText): string[] => Object.values(texts).filter((text) => text !== undefined)
const folded = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
/** '일반 회원', '일반' and 'Regular member' are one. */
const kindFolded = (text: string): string => folded(text).replace(/(membership|members?|회원)$/u, '') || folded(text)
const kindWords = ({ kind, name }: ImportedKind): ReadonlySet<string> =>
  new Set([kind, ...textsOf(name)].map(kindFolded))

const table = <Value extends string>(words: Record<Value, string>): ReadonlyMap<string, Value> =>
  new Map(
    Object.entries<string>(words).flatMap(
      ([value, all]) => [value, ...all.split(',')].map((word) => [folded(word), value as Value] as const), // keys of the record
    ),
  )

const stateWords = table<Standing>({
  applied: 'applicant,pending,가입 신청,신청,신청 중,대기',
  approved: '가입 승인,승인,승인됨',
  active: 'current,good,in good standing,member,paid,yes,y,활동 중,활동,정상,유효,정회원,회원,회원 자격 유지',
  grace: 'in grace,overdue,dues overdue in grace,회비 납부 유예,유예,납부 유예,연체',
  lapsed: 'expired,inactive,unpaid,자격 만료,만료,만료됨,회비 만료,미납,비활성',
  resigned: 'left,former,quit,withdrawn,탈퇴,탈퇴함',
  expelled: 'removed,제명,제명됨',
})
const wayWords = table<DuesWay>({
  cash: '현금',
  check: 'cheque,chk,money order,수표,체크',
  transfer: 'bank,bank transfer,wire,ach,zelle,venmo,paypal,계좌 이체,이체,송금,젤',
  card: 'credit card,credit,debit card,debit,stripe,square,카드,신용카드',
})
