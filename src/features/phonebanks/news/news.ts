import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Installation } from '../../../platform/http/room.ts'
import { log } from '../../../platform/log.ts'
import type { Caller } from '../caller.ts'
import { turnsOf } from '../turns.ts'
import type { News } from './schema.ts'

/** Twice a second: who asks not to be called again is off every screen within one. */
const every_ms = 500
/**
 * Open streams of one process; whoever comes after that hears of everything at their next contact, as before. A look for so
 * many took 0.3 s on two busy cores (2026-11-29), so they too hear within a second.
 */
const most_streams = 5000
/** Of one caller: a window that was closed, and the one opened since. */
const most_of_caller = 2

interface Listener {
  caller: Caller
  tell: Tell
  close(): void
  known: Standing | null
  /** Of an earlier stream of this page; null: it had none. */
  known_rules: string | null
}

/** `rules`: by this a page whose stream broke off says what it has heard of. */
type Tell = (news: News, rules: string) => void

/** Has it done so much later: the clock, or a test in its place. */
type Later = (look: () => Promise<void>, after_ms: number) => { unref(): unknown }

/** What a caller must hear of. */
interface Standing {
  caller_id: string
  /** Removed, paused, ended; the last message for them. */
  door: string
  rules: string
  hand: number[]
  /** Of these, whose card is no longer as it was handed out: a number was closed. */
  changed: string[]
}

/**
 * Tells open calling pages that something changed for them: the phone bank ended or was paused, they were removed, a
 * message came, a voter in their hand was withdrawn. The database is asked twice a second for all of them together, and
 * only while somebody listens: that finds what other processes did, and needs no connection of its own, which a pooler in
 * between would not keep. A stream carries no word of a voter: the page then asks as it always does.
 */
export class CallersNews {
  readonly #installation: Installation
  readonly #listeners = new Set<Listener>()
  readonly #later: Later
  #timer: ReturnType<Later> | null = null

  constructor(installation: Installation, later: Later = setTimeout) {
    this.#installation = installation
    this.#later = later
  }

  get size(): number {
    return this.#listeners.size
  }

