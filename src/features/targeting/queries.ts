import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { mayDo } from '../access/permissions.ts'
import { districtColumn, districtJoins } from '../geography/crosswalk.ts'
import '../people/tables.ts'
import '../voterfile/tables.ts'
import { ask, type Until } from './bounded.ts'
import { closedBankNames, closedUniverses } from './closed.ts'
import type { KnownElection } from './elections.ts'
import { foldName, foldedName } from './names.ts'
import { homesByHand } from './homes-queries.ts'
import { noHomes } from './homes.ts'
import { parse, type Problem } from './parse.ts'
import { print, quote } from './print.ts'
import type { FilesHave } from './columns/have.ts'
import { remarksOn, type Remark } from './remarks.ts'
import {
  allTermsOf,
  communities,
  contactable,
  leftOutReasons,
  takenAway,
  termsOf,
  type Community,
  type Expression,
  type Field,
  type LeftOutReason,
  type Status,
  type TypedField,
} from './schema.ts'
import {
  blocking,
  hasPhone,
  homeOf,
  leftOutBy,
  ofItsState,
  refusals,
  speaksOf,
  universeCondition,
  votersOf,
  type LiftedInPart,
  type Meaning,
  type Speaks,
} from './sql.ts'
import type { UniverseTable } from './tables.ts'
import { fieldWords, fold, nearest } from './words.ts'

export type Universe = Selectable<UniverseTable>

const not = (of: Expression): Expression => ({ op: 'not', of })
const withStatus = (values: readonly Status[]): Expression => ({
  op: 'term',
  term: { field: 'status', values: [...values] },
})
const blocked: Expression = { op: 'term', term: { field: 'suppressed', reasons: [...blocking] } }

/** An expression ready to be asked of the database, any number of times. */
export interface CompiledUniverse {
  expression: Expression
  /** Canonical text. */
  text: string
  /** Condition over `voter_record v`. */
  condition: RawBuilder<boolean>
  /** `select v.voter_id from voter_record v where …`, for `in (…)` and joins. */
  voters: RawBuilder<{ voter_id: number }>
  /** Counts those who fit but are left out. */
  left_out: RawBuilder<{ reason: LeftOutReason; count: number }>
  remarks: Remark[]
  meaning: Meaning
  /** What it lifts of what goes without saying, itself or by the universes it is made of. */
  speaks: Speaks
  /** Where a part of it alone lifts it. */
  lifted_in_part: LiftedInPart | null
  /** A part of it (`outside()` of it), with the saved universes it names put in their place. */
  inPlace(part: Expression): Expression
}

export type Compiled = { ok: true; universe: CompiledUniverse } | { ok: false; problem: UniverseProblem }

export type UniverseProblem = Omit<Problem, 'code'> & {
  code: Problem['code'] | 'unknown_universe' | 'universe_circle' | 'unknown_phone_bank' | 'not_yours' | 'closed_lane'
}

/**
 * Compiles the text of an expression for one organization at one day. `db` may be the organization's handle or, in jobs,
 * the owner's: every row of an organization is asked for by its id either way.
 */
export async function compileUniverse(
  db: Db,
  typed: string,
  organization_id: string,
  today: string,
  have?: FilesHave | null,
): Promise<Compiled> {
  const parsed = parse(typed)
  return parsed.ok ? compileExpression(db, parsed.expression, organization_id, today, typed, have) : parsed
}

/** The same of what an actor typed: what they may not see anywhere, they cannot ask for. A universe others saved is theirs to use. */
export async function compileTyped(
  db: Db,
  actor: Actor,
  typed: string,
  today: string,
  have?: FilesHave | null,
): Promise<Compiled> {
  const parsed = parse(typed)
  const kept = parsed.ok && (await keptFrom(db, actor, typed, parsed.expression))
  return kept ? { ok: false, problem: kept } : compileUniverse(db, typed, actor.organization_id, today, have)
}

/** What an actor may not ask for: what is kept from their role, and what the lane of a campaign closes to them. */
export const keptFrom = async (
  db: Db,
  actor: Actor,
  typed: string,
  expression: Expression,
): Promise<UniverseProblem | null> =>
  notTheirs(actor, typed, expression) ?? (await closedIn(db, actor, typed, expression))

