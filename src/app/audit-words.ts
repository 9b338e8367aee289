import { languageNames } from '../platform/i18n/languages.ts'
import { allMessages, type Translate } from '../platform/i18n/messages.ts'
import '../features/access/messages.ts'
import '../features/campaigns/messages.ts'
import '../features/contacts/messages.ts'
import '../features/contributions/messages.ts'
import '../features/elections/contests/messages.ts'
import '../features/elections/figures/messages.ts'
import '../features/elections/officials/messages.ts'
import '../features/endorsements/ballots/messages.ts'
import '../features/endorsements/cycles/messages.ts'
import '../features/events/meetings/messages.ts'
import '../features/events/messages.ts'
import '../features/events/orders/messages.ts'
import '../features/forms/messages.ts'
import '../features/geography/messages.ts'
import '../features/leadership/bodies/messages.ts'
import '../features/leadership/cohorts/messages.ts'
import '../features/ledger/messages.ts'
import '../features/mailings/writing/messages.ts'
import '../features/people/membership/messages.ts'
import '../features/mailings/sending/messages.ts'
import '../features/people/messages.ts'
import '../features/phonebanks/bridge/messages.ts'
import '../features/phonebanks/calling-rules/messages.ts'
import '../features/phonebanks/messages.ts'
import '../features/postal/messages.ts'
import '../features/scripts/messages.ts'
import '../features/targeting/messages.ts'
import '../features/targeting/steps/messages.ts'
import '../features/voterguides/messages.ts'
import '../platform/ui/messages.ts'

/** Where the words of a field's codes are: the room that writes the code has them for its own screens. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  attendance: ['events.attendance'],
  buyers: ['orders.buyers'],
  candidate: ['endorsements.tie_rule'],
  answer_per: ['postal.answer_per'],
  channel: ['people.channel'],
  checked_basis: ['contributions.basis'],
  colour: ['postal.colour'],
  community: ['targeting.community'],
  counts_as: ['disposition'],
  credential_by: ['ballots.voted_by'],
  decision: ['cohort.state'],
  disposition: ['disposition'],
  district_kind: ['geography.kind', 'officials.kind'],
  donor: ['endorsements.tie_rule'],
  every: ['audit.every'],
  family: ['endorsements.tie_rule'],
  file: ['postal.fetched'],
  form: ['audit.form'],
  given_though: ['contributions.though'],
  goal: ['campaigns.goal'],
  goes_by: ['sending.clock'],
  households: ['postal.households'],
  how: ['membership.dues.how'],
  kind: [
    'people.kind',
    'people.phone_kind',
    'forms.kind',
    'contests.kind',
    'geography.kind',
    'officials.kind',
    'postal.kind',
    'steps.event_kind',
    'steps.membership_kind',
    'bodies.kind',
    'endorsements.kind',
    'voterguides.kind',
    'voterguides.claim_kind',
    'writing.kind',
    'scripts.kind',
    'campaigns.part',
    'postal.checked_kind',
  ],
  kinds: ['steps.event_kind'],
  lane: ['phonebanks.lane'],
  because: ['campaigns.because'],
  level: ['postal.level'],
  languages: ['postal.languages'],
  late: ['endorsements.late'],
  license: ['figures.license'],
  lines: ['contests.party'],
  majority: ['meeting.majority'],
  matched_by: ['audit.matched_by'],
  method: ['contests.method', 'endorsements.method', 'contributions.method'],
  office: ['officials.office', 'contests.office'],
  only: ['signatures.filter', 'common'],
  paid_staff: ['endorsements.tie_rule'],
  participation: ['contributions.participation'],
  party: ['people.party'],
  payer_kind: ['contributions.payer_kind'],
  postage: ['postal.postage'],
  public_parts: ['endorsements.part'],
  threshold: ['endorsements.needed'],
  quality: ['people.quality'],
  quiet_groups: ['rules.quiet'],
  reason: ['people.why'],
  response: ['events.response'],
  sex: ['people.sex'],
  standing: ['membership.standing'],
  status: ['candidates.status', 'people.status'],
  tied_as: ['endorsements.tie'],
  volunteer: ['endorsements.tie_rule'],
  voted_by: ['ballots.voted_by'],
  voter_kinds: ['steps.membership_kind'],
  way: ['ledger.way'],
  way_of_calling: ['bridge.way'],
  what: ['delegation'],
}
const languageFields: readonly string[] = ['language', 'languages', 'original_language', 'second_language']

/** What a code of the activity log is called on the screens: `independent` in `lane`. Null: it has no word. */
export function auditWord(t: Translate, field: string, code: string): string | null {
  if (languageFields.includes(field) && code in languageNames) return languageNames[code] ?? null
  const key = wordsOf[field]?.map((room) => `${room}.${code}`).find((each) => allMessages().has(each))
  return key ? t.dynamic(key) : null
}
