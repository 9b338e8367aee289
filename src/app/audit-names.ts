import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Db } from '../platform/db/db.ts'
import { formatDate } from '../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../platform/i18n/languages.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import { mayDo, type Permission } from '../features/access/permissions.ts'
import { contestName } from '../features/elections/contests/pages/words.tsx'
import type { Contest, Election } from '../features/elections/contests/queries.ts'
import { placeName } from '../features/elections/officials/pages/officials-page.tsx'
import type { AuditRow } from '../features/organizations/queries.ts'

/** What an id of the activity log stands for. No href: it has no page, or it is not for this reader. */
export interface AuditName {
  text: string
  href: string | null
}

/** By kind and id: `name('person', id)`. */
export type AuditNames = (kind: string, id: unknown) => AuditName | null

interface Found {
  id: string
  name: string | LocalizedText | null
  href: string | null
  /** What is named by codes. */
  election?: Election
  contest?: Contest
}

interface Kind {
  /** Who may see these names; null: everybody who reads the log. */
  permission: Permission | null
  find(ids: readonly string[]): RawBuilder<Found>
}

const uuids = (ids: readonly string[]) => ids.filter((id) => /^[0-9a-f-]{36}$/.test(id))
const numbers = (ids: readonly string[]) => ids.filter((id) => /^\d{1,9}$/.test(id))
const personName = sql`coalesce(p.name_hangul, nullif(concat_ws(' ', coalesce(p.first_name, r.first_name), coalesce(p.last_name, r.last_name)), ''))`

/** A person behind a row of another table, whose key is `id`. */
const ofPerson = (table: string, id: string, ids: readonly string[]): RawBuilder<Found> => sql`
  select x.${sql.ref(id)}::text as id, ${personName} as name,
    coalesce('/people/' || p.person_id, '/voters/' || r.voter_id) as href
  from ${sql.table(table)} x
  left join person p on p.organization_id = x.organization_id and p.person_id = x.person_id
  left join voter_record r on r.voter_id = p.voter_id
  where x.${sql.ref(id)} = any(${uuids(ids)}::uuid[])`