/** As `compileUniverse`, of a saved text that somebody shows or saves: others may have put into it what their role may ask. */
export async function compileOpen(
  db: Db,
  actor: Actor,
  typed: string,
  today: string,
  have?: FilesHave | null,
): Promise<Compiled> {
  const parsed = parse(typed)
  const closed = parsed.ok && (await closedIn(db, actor, typed, parsed.expression))
  return closed ? { ok: false, problem: closed } : compileUniverse(db, typed, actor.organization_id, today, have)
}

/** A list or phone bank that an actor names and may not open. */
async function closedIn(db: Db, actor: Actor, typed: string, expression: Expression): Promise<UniverseProblem | null> {
  const terms = [...allTermsOf(expression)]
  const closed = (found: string): UniverseProblem => {
    const problem = { at: Math.max(0, typed.indexOf(found)), length: found.length, found }
    return { code: 'closed_lane', ...problem, expected: [], suggestion: null, field: null }
  }
  const lists = terms.flatMap((term) => (term.field === 'in' ? term.universes : []))
  const away = lists.length > 0 ? await closedUniverses(db, actor) : new Set()
  for (const name of away.size > 0 ? lists : []) {
    const meant = await universeMeant(db, actor.organization_id, name)
    if (meant && away.has(meant.universe_id)) return closed(name)
  }
  const banks = terms.flatMap((term) => (term.field === 'at_phone_bank' ? term.phone_banks : []))
  const names = banks.length > 0 ? await closedBankNames(db, actor) : new Set()
  const bank = banks.find((name) => names.has(foldName(name)))
  return bank === undefined ? null : closed(bank)
}

function notTheirs(actor: Actor, typed: string, expression: Expression): UniverseProblem | null {
  const kept = [...allTermsOf(expression)].find(({ field }) => !mayAsk(actor, field))
  if (!kept) return null
  const word = [...typed.matchAll(/\p{L}[\p{L}-]*(?=\s*[:=])/gu)].find(
    ([each]) => fieldWords.get(fold(each)) === kept.field,
  )
  const problem = { at: word?.index ?? 0, length: word?.[0].length ?? typed.length, found: word?.[0] ?? typed }
  return { code: 'not_yours', ...problem, expected: [], suggestion: null, field: 'dues' }
}

/** What is paid for a membership is shown to whoever may see the roll. */
export const mayAsk = (actor: Actor | null, field: Field | TypedField | null): boolean =>
  field !== 'dues' || mayDo(actor, 'membership.view')

/** What a saved universe answers with: a live one the voters who fit today, a frozen one its members. */
export function compileSaved(db: Db, saved: Universe, today: string, have?: FilesHave | null): Promise<Compiled> {
  if (saved.kind === 'live') return compileUniverse(db, saved.expression, saved.organization_id, today, have)
  return compileExpression(db, inTerm(saved), saved.organization_id, today)
}

export const inTerm = ({ name }: Pick<Universe, 'name'>): Expression => ({
  op: 'term',
  term: { field: 'in', universes: [name] },
})

/** As it is named in an expression: whoever writes this means the universe as it is then. */
export const namedText = (saved: Pick<Universe, 'name'>): string => print(inTerm(saved))

/** The text by which something made from a universe keeps it: its expression, or a frozen one's name, which is its members. */
export const askedText = (saved: Universe): string => (saved.kind === 'live' ? saved.expression : namedText(saved))

/**
 * As `compileUniverse`, of a tree; `typed`: the text it was read from, to point at a name that is wrong. `have`: where somebody
 * reads the remarks, what the columns know of the files (null: they are not loaded).
 */
export async function compileExpression(
  db: Db,
  expression: Expression,
  organization_id: string,
  today: string,
  typed = print(expression),
  have?: FilesHave | null,
): Promise<Compiled> {
  const understood = await understand(db, expression, organization_id, today, typed, everyReason)
  if (!understood.ok) return understood
  const { asSaid, replaced, speaks, meaning, inPlace } = understood
  const condition = universeCondition(replaced, meaning, speaks)
  const cut = speaking((what) => holds(replaced, notLifted[what]))
  const lifted_in_part =
    cut.status || cut.gone || cut.suppression
      ? { said: asSaid, cut, reasons: reasonsOf(speaks, speaksOf(expression)) }
      : null
  return {
    ok: true,
    universe: {
      expression,
      text: print(expression),
      condition,
      voters: sql`select v.voter_id from voter_record v where ${condition}`,
      left_out: leftOutBy(replaced, meaning, speaks, lifted_in_part),
      remarks: await remarksOn(db, asSaid, meaning, have, expression),
      meaning,
      speaks,
      lifted_in_part,
      inPlace,
    },
  }
}

