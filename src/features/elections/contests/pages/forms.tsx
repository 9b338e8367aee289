import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead, Select } from '../../../../platform/ui/components.tsx'
import type { FormValues } from '../../../../platform/ui/form-values.ts'
import { Seen } from '../../../../platform/ui/meanwhile.tsx'
import '../../figures/messages.ts'
import { nameFor } from '../../figures/pages/figure-name.tsx'
import { NameInputs } from '../../figures/pages/name-fields.tsx'
import type { KnownFigure } from '../../figures/queries.ts'
import '../../officials/messages.ts'
import { kindName } from '../../officials/pages/officials-page.tsx'
import { WhichFigure } from '../../officials/pages/which-figure.tsx'
import type { Official } from '../../officials/queries.ts'
import { officialKinds, officialParties, type OfficialKind } from '../../officials/schema.ts'
import '../messages.ts'
import type { Candidacy, Candidate, Contest, Election } from '../queries.ts'
import { singleDays } from '../../rules.ts'
import '../../messages.ts'
import { isPartyLine } from '../rules.ts'
import { candidateStatuses, contestMethods, contestOffices, electionKinds } from '../schema.ts'
import { contestName, electionTitle, linesText } from './words.tsx'

interface Refused {
  typed?: Record<string, string>
  errors?: FieldErrors
}

interface FormPageProps extends Refused {
  t: Translate
  title: string
  lead?: string
  back: { href: string; label: string }
  action: string
  /** Address that takes it out again, where that may be done. */
  take_out?: string | null
  /** As it stands in the fields, where somebody else may change it meanwhile. */
  saved?: FormValues
  submit?: string
  children: ReactNode
}

