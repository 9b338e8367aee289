import '../contacts/tables.ts'
import type { Db } from '../../platform/db/db.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { scriptVersion } from '../scripts/queries.ts'
import { questionsOf } from '../scripts/rules.ts'
import type { ScriptContent, Step } from '../scripts/schema.ts'

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

/** In whose words answers were given, newest first. */
export async function versionsRead(
  db: Db,
  { organization_id, phone_bank_id }: { organization_id: string; phone_bank_id: string },
): Promise<number[]> {
  const rows = await db
    .selectFrom('contact_attempt')
    .select('script_version')
    .distinct()
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('disposition', '=', 'canvassed')
    .where('undone_at', 'is', null)
    .orderBy('script_version', 'desc')
    .execute()
  return rows.flatMap(({ script_version }) => script_version ?? [])
}

/**
 * Of all versions, newest first: those that were read, then those this phone bank has had, then the others, so that a
 * question bears the name its voters heard.
 */
export const usedFirst = (
  versions: readonly ScriptContent[],
  { script_version }: { script_version: number },
  read: readonly number[],
): ScriptContent[] => [
  ...new Set([
    ...read.flatMap((version) => versions[versions.length - version] ?? []),
    ...versions.slice(-script_version),
    ...versions.slice(0, -script_version),
  ]),
]

/** Every question of these versions, in the order and words of the first that has it, with the choices of all. */
export function questionsEver(versions: readonly ScriptContent[]): Step[] {
  const questions = new Map<string, Step>()
  for (const step of versions.flatMap(questionsOf)) {
    const known = questions.get(step.key)
    const added = step.choices.filter(({ key }) => !known?.choices.some((choice) => choice.key === key))
    questions.set(step.key, known ? { ...known, choices: [...known.choices, ...added] } : step)
  }
  return [...questions.values()]
}

/** Without the languages nothing was written in. */
export const texts = (text: LocalizedText): Record<string, string> =>
  Object.fromEntries(Object.entries(text).filter((entry): entry is [string, string] => Boolean(entry[1])))
