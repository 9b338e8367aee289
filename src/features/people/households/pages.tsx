import { useContext } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, PageHead, Pagination, Select, FindForm } from '../../../platform/ui/components.tsx' // prettier-ignore
import { Icon } from '../../../platform/ui/icon.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { MeanwhileContext, Seen } from '../../../platform/ui/meanwhile.tsx'
import type { Profile } from '../queries.ts'
import { addressLine, ageOf, profilePath, shownName, whoName } from '../rules.ts'
import { spokenLanguages } from '../schema.ts'
import type { SearchResult } from '../search/queries.ts'
import { Buttons } from '../pages/person-form.tsx'
import { nameOf, PersonName } from '../pages/person-name.tsx'
import { whyNot } from '../pages/profile-head.tsx'
import { when } from '../pages/profile-panels.tsx'
import { PhoneLink } from '../phone-link.tsx'
import { resultText, TimelinePanel } from '../pages/timeline-panel.tsx'
import type { HouseholdView, Resident } from './page-of.ts'
import { mostResidents, type Change, type Listed } from './queries.ts'

interface Shown {
  t: Translate
  now: Date
  time_zone: string
  /** 'YYYY-MM-DD' */
  today: string
}

interface HouseholdPageProps extends Shown {
  view: HouseholdView
  may_edit: boolean
  /** Of the note that was refused. */
  typed: Record<string, string>
  errors: FieldErrors
  /** What was just done, from the address. */
  done: string | null
}

const dones: Readonly<Record<string, string>> = {
  saved: 'households.saved',
  changed: 'households.changed',
  undone: 'households.undone',
  confirmed: 'households.confirmed',
}