const kinds: Record<string, Kind> = {
  person: {
    permission: 'people.view',
    find: (ids) => sql`select p.person_id::text as id, ${personName} as name, '/people/' || p.person_id as href
      from person p left join voter_record r on r.voter_id = p.voter_id where p.person_id = any(${uuids(ids)}::uuid[])`,
  },
  voter_record: {
    permission: 'voters.view',
    find: (
      ids,
    ) => sql`select voter_id::text as id, concat_ws(' ', first_name, last_name) as name, '/voters/' || voter_id as href
      from voter_record where voter_id = any(${numbers(ids)}::integer[])`,
  },
  household: {
    permission: 'people.view',
    find: (ids) => sql`select household_id::text as id, name, '/households/' || household_id as href
      from household where household_id = any(${uuids(ids)}::uuid[])`,
  },
  note: { permission: 'people.view', find: (ids) => ofPerson('note', 'note_id', ids) },
  relationship: { permission: 'people.view', find: (ids) => ofPerson('relationship', 'relationship_id', ids) },
  suppression: {
    permission: 'people.view',
    find: (
      ids,
    ) => sql`select s.suppression_id::text as id, coalesce(${personName}, concat_ws(' ', v.first_name, v.last_name)) as name,
        coalesce('/people/' || p.person_id, '/voters/' || v.voter_id) as href
      from suppression s left join person p on p.organization_id = s.organization_id and p.person_id = s.person_id
      left join voter_record r on r.voter_id = p.voter_id left join voter_record v on v.voter_id = s.voter_id
      where s.suppression_id = any(${uuids(ids)}::uuid[])`,
  },
  contact_attempt: {
    permission: 'phonebanks.results',
    find: (ids) => sql`select a.attempt_id::text as id, concat_ws(' ', v.first_name, v.last_name) as name,
        '/phonebanks/' || a.phone_bank_id || '/voters/' || a.voter_id as href
      from contact_attempt a join voter_record v on v.voter_id = a.voter_id where a.attempt_id = any(${uuids(ids)}::uuid[])`,
  },
  phone_bank: {
    permission: 'phonebanks.view',
    find: (ids) => sql`select phone_bank_id::text as id, name, '/phonebanks/' || phone_bank_id as href
      from phone_bank where phone_bank_id = any(${uuids(ids)}::uuid[])`,
  },
  phone_bank_caller: {
    permission: null,
    find: (ids) => sql`select caller_id::text as id, name, null as href
      from phone_bank_caller where caller_id = any(${uuids(ids)}::uuid[])`,
  },
  universe: {
    permission: 'universes.view',
    find: (ids) => sql`select universe_id::text as id, name, '/voters/universes/' || universe_id as href
      from universe where universe_id = any(${uuids(ids)}::uuid[])`,
  },
  event: {
    permission: 'events.view',
    find: (ids) => sql`select event_id::text as id, content -> 'title' as name, '/events/' || event_id as href
      from event where event_id = any(${uuids(ids)}::uuid[])`,
  },
  event_proposal: {
    permission: 'events.edit',
    find: (
      ids,
    ) => sql`select proposal_id::text as id, sent ->> 'title' as name, '/events/proposals/' || proposal_id as href
      from event_proposal where proposal_id = any(${uuids(ids)}::uuid[])`,
  },
  event_partner: {
    permission: 'events.view',
    find: (ids) => sql`select partner_id::text as id, name, '/events/' || event_id || '/partners' as href
      from event_partner where partner_id = any(${uuids(ids)}::uuid[])`,
  },
  rung: {
    permission: 'leadership.view',
    find: (ids) =>
      sql`select rung_id::text as id, name, null as href from rung where rung_id = any(${uuids(ids)}::uuid[])`,
  },
  training: {
    permission: null,
    find: (ids) =>
      sql`select training_id::text as id, name, null as href from training where training_id = any(${uuids(ids)}::uuid[])`,
  },
  cohort: {
    permission: 'leadership.view',
    find: (ids) => sql`select cohort_id::text as id, name, '/leadership/cohorts/' || cohort_id as href
      from cohort where cohort_id = any(${uuids(ids)}::uuid[])`,
  },
  endorsement_cycle: {
    permission: 'endorsements.view',
    find: (ids) => sql`select cycle_id::text as id, name, '/endorsements/' || cycle_id as href
      from endorsement_cycle where cycle_id = any(${uuids(ids)}::uuid[])`,
  },
  contribution: {
    permission: 'contributions.view',
    find: (
      ids,
    ) => sql`select contribution_id::text as id, recipient as name, '/contributions/' || contribution_id as href
      from contribution where contribution_id = any(${uuids(ids)}::uuid[])`,
  },
  campaign: {
    permission: 'campaigns.view',
    find: (ids) => sql`select campaign_id::text as id, name, '/campaigns/' || campaign_id as href
      from campaign where campaign_id = any(${uuids(ids)}::uuid[])`,
  },
  voter_guide: {
    permission: 'voterguides.view',
    find: (ids) => sql`select guide_id::text as id, title as name, '/voterguides/' || guide_id as href
      from voter_guide where guide_id = any(${uuids(ids)}::uuid[])`,
  },
  mailing: {
    permission: 'mailings.view',
    find: (ids) => sql`select mailing_id::text as id, name, '/mailings/' || mailing_id as href
      from mailing where mailing_id = any(${uuids(ids)}::uuid[])`,
  },
  mail_saved_look: {
    permission: 'mailings.edit',
    find: (ids) => sql`select look_id::text as id, name, '/mailings/look?of=' || look_id as href
      from mail_saved_look where look_id = any(${uuids(ids)}::uuid[])`,
  },
  mail_topic: {
    permission: 'mailings.view',
    find: (ids) => sql`select topic_id::text as id, name, '/mailings/topics/' || topic_id as href
      from mail_topic where topic_id = any(${uuids(ids)}::uuid[])`,
  },
  postal_checked_file: {
    permission: 'postal.edit',
    find: (ids) => sql`select file_id::text as id, name, '/postal/checked/' || file_id as href
      from postal_checked_file where file_id = any(${uuids(ids)}::uuid[])`,
  },
  mail_journey: {
    permission: 'mailings.view',
    find: (ids) => sql`select journey_id::text as id, name, '/mail-journeys/' || journey_id as href
      from mail_journey where journey_id = any(${uuids(ids)}::uuid[])`,
  },
  postal_drop: {
    permission: 'postal.view',
    find: (ids) => sql`select drop_id::text as id, name, '/postal/' || drop_id as href
      from postal_drop where drop_id = any(${uuids(ids)}::uuid[])`,
  },
  agenda_issue: {
    permission: 'voterguides.view',
    find: (ids) => sql`select issue_id::text as id, name, '/voterguides/agenda/' || issue_id as href
      from agenda_issue where issue_id = any(${uuids(ids)}::uuid[])`,
  },
  body: {
    permission: 'bodies.view',
    find: (ids) => sql`select body_id::text as id, name, '/leadership/bodies/' || body_id as href
      from body where body_id = any(${uuids(ids)}::uuid[])`,
  },
  person_stage: { permission: 'people.view', find: (ids) => ofPerson('person_stage', 'stage_id', ids) },
  task: { permission: 'leadership.view', find: (ids) => ofPerson('task', 'task_id', ids) },
  help_case: {
    permission: 'leadership.view',
    find: (ids) => sql`select case_id::text as id, title as name, '/leadership/cases/' || case_id as href
      from help_case where case_id = any(${uuids(ids)}::uuid[])`,
  },
  help_case_kind: {
    permission: 'leadership.view',
    find: (ids) =>
      sql`select kind_id::text as id, name, null as href from help_case_kind where kind_id = any(${uuids(ids)}::uuid[])`,
  },
  one_on_one: { permission: 'people.view', find: (ids) => ofPerson('one_on_one', 'one_on_one_id', ids) },
  person_role: { permission: 'people.view', find: (ids) => ofPerson('person_role', 'role_id', ids) },
  training_passed: { permission: 'people.view', find: (ids) => ofPerson('training_passed', 'passed_id', ids) },
  cohort_application: {
    permission: 'leadership.view',
    find: (ids) => ofPerson('cohort_application', 'application_id', ids),
  },
  form: {
    permission: 'forms.view',
    find: (ids) => sql`select form_id::text as id, name, '/forms/' || form_id as href
      from form where form_id = any(${uuids(ids)}::uuid[])`,
  },
  script: {
    permission: 'scripts.view',
    find: (ids) => sql`select script_id::text as id, name, '/scripts/' || script_id as href
      from script where script_id = any(${uuids(ids)}::uuid[])`,
  },
  tagging: {
    permission: 'people.view',
    find: (ids) =>
      sql`select tagging_id::text as id, tag as name, null as href from tagging where tagging_id = any(${uuids(ids)}::uuid[])`,
  },
  suppression_list: {
    permission: 'people.import',
    find: (ids) => sql`select list_id::text as id, name, '/people/suppressions' as href
      from suppression_list where list_id = any(${uuids(ids)}::uuid[])`,
  },
  person_import: {
    permission: 'people.import',
    find: (ids) => sql`select import_id::text as id, name, '/people/imports/' || import_id as href
      from person_import where import_id = any(${uuids(ids)}::uuid[])`,
  },
  voter_import: {
    permission: 'installation.steward',
    find: (
      ids,
    ) => sql`select import_id::text as id, array_to_string(names, ', ') as name, '/voterfiles/imports/' || import_id as href
      from voter_import where import_id = any(${uuids(ids)}::uuid[])`,
  },
  public_figure: {
    permission: null,
    find: (ids) => sql`select figure_id::text as id, name, '/public-figures/' || figure_id as href
      from public_figure where figure_id = any(${numbers(ids)}::integer[])`,
  },
  contest: {
    permission: null,
    find: (ids) => sql`select contest_id::text as id, null as name, '/contests/' || contest_id as href,
        to_jsonb(c) as contest, to_jsonb(e) as election
      from contest c join scheduled_election e using (election_id) where contest_id = any(${numbers(ids)}::integer[])`,
  },
  candidate: {
    permission: null,
    find: (ids) => sql`select candidate_id::text as id, name, '/contests/' || contest_id as href
      from candidate join public_figure using (figure_id) where candidate_id = any(${numbers(ids)}::integer[])`,
  },
  official: {
    permission: null,
    find: (ids) => sql`select official_id::text as id, name, '/public-figures/' || figure_id as href
      from official join public_figure using (figure_id) where official_id = any(${numbers(ids)}::integer[])`,
  },
  scheduled_election: {
    permission: null,
    find: (
      ids,
    ) => sql`select election_id::text as id, null as name, '/elections/' || election_id as href, to_jsonb(e) as election
      from scheduled_election e where election_id = any(${numbers(ids)}::integer[])`,
  },
  ledger_entry: {
    permission: 'ledger.view',
    find: (
      ids,
    ) => sql`select entry_id::text as id, year || '-' || lpad(number::text, 4, '0') as name, '/ledger/entries/' || entry_id as href
      from ledger_entry where entry_id = any(${uuids(ids)}::uuid[])`,
  },
  sign_in_sheet: {
    permission: 'people.edit',
    find: (ids) => sql`select sheet_id::text as id, title as name, '/people/sheets/' || sheet_id as href
      from sign_in_sheet where sheet_id = any(${uuids(ids)}::uuid[])`,
  },
  membership_kind: {
    permission: null,
    find: (ids) =>
      sql`select kind as id, name, null as href from membership_kind where kind = any(${[...ids]}::text[])`,
  },
  custom_field: {
    permission: null,
    find: (ids) =>
      sql`select key as id, label as name, null as href from custom_field where key = any(${[...ids]}::text[])`,
  },
  member: {
    permission: null,
    find: (ids) => sql`select user_id::text as id, display_name as name, null as href
      from member where user_id = any(${uuids(ids)}::uuid[])`,
  },
}

