export interface Timed {
  item_id: string
  minutes: number
}

/** When each item begins as planned, one after the other from the beginning. */
export function plannedFrom<Item extends Timed>(items: readonly Item[], starts_at: Date): (Item & { at: Date })[] {
  let at = starts_at.getTime()
  return items.map((item) => {
    const planned = { ...item, at: new Date(at) }
    at += item.minutes * 60_000
    return planned
  })
}

export const readersFirst = (languages: readonly string[], reader: string): string[] =>
  languages.toSorted((a, b) => Number(b === reader) - Number(a === reader))

export const totalMinutes = (items: readonly Timed[]): number => items.reduce((sum, { minutes }) => sum + minutes, 0)

/** The newest word of where a program stands; an item that was taken out since is none. */
export interface Mark {
  /** null: it is over. */
  item_id: string | null
  at: Date
}

export type Standing<Item extends Timed> =
  | { state: 'before' | 'over' }
  | {
      state: 'on'
      now: Item
      since: Date
      /** How long it still has; below 0: over its time. */
      left_minutes: number
      /** Behind the plan, once what is on has had its time; below 0: ahead. */
      late_minutes: number
      /** Each with when it will begin as things stand. */
      next: (Item & { at: Date })[]
    }

/** What is on and what comes next. */
export function standingIn<Item extends Timed>(
  items: readonly Item[],
  mark: Mark | null,
  starts_at: Date,
  now: Date,
): Standing<Item> {
  if (mark === null) return { state: 'before' }
  if (mark.item_id === null) return { state: 'over' }
  const at = items.findIndex(({ item_id }) => item_id === mark.item_id)
  const item = items[at]
  if (!item) return { state: 'before' }
  const ends = mark.at.getTime() + item.minutes * 60_000
  const begins = new Date(Math.max(ends, now.getTime()))
  const planned_end = starts_at.getTime() + totalMinutes(items.slice(0, at + 1)) * 60_000
  const minutes = (ms: number) => Math.round(ms / 60_000)
  return {
    state: 'on',
    now: item,
    since: mark.at,
    left_minutes: minutes(ends - now.getTime()),
    late_minutes: minutes(begins.getTime() - planned_end),
    next: plannedFrom(items.slice(at + 1), begins),
  }
}
