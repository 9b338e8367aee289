import type { Generated, JSONColumnType } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { License } from './schema.ts'

/** Who runs or holds office: one row for a person, whatever they run for and whatever they become. */
export interface PublicFigureTable {
  figure_id: Generated<number>
  /** In Latin letters, as on the ballot. */
  name: string
  /** In other scripts, by language: 'ko', 'zh', 'es' … */
  names: JSONColumnType<LocalizedText>
  /** Addresses of pages. */
  links: JSONColumnType<string[]>
  /** In lists of others: { bioguide: 'M001188', openstates: 'ocd-person/…' }. */
  ids: JSONColumnType<Partial<Record<string, string>>, string | undefined>
  source_url: string | null
  as_of: string
}

export interface PublicFigurePhotoTable {
  figure_id: number
  /** PNG, made anew from what was uploaded. */
  content: Buffer
  sha256: string
  width: number
  height: number
  /** What is to be seen, by language. */
  alt: JSONColumnType<LocalizedText>
  credit: string
  license: License
  source_url: string | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    public_figure: PublicFigureTable
    public_figure_photo: PublicFigurePhotoTable
  }
}