/** Other words rooms use for the same thing, and the fields of an entry that hold an id. */
const alike: Record<string, string> = {
  consent: 'person',
  membership: 'person',
  person_pair: 'person',
  user: 'member',
  steward: 'member',
  person_id: 'person',
  other_person_id: 'person',
  person_a: 'person',
  person_b: 'person',
  merged: 'person',
  kept: 'person',
  voter_id: 'voter_record',
  phone_bank_id: 'phone_bank',
  household_id: 'household',
  universe_id: 'universe',
  script_id: 'script',
  form_id: 'form',
  rung_id: 'rung',
  training_id: 'training',
  training_ids: 'training',
  event_id: 'event',
  event_ids: 'event',
  partner_id: 'event_partner',
  cohort_id: 'cohort',
  figure_id: 'public_figure',
  contest_id: 'contest',
  contest_ids: 'contest',
  candidate_id: 'candidate',
  candidate_ids: 'candidate',
  copied_from: 'endorsement_cycle',
  runoff_of: 'endorsement_cycle',
  cycle_id: 'endorsement_cycle',
  election_id: 'scheduled_election',
  issue_id: 'agenda_issue',
  issue_ids: 'agenda_issue',
  guide_id: 'voter_guide',
  mailing_id: 'mailing',
  topic_id: 'mail_topic',
  look_id: 'mail_saved_look',
  topics_wanted: 'mail_topic',
  topics_unwanted: 'mail_topic',
  user_id: 'member',
  owner_id: 'member',
  caller_id: 'phone_bank_caller',
}
const kindOf = (word: string): string => alike[word] ?? word

