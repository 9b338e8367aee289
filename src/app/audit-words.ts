import { languageNames } from '../platform/i18n/languages.ts'
import { allMessages, type Translate } from '../platform/i18n/messages.ts'
import '../features/contacts/messages.ts'
import '../features/elections/contests/messages.ts'
import '../features/elections/figures/messages.ts'
import '../features/elections/officials/messages.ts'
import '../features/endorsements/ballots/messages.ts'
import '../features/endorsements/cycles/messages.ts'
import '../features/forms/messages.ts'
import '../features/geography/messages.ts'
import '../features/people/messages.ts'
import '../features/phonebanks/bridge/messages.ts'
import '../features/phonebanks/calling-rules/messages.ts'
import '../features/phonebanks/messages.ts'
import '../features/postal/messages.ts'
import '../features/targeting/messages.ts'
import '../platform/ui/messages.ts'

/** Where the words of a field's codes are: the room that writes the code has them for its own screens. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  channel: ['people.channel'],
  counts_as: ['disposition'],
  credential_by: ['ballots.voted_by'],
  colour: ['postal.colour'],
  community: ['targeting.community'],
  disposition: ['disposition'],
  district_kind: ['geography.kind', 'officials.kind'],
  households: ['postal.households'],
  kind: [
    'people.kind',
    'people.phone_kind',
    'forms.kind',
    'contests.kind',
    'geography.kind',
    'officials.kind',
    'postal.kind',
  ],
  lane: ['phonebanks.lane'],
  license: ['figures.license'],
  lines: ['contests.party'],
  matched_by: ['audit.matched_by'],
  method: ['contests.method'],
  office: ['officials.office', 'contests.office'],
  only: ['signatures.filter', 'common'],
  party: ['people.party'],
  postage: ['postal.postage'],
  quality: ['people.quality'],
  quiet_groups: ['rules.quiet'],
  reason: ['people.why'],
  sex: ['people.sex'],
  status: ['candidates.status', 'people.status'],
  tied_as: ['endorsements.tie'],
  voted_by: ['ballots.voted_by'],
  way_of_calling: ['bridge.way'],
}
const languageFields: readonly string[] = ['language', 'languages', 'second_language']

/** What a code of the activity log is called on the screens: `independent` in `lane`. Null: it has no word. */
export function auditWord(t: Translate, field: string, code: string): string | null {
  if (languageFields.includes(field)) return languageNames[code] ?? null
  const key = wordsOf[field]?.map((room) => `${room}.${code}`).find((each) => allMessages().has(each))
  return key ? t.dynamic(key) : null
}
