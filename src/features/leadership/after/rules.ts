import type { TakenTask, Told } from './queries.ts'

/** What a mail to whoever took something on is about. */
export type TakenNews = 'taken' | 'changed' | 'off' | 'again'

/** What they do not know of it yet, by what they were last told; null: nothing. That it is done is no news to who did it. */
export function newsOf(
  task: Pick<TakenTask, 'owner_id' | 'due_on' | 'ended_as'>,
  told: Told | undefined,
): TakenNews | null {
  if (task.ended_as === 'done') return null
  if (task.ended_as === 'moved_on') return told && !told.is_off ? 'off' : null
  if (!told) return 'taken'
  if (told.is_off) return 'again'
  return told.owner_id === task.owner_id && told.due_on === task.due_on ? null : 'changed'
}
