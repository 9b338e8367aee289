import type { Db } from '../../../platform/db/db.ts'
import { said } from '../../../platform/print/typst.ts'
import { codesOf } from '../answers/codes.ts'
import type { Drop, PieceRow } from '../drops/queries.ts'
import { fittingOf, largest, printData, smallest, type Layout, type Picture } from './print.ts'
import { Design } from './schema.ts'

export const designOf = ({ design }: Pick<Drop, 'design'>): Design => Design.parse(design)

export async function pictureOf(
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<Picture | null> {
  const row = await db
    .selectFrom('postal_picture')
    .select(['type', 'content'])
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .executeTakeFirst()
  return row ?? null
}

/** Everything of a drop that is printed on pieces in these languages, names and addresses aside. */
export function wordsOn(drop: Drop, languages: readonly string[]): string[] {
  const { headline, body, contact, note, permit_city, permit_number } = designOf(drop)
  const texts = [headline, body, contact, note, drop.attribution].flatMap((text) => ['en', ...languages].map((language) => text[language] ?? '')) // prettier-ignore
  return [...texts, drop.return_name, drop.return_address, permit_city, permit_number]
}

interface Fit {
  language: string
  size: number
  /** Even the smallest letters do not. */
  fits: boolean
}

/** Everything the pieces of a drop are printed by, and the languages whose message does not fit. */
export async function layoutOf(
  db: Db,
  drop: Drop,
  written: readonly string[],
  /** Of the installation, for codes. */
  url: string,
): Promise<{ layout: Layout; too_long: string[] }> {
  const { answer_per: per } = drop
  const answers = per === 'none' ? null : { per, base: `${url}/r/`, codes: await codesOf(db, drop) }
  const draft: Layout = {
    drop,
    design: designOf(drop),
    written,
    picture: await pictureOf(db, drop),
    sizes: {},
    answers,
  }
  const each = ['all', ...written].map((language) => ({ ...sample, language }))
  const data = { ...printData({ ...draft }, each, ['message'], null), largest, smallest }
  const fits = (await said({ template: fittingOf(drop.kind), data }, 'fit')) as Fit[] // as the document says them
  return {
    layout: { ...draft, sizes: Object.fromEntries(fits.map(({ language, size }) => [language, size])) },
    too_long: fits.filter((fit) => !fit.fits).map(({ language }) => language),
  }
}

/** Shown where no list is made yet. */
export const sample: PieceRow = {
  organization_id: '',
  drop_id: '',
  number: 1,
  language: 'all',
  name_line: 'The Kim Household',
  name_line_ko: '김씨 가정',
  salutation: 'Dear Kim household,',
  salutation_ko: null,
  kind: 'street',
  above: [],
  delivery: '41-60 MAIN ST',
  unit: 'APT 3B',
  city: 'FLUSHING',
  state: 'NY',
  zip5: '11355',
  zip4: null,
  delivery_point: null,
  code: null,
  tray: null,
  bundle: null,
}