/** Names of everything these entries speak of, by one question per kind. What the reader may not see elsewhere has no name here either. */
export async function auditNames(db: Db, actor: Actor, t: Translate, rows: readonly AuditRow[]): Promise<AuditNames> {
  const wanted = new Map<string, Set<string>>()
  const want = (word: string, id: unknown): void => {
    if (typeof id !== 'string' && typeof id !== 'number') return
    const kind = kindOf(word)
    if (!kinds[kind]) return
    wanted.set(kind, (wanted.get(kind) ?? new Set()).add(String(id)))
  }
  for (const { subject, subject_id, before, after } of rows) {
    want(subject, subject_id)
    for (const side of [before, after])
      for (const [field, value] of Object.entries(side ?? {})) for (const each of [value].flat()) want(field, each)
  }
  const names = new Map<string, AuditName>()
  for (const [kind, ids] of wanted) {
    const known = kinds[kind]
    if (!known || (known.permission && !mayDo(actor, known.permission))) continue
    const { rows: found } = await known.find([...ids]).execute(db)
    for (const each of found) {
      const text = textOf(t, each)
      if (text) names.set(`${kind} ${each.id}`, { text, href: each.href })
    }
  }
  return (word, id) => names.get(`${kindOf(word)} ${String(id)}`) ?? null
}

function textOf(t: Translate, { name, election, contest }: Found): string | null {
  if (contest && election) {
    const kind = contest.party ? null : t(`contests.kind.${election.kind}`)
    return [contestName(t, contest), kind, formatDate(t.language, election.held_on)].filter(Boolean).join(' · ')
  }
  if (election) {
    const { kind, held_on, district_kind, district, state } = election
    const place = district_kind && placeName(t, { kind: district_kind, district })
    return [t(`contests.kind.${kind}`), place, state === 'NY' ? null : state, formatDate(t.language, held_on)]
      .filter(Boolean)
      .join(' · ')
  }
  return typeof name === 'object' && name !== null ? localized(name, t.language).text : name
}
