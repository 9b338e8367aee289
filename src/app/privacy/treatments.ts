/**
 * Every table that says something of a person, and what becomes of its rows when the person is erased. `of` is a condition over
 * `t`; :people are their ids (with whoever was joined with them), :voter their voter record or null, :phones and :emails what
 * is known to be theirs and nobody else's, :attempts and :signups their contacts and sign-ups. In the order they are treated: what
 * hangs on another comes first.
 * A test walks the database and fails for a table with a person or voter that stands in none of the lists.
 */
export interface Treatment {
  table: string
  of: string
  /** 'go': the row goes. 'nameless': the row stays, for its count or because others hang on it, without what tells who. */
  fate: 'go' | 'nameless'
  /** What is written into a row that stays. */
  set?: string
}

const person = 't.person_id = any(:people)'
const personOrVoter = '(t.person_id = any(:people) or t.voter_id = :voter)'
const go = (table: string, of = person): Treatment => ({ table, of, fate: 'go' })
const nameless = (table: string, set: string, of = person): Treatment => ({ table, of, fate: 'nameless', set })

export const treatments: readonly Treatment[] = [
  go('form_response', 't.response_id = any(:attempts)'),
  go('contact_answer', 't.attempt_id = any(:attempts)'),
  go('phone_bank_told', 't.voter_id = :voter'),
  nameless('phone_bank_text', "phone = '', body = ''", 't.voter_id = :voter'),
  nameless('inbound_text', "phone = null, body = ''", 't.phone = any(:phones)'),
  nameless(
    'inbound_call',
    'phone = null, voter_id = null',
    '(t.voter_id = :voter or t.voter_id is null and t.phone = any(:phones))',
  ),
  nameless('bridge_call', "phone = ''", 't.voter_id = :voter'),
  nameless(
    'phone_bank_sheet_line',
    "typed = null, phone = case when exists (select from voter_phone v where v.voter_id = t.voter_id and v.phone = t.phone) then t.phone else '' end",
    't.voter_id = :voter',
  ),
  nameless(
    'phone_bank_target',
    'phones = array(select phone from unnest(t.phones) phone where exists (select from voter_phone v where v.voter_id = t.voter_id and v.phone = phone))',
    't.voter_id = :voter',
  ),
  go('follow_up', personOrVoter),
  // So many were rung and reached: the counts of a phone bank stay as they were.
  nameless(
    'contact_attempt',
    "person_id = :one, voter_id = null, phone = null, note = null, effects = '{}'",
    't.attempt_id = any(:attempts)',
  ),
  go('newcomer_lease', 't.signup_id = any(:signups)'),
  go('newcomer_hand', 't.signup_id = any(:signups)'),
  go('event_guardian', 't.signup_id = any(:signups)'),
  nameless('event_panel_question', "text = '{}', asked = '', signup_id = null", 't.signup_id = any(:signups)'),
  nameless('event_response', 'why = null', 't.signup_id = any(:signups)'),
  nameless('event_signup', "said = null, mail_to = null, answers = '{}'", 't.signup_id = any(:signups)'),
  // Until it is approved, it is nobody's of ours.
  nameless(
    'event_proposal',
    "person_id = null, said = '{}', sent = '{}', mail_to = ''",
    '(t.person_id = any(:people) or t.person_id is null and t.mail_to = any(:emails))',
  ),
  go('event_part'),
  go('event_mail_asked', 't.mail_to = any(:emails)'),
  // Nobody is handed to the mail server any more; what was sent is counted.
  nameless(
    'mail_delivery',
    "address = 'erased ' || t.n, domain = '', answer = null, opened_at = null, clicked_at = null, state = case when t.state in ('waiting', 'held', 'deferred') then 'left_out' else t.state end, left_out_for = case when t.state in ('waiting', 'held', 'deferred') then 'unknown' else t.left_out_for end",
  ),
  go('mail_wish'),
  go('mail_topic_wish'),
  go('mail_journey_person'),
  go('newsletter_signup', '(t.person_id = any(:people) or t.address = any(:emails))'),
  // By `takeOffPaper`, which also writes the piece of their home anew; here for what is shown of them.
  go(
    'postal_piece',
    '(select count(*) filter (where r.same_as is null) = 1 and bool_or(r.voter_id = :voter) from postal_recipient r where r.organization_id = t.organization_id and r.drop_id = t.drop_id and r.number = t.number)',
  ),
  go('postal_recipient', 't.voter_id = :voter'),
  go('postal_left_out', 't.voter_id = :voter'),
  go('postal_checked_row', 't.voter_id = :voter'),
  go('task'),
  go('help_case'),
  go('one_on_one'),
  go('person_stage'),
  go('person_role'),
  go('training_passed'),
  nameless(
    'mentoring',
    'goal = null',
    'exists (select from mentoring_person p where p.organization_id = t.organization_id and p.mentoring_id = t.mentoring_id and p.person_id = any(:people))',
  ),
  go('mentoring_person'),
  go('cohort_application'),
  go('person_account'),
  go('sign_in_line'),
  go('membership_reminder'),
  go('membership_application'),
  nameless('membership', 'note = null'),
  nameless('dues', 'reason = null, taken_back_why = null'),
  // Nobody votes by a link of theirs any more.
  go(
    'endorsement_credential',
    't.roll_id in (select r.roll_id from endorsement_roll r where r.organization_id = t.organization_id and r.person_id = any(:people))',
  ),
  nameless('endorsement_roll', "facts = '{}', mailed_to = null"),
  go('person_mail', personOrVoter),
  go('person_import_row'),
  go('person_import_known'),
  go('person_external_id'),
  go('person_merge', '(t.kept = any(:people) or t.merged = any(:people))'),
  go('person_pair', '(t.person_a = any(:people) or t.person_b = any(:people))'),
  nameless(
    'tagging',
    'people = array(select id from unnest(t.people) id where id <> all(:people))',
    't.people && :people',
  ),
  go('household_member'),
  go('relationship', '(t.person_id = any(:people) or t.other_person_id = any(:people))'),
  go('refused_match', personOrVoter),
  go('note'),
  go('consent'),
  go('suppression', personOrVoter),
  go('person_tag'),
  go('person_search'),
  go('person_address'),
  go('person_email'),
  go('person_phone'),
  go('webhook_delivery', "exists (select from unnest(:people) id where t.payload::text like '%' || id || '%')"),
]

/** What stays as it is, and why. */
export const kept: Readonly<Record<string, string>> = {
  // Books are kept whole for as long as the law asks: a receipt names who gave (26 CFR 1.6001-1).
  ledger_entry: 'books',
  card_checkout: 'books',
  // Lists of records of the voter file, which stays.
  universe_member: 'voter_record',
  call_lease: 'voter_record',
  further_line: 'voter_record',
  line_on_screen: 'voter_record',
  targeting_change: 'voter_record',
  form_signature: 'with form_response',
}