/** Everybody behind one door: what we know of each and of the home, what was put right by hand, what happened there. */
export function HouseholdPage(props: HouseholdPageProps) {
  const { t, view, may_edit, done, now, time_zone } = props
  const { profile, household, residents, left, timeline } = view
  const name = nameOf(profile, t).main
  const base = `/people/${whoName(profile.who)}/household`
  const message = done ? dones[done] : undefined
  const { by_hand, home } = profile.home
  const add = may_edit && (
    <a className="btn btn-primary" href={`${base}/add`}>
      <Icon name="plus" /> {t('households.add')}
    </a>
  )
  return (
    <>
      {Object.keys(props.errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      {message && <Alert kind="success" title={t.dynamic(message)} />}
      <PageHead
        title={household?.name ?? t('households.of', { name })}
        lead={t('households.lead')}
        back={{ href: profilePath(profile.who), label: name }}
        actions={add}
      />
      {by_hand?.says === 'apart' && (
        <Alert kind="info" title={t('households.lives_apart', { name })}>
          <p>{[t('households.lives_apart_text'), by_hand.reason].filter(Boolean).join(' ')}</p>
          <p className="mt-2 flex flex-wrap gap-2 print:hidden">
            {left && (
              <a className="btn btn-sm min-h-11" href={`/households/${left.household_id}`}>
                {left.name ?? t('people.household.open')}
              </a>
            )}
            {may_edit && <RowAct t={t} base={base} act="undo" row={by_hand.household_member_id} name={name} />}
          </p>
        </Alert>
      )}
      {residents
        .filter((each) => each.profile.home.is_to_confirm)
        .map((each) => (
          <ToConfirm key={whoName(each.profile.who)} t={t} base={base} profile={each.profile} may_edit={may_edit} />
        ))}
      {home === null && <Alert kind="info">{t('households.nowhere', { name })}</Alert>}
      <div className="grid items-start gap-x-6 lg:grid-cols-5">
        <div className="min-w-0 lg:col-span-3">
          <Card title={t('households.residents')} id="residents">
            <DoorAddress t={t} residents={residents} home={home} />
            <ul className="grid gap-3">
              {residents.map((each) => (
                <li key={whoName(each.profile.who)} className="rounded-box border-base-300 border p-4">
                  <ResidentCard {...props} resident={each} is_only={residents.length === 1} />
                </li>
              ))}
            </ul>
            {residents.length === 1 && home !== null && <p className="mt-3">{t('households.alone')}</p>}
            {residents.length >= mostResidents && (
              <p className="mt-3 text-sm">{t('households.many', { shown: mostResidents })}</p>
            )}
          </Card>
          <TimelinePanel
            t={t}
            title={t('households.timeline')}
            entries={timeline.entries.map(({ whose, ...entry }) => ({ ...entry, whose: nameOf(whose, t) }))}
            earlier={timeline.earlier}
            now={now}
            time_zone={time_zone}
          />
        </div>
        <div className="min-w-0 lg:col-span-2">
          <About {...props} base={base} />
          <SharedNumbers t={t} view={view} />
          <Changes {...props} base={base} />
        </div>
      </div>
    </>
  )
}

/** The address the voter file has for the door. */
function DoorAddress({ t, residents, home }: { t: Translate; residents: readonly Resident[]; home: number | null }) {
  const at = residents.find(({ profile }) => home !== null && profile.home.state_home === home)?.profile.voter
  if (!at?.street) return null
  return (
    <p className="mb-4">
      <span className="block text-sm">{t('households.address')}</span>
      <span lang="en" className="text-lg font-semibold">
        {[addressLine(at), at.city, at.zip5].filter(Boolean).join(', ')}
      </span>
    </p>
  )
}

function ResidentCard({
  t,
  resident,
  is_only,
  view,
  may_edit,
  now,
  time_zone,
  today,
}: HouseholdPageProps & { resident: Resident; is_only: boolean }) {
  const { profile, last_contact } = resident
  const { voter, person, answers, home } = profile
  const age = ageOf(today, person, voter)
  const facts = [
    age === null ? '' : t('people.age', { age }),
    voter ? t.dynamic(`people.party.${voter.party}`) : t('households.not_in_file'),
    person?.language ? (languageNames[person.language] ?? person.language) : '',
    profile.tags.map(({ tag }) => `#${tag}`).join(' '),
  ]
  const is_elsewhere = voter?.street && home.by_hand?.says === 'here' && home.state_home !== home.home
  const name = nameOf(profile, t)
  const own = `/people/${whoName(profile.who)}/household`
  const from = `?from=${whoName(view.profile.who)}`
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <a href={profilePath(profile.who)} className="inline-flex min-h-11 items-center text-lg font-semibold">
          <PersonName name={name} is_quiet />
        </a>
        <Badge kind={answers.phone.reason ? 'error' : 'success'}>
          {answers.phone.reason ? whyNot(t, 'phone', answers.phone.reason) : t('households.callable')}
        </Badge>
        {home.by_hand?.says === 'here' && <Badge kind="info">{t('households.by_hand')}</Badge>}
      </div>
      <p>{facts.filter(Boolean).join(' · ')}</p>
      {is_elsewhere && (
        <p className="text-sm">
          {t('households.other_address')}{' '}
          <span lang="en">{[addressLine(voter), voter.city].filter(Boolean).join(', ')}</span>
        </p>
      )}
      <Numbers t={t} profile={profile} />
      <p className="mt-1 text-sm">
        {last_contact
          ? t('households.last_contact', {
              result:
                last_contact.channel === 'web' ? t('people.channel.web') : resultText(t, last_contact.disposition),
              when: when(t, last_contact.attempted_at, now, time_zone),
            })
          : t('households.no_contact')}
      </p>
      {may_edit && (
        <p className="mt-2 flex flex-wrap gap-x-4 text-sm print:hidden">
          {!is_only && (
            <a className="inline-flex min-h-11 items-center" href={`${own}/apart${from}`}>
              {t('households.apart')}
              <span className="sr-only"> {name.main}</span>
            </a>
          )}
          <a className="inline-flex min-h-11 items-center" href={`${own}/move${from}`}>
            {t('households.move')}
            <span className="sr-only"> {name.main}</span>
          </a>
        </p>
      )}
    </>
  )
}

/** Numbers of somebody with what we know of each, ours first; nothing twice. */
function numbersOf({ phones, voter_phones, marks }: Profile): { phone: string; state: string; is_bad: boolean }[] {
  const known = [...phones, ...voter_phones.map(({ phone }) => ({ phone, quality: 'unknown' }))]
  return [...new Set(known.map(({ phone }) => phone))].map((phone) => {
    const closed = marks.find((mark) => mark.phone === phone && mark.taken_back_at === null)
    const quality = known.find((each) => each.phone === phone)?.quality ?? 'unknown'
    return {
      phone,
      state: closed ? `people.why.${closed.reason}` : `people.quality.${quality}`,
      is_bad: closed !== undefined || quality === 'wrong' || quality === 'disconnected',
    }
  })
}

function Numbers({ t, profile }: { t: Translate; profile: Profile }) {
  const numbers = numbersOf(profile)
  if (numbers.length === 0) return <p>{t('people.phones.none')}</p>
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4">
      {numbers.map(({ phone, state, is_bad }) => (
        <li key={phone} className="inline-flex min-h-9 items-center gap-2">
          {is_bad ? <s className="tabular-nums">{formatPhone(phone)}</s> : <PhoneLink phone={phone} />}
          <span className="text-sm">{t.dynamic(state)}</span>
        </li>
      ))}
    </ul>
  )
}

