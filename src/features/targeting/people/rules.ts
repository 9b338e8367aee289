import type { Only } from './schema.ts'

/** The address of the list, or of something done with whom it shows. */
export function listOf(q: string, only: Only, more: Record<string, string> = {}, path = '/people'): string {
  const query = new URLSearchParams({ ...(q && { q }), ...(only === 'strangers' && { only }), ...more })
  return query.size > 0 ? `${path}?${query}` : path
}
