import type { Db } from '../../platform/db/db.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { scriptVersion } from '../scripts/queries.ts'
import type { ScriptContent } from '../scripts/schema.ts'

/** Used versions never change, so they are kept for good. */
const scripts = new Map<string, Promise<ScriptContent | null>>()

export function scriptContent(
  db: Db,
  organization_id: string,
  script_id: string,
  version: number,
): Promise<ScriptContent | null> {
  const key = `${organization_id}:${script_id}:${version}`
  let content = scripts.get(key)
  if (!content) {
    content = scriptVersion(db, script_id, version).then((row) => row?.content ?? null)
    content.catch(() => scripts.delete(key))
    if (scripts.size > 500) scripts.clear()
    scripts.set(key, content)
  }
  return content
}

/** Of all versions, newest first: those this phone bank has had, then the others, so that a question bears the name callers read. */
export const usedFirst = (
  versions: readonly ScriptContent[],
  { script_version }: { script_version: number },
): ScriptContent[] => [...versions.slice(-script_version), ...versions.slice(0, -script_version)]

/** Without the languages nothing was written in. */
export const texts = (text: LocalizedText): Record<string, string> =>
  Object.fromEntries(Object.entries(text).filter((entry): entry is [string, string] => Boolean(entry[1])))