  /** Answers how to stop, or null: too many listen already. `close` is called when a newer window takes the place. */
  listen(caller: Caller, tell: Tell, close: () => void, known_rules: string | null = null): (() => void) | null {
    if (this.#listeners.size >= most_streams) return null
    const own = [...this.#listeners].filter((each) => each.caller.caller_id === caller.caller_id)
    for (const oldest of own.slice(0, Math.max(own.length - most_of_caller + 1, 0))) {
      this.#listeners.delete(oldest)
      oldest.close()
    }
    const listener: Listener = { caller, tell, close, known: null, known_rules }
    this.#listeners.add(listener)
    this.#timer ??= this.#later(this.#look, 0)
    return () => void this.#listeners.delete(listener)
  }

  readonly #look = async (): Promise<void> => {
    try {
      await this.#compare()
    } catch (problem) {
      log.warn({ problem }, 'changes for callers could not be asked for')
    }
    this.#timer = this.#listeners.size > 0 ? this.#later(this.#look, every_ms) : null
    this.#timer?.unref()
  }

  async #compare(): Promise<void> {
    const listeners = [...this.#listeners]
    if (listeners.length === 0) return
    const standings = await this.#standings(listeners.map(({ caller }) => caller))
    const gone: { listener: Listener; voter_ids: number[] }[] = []
    const changed = new Map<Listener, News>()
    for (const listener of listeners) {
      const now = standings.get(listener.caller.caller_id)
      if (!now) continue
      const { known } = listener
      listener.known = now
      // The first time: something may have changed between the page and its stream.
      if (!known || known.door !== now.door) changed.set(listener, 'look')
      else {
        const voter_ids = known.hand.filter((each) => !now.hand.includes(each))
        if (voter_ids.length) gone.push({ listener, voter_ids })
        if (now.changed.some((each) => !known.changed.includes(each))) changed.set(listener, 'look')
      }
      // What was changed while the telephone slept, or between two streams, is news too.
      const has_other = known ? known.rules !== now.rules : (listener.known_rules ?? markOf(now)) !== markOf(now)
      if (has_other) changed.set(listener, 'renew')
    }
    for (const listener of await this.#withdrawn(gone)) if (!changed.has(listener)) changed.set(listener, 'look')
    for (const [{ caller, tell, known }, news] of changed) {
      turnsOf(this.#installation).forget(caller.organization_id, caller.phone_bank_id)
      if (known) tell(news, markOf(known))
    }
  }

  async #standings(callers: readonly Caller[]): Promise<Map<string, Standing>> {
    const { rows } = await sql<Standing>`
      select c.caller_id,
        concat_ws('|', c.removed_at, b.paused_at, b.ended_at, (
          select max(m.sent_at) from phone_bank_message m where m.organization_id = c.organization_id
            and m.phone_bank_id = c.phone_bank_id and (m.caller_id is null or m.caller_id = c.caller_id))) as door,
        concat_ws('|', b.script_version, b.way_of_calling, b.starts_on, b.ends_on, b.calling_starts, b.calling_ends, b.weekdays,
          b.quiet_groups, b.quiet_days, b.name, b.candidate, b.caller_id_note, b.languages) as rules,
        array(select l.voter_id from call_lease l where l.organization_id = c.organization_id and l.caller_id = c.caller_id) as hand,
        array(select concat_ws(' ', l.voter_id, t.phones) from call_lease l join phone_bank_target t using (organization_id, phone_bank_id, voter_id)
          where l.organization_id = c.organization_id and l.caller_id = c.caller_id and l.is_changed) as changed
      from unnest(${callers.map((each) => each.organization_id)}::uuid[], ${callers.map((each) => each.caller_id)}::uuid[])
        wanted (organization_id, caller_id)
      join phone_bank_caller c on c.organization_id = wanted.organization_id and c.caller_id = wanted.caller_id
      join phone_bank b on b.organization_id = c.organization_id and b.phone_bank_id = c.phone_bank_id`.execute(
      this.#installation.database.owner,
    )
    return new Map(rows.map((row) => [row.caller_id, row]))
  }

  /** Of those out of whose hand a voter went: not by a result of their own, but because they may not be called. */
  async #withdrawn(gone: readonly { listener: Listener; voter_ids: number[] }[]): Promise<Listener[]> {
    if (gone.length === 0) return []
    const each = gone.flatMap(({ listener, voter_ids }, at) =>
      voter_ids.map((voter_id) => ({ at, voter_id, ...listener.caller })),
    )
    const { rows } = await sql<{ at: number }>`
      select distinct gone.at from jsonb_to_recordset(${JSON.stringify(each.map(({ at, voter_id, organization_id, phone_bank_id }) => ({ at, voter_id, organization_id, phone_bank_id })))}::jsonb)
        gone (at integer, voter_id integer, organization_id uuid, phone_bank_id uuid)
      join phone_bank_target t on t.organization_id = gone.organization_id and t.phone_bank_id = gone.phone_bank_id
        and t.voter_id = gone.voter_id
      where t.state = 'suppressed' or t.state = 'finished' and t.why = 'no_number'`.execute(
      this.#installation.database.owner,
    )
    return rows.flatMap(({ at }) => gone[at]?.listener ?? [])
  }
}

/** Short enough for every line of a stream. */
const markOf = ({ rules }: Standing): string => createHash('sha256').update(rules).digest('base64url').slice(0, 12)

const kept = new WeakMap<Installation, CallersNews>()

/** The one of this process. */
export function newsOf(installation: Installation): CallersNews {
  let news = kept.get(installation)
  if (!news) kept.set(installation, (news = new CallersNews(installation)))
  return news
}
