import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { isSameValue } from '../../../platform/same-value.ts'
import { redrawn } from './photo.ts'
import { figure, type Figure } from './queries.ts'
import { namesIn } from './rules.ts'
import type { FigureForm, PhotoForm } from './schema.ts'
import './tables.ts'

interface NewFigure {
  name: string
  names: LocalizedText
  links?: readonly string[]
  ids?: Figure['ids']
  source_url: string | null
}

/** Somebody who was not known yet. `db` here and below: the owner's. */
export async function addFigure(tx: Db, actor: Actor, added: NewFigure, today: string): Promise<number> {
  const { figure_id } = await tx
    .insertInto('public_figure')
    .values({
      name: added.name,
      names: JSON.stringify(added.names),
      links: JSON.stringify(added.links ?? []),
      ids: JSON.stringify(added.ids ?? {}),
      source_url: added.source_url,
      as_of: today,
    })
    .returning('figure_id')
    .executeTakeFirstOrThrow()
  await audit(tx, actor, {
    action: 'public_figure.add',
    subject: 'public_figure',
    subject_id: figure_id,
    after: { ...added },
    organization_id: null,
  })
  return figure_id
}

/** Names that are given replace those there are; the others stay. true: something was different. */
export async function changeFigure(
  tx: Db,
  actor: Actor,
  figure_id: number,
  told: Partial<NewFigure>,
  today: string,
): Promise<boolean> {
  const before = found(await figure(tx, figure_id))
  const after = {
    name: told.name ?? before.name,
    names: told.names ?? before.names,
    links: told.links ?? before.links,
    ids: told.ids ?? before.ids,
    source_url: told.source_url ?? before.source_url,
  }
  const changed = (Object.keys(after) as (keyof typeof after)[]).filter((key) => !isSameValue(before[key], after[key]))
  if (changed.length === 0) return false
  await tx
    .updateTable('public_figure')
    .set({
      ...after,
      names: JSON.stringify(after.names),
      links: JSON.stringify(after.links),
      ids: JSON.stringify(after.ids),
      as_of: today,
    })
    .where('figure_id', '=', figure_id)
    .execute()
  await audit(tx, actor, {
    action: 'public_figure.correct',
    subject: 'public_figure',
    subject_id: figure_id,
    before: Object.fromEntries(changed.map((key) => [key, before[key]])),
    after: Object.fromEntries(changed.map((key) => [key, after[key]])),
    organization_id: null,
  })
  return true
}

export const correctFigure = (db: Db, actor: Actor, figure_id: number, form: FigureForm, today: string) =>
  inTransaction(db, (tx) => {
    const { name, links, source_url } = form
    return changeFigure(tx, actor, figure_id, { name, names: namesIn(form), links, source_url }, today)
  })

/**
 * Two rows were one person all along: `other` goes, with candidacies, offices and photo, into `kept`. Where both run in one
 * contest they are two people, or one candidacy is taken out first.
 */
export function uniteFigures(
  db: Db,
  actor: Actor,
  kept: number,
  other: number,
  today: string,
): Promise<{ ok: true } | { ok: false; problem: 'unknown' | 'both_run' }> {
  return inTransaction(db, async (tx) => {
    const of = found(await figure(tx, kept))
    const from = kept === other ? undefined : await figure(tx, other)
    if (!from) return { ok: false, problem: 'unknown' } as const
    const contests = await tx
      .selectFrom('candidate')
      .select(['contest_id', (eb) => eb.fn.countAll<number>().as('times')])
      .where('figure_id', 'in', [kept, other])
      .groupBy('contest_id')
      .execute()
    if (contests.some(({ times }) => times > 1)) return { ok: false, problem: 'both_run' } as const
    const candidacies = await tx.updateTable('candidate').set({ figure_id: kept }).where('figure_id', '=', other).returning('candidate_id').execute() // prettier-ignore
    const terms = await tx.updateTable('official').set({ figure_id: kept }).where('figure_id', '=', other).returning('official_id').execute() // prettier-ignore
    const photo = await tx
      .selectFrom('public_figure_photo')
      .select('figure_id')
      .where('figure_id', '=', kept)
      .executeTakeFirst()
    if (!photo)
      await tx.updateTable('public_figure_photo').set({ figure_id: kept }).where('figure_id', '=', other).execute()
    await tx.deleteFrom('public_figure').where('figure_id', '=', other).execute()
    await audit(tx, actor, {
      action: 'public_figure.unite',
      subject: 'public_figure',
      subject_id: kept,
      before: {
        figure_id: other,
        name: from.name,
        names: from.names,
        links: from.links,
        ids: from.ids,
        source_url: from.source_url,
        candidates: candidacies.map(({ candidate_id }) => candidate_id),
        officials: terms.map(({ official_id }) => official_id),
      },
      organization_id: null,
    })
    const links = [...new Set([...of.links, ...from.links])]
    await changeFigure(
      tx,
      actor,
      kept,
      { names: { ...from.names, ...of.names }, links, ids: { ...from.ids, ...of.ids } },
      today,
    )
    return { ok: true } as const
  })
}

export type Photographed = { ok: true } | { ok: false; problem: 'too_large' | 'no_picture' }

/** Puts a photo in the place of the one there is. */
export async function setPhoto(
  db: Db,
  actor: Actor,
  figure_id: number,
  file: Buffer,
  { alt_en, alt_ko, credit, license, photo_source_url }: PhotoForm,
): Promise<Photographed> {
  const made = redrawn(file)
  if (!made.ok) return made
  const row = {
    ...made.picture,
    alt: JSON.stringify({ en: alt_en, ko: alt_ko }),
    credit,
    license,
    source_url: photo_source_url,
  }
  await inTransaction(db, async (tx) => {
    found(await figure(tx, figure_id))
    await tx
      .insertInto('public_figure_photo')
      .values({ figure_id, ...row })
      .onConflict((conflict) => conflict.column('figure_id').doUpdateSet(row))
      .execute()
    await audit(tx, actor, {
      action: 'public_figure.photo',
      subject: 'public_figure',
      subject_id: figure_id,
      after: { credit, license, source_url: photo_source_url, sha256: made.picture.sha256 },
      organization_id: null,
    })
  })
  return { ok: true }
}

export function removePhoto(db: Db, actor: Actor, figure_id: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { credit, license } = found(
      await tx
        .deleteFrom('public_figure_photo')
        .where('figure_id', '=', figure_id)
        .returning(['credit', 'license'])
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'public_figure.photo_remove',
      subject: 'public_figure',
      subject_id: figure_id,
      before: { credit, license },
      organization_id: null,
    })
  })
}