export interface Understood {
  ok: true
  /** With the universes it names in their place, as if nobody were left out. */
  asSaid: Expression
  /** … each with whom it has by itself. */
  replaced: Expression
  speaks: Speaks
  meaning: Meaning
  inPlace(part: Expression): Expression
}

/** What it means, before anybody is asked; `leaves_out`: what leaves somebody out where nothing lifts it. */
export async function understand(
  db: Db,
  expression: Expression,
  organization_id: string,
  today: string,
  typed: string,
  leaves_out: readonly (keyof Speaks)[],
): Promise<Understood | { ok: false; problem: UniverseProblem }> {
  const read: ReadUniverses = { meant: new Map(), frozen: new Map(), leaves_out }
  const problem = await readUniverses(db, expression, organization_id, typed, [], read)
  if (problem) return { ok: false, problem }
  const asSaid = saidOf(expression, read.meant)
  const unknown = await unknownPhoneBank(db, asSaid, organization_id, typed)
  if (unknown) return { ok: false, problem: unknown }
  const { speaks, inPlace } = together(expression, read)
  const replaced = inPlace(expression)
  // Only where it matters: who asks for nothing of homes does not wait for the voter records.
  const asksOfHomes = [...allTermsOf(replaced)].some(({ field }) => field === 'household' || field === 'household_with')
  const homes = asksOfHomes ? await homesByHand(db, organization_id) : noHomes
  const meaning: Meaning = { ...(await meaningOf(db, organization_id, today)), frozen: read.frozen, homes, over: 'voters' } // prettier-ignore
  return { ok: true, asSaid, replaced, speaks, meaning, inPlace }
}

const whoIs: Record<LeftOutReason, { lifted_by: keyof Speaks; of: Expression }> = {
  preregistered: { lifted_by: 'status', of: withStatus(['preregistered']) },
  purged: { lifted_by: 'status', of: not(withStatus(contactable)) },
  gone: { lifted_by: 'gone', of: withStatus(['gone']) },
  marked: { lifted_by: 'suppression', of: blocked },
}

/** What nothing lifts first, then what a universe lifts, then what the expression itself says; a lifted mark before a lifted status. */
function reasonsOf(speaks: Speaks, own: Speaks): LiftedInPart['reasons'] {
  const place = (reason: LeftOutReason): number => {
    const what = whoIs[reason].lifted_by
    return own[what] ? 2 : speaks[what] ? 1 : 0
  }
  const lifted = ['marked', 'preregistered', 'purged', 'gone'] as const
  return [leftOutReasons, lifted, lifted].flatMap((reasons, at) =>
    reasons.filter((reason) => place(reason) === at).map((reason) => ({ reason, of: whoIs[reason].of })),
  )
}

async function meaningOf(
  db: Db,
  organization_id: string,
  today: string,
): Promise<Omit<Meaning, 'frozen' | 'homes' | 'over'>> {
  const [elections, files] = await Promise.all([
    db.selectFrom('election').select(['election_id', 'state', 'kind', 'year', 'held_on']).execute(),
    db.selectFrom('voter_file').select('state').distinct().where('state', 'is not', null).execute(),
  ])
  const states = [
    ...new Set([...files.flatMap(({ state }) => state ?? []), ...elections.map(({ state }) => state)]),
  ].sort()
  return { organization_id, today, elections, states }
}

/** What the universes that an expression names mean, by their names in it. */
interface ReadUniverses {
  meant: Map<string, Meant>
  /** Their ids, by `foldName`. */
  frozen: Map<string, string>
  leaves_out: readonly (keyof Speaks)[]
}

interface Meant {
  /** To put in the place of the name: of a frozen one, being its member. */
  expression: Expression
  /** The same with nobody left out by what stands beside them. */
  said: Expression
  speaks: Speaks
}

