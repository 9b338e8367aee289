import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint.ts'
import { ScriptContent } from './schema.ts'

const Saved = z.object({
  version: z.int(),
  saved_at: z.iso.datetime(),
  /** Callers have used it: the next saving makes a new version. */
  is_used: z.boolean(),
  name: z.string(),
  content: ScriptContent,
})
export type Saved = z.infer<typeof Saved>

/** What the workshop saves: over the version it began with, or not at all. */
export const saveWorkshop = endpoint({
  method: 'POST',
  path: '/scripts/:id/save',
  input: z.object({
    version: z.int(),
    saved_at: z.iso.datetime(),
    name: z.string().trim().min(1).max(120),
    content: ScriptContent,
  }),
  /** `ok` false: somebody else saved meanwhile; what is there now, and by whom. */
  output: z.object({ ok: z.boolean(), is_new_version: z.boolean(), saved: Saved, saved_by: z.string() }),
})
