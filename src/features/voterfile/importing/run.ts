import type pg from 'pg'
import type { Layout } from '../layouts/layout.ts'
import type { ImportPreview } from '../schema.ts'
import type { Progress } from '../tables.ts'
import { Reading, type ReadingSetup } from './reading.ts'

/** Somebody asked for the import to stop. */
export class Cancelled extends Error {}

export interface RunSetup extends ReadingSetup {
  import_id: string
  /** In the import's own transaction. */
  client: pg.ClientBase
  /** What is read, and the layout asked for, as given: another thread detects the same from them. */
  paths: readonly string[]
  names: readonly string[]
  wanted_layout: string | null
  own_layouts: readonly Layout[]
  /** Where temporary files may lie. */
  folder: string
  /** Go on although many voters are missing from the file. */
  accept_gone: boolean
  /** Some of the voters only, a district for example: nobody is marked as gone. */
  is_part: boolean
  /** Only looked at: what would change is collected here. */
  preview: ImportPreview | null
  /** The voters are written; false where the transaction is to be undone and nothing of the same import follows. */
  writes: boolean
  signal: AbortSignal
  onProgress(progress: Progress): void
}

/** One import on its way: what it reads from, what it counts, where the rows go. */
export class Run extends Reading {
  readonly import_id: string
  readonly client: pg.ClientBase
  readonly paths: readonly string[]
  readonly names: readonly string[]
  readonly wanted_layout: string | null
  readonly own_layouts: readonly Layout[]
  readonly folder: string
  readonly accept_gone: boolean
  readonly is_part: boolean
  readonly preview: ImportPreview | null
  readonly writes: boolean
  readonly signal: AbortSignal
  /** What the telephones of this run were noted under. */
  phoneKey: 'state' | 'row' = 'state'
  /** Which counties a later file speaks of whole; null: all. */
  counties: string[] | null = null

  constructor(setup: RunSetup) {
    let state: Progress = { phase: 'reading' }
    super(setup, (change) => {
      state = { ...state, ...change }
      setup.onProgress(state)
      if (setup.signal.aborted) throw new Cancelled()
    })
    this.import_id = setup.import_id
    this.client = setup.client
    this.paths = setup.paths
    this.names = setup.names
    this.wanted_layout = setup.wanted_layout
    this.own_layouts = setup.own_layouts
    this.folder = setup.folder
    this.accept_gone = setup.accept_gone
    this.is_part = setup.is_part
    this.preview = setup.preview
    this.writes = setup.writes
    this.signal = setup.signal
  }
}
