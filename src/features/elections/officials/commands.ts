import { audit } from '../../../platform/audit.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { addFigure, changeFigure } from '../figures/commands.ts'
import { figure } from '../figures/queries.ts'
import { official } from './queries.ts'
import type { Office, OfficialForm, OfficialKind, Party } from './schema.ts'

/** Corrects who holds an office, or says who holds it now. Returns the row that holds it. `db`: the owner's. */
export async function correctOfficial(
  db: Db,
  actor: Actor,
  official_id: number,
  { who, name, name_hangul, ...typed }: OfficialForm,
  today: string,
  now: Date,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const before = found(await official(tx, official_id))
    const { office, kind, district, figure_id, left_on } = before
    if (who === 'another') {
      if (left_on !== null) throw new Conflict()
      const names: LocalizedText = name_hangul ? { ko: name_hangul } : {}
      const next = await addFigure(tx, actor, { name, names, source_url: typed.source_url }, today)
      return takeSeat(
        tx,
        actor,
        { figure_id: next, seat: { office, kind, district }, ...typed },
        [official_id],
        today,
        now,
      )
    }
    const { names } = found(await figure(tx, figure_id))
    const { ko: _was, ...others } = names
    await changeFigure(
      tx,
      actor,
      figure_id,
      { name, names: name_hangul ? { ...others, ko: name_hangul } : others },
      today,
    )
    const change = {
      ...typed,
      as_of: today,
      source: new URL(typed.source_url).hostname,
      is_checked: true,
      party_is_assumed: false,
      changed_at: now,
      changed_by: actor.name,
    }
    await tx.updateTable('official').set(change).where('official_id', '=', official_id).execute()
    const { changed_at: _at, changed_by: _by, ...rest } = change
    const told = { name, name_hangul, ...rest }
    await audit(tx, actor, {
      action: 'official.correct',
      subject: 'official',
      subject_id: official_id,
      before: Object.fromEntries(Object.keys(told).map((key) => [key, before[key as keyof typeof told] ?? null])),
      after: told,
      organization_id: null,
    })
    return official_id
  })
}

interface Term {
  figure_id: number
  seat: { office: Office; kind: OfficialKind; district: string | null }
  party: Party | null
  since: string | null
  until: string | null
  phone?: string | null
  email?: string | null
  website?: string | null
  address?: string | null
  source_url: string
}

/** Somebody takes a seat: whoever of `leave` held it did so until then. */
export async function takeSeat(
  tx: Db,
  actor: Actor,
  { seat, ...term }: Term,
  leave: readonly number[],
  today: string,
  now: Date,
): Promise<number> {
  const left_on = term.since ?? today
  for (const official_id of leave) {
    await tx
      .updateTable('official')
      .set({ left_on, changed_at: now, changed_by: actor.name })
      .where('official_id', '=', official_id)
      .execute()
    await audit(tx, actor, {
      action: 'official.leave',
      subject: 'official',
      subject_id: official_id,
      before: { left_on: null },
      after: { left_on },
      organization_id: null,
    })
  }
  const told = { ...seat, ...term, as_of: today, source: new URL(term.source_url).hostname }
  const { official_id } = await tx
    .insertInto('official')
    .values({ ...told, is_checked: true, changed_at: now, changed_by: actor.name })
    .returning('official_id')
    .executeTakeFirstOrThrow()
  await audit(tx, actor, {
    action: 'official.take_seat',
    subject: 'official',
    subject_id: official_id,
    after: told,
    organization_id: null,
  })
  return official_id
}
