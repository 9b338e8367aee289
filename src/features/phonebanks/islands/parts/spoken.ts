import type { Language } from '../../../../platform/i18n/languages.ts'
import type { ScriptContent } from '../../../scripts/schema.ts'
import type { CallCard, Session } from '../../schema.ts'

type Spoken = Pick<CallCard, 'language'>
interface Here {
  phone_bank: Pick<Session['phone_bank'], 'languages'>
  caller: Pick<Session['caller'], 'languages'>
}

/** Languages a call can be in: those the script is written in, and the caller's own. */
export const languagesOfCall = (content: Pick<ScriptContent, 'languages'>, { caller }: Here): string[] => [
  ...new Set([...content.languages, ...caller.languages]),
]

/** The language a call begins in: the voter's, where this caller speaks it. null: nobody knows until the caller says so. */
export function beginsIn({ language }: Spoken, content: Pick<ScriptContent, 'languages'>, here: Here): string | null {
  if (language && here.caller.languages.includes(language.code)) return language.code
  const [only, ...others] = languagesOfCall(content, here)
  return only && others.length === 0 ? only : null
}

/** What is read out: the language that is spoken, or one the script has. Nothing of it is recorded. */
export function readsIn(
  spoken: string | null,
  { languages: written }: Pick<ScriptContent, 'languages'>,
  { phone_bank, caller }: Here,
  reader: Language,
): string {
  if (spoken && written.includes(spoken)) return spoken
  // Of a voter whose language nobody knows the phone bank's main one is the likeliest.
  const wished = [...(spoken ? [] : phone_bank.languages.slice(0, 1)), reader, ...caller.languages]
  return (
    wished.find((each) => written.includes(each) && caller.languages.includes(each)) ??
    wished.find((each) => written.includes(each)) ??
    written[0] ??
    'en'
  )
}