/** With the universes it names in their place, as if nobody were left out. */
const saidOf = (expression: Expression, meant: ReadonlyMap<string, Meant>): Expression =>
  putInPlace(expression, new Map([...meant].map(([name, each]) => [name, each.said])))

/**
 * Several universes in one expression: each is who it has by itself. One that speaks of status or marks brings in whom it asks
 * for, and lifts nothing for what is beside it in an "or"; one that is taken away lifts nothing at all. Nor does a term of
 * status or marks beside a universe in an "or" lift anything for it; one that narrows it, in an "and", does.
 */
function together(
  expression: Expression,
  { meant, leaves_out }: Pick<ReadUniverses, 'meant' | 'leaves_out'>,
): { speaks: Speaks; inPlace(part: Expression): Expression } {
  const unlifted = (of: Expression, lifted: Speaks): Expression =>
    withoutThose(
      of,
      leaves_out.filter((what) => lifted[what]),
    )
  const away = new Set(takenAway(expression))
  const lifting = (of: Expression, what: keyof Speaks): boolean =>
    [...termsOf(of)].some(
      (term) =>
        term.field === 'in' && !away.has(term) && term.universes.some((name) => meant.get(name)?.speaks[what] === true),
    )
  const own = speaksOf(expression)
  const all = speaking((what) => own[what] || lifting(expression, what))
  const lifted = speaking((what) => all[what] && !own[what])
  /** As they stand where the terms beside them speak for them too: `open`. */
  const asMeant = (open: Speaks): Map<string, Expression> =>
    new Map(
      [...meant].map(([name, { expression: of, speaks }]) => [
        name,
        unlifted(
          of,
          speaking((what) => all[what] && !speaks[what] && !(own[what] && open[what])),
        ),
      ]),
    )
  const inPlace = (of: Expression, open: Speaks): Expression => {
    if (of.op === 'and') return { op: 'and', of: of.of.map((each) => inPlace(each, open)) }
    if (of.op !== 'or') return putInPlace(of, asMeant(of.op === 'term' && of.term.field === 'in' ? open : everywhere))
    const said = speaksOf(of)
    return {
      op: 'or',
      of: of.of.map((branch) => {
        const says = speaksOf(branch)
        const isOpen = speaking((what) => open[what] && (says[what] || !said[what]))
        const isBeside = speaking((what) => lifted[what] && lifting(of, what) && !lifting(branch, what))
        return unlifted(inPlace(branch, isOpen), isBeside)
      }),
    }
  }
  return { speaks: all, inPlace: (part) => inPlace(part, everywhere) }
}

const speaking = (of: (what: keyof Speaks) => boolean): Speaks => ({
  status: of('status'),
  gone: of('gone'),
  suppression: of('suppression'),
})
const everywhere = speaking(() => true)

const everyReason = ['status', 'gone', 'suppression'] as const

/** Without those who are left out by themselves where nothing lifts it. */
const withoutThose = (expression: Expression, reasons: readonly (keyof Speaks)[]): Expression =>
  reasons.length === 0 ? expression : { op: 'and', of: [expression, ...reasons.map((what) => notLifted[what])] }

const notLifted: Record<keyof Speaks, Expression> = {
  status: withStatus(contactable),
  gone: not(withStatus(['gone'])),
  suppression: not(blocked),
}

/** The very object: somebody may have typed the same. */
function holds(expression: Expression, part: Expression): boolean {
  if (expression === part) return true
  if (expression.op === 'not') return holds(expression.of, part)
  if (expression.op !== 'term') return expression.of.some((each) => holds(each, part))
  return expression.term.field === 'household_with' && holds(expression.term.of, part)
}

/** Puts the expressions of saved universes in the place of their names. */
function putInPlace(expression: Expression, saved: ReadonlyMap<string, Expression>): Expression {
  if (expression.op === 'not') return { op: 'not', of: putInPlace(expression.of, saved) }
  if (expression.op !== 'term') return { op: expression.op, of: expression.of.map((each) => putInPlace(each, saved)) }
  const { term } = expression
  if (term.field === 'household_with')
    return { op: 'term', term: { field: 'household_with', of: putInPlace(term.of, saved) } }
  if (term.field !== 'in') return expression
  return { op: 'or', of: term.universes.flatMap((name) => saved.get(name) ?? []) }
}

