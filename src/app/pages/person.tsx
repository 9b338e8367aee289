import type { KindHours } from '../../features/events/after/queries.ts'
import type { ListedKind } from '../../features/events/queries.ts'
import { HoursPanel } from '../../features/leadership/after/panel.tsx'
import { TopicsPanel } from '../../features/mailings/topics/pages.tsx'
import type { TopicsOfPerson } from '../../features/mailings/topics/queries.ts'
import { LeadershipPanel } from '../../features/leadership/pages/person-panel.tsx'
import type { LeadershipOfPerson } from '../../features/leadership/told.ts'
import type { Profile, Timeline } from '../../features/people/queries.ts'
import type { Candidate } from '../../features/people/matching/queries.ts'
import { MembershipPanel } from '../../features/people/membership/pages.tsx'
import { MatchPanel, UnmatchPanel } from '../../features/people/pages/match-panel.tsx'
import { ProfileHead } from '../../features/people/pages/profile-head.tsx'
import {
  ConsentPanel,
  ContactPanel,
  HouseholdPanel,
  KnownPanel,
  MarksPanel,
  NotesPanel,
  TagsPanel,
} from '../../features/people/pages/profile-panels.tsx'
import { TimelinePanel } from '../../features/people/pages/timeline-panel.tsx'
import { DistrictsPanel, VotesPanel } from '../../features/people/pages/votes-panel.tsx'
import { whoName } from '../../features/people/rules.ts'
import type { PhoneBank } from '../../features/phonebanks/dashboard.ts'
import { PhoneBanksPanel } from '../../features/phonebanks/pages/person-panel.tsx'
import type { Translate } from '../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../platform/http/form.ts'
import { Alert } from '../../platform/ui/components.tsx'
import { PrivacyPanel } from '../privacy/pages.tsx'

interface PersonPageProps {
  t: Translate
  profile: Profile
  timeline: Timeline
  candidates: readonly Candidate[]
  /** null: not for this reader. */
  leadership: LeadershipOfPerson | null
  /** In shifts they were there in, by kind of event. */
  hours: readonly KindHours[]
  /** What their e-mails are about; null: not for this reader. */
  mail: TopicsOfPerson | null
  kinds: readonly ListedKind[]
  /** Running phone banks; none where the reader may not see their voters. */
  banks: readonly Pick<PhoneBank, 'phone_bank_id' | 'name'>[]
  /** Tags of the organization, to choose from. */
  tags: readonly string[]
  may_edit: boolean
  may_merge: boolean
  /** Show, mail and erase all that is held. */
  may_erase: boolean
  /** What was paid, and why dues were waived. */
  may_money: boolean
  /** Members' cards. */
  may_roll: boolean
  /** Where dues are recorded; null: not by this reader. */
  dues_href: string | null
  /** Of a tag or note that was refused. */
  typed: Record<string, string>
  errors: FieldErrors
  today: string
  now: Date
  time_zone: string
  /** So many of each kind are told. */
  more: number
  /** What was just done, from the address. */
  done: string | null
  /** The voter who was just said to be somebody else, to take that back. */
  undo_voter: number | null
  /** The note just removed, to take that back. */
  removed_note: string | null
}

const said: Readonly<Record<string, { kind: 'success' | 'warning'; text: string }>> = {
  saved: { kind: 'success', text: 'people.saved' },
  linked: { kind: 'success', text: 'people.match.linked' },
  matched: { kind: 'success', text: 'people.match.done' },
  refused: { kind: 'success', text: 'people.match.refused' },
  unmatched: { kind: 'success', text: 'people.match.undone' },
  taken: { kind: 'warning', text: 'people.match.taken' },
}

/** Where what was just decided on a voter is taken back. */
const undoOf: Readonly<Record<string, (voter_id: number) => string>> = {
  refused: (voter_id) => `refuse/${voter_id}/undo`,
  unmatched: (voter_id) => `unmatch/${voter_id}/undo`,
}

/** One profile for a voter record, a person of the organization, or both. A room adds its panel here, in the order people look. */
export function PersonPage(props: PersonPageProps) {
  const { t, profile, timeline, candidates, banks, tags, may_edit, may_merge, dues_href, typed, errors } = props
  const { may_money, may_roll } = props
  const { today, now, time_zone, done, undo_voter, removed_note, leadership } = props
  const panel = { t, profile, may_edit, now, time_zone }
  const message = done ? said[done] : undefined
  const undo = may_edit && done && undo_voter ? undoOf[done]?.(undo_voter) : undefined
  return (
    <>
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      {message && (
        <Alert kind={message.kind} title={t.dynamic(message.text)}>
          {undo && (
            <form method="post" action={`/people/${whoName(profile.who)}/${undo}`}>
              <button className="btn btn-sm mt-2 min-h-11">{t('action.undo')}</button>
            </form>
          )}
        </Alert>
      )}
      {removed_note && (
        <Alert kind="success" title={t('people.note.removed')}>
          <form method="post" action={`/people/${whoName(profile.who)}/notes/${removed_note}/restore`}>
            <button className="btn btn-sm mt-2 min-h-11">{t('action.undo')}</button>
          </form>
        </Alert>
      )}
      <ProfileHead {...{ t, profile, today, time_zone, may_edit, may_merge }} />
      <MatchPanel t={t} profile={profile} candidates={candidates} may_edit={may_edit} may_merge={may_merge} />
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <div className="min-w-0">
          <ContactPanel {...panel} />
          <NotesPanel {...panel} typed={typed} errors={errors} />
          {profile.voter && <PhoneBanksPanel t={t} voter_id={profile.voter.voter_id} banks={banks} />}
          <TimelinePanel
            t={t}
            entries={timeline.entries}
            earlier={timeline.earlier}
            more_href={`?told=${props.more * 4}#timeline`}
            now={now}
            time_zone={time_zone}
          />
        </div>
        <div className="min-w-0">
          <KnownPanel {...panel} />
          {leadership && (
            <LeadershipPanel t={t} path={profile.who.person_id ?? whoName(profile.who)} {...leadership} today={today} />
          )}
          <HoursPanel t={t} hours={props.hours} kinds={props.kinds} />
          <TagsPanel {...panel} tags={tags} typed={typed} errors={errors} />
          <VotesPanel t={t} profile={profile} today={today} />
          <HouseholdPanel {...panel} />
          <DistrictsPanel t={t} profile={profile} />
          <MembershipPanel {...panel} {...{ today, may_money, may_roll, dues_href }} />
          <ConsentPanel {...panel} />
          {props.mail && <TopicsPanel t={t} who={whoName(profile.who)} told={props.mail} may_edit={may_edit} />}
          <MarksPanel {...panel} />
          {props.may_erase && (
            <PrivacyPanel
              t={t}
              path={`/people/${profile.who.person_id ?? whoName(profile.who)}`}
              is_made={profile.who.person_id !== null}
            />
          )}
          <UnmatchPanel t={t} profile={profile} may_edit={may_edit} />
        </div>
      </div>
    </>
  )
}
