import { sql } from 'kysely'
import type { Actor } from '../../../../platform/actor.ts'
import { audit } from '../../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../../platform/db/db.ts'
import { found } from '../../../../platform/errors.ts'
import { addFigure, changeFigure } from '../../figures/commands.ts'
import { knownFigures } from '../../figures/queries.ts'
import { hostOf } from '../../figures/rules.ts'
import { endTerm, lockSeat, takeSeat } from '../../officials/commands.ts'
import { official, termsHeld, type Seat } from '../../officials/queries.ts'
import type { RowProblem } from '../schema.ts'
import { readOfficials } from './list-file.ts'
import { planOfficials, type Plan, type PlannedPerson, type Said, type ToldTerm } from './plan.ts'
import { toldFields, type OfficialsReport } from './schema.ts'

export type ImportedOfficials = { ok: true; report: OfficialsReport } | { ok: false; problems: RowProblem[] }

interface File {
  name: string
  text: string
}

/** What a list of officials would do. */
export async function lookAtOfficials(db: Db, file: File, said: Said, today: string): Promise<ImportedOfficials> {
  const read = await planOf(db, file, said, today)
  return read.ok ? { ok: true, report: read.plan.report } : read
}

/** Takes a list of officials in, all or nothing, once every question of it is answered. `db`: the owner's. */
export function importOfficials(
  db: Db,
  actor: Actor,
  file: File,
  said: Said,
  today: string,
  now: Date,
): Promise<ImportedOfficials> {
  return inTransaction(db, async (tx): Promise<ImportedOfficials> => {
    // Two at once: the second waits, and finds what the first brought.
    await sql`select pg_advisory_xact_lock(hashtext('election_import'))`.execute(tx)
    const read = await planOf(tx, file, said, today)
    if (!read.ok) return read
    const { people, ends, report } = read.plan
    if (report.questions.length > 0)
      return {
        ok: false,
        problems: report.questions.map(({ entry, name, key }) => ({ code: 'which_official', line: entry, in: 'entry', column: null, given: { name, key } })), // prettier-ignore
      }
    for (const person of people) await takePerson(tx, actor, person, today, now)
    for (const { official_id, left_on } of ends) await endTerm(tx, actor, official_id, { left_on, left_for: null }, now)
    if (doesAnything(report))
      await audit(tx, actor, {
        action: 'election_import.officials',
        subject: 'election_import',
        after: { file: file.name, ...report.terms, ...report.people },
        organization_id: null,
      })
    return { ok: true, report }
  })
}

export const doesAnything = ({ terms, people }: OfficialsReport): boolean =>
  terms.begins + terms.changed + terms.ends + people.added + people.linked > 0

async function takePerson(tx: Db, actor: Actor, person: PlannedPerson, today: string, now: Date): Promise<void> {
  const { name, ids, source_url } = person
  const figure_id = person.figure_id ?? (await addFigure(tx, actor, { name, names: {}, ids, source_url }, today))
  if (person.figure_id !== null) await changeFigure(tx, actor, figure_id, { ids }, today)
  for (const term of person.terms) {
    if (term.does === 'correct') await correctTerm(tx, actor, term.official_id, term.told, source_url, today, now)
    else await beginTerm(tx, actor, { figure_id, ...term, source_url }, today, now)
  }
}

async function beginTerm(
  tx: Db,
  actor: Actor,
  { seat, told, leave, figure_id, source_url }: { seat: Seat; told: ToldTerm; leave: number[]; figure_id: number; source_url: string }, // prettier-ignore
  today: string,
  now: Date,
): Promise<void> {
  await lockSeat(tx, seat)
  const { is_checked: _always, ...term } = told
  await takeSeat(tx, actor, { figure_id, seat, ...term, source_url }, leave, today, now)
}

async function correctTerm(
  tx: Db,
  actor: Actor,
  official_id: number,
  told: ToldTerm,
  source_url: string,
  today: string,
  now: Date,
): Promise<void> {
  const before = found(await official(tx, official_id))
  const changed = toldFields.filter((field) => before[field] !== told[field])
  const origin = { as_of: today, source: hostOf(source_url), source_url }
  await tx
    .updateTable('official')
    .set({
      ...told,
      ...origin,
      // Whose party a list says is not assumed any more.
      party_is_assumed: before.party_is_assumed && told.party === before.party,
      changed_at: now,
      changed_by: actor.name,
    })
    .where('official_id', '=', official_id)
    .execute()
  await audit(tx, actor, {
    action: 'official.correct',
    subject: 'official',
    subject_id: official_id,
    before: Object.fromEntries([...changed, 'source_url' as const].map((field) => [field, before[field]])),
    after: { ...Object.fromEntries(changed.map((field) => [field, told[field]])), source_url },
    organization_id: null,
  })
}

async function planOf(
  db: Db,
  file: File,
  said: Said,
  today: string,
): Promise<{ ok: true; plan: Plan } | { ok: false; problems: RowProblem[] }> {
  const read = readOfficials(file)
  if (!read.ok) return read
  // One after another: a transaction is one connection.
  const figures = await knownFigures(db)
  const terms = await termsHeld(db, today)
  return planOfficials(read, { figures, terms }, said, today)
}
