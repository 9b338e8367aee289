import type { Translate } from '../../../platform/i18n/messages.ts'
import { effectiveName, shownName, type NameParts, type ShownName } from '../rules.ts'

interface Named {
  voter: NameParts | null
  person: (NameParts & { name_hangul: string | null }) | null
}

/** Our name for somebody where we have one, else the state's; for the reader's language. */
export function nameOf({ voter, person }: Named, t: Translate): ShownName {
  return shownName(effectiveName(person, voter), person?.name_hangul ?? null, t.language)
}

/** A name in the reader's script with the other one beside it, each marked with its language. */
export function PersonName({ name, is_quiet = false }: { name: ShownName; is_quiet?: boolean }) {
  return (
    <>
      <span lang={name.main_language} className={name.other ? 'mr-2' : undefined}>
        {name.main}
      </span>
      {name.other && (
        <span lang={name.main_language === 'ko' ? 'en' : 'ko'} className={is_quiet ? 'font-normal' : undefined}>
          {name.other}
        </span>
      )}
    </>
  )
}
