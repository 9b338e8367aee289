import { z } from 'zod'
import { ScriptContent } from '../../schema.ts'

const Kept = z.object({
  version: z.int(),
  saved_at: z.iso.datetime(),
  name: z.string(),
  content: ScriptContent,
  /** As it was saved when the writing began: what others change meanwhile is told against it. */
  base: ScriptContent,
})
export type Kept = z.infer<typeof Kept>

const place = (script_id: string): string => `hanpyo-script-${script_id}`

/** Unsaved work this device kept, or null. */
export function keptWork(script_id: string): Kept | null {
  try {
    const read = Kept.safeParse(JSON.parse(localStorage.getItem(place(script_id)) ?? 'null'))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** false: this device keeps nothing (private window, full, forbidden). */
export function keepWork(script_id: string, work: Kept | null): boolean {
  try {
    if (work) localStorage.setItem(place(script_id), JSON.stringify(work))
    else localStorage.removeItem(place(script_id))
    return true
  } catch {
    return false
  }
}