/** A phone bank no expression knows: its name in any of its languages. */
async function unknownPhoneBank(
  db: Db,
  expression: Expression,
  organization_id: string,
  typed: string,
): Promise<UniverseProblem | null> {
  const named = [...allTermsOf(expression)].flatMap((term) => (term.field === 'at_phone_bank' ? term.phone_banks : []))
  if (named.length === 0) return null
  const known = await phoneBankNames(db, organization_id)
  const former = await db
    .selectFrom('phone_bank_former_name')
    .select('name')
    .where('organization_id', '=', organization_id)
    .execute()
  const folded = new Set([...known.map(foldName), ...former.map(({ name }) => name)])
  const found = named.find((name) => !folded.has(foldName(name)))
  if (found === undefined) return null
  return {
    code: 'unknown_phone_bank',
    at: Math.max(0, typed.indexOf(found)),
    length: found.length,
    found,
    expected: known.slice(0, 8).map((name) => `@${quote(name)}`),
    suggestion: nearest(found, known),
    field: null,
  }
}

/** Reads the saved universes an expression names, and those they name; or says which cannot be read. */
async function readUniverses(
  db: Db,
  expression: Expression,
  organization_id: string,
  typed: string,
  inside: readonly string[],
  read: ReadUniverses,
): Promise<UniverseProblem | null> {
  const names = [...allTermsOf(expression)].flatMap((term) => (term.field === 'in' ? term.universes : []))
  for (const name of names) {
    const found = await universeMeant(db, organization_id, name)
    const at = Math.max(0, typed.indexOf(name))
    const problem = { at, length: name.length, found: name, expected: [], field: 'in' as const }
    if (!found) {
      const known = await universes(db, organization_id)
      return {
        ...problem,
        code: 'unknown_universe',
        expected: known.slice(0, 8).map((each) => each.name),
        suggestion: nearestUniverse(name, known, /["“”]/.test(typed[at - 1] ?? '')),
      }
    }
    if (inside.includes(found.universe_id)) return { ...problem, code: 'universe_circle', suggestion: null }
    if (read.meant.has(name)) continue
    const meant = await universeAsExpression(db, found, name, typed, inside, read)
    if ('code' in meant) return meant
    read.meant.set(name, meant)
  }
  return null
}

/** The universe whose name holds what was typed, else the nearest, to be put in its place. */
function nearestUniverse(typed: string, known: readonly Universe[], isInQuotes: boolean): string | null {
  const names = known.map(({ name }) => name)
  const found = names.find((name) => foldName(name).includes(foldName(typed))) ?? nearest(typed, names)
  return found && (isInQuotes ? found.replace(/["“”]/g, '') : quote(found))
}

/** Who is in a saved universe, as an expression to put in the place of its name: what it says, asked of today, or its members. */
async function universeAsExpression(
  db: Db,
  universe: Universe,
  name: string,
  typed: string,
  inside: readonly string[],
  read: ReadUniverses,
): Promise<Meant | UniverseProblem> {
  const { organization_id, universe_id } = universe
  if (universe.kind === 'frozen') {
    read.frozen.set(foldName(name), universe_id)
    const expression = inTerm({ name })
    return { expression, said: expression, speaks: speaksOf(expression) }
  }
  const parsed = parse(universe.expression)
  if (!parsed.ok) return parsed.problem
  const further = await readUniverses(db, parsed.expression, organization_id, typed, [...inside, universe_id], read)
  if (further) return further
  const { speaks, inPlace } = together(parsed.expression, read)
  return { expression: inPlace(parsed.expression), said: saidOf(parsed.expression, read.meant), speaks }
}

export async function countUniverse(db: Db, { condition }: CompiledUniverse, until: Until = null): Promise<number> {
  const query = sql<{ count: number }>`select count(*) as count from voter_record v where ${condition}`
  const [row] = await ask(db, query, until)
  return row?.count ?? 0
}

export interface LeftOut {
  reason: LeftOutReason
  count: number
}

/** How many fit the expression but are left out, by reason; only reasons that concern somebody. */
export async function countLeftOut(db: Db, { left_out }: CompiledUniverse, until: Until = null): Promise<LeftOut[]> {
  const rows = await ask(db, left_out, until)
  return rows.sort((a, b) => leftOutReasons.indexOf(a.reason) - leftOutReasons.indexOf(b.reason))
}

export interface SampledVoter {
  voter_id: number
  last_name: string
  first_name: string | null
  middle_name: string | null
  birth_date: string | null
  birth_year: number | null
  sex: string | null
  party: string
  county: string | null
  city: string | null
  name_hangul: string | null
}

/** Some voters of it, the same ones each time it is asked. */
export async function sampleUniverse(
  db: Db,
  { condition }: CompiledUniverse,
  organization_id: string,
  until: Until = null,
  size = 20,
): Promise<SampledVoter[]> {
  const query = sql<SampledVoter>`
    select s.*, p.name_hangul from (
      select v.voter_id, v.last_name, v.first_name, v.middle_name, v.birth_date, v.birth_year, v.sex, v.party, v.county, v.city
      from voter_record v where ${condition} order by hashint4(v.voter_id), v.voter_id limit ${size}
    ) s
    left join person p on p.organization_id = ${organization_id} and p.voter_id = s.voter_id and p.merged_into is null
    order by hashint4(s.voter_id), s.voter_id`
  return ask(db, query, until)
}

/** Ages at which each band but the first begins. */
export const bandFroms = [18, 25, 35, 45, 55, 65, 75] as const
export const ageBands = ['16-17', '18-24', '25-34', '35-44', '45-54', '55-64', '65-74', '75+'] as const

export interface Breakdown {
  total: number
  households: number
  /** With at least one number, from a file or our own that works; as the builder counts, without those who refused calls. */
  with_phone: number
  party: Slice[]
  age: Slice[]
  sex: Slice[]
  county: Slice[]
  /** By districts with a column of their own, filled from the crosswalks where the file leaves it empty. */
  districts: { congress: Slice[]; senate: Slice[]; assembly: Slice[]; 'nyc-council': Slice[] }
  /** Voters likelier of a community than not; one voter may be in none. */
  community: Slice[]
}

/** `value` null: not known. */
export interface Slice {
  value: string | null
  count: number
}

/** Who they are, as the files say and as the organization knows better: with the counts of the builder. */
export async function breakdown(
  db: Db,
  universe: Pick<CompiledUniverse, 'condition' | 'meaning'>,
  until: Until = null,
): Promise<Breakdown> {
  const { organization_id, today } = universe.meaning
  const [files, ours] = await Promise.all([
    fileBreakdown(db, universe, today, until, universe.meaning),
    ourCorrections(db, universe, organization_id, until),
  ])
  return corrected(files, ours)
}

/** By how much the counts of the files change by what an organization was told. */
export type Corrections = Record<Community | 'with_phone' | 'households', number>

/** What people say of themselves counts before an estimate, a number of ours like one of a file, and a refusal before any number. */
export async function ourCorrections(
  db: Db,
  { condition }: Pick<CompiledUniverse, 'condition'>,
  organization_id: string,
  until: Until = null,
): Promise<Corrections> {
  const homes = await homesByHand(db, organization_id)
  const [row] = await ask(
    db,
    sql<Omit<Corrections, 'households'>>`
      select count(*) filter (where ${hasPhone(votersOf(organization_id))} and refused.phone is not true) - count(*) filter (
          where exists (select from voter_phone vp where vp.voter_id = v.voter_id)) as with_phone,
        ${sql.join(
          communities.map(
            (name) =>
              sql`count(*) filter (where ours.community = ${name}) - count(*) filter (where ours.community is not null
                and ${sql.ref(`v.p_${name}`)} >= 50) as ${sql.id(name)}`,
          ),
        )}
      from person ours join voter_record v on v.voter_id = ours.voter_id
      left join ${refusals(organization_id)} refused on refused.voter_id = v.voter_id
      where ours.organization_id = ${organization_id} and ours.merged_into is null and ${condition}`,
    until,
  )
  if (!row) throw new Error('sums without a row')
  if (homes.ids.length === 0) return { ...row, households: 0 }
  // Homes changed by hand are here whole: theirs instead of the file's.
  const [changed] = await ask(
    db,
    sql<{
      households: number
    }>`select count(distinct ${homeOf({ homes })}) - count(distinct v.household_key) as households
      from voter_record v where v.voter_id = any(${[...homes.ids]}::integer[]) and ${condition}`,
    until,
  )
  return { ...row, households: changed?.households ?? 0 }
}

export function corrected(files: Breakdown, ours: Corrections): Breakdown {
  const community = communities.map((name) => ({
    value: name,
    count: (files.community.find(({ value }) => value === name)?.count ?? 0) + ours[name],
  }))
  const households = files.households + ours.households
  return { ...files, households, with_phone: files.with_phone + ours.with_phone, community: largestFirst(community) }
}

const largestFirst = (slices: readonly Slice[]): Slice[] =>
  slices.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)

/** As the files alone say, the same for every organization: one walk over the voters for all groups, another for the sums, at once. */
export async function fileBreakdown(
  db: Db,
  { condition }: Pick<CompiledUniverse, 'condition'>,
  today: string,
  until: Until = null,
  of: Pick<Meaning, 'states'> = { states: [] },
): Promise<Breakdown> {
  const year = Number(today.slice(0, 4))
  const age = sql`coalesce(extract(year from age(${today}::date, v.birth_date))::integer, ${year}::integer - v.birth_year)`
  const [groups, sums, households] = await Promise.all([
    ask(
      db,
      sql<{ facet: number; value: string | null; count: number }>`
      select facet, case facet when 127 then party when 191 then sex when 223 then county when 239 then cd when 247 then sd
          when 251 then ad when 253 then ccd::text else band::text end as value, count
      from (
        select grouping(party, sex, county, cd, sd, ad, ccd, band) as facet, party, sex, county, cd, sd, ad, ccd, band, count(*) as count
        from (select v.party, v.sex, ${ofItsState(sql`v.county`, of)} as county,
            ${ofItsState(sql`(${districtColumn('congress')})::text`, of)} as cd, ${ofItsState(sql`(${districtColumn('senate')})::text`, of)} as sd,
            ${ofItsState(sql`(${districtColumn('assembly')})::text`, of)} as ad, ${districtColumn('nyc-council')} as ccd,
            width_bucket(${age}, array[18, 25, 35, 45, 55, 65, 75]) as band
          from voter_record v ${districtJoins} where ${condition}) chosen
        group by grouping sets ((party), (sex), (county), (cd), (sd), (ad), (ccd), (band))
      ) grouped`,
      until,
    ),
    ask(
      db,
      sql<Record<Community | 'total' | 'with_phone', number>>`
      select count(*) as total, count(*) filter (where exists (select from voter_phone vp where vp.voter_id = v.voter_id)) as with_phone,
        ${sql.join(communities.map((name) => sql`count(*) filter (where ${sql.ref(`v.p_${name}`)} >= 50) as ${sql.id(name)}`))}
      from voter_record v where ${condition}`,
      until,
    ),
    ask(
      db,
      sql<{ count: number }>`select count(*) as count from (select v.household_key from voter_record v
      where v.household_key is not null and ${condition} group by v.household_key) homes`,
      until,
    ),
  ])
  const sliced = (facet: number): Slice[] =>
    groups
      .filter((row) => row.facet === facet)
      .map(({ value, count }) => ({ value, count }))
      .sort((a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value), 'en', { numeric: true }))
  const [sum] = sums
  return {
    total: sum?.total ?? 0,
    households: households[0]?.count ?? 0,
    with_phone: sum?.with_phone ?? 0,
    party: sliced(127),
    sex: sliced(191),
    county: sliced(223),
    age: sliced(254)
      .map(({ value, count }) => ({ value: value === null ? null : (ageBands[Number(value)] ?? null), count }))
      .sort((a, b) => order(a.value) - order(b.value)),
    districts: { congress: sliced(239), senate: sliced(247), assembly: sliced(251), 'nyc-council': sliced(253) },
    community: largestFirst(communities.map((name) => ({ value: name, count: sum?.[name] ?? 0 }))),
  }
}

const order = (band: string | null): number => {
  const at = (ageBands as readonly (string | null)[]).indexOf(band)
  return at < 0 ? ageBands.length : at
}

/** Saved universes that are not archived, by name. */
export function universes(db: Db, organization_id: string): Promise<Universe[]> {
  return db
    .selectFrom('universe')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('archived_at', 'is', null)
    .orderBy((eb) => eb.fn<string>('lower', ['name']))
    .execute()
}

export const listOrders = ['name', 'newest', 'largest', 'owner'] as const

/** What the list is asked for. */
export interface ListQuestion {
  q: string
  kind: '' | 'live' | 'frozen'
  by: (typeof listOrders)[number]
  /** Archived ones instead. */
  archived: boolean
}

/** The names of those made last that are not archived. */
export const newestUniverses = (
  db: Db,
  organization_id: string,
  most: number,
): Promise<Pick<Universe, 'universe_id' | 'name'>[]> =>
  db
    .selectFrom('universe')
    .select(['universe_id', 'name'])
    .where('organization_id', '=', organization_id)
    .where('archived_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy((eb) => eb.fn<string>('lower', ['name']))
    .limit(most)
    .execute()

/** Universes as the list shows them. */
export function listUniverses(db: Db, organization_id: string, asked: ListQuestion): Promise<Universe[]> {
  let query = db
    .selectFrom('universe')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('archived_at', asked.archived ? 'is not' : 'is', null)
  if (asked.kind) query = query.where('kind', '=', asked.kind)
  if (asked.q) {
    const said = asked.q.toLowerCase()
    query = query.where(sql<boolean>`strpos(lower(concat_ws(' ', name, note, owner, expression)), ${said}::text) > 0`)
  }
  if (asked.by === 'newest') query = query.orderBy('created_at', 'desc')
  if (asked.by === 'largest') query = query.orderBy('counted', (order) => order.desc().nullsLast())
  if (asked.by === 'owner') query = query.orderBy((eb) => eb.fn<string>('lower', ['owner']))
  return query.orderBy((eb) => eb.fn<string>('lower', ['name'])).execute()
}

export function universe(db: Db, organization_id: string, universe_id: string): Promise<Universe | undefined> {
  return db
    .selectFrom('universe')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('universe_id', '=', universe_id)
    .executeTakeFirst()
}

export function universeNamed(db: Db, organization_id: string, name: string): Promise<Universe | undefined> {
  return db
    .selectFrom('universe')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where(foldedName(sql.ref('name')), '=', foldName(name))
    .where('archived_at', 'is', null)
    .executeTakeFirst()
}

/**
 * The universe a name after `in:` means: the one that has it, else the one that had it, else an archived one. None of the
 * three can be taken by another while something refers to it (`isNameTaken` in commands.ts).
 */
export async function universeMeant(db: Db, organization_id: string, name: string): Promise<Universe | undefined> {
  const named = await universeNamed(db, organization_id, name)
  if (named) return named
  const former = await db
    .selectFrom('universe_former_name as f')
    .innerJoin('universe as u', (join) =>
      join.onRef('u.organization_id', '=', 'f.organization_id').onRef('u.universe_id', '=', 'f.universe_id'),
    )
    .selectAll('u')
    .where('f.organization_id', '=', organization_id)
    .where('f.name', '=', foldName(name))
    .executeTakeFirst()
  if (former) return former
  return db
    .selectFrom('universe')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where(foldedName(sql.ref('name')), '=', foldName(name))
    .orderBy('archived_at', 'desc')
    .executeTakeFirst()
}

/** Tags of the organization, for completion and the builder. */
export async function tagNames(db: Db, organization_id: string): Promise<string[]> {
  const { rows } = await sql<{
    tag: string
  }>`select tag from tag where organization_id = ${organization_id} order by tag`.execute(db)
  return rows.map(({ tag }) => tag)
}

/** Names of the phone banks, in each of their languages, newest first. */
export async function phoneBankNames(db: Db, organization_id: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select n.value as name from phone_bank b, jsonb_each_text(b.name) n
    where b.organization_id = ${organization_id} and n.value <> '' order by b.created_at desc, n.key`.execute(db)
  return [...new Set(rows.map(({ name }) => name))]
}

/** Elections the files tell of, newest first, as they are typed. */
export async function electionsLoaded(db: Db): Promise<KnownElection[]> {
  return db
    .selectFrom('election')
    .select(['election_id', 'state', 'kind', 'year', 'held_on'])
    .orderBy('year', 'desc')
    .orderBy('held_on', (order) => order.desc().nullsLast())
    .execute()
}

/** Is there any voter record at all? */
export async function hasVoters(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from voter_record limit 1`.execute(db)
  return rows.length > 0
}
