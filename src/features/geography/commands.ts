import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { readCrosswalk, type CrosswalkPart, type CrosswalkProblem } from './crosswalk-file.ts'
import { shapesOf } from './draw.ts'
import { middleOf } from './places.ts'
import { crosswalkKinds, type CrosswalkKind, type MapKind } from './schema.ts'
import { prepareShapes, type ShapeProblem } from './shapes.ts'
import './tables.ts'

interface Origin {
  /** 'YYYY-MM-DD' */
  as_of: string | null
  source: string
}

export interface MapReport {
  state: string
  kind: MapKind
  shapes: number
  points: { before: number; after: number }
  kilobytes: number
}

/** Puts the shapes of a file in the place of the kind's map, all or nothing. `db`: the owner's. */
export async function importMap(
  db: Db,
  actor: Actor,
  file: { bytes: Uint8Array; state: string; kind: MapKind; id_property: string; object?: string | undefined },
  origin: Origin,
  now: Date,
): Promise<{ ok: true; report: MapReport } | { ok: false; problem: ShapeProblem }> {
  const prepared = prepareShapes(file.bytes, file)
  if (!prepared.ok) return prepared
  const { topology, districts, points } = prepared.shapes
  const text = JSON.stringify(topology)
  const centers = shapesOf(topology).map(({ district, geometry }) => ({ district, ...middleOf(geometry) }))
  const row = { topology: text, shapes: districts.length, ...origin, loaded_at: now, loaded_by: actor.name }
  await inTransaction(db, async (tx) => {
    // Two at once: the second waits, and replaces.
    await sql`select pg_advisory_xact_lock(hashtext('district_map'))`.execute(tx)
    const before = await tx
      .selectFrom('district_map')
      .select(['shapes', 'as_of', 'source'])
      .where('state', '=', file.state)
      .where('kind', '=', file.kind)
      .executeTakeFirst()
    await tx
      .insertInto('district_map')
      .values({ state: file.state, kind: file.kind, ...row })
      .onConflict((conflict) => conflict.columns(['state', 'kind']).doUpdateSet(row))
      .execute()
    await tx.deleteFrom('district_center').where('state', '=', file.state).where('kind', '=', file.kind).execute()
    await sql`insert into district_center (state, kind, district, longitude, latitude)
      select ${file.state}, ${file.kind}, * from unnest(${centers.map(({ district }) => district)}::text[],
        ${centers.map(({ longitude }) => longitude)}::float8[], ${centers.map(({ latitude }) => latitude)}::float8[])`.execute(
      tx,
    )
    await audit(tx, actor, {
      action: 'geography.map',
      subject: 'district_map',
      subject_id: file.kind,
      before: before ? { ...before } : null,
      after: { state: file.state, shapes: districts.length, ...origin },
      organization_id: null,
    })
  })
  return {
    ok: true,
    report: {
      state: file.state,
      kind: file.kind,
      shapes: districts.length,
      points,
      kilobytes: Math.ceil(text.length / 1024),
    },
  }
}

/** Back to our own tiles, where there are any. */
export async function removeMap(db: Db, actor: Actor, state: string, kind: MapKind): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await tx
      .deleteFrom('district_map')
      .where('state', '=', state)
      .where('kind', '=', kind)
      .returning(['shapes', 'as_of', 'source'])
      .executeTakeFirst()
    if (!before) return
    await audit(tx, actor, {
      action: 'geography.map_removed',
      subject: 'district_map',
      subject_id: kind,
      before: { state, ...before },
      organization_id: null,
    })
  })
}

export interface CrosswalkReport {
  /** In it an election district must be known by its assembly (or house) district and number (docs/decisions/030). */
  state: string
  kind: CrosswalkKind
  /** Districts reached. */
  districts: number
  election_districts: number
  /** Of them, those that lie wholly in one district. */
  whole: number
  straddling: number
  /** Lines that named no district of this kind. */
  blank: number
}

/** Loads a crosswalk: every kind the file speaks of is replaced, others stay. `db`: the owner's. */
export async function loadCrosswalk(
  db: Db,
  actor: Actor,
  { state, text }: { state: string; text: string },
  origin: Origin,
  now: Date,
  { accept_gone = false }: { accept_gone?: boolean } = {},
): Promise<{ ok: true; report: CrosswalkReport[] } | { ok: false; problems: CrosswalkProblem[] }> {
  const read = readCrosswalk(text, state)
  if (!read.ok) return read
  const report = crosswalkKinds.flatMap((kind) => {
    const parts = read.parts.filter((part) => part.kind === kind)
    return parts.length === 0 ? [] : [reportOf(state, kind, parts, read.blank[kind])]
  })
  const problems = await inTransaction(db, async (tx): Promise<CrosswalkProblem[]> => {
    await sql`select pg_advisory_xact_lock(hashtext('crosswalk'))`.execute(tx)
    const fewer = accept_gone ? [] : await farFewer(tx, report)
    if (fewer.length > 0) return fewer
    for (const { state, kind, ...counts } of report) {
      const before = await tx
        .deleteFrom('crosswalk')
        .where('state', '=', state)
        .where('kind', '=', kind)
        .returning(['as_of', 'source'])
        .executeTakeFirst()
      await tx
        .insertInto('crosswalk')
        .values({ state, kind, ...origin, loaded_at: now, loaded_by: actor.name })
        .execute()
      const parts = read.parts.filter((part) => part.kind === kind)
      await sql`insert into crosswalk_part (state, kind, ad, ed, district, share)
        select ${state}, ${kind}, * from unnest(${parts.map(({ ad }) => ad)}::smallint[], ${parts.map(({ ed }) => ed)}::smallint[],
          ${parts.map(({ district }) => district)}::smallint[], ${parts.map(({ share }) => share)}::real[])`.execute(tx)
      await audit(tx, actor, {
        action: 'geography.crosswalk',
        subject: 'crosswalk',
        subject_id: kind,
        before: before ? { ...before } : null,
        after: { state, ...counts, ...origin },
        organization_id: null,
      })
    }
    return []
  })
  if (problems.length > 0) return { ok: false, problems }
  // Small, and the planner should know how small.
  await sql`analyze crosswalk_part`.execute(db)
  return { ok: true, report }
}

/** A crosswalk of a whole city is not tried out with less; see `farFewer`. */
const many = 500

/** A file of some lines in the place of a whole city's would take their districts from everybody else: mostly the wrong file. */
async function farFewer(tx: Db, report: readonly CrosswalkReport[]): Promise<CrosswalkProblem[]> {
  const problems: CrosswalkProblem[] = []
  for (const { state, kind, election_districts: has } of report) {
    const { rows } = await sql<{ had: number }>`select count(distinct (ad, ed))::integer as had from crosswalk_part
      where state = ${state} and kind = ${kind}`.execute(tx)
    const had = rows[0]?.had ?? 0
    if (had >= many && has * 2 < had) problems.push({ code: 'far_fewer', line: 1, given: { kind, has, had } })
  }
  return problems
}

function reportOf(state: string, kind: CrosswalkKind, parts: readonly CrosswalkPart[], blank: number): CrosswalkReport {
  const election_districts = new Set(parts.map(({ ad, ed }) => ad * 1000 + ed)).size
  const whole = parts.filter(({ share }) => share >= 0.99).length
  return {
    state,
    kind,
    districts: new Set(parts.map(({ district }) => district)).size,
    election_districts,
    whole,
    straddling: election_districts - whole,
    blank,
  }
}