/** As it stands in the fields. */
export const savedHousehold = (household: HouseholdView['household']): FormValues => ({
  note: household?.note ?? '',
  language: household?.language ?? '',
  name: household?.name ?? '',
})

function About({ t, view, may_edit, base, typed, errors, now, time_zone }: HouseholdPageProps & { base: string }) {
  const { household } = view
  const shared = { t, typed, errors }
  const meanwhile = useContext(MeanwhileContext)
  const is_refused = Object.keys(errors).length > 0 || meanwhile !== null
  return (
    <Card title={t('households.note_title')} id="about">
      {household?.note ? <p className="text-lg break-words whitespace-pre-line">{household.note}</p> : null}
      {household?.language && (
        <p className="mt-1">
          {t('households.language')}: {languageNames[household.language] ?? household.language}
        </p>
      )}
      {household?.note || household?.language ? (
        <p className="mt-1 text-sm">
          {t('households.written', { by: household.updated_by, when: when(t, household.updated_at, now, time_zone) })}
        </p>
      ) : (
        <p>{t('households.no_note')}</p>
      )}
      {may_edit && (
        <details className="mt-3 print:hidden" open={is_refused || undefined}>
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-semibold underline">
            {t('households.describe')}
          </summary>
          <form method="post" action={base} className="mt-3">
            <Seen values={savedHousehold(household)} typed={typed} />
            <Field
              {...shared}
              label={t('households.note')}
              name="note"
              hint={t('households.note_hint')}
              rows={3}
              maxLength={500}
              value={household?.note ?? ''}
            />
            <Select
              {...shared}
              label={t('households.language')}
              name="language"
              value={household?.language ?? ''}
              options={[
                { value: '', label: t('households.language_unknown') },
                ...spokenLanguages.map((code) => ({ value: code, label: languageNames[code] ?? code, lang: code })),
              ]}
            />
            <Field
              {...shared}
              label={t('households.name')}
              name="name"
              hint={t('households.name_hint')}
              maxLength={80}
              value={household?.name ?? ''}
            />
            <button className="btn btn-primary">{t('action.save')}</button>
          </form>
        </details>
      )}
    </Card>
  )
}