/** A steward's form: what it is about, its fields, and where it can be read. */
export function StewardForm({
  t,
  title,
  lead,
  back,
  action,
  take_out,
  saved,
  submit,
  typed,
  errors,
  children,
}: FormPageProps) {
  const form = { t, ...(typed ? { typed } : {}), ...(errors ? { errors } : {}) }
  return (
    <>
      <PageHead title={title} {...(lead ? { lead } : {})} back={back} />
      {errors && Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      <form method="post" action={action} className="max-w-2xl">
        {saved && <Seen values={saved} {...(typed ? { typed } : {})} />}
        {children}
        <Card>
          <Field
            {...form}
            label={t('officials.source_url')}
            hint={t('officials.source_url_hint')}
            name="source_url"
            type="url"
            required
            value={saved?.source_url ?? null}
          />
          <button className="btn btn-primary">{submit ?? t('action.save')}</button>
        </Card>
      </form>
      {take_out && (
        <form method="post" action={take_out} className="max-w-2xl">
          <button className="btn">{t('contests.take_out')}</button>
        </form>
      )}
    </>
  )
}

export const savedElection = (election: Election): FormValues => ({
  state: election.state,
  kind: election.kind,
  held_on: election.held_on,
  district_kind: election.district_kind ?? '',
  district: election.district ?? '',
  method: election.method ?? '',
  ...Object.fromEntries([...singleDays, ...earlyVoting].map((name) => [name, election[name] ?? ''])),
  source_url: election.source_url ?? '',
})

const earlyVoting = ['early_voting_from', 'early_voting_until'] as const

const kindOptions = (t: Translate, first: string) => [
  { value: '', label: first },
  ...officialKinds.map((kind: OfficialKind) => ({ value: kind, label: kindName(t, kind) })),
]

export function EditElectionPage({
  t,
  election,
  is_empty,
  ...refused
}: Refused & { t: Translate; election: Election | null; is_empty: boolean }) {
  const saved = election ? savedElection(election) : undefined
  const form = { t, ...refused }
  const dayField = (name: (typeof singleDays)[number]) => (
    <Field
      {...form}
      key={name}
      label={t(`elections.day.${name}`)}
      name={name}
      type="date"
      value={saved?.[name] ?? null}
    />
  )
  return (
    <StewardForm
      {...form}
      title={election ? t('contests.correct_election') : t('contests.add_election')}
      lead={t('contests.add_election_lead')}
      back={
        election
          ? { href: `/elections/${election.election_id}`, label: electionTitle(t, election) }
          : { href: '/elections', label: t('elections.title') }
      }
      action={election ? `/elections/${election.election_id}` : '/elections'}
      take_out={election && is_empty ? `/elections/${election.election_id}/remove` : null}
      {...(saved ? { saved } : {})}
    >
      <Card>
        <Select
          {...form}
          label={t('contests.kind')}
          name="kind"
          required
          value={saved?.kind ?? 'special'}
          options={electionKinds.map((kind) => ({ value: kind, label: t(`contests.kind.${kind}`) }))}
        />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            {...form}
            label={t('contests.held_on')}
            name="held_on"
            type="date"
            required
            value={saved?.held_on ?? null}
          />
          <Field
            {...form}
            label={t('contests.state')}
            hint={t('contests.state_hint')}
            name="state"
            required
            maxLength={2}
            value={saved?.state ?? 'NY'}
            lang="en"
          />
        </div>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Select
            {...form}
            label={t('contests.held_in')}
            name="district_kind"
            value={saved?.district_kind ?? ''}
            options={kindOptions(t, t('contests.whole_state'))}
          />
          <Field {...form} label={t('contests.district')} name="district" value={saved?.district ?? null} lang="en" />
        </div>
        <Select
          {...form}
          label={t('contests.method')}
          name="method"
          value={saved?.method ?? ''}
          options={[
            { value: '', label: t('contests.method_differs') },
            ...contestMethods.map((method) => ({ value: method, label: t(`contests.method.${method}`) })),
          ]}
        />
      </Card>
      <Card title={t('contests.days')} lead={t('contests.days_lead')} id="days">
        <div className="grid items-end gap-x-4 sm:grid-cols-2">
          {singleDays.slice(0, 5).map(dayField)}
          {earlyVoting.map((name) => (
            <Field
              {...form}
              key={name}
              label={t(`contests.${name}`)}
              name={name}
              type="date"
              value={saved?.[name] ?? null}
            />
          ))}
          {singleDays.slice(5).map(dayField)}
        </div>
      </Card>
    </StewardForm>
  )
}

export const savedContest = (contest: Contest): FormValues => ({
  office: contest.office,
  title_en: contest.title.en ?? '',
  title_ko: contest.title.ko ?? '',
  district_kind: contest.office === 'other' ? contest.district_kind : '',
  district: contest.district,
  party: contest.party ?? '',
  seats: String(contest.seats),
  method: contest.method,
  term_from: contest.term_from ?? '',
  term_until: contest.term_until ?? '',
  source_url: contest.source_url ?? '',
})

export function EditContestPage({
  t,
  election,
  contest,
  is_empty,
  ...refused
}: Refused & { t: Translate; election: Election; contest: Contest | null; is_empty: boolean }) {
  const saved = contest ? savedContest(contest) : undefined
  const form = { t, ...refused }
  return (
    <StewardForm
      {...form}
      title={contest ? t('contests.correct') : t('contests.add')}
      lead={`${contest ? contestName(t, contest) : electionTitle(t, election)}. ${t('contests.add_lead')}`}
      back={
        contest
          ? { href: `/contests/${contest.contest_id}`, label: contestName(t, contest) }
          : { href: `/elections/${election.election_id}`, label: electionTitle(t, election) }
      }
      action={contest ? `/contests/${contest.contest_id}` : `/elections/${election.election_id}/contests`}
      take_out={contest && is_empty ? `/contests/${contest.contest_id}/remove` : null}
      {...(saved ? { saved } : {})}
    >
      <Card>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Select
            {...form}
            label={t('contests.office')}
            name="office"
            required
            value={saved?.office ?? 'council_member'}
            options={contestOffices.map((office) => ({
              value: office,
              label: office === 'other' ? t('contests.office.other') : t(`officials.office.${office}`),
            }))}
          />
          <Field
            {...form}
            label={t('contests.district')}
            hint={t('contests.district_hint')}
            name="district"
            value={saved?.district ?? null}
            lang="en"
          />
        </div>
        <details
          open={Boolean(refused.errors?.title_en || refused.errors?.district_kind || contest?.office === 'other')}
        >
          <summary className="mb-2 min-h-8 cursor-pointer font-semibold">{t('contests.own_office')}</summary>
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field {...form} label={t('contests.title_en')} name="title_en" value={saved?.title_en ?? null} lang="en" />
            <Field {...form} label={t('contests.title_ko')} name="title_ko" value={saved?.title_ko ?? null} lang="ko" />
          </div>
          <Select
            {...form}
            label={t('contests.elected_in')}
            name="district_kind"
            value={saved?.district_kind ?? ''}
            options={kindOptions(t, t('contests.by_office'))}
          />
        </details>
      </Card>
      <Card>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Select
            {...form}
            label={t('contests.party')}
            name="party"
            value={saved?.party ?? ''}
            options={[
              { value: '', label: t('contests.no_party') },
              ...officialParties.map((party) => ({ value: party, label: t(`contests.party.${party}`) })),
            ]}
          />
          <Field
            {...form}
            label={t('contests.seats')}
            name="seats"
            required
            inputMode="numeric"
            value={saved?.seats ?? '1'}
          />
        </div>
        <Select
          {...form}
          label={t('contests.method')}
          name="method"
          value={saved?.method ?? ''}
          options={[
            { value: '', label: t('contests.method_usual') },
            ...contestMethods.map((method) => ({ value: method, label: t(`contests.method.${method}`) })),
          ]}
        />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            {...form}
            label={t('contests.term_from')}
            name="term_from"
            type="date"
            value={saved?.term_from ?? null}
          />
          <Field
            {...form}
            label={t('contests.term_until')}
            name="term_until"
            type="date"
            value={saved?.term_until ?? null}
          />
        </div>
      </Card>
    </StewardForm>
  )
}

export const savedCandidacy = (t: Translate, candidacy: Candidacy): FormValues => ({
  lines: linesText(t, candidacy.lines),
  is_incumbent: candidacy.is_incumbent ? 'yes' : '',
  position: candidacy.position === null ? '' : String(candidacy.position),
  website: candidacy.website ?? '',
  status: candidacy.status,
  status_on: candidacy.status_on,
  source_url: candidacy.source_url ?? '',
})

function CandidacyInputs({
  t,
  saved,
  today,
  ...refused
}: Refused & { t: Translate; saved?: FormValues | undefined; today: string }) {
  const form = { t, ...refused }
  // A box that was not ticked is not sent.
  const isIncumbent = refused.typed ? refused.typed.is_incumbent === 'yes' : saved?.is_incumbent === 'yes'
  return (
    <Card>
      <Field
        {...form}
        label={t('candidates.lines')}
        hint={t('candidates.lines_hint')}
        name="lines"
        value={saved?.lines ?? null}
      />
      <Choices
        t={t}
        name="is_incumbent"
        kind="checkbox"
        chosen={isIncumbent ? ['yes'] : []}
        options={[{ value: 'yes', label: t('candidates.is_incumbent') }]}
      />
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Select
          {...form}
          label={t('candidates.status')}
          name="status"
          required
          value={saved?.status ?? 'declared'}
          options={candidateStatuses.map((status) => ({ value: status, label: t(`candidates.status.${status}`) }))}
        />
        <Field
          {...form}
          label={t('candidates.status_on')}
          name="status_on"
          type="date"
          required
          value={saved?.status_on ?? today}
        />
      </div>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field {...form} label={t('candidates.website')} name="website" type="url" value={saved?.website ?? null} />
        <Field
          {...form}
          label={t('candidates.position')}
          name="position"
          inputMode="numeric"
          value={saved?.position ?? null}
        />
      </div>
    </Card>
  )
}

export function NewCandidatePage({
  t,
  contest,
  known,
  today,
  ...refused
}: Refused & { t: Translate; contest: Contest; known: readonly KnownFigure[]; today: string }) {
  return (
    <StewardForm
      t={t}
      {...refused}
      title={t('candidates.add')}
      lead={`${contestName(t, contest)}. ${t('candidates.add_lead')}`}
      back={{ href: `/contests/${contest.contest_id}`, label: contestName(t, contest) }}
      action={`/contests/${contest.contest_id}/candidates`}
    >
      <Card>
        {known.length > 0 && <WhichFigure t={t} known={known} errors={refused.errors} />}
        <NameInputs t={t} {...refused} />
      </Card>
      <CandidacyInputs t={t} today={today} {...refused} />
    </StewardForm>
  )
}

export function EditCandidatePage({
  t,
  contest,
  candidate,
  today,
  ...refused
}: Refused & { t: Translate; contest: Contest; candidate: Candidate; today: string }) {
  const saved = savedCandidacy(t, candidate)
  return (
    <StewardForm
      t={t}
      {...refused}
      title={t('candidates.correct_of', { name: nameFor(t, candidate) })}
      lead={contestName(t, contest)}
      back={{ href: `/contests/${contest.contest_id}`, label: contestName(t, contest) }}
      action={`/candidates/${candidate.candidate_id}`}
      take_out={`/candidates/${candidate.candidate_id}/remove`}
      saved={saved}
    >
      <p className="mb-4">
        <a
          href={`/public-figures/${candidate.figure_id}/edit`}
          className="inline-flex min-h-8 items-center font-semibold"
        >
          {t('figures.correct')}
        </a>
      </p>
      <CandidacyInputs t={t} saved={saved} today={today} {...refused} />
    </StewardForm>
  )
}

export function SeatPage({
  t,
  contest,
  candidate,
  holders,
  ...refused
}: Refused & { t: Translate; contest: Contest; candidate: Candidate; holders: readonly Official[] }) {
  const form = { t, ...refused }
  const party = candidate.lines.find(isPartyLine) ?? ''
  const leaving = holders.filter((each) => each.figure_id !== candidate.figure_id)
  // Of an office with one seat whoever holds it leaves; of several the steward says who.
  const chosen =
    contest.seats === 1 && leaving.length === 1 ? leaving.map(({ official_id }) => String(official_id)) : []
  return (
    <StewardForm
      {...form}
      title={t('candidates.seat_title', { name: nameFor(t, candidate) })}
      lead={`${contestName(t, contest)}. ${t('candidates.seat_lead')}`}
      back={{ href: `/contests/${contest.contest_id}`, label: contestName(t, contest) }}
      action={`/candidates/${candidate.candidate_id}/office`}
      submit={t('candidates.save_seat')}
    >
      <Card>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field {...form} label={t('officials.since')} name="since" type="date" required value={contest.term_from} />
          <Field {...form} label={t('officials.until')} name="until" type="date" value={contest.term_until} />
        </div>
        <Select
          {...form}
          label={t('officials.party')}
          name="party"
          value={party}
          options={[
            { value: '', label: t('officials.no_party') },
            ...officialParties.map((each) => ({ value: each, label: t(`officials.party.${each}`) })),
          ]}
        />
        {leaving.length > 0 && (
          <Choices
            t={t}
            legend={t('candidates.leave')}
            name="leave[]"
            kind="checkbox"
            chosen={chosen}
            options={leaving.map((each) => ({ value: String(each.official_id), label: each.name, lang: 'en' }))}
          />
        )}
      </Card>
    </StewardForm>
  )
}
