import type { KnownFigure } from '../../figures/queries.ts'
import type { Office, OfficialKind } from '../../officials/schema.ts'

/** Lists of officials by others that are read. */
export const lists = ['congress', 'openstates'] as const
export type List = (typeof lists)[number]

/** Whose number in another list an id is. */
export const idSchemes = ['bioguide', 'openstates'] as const
export type IdScheme = (typeof idSchemes)[number]

/** What becomes of a term. */
export const termEffects = ['begins', 'changed', 'same', 'ends', 'stays'] as const
export type TermEffect = (typeof termEffects)[number]

/** Fields of a term that a list may say something of. */
export const toldFields = ['party', 'phone', 'email', 'website', 'address', 'since', 'until', 'is_checked'] as const
export type ToldField = (typeof toldFields)[number]

export interface TermLine {
  /** In the list; null: of ours, and not in it. */
  entry: number | null
  name: string
  office: Office
  kind: OfficialKind
  district: string | null
  effect: TermEffect
  /** When it begins or ends. */
  day: string | null
  /** Of ours, where it ends or stays. */
  official_id: number | null
  /** It ends since somebody else has the seat; else since nobody of the list is them. */
  is_followed: boolean
  changes: { field: ToldField; from: string | null; to: string | null }[]
  /** Somebody we know, whom the list is taken to mean: as they are written here. */
  taken_for: string | null
}

/** Whether somebody of the list is somebody we know, which nothing but a person can tell. */
export interface Question {
  /** In the list and in every later one: 'bioguide:M001188'. */
  key: string
  entry: number
  name: string
  seat: Pick<TermLine, 'office' | 'kind' | 'district'>
  options: Pick<KnownFigure, 'figure_id' | 'name' | 'names' | 'offices'>[]
}

export interface OfficialsReport {
  list: List
  terms: Record<TermEffect, number>
  people: { added: number; linked: number; same: number }
  /** Without those that stay the same. */
  lines: TermLine[]
  questions: Question[]
  /** Of other states, or in offices we do not keep. */
  elsewhere: number
  /** Offices of which the list names too few to say that somebody is gone. */
  partly: Office[]
  /** Most seats change hands: mostly the wrong list. */
  swaps_most: boolean
}

/** Who somebody of the list is, as a steward says: the number of somebody we know, or 'new'. */
export type Answers = Readonly<Record<string, number | 'new'>>