/** Numbers more than one of them has, and who else has them. */
function SharedNumbers({ t, view }: { t: Translate; view: HouseholdView }) {
  const holders = new Map<string, string[]>()
  for (const { profile } of view.residents)
    for (const { phone } of numbersOf(profile))
      holders.set(phone, [...(holders.get(phone) ?? []), nameOf(profile, t).main])
  const isHere = new Set(view.residents.map(({ profile }) => whoName(profile.who)))
  for (const other of view.elsewhere) {
    if (isHere.has(whoName(other))) continue
    const label = t('households.number_elsewhere', {
      name: shownName(other.name, other.name_hangul, t.language).main,
    })
    for (const phone of other.numbers) {
      const known = holders.get(phone)
      if (known && !known.includes(label)) holders.set(phone, [...known, label])
    }
  }
  const shared = [...holders].filter(([, names]) => names.length > 1)
  if (shared.length === 0) return null
  return (
    <Card title={t('households.numbers')} id="numbers" lead={t('households.numbers_lead')}>
      <ul className="divide-base-300 divide-y">
        {shared.map(([phone, names]) => (
          <li key={phone} className="py-2">
            <PhoneLink phone={phone} />
            <p className="text-sm">{names.join(', ')}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Changes({ t, view, may_edit, base, now, time_zone }: HouseholdPageProps & { base: string }) {
  return (
    <Card title={t('households.changes')} id="changes">
      {view.changes.length === 0 && <p>{t('households.no_changes')}</p>}
      <ul className="divide-base-300 divide-y">
        {view.changes.map((each) => (
          <ChangeLine key={each.household_member_id} {...{ t, each, may_edit, base, now, time_zone }} />
        ))}
      </ul>
    </Card>
  )
}

function ChangeLine({
  t,
  each,
  may_edit,
  base,
  now,
  time_zone,
}: Pick<Shown, 't' | 'now' | 'time_zone'> & { each: Change; may_edit: boolean; base: string }) {
  const name = shownName(each.name, each.name_hangul, t.language)
  const holds = each.ended_at === null
  return (
    <li className="py-2">
      <p className="flex flex-wrap items-center gap-x-2">
        <a href={profilePath(each.who)} className="inline-flex min-h-9 items-center font-semibold">
          <PersonName name={name} is_quiet />
        </a>
        <span className={holds ? '' : 'line-through'}>{t.dynamic(`households.says.${each.says}`)}</span>
        {!holds && <span className="text-sm">{t('households.ended')}</span>}
      </p>
      {each.reason && <p className="break-words">{each.reason}</p>}
      <p className="text-sm">
        {t('households.written', { by: each.changed_by, when: when(t, each.changed_at, now, time_zone) })}
      </p>
      {holds && may_edit && <RowAct t={t} base={base} act="undo" row={each.household_member_id} name={name.main} />}
    </li>
  )
}

function RowAct({
  t,
  base,
  act,
  row,
  name,
}: {
  t: Translate
  base: string
  act: 'undo' | 'confirm'
  row: string
  name: string
}) {
  return (
    <form method="post" action={`${base}/${row}/${act}`} className="print:hidden">
      <button className="btn btn-sm min-h-11">
        {t.dynamic(`households.${act}`)}
        <span className="sr-only"> {name}</span>
      </button>
    </form>
  )
}

function ToConfirm({
  t,
  base,
  profile,
  may_edit,
}: {
  t: Translate
  base: string
  profile: Profile
  may_edit: boolean
}) {
  const row = profile.home.by_hand
  if (!row) return null
  const name = nameOf(profile, t).main
  const { voter } = profile
  return (
    <Alert kind="warning" title={t('households.confirm_title')}>
      <p>{t('households.confirm_text', { name })}</p>
      {voter?.street && (
        <p lang="en" className="font-semibold">
          {[addressLine(voter), voter.city, voter.zip5].filter(Boolean).join(', ')}
        </p>
      )}
      {may_edit && (
        <div className="mt-2 flex flex-wrap gap-2">
          <RowAct t={t} base={base} act="confirm" row={row.household_member_id} name={name} />
          <RowAct t={t} base={base} act="undo" row={row.household_member_id} name={name} />
        </div>
      )}
    </Alert>
  )
}

interface ActProps {
  t: Translate
  profile: Profile
  /** Whose page it was asked on: back there. */
  from: string
  typed: Record<string, string>
  errors: FieldErrors
}

/** First the other one is searched, then chosen: whoever lives with this person, or with whom this person lives. */
export function LivesPage({
  t,
  profile,
  from,
  typed,
  errors,
  query,
  found,
  today,
  act,
}: ActProps & { query: string; found: readonly SearchResult[]; today: string; act: 'add' | 'move' }) {
  const name = nameOf(profile, t).main
  const own = `/people/${whoName(profile.who)}/household`
  const back = `/people/${from}/household`
  const offered = [
    ...found.map((each) => ({
      value: whoName({ voter_id: each.voter?.voter_id ?? null, person_id: each.person?.person_id ?? null }),
      label: [nameOf(each, t).main, nameOf(each, t).other].filter(Boolean).join(' '),
      hint: hintOf(t, each, today),
    })),
    ...profile.neighbours
      .filter(({ shares }) => shares === 'phone')
      .map((each) => ({
        value: whoName(each),
        label: shownName(each.name, each.name_hangul, t.language).main,
        hint: t('people.household.phone'),
      })),
  ].filter(
    (each, index, all) =>
      each.value !== whoName(profile.who) && all.findIndex(({ value }) => value === each.value) === index,
  )
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t.dynamic(`households.${act}_title`, { name })}
        lead={t.dynamic(`households.${act}_lead`, { name })}
        back={{ href: back, label: t('people.household') }}
      />
      <FindForm t={t} label={t('households.find')} query={query}>
        <input type="hidden" name="from" value={from} />
      </FindForm>
      {errors[''] && <Alert kind="error" title={t.dynamic(errors[''])} />}
      {query && found.length === 0 && <Alert kind="info">{t('people.search.none', { query })}</Alert>}
      {offered.length > 0 && (
        <form method="post" action={`${own}/${act}?${new URLSearchParams({ from, q: query })}`}>
          <Card>
            <Choices
              t={t}
              legend={t('households.found')}
              name="other"
              kind="radio"
              chosen={[typed.other ?? '']}
              errors={errors}
              options={offered}
            />
            <Reason t={t} typed={typed} errors={errors} />
          </Card>
          <Buttons t={t} back={back} save={t.dynamic(`households.${act}_save`)} />
        </form>
      )}
    </div>
  )
}

function hintOf(t: Translate, { voter, person }: SearchResult, today: string): string {
  const age = ageOf(today, person, voter)
  return [
    age === null ? '' : t('people.age', { age }),
    voter ? addressLine(voter) : t('households.not_in_file'),
    voter?.city ?? '',
  ]
    .filter(Boolean)
    .join(' · ')
}

const Reason = ({ t, typed, errors }: Pick<ActProps, 't' | 'typed' | 'errors'>) => (
  <Field
    t={t}
    typed={typed}
    errors={errors}
    label={t('households.reason')}
    name="reason"
    hint={t('households.reason_hint')}
    maxLength={300}
  />
)

export function ApartPage({ t, profile, from, typed, errors }: ActProps) {
  const name = nameOf(profile, t).main
  const own = `/people/${whoName(profile.who)}/household`
  const back = `/people/${from}/household`
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('households.apart_title', { name })}
        lead={t('households.apart_lead')}
        back={{ href: back, label: t('people.household') }}
        actions={
          <a className="btn" href={`${own}/move?from=${from}`}>
            {t('households.move')}
          </a>
        }
      />
      {errors[''] && <Alert kind="error" title={t.dynamic(errors[''])} />}
      <form method="post" action={`${own}/apart?from=${from}`}>
        <Card>
          <Reason t={t} typed={typed} errors={errors} />
        </Card>
        <Buttons t={t} back={back} save={t('households.apart_save')} />
      </form>
    </div>
  )
}

interface HouseholdsProps extends Omit<Shown, 'today'> {
  households: readonly Listed[]
  total: number
  from: number
  size: number
}

/** Households somebody has said something of. */
export function HouseholdsPage({ t, households, total, from, size, now, time_zone }: HouseholdsProps) {
  const href = (start: number) => `/households?from=${start}`
  return (
    <>
      <PageHead
        title={t('households.tool')}
        lead={t('households.list_lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
      />
      {households.length === 0 ? (
        <EmptyState icon="voters" title={t('households.list_none')}>
          {t('households.list_none_help')}
        </EmptyState>
      ) : (
        <>
          <ul aria-label={t('households.tool')} className="space-y-3">
            {households.map((each) => (
              <ListedHousehold key={each.household_id} {...{ t, each, now, time_zone }} />
            ))}
          </ul>
          <Pagination t={t} from={from} shown={households.length} total={total} size={size} href={href} />
        </>
      )}
    </>
  )
}

function ListedHousehold({ t, each, now, time_zone }: Pick<Shown, 't' | 'now' | 'time_zone'> & { each: Listed }) {
  return (
    <li className="bg-base-100 border-base-300 rounded-box grid gap-x-6 gap-y-1 border p-4 lg:grid-cols-[1.2fr_1.6fr_1fr] lg:items-start">
      <div>
        <h2 className="font-bold">
          <a href={`/households/${each.household_id}`} className="inline-flex min-h-11 items-center break-words">
            {each.name ?? (each.somebody ? t('households.of', { name: each.somebody }) : t('households.unnamed'))}
          </a>
        </h2>
        {each.to_confirm > 0 && <Badge kind="warning">{t('households.to_confirm')}</Badge>}
      </div>
      <p className="break-words whitespace-pre-line lg:py-2">{each.note}</p>
      <dl className="flex flex-wrap gap-x-6 text-sm lg:py-2">
        {[
          { label: t('households.list_by_hand'), value: String(each.by_hand) },
          { label: t('households.list_changed'), value: when(t, each.last_at, now, time_zone) },
        ].map(({ label, value }) => (
          <div key={label} className="flex gap-2">
            <dt>{label}</dt>
            <dd className="font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
