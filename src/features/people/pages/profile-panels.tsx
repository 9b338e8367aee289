import { AddressList } from '../addresses/pages.tsx'
import type { ReactNode } from 'react'
import { dateIn } from '../../../platform/clock.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatAgo, formatDate, formatDateTime, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, FieldError } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { EstimatePanel } from './estimate-panel.tsx'
import { evidenceWords } from '../messages.ts'
import type { Profile } from '../queries.ts'
import { addressLine, inverseKind, profilePath, romanName, shownName, whoName } from '../rules.ts'
import { channels, personReasons } from '../schema.ts'
import { PersonName } from './person-name.tsx'
import { whyNot } from './profile-head.tsx'
import { isCostly } from '../../voterfile/rules/costly.ts'
import { PhoneLink } from '../phone-link.tsx'

export interface PanelProps {
  t: Translate
  profile: Profile
  may_edit: boolean
  now: Date
  time_zone: string
}

/** Numbers and mailboxes, ours first, then those of the voter file. */
export function ContactPanel({ t, profile, may_edit }: PanelProps) {
  const base = `/people/${whoName(profile.who)}`
  const { phones, emails } = profile
  const fromFile = profile.voter_phones.filter(({ phone }) => !phones.some((own) => own.phone === phone))
  return (
    <Card title={t('people.contact')} id="contact">
      {phones.length + fromFile.length === 0 && <p className="mb-3">{t('people.phones.none')}</p>}
      <ul className="divide-base-300 divide-y">
        {phones.map((each) => (
          <NumberLine
            key={each.phone}
            {...{ t, profile, may_edit }}
            phone={each.phone}
            kind={each.kind}
            quality={each.quality}
            is_preferred={each.is_preferred}
            // A caller's result leaves a code, everything else a name.
            source={
              each.source === 'call'
                ? t('people.phone.from_call')
                : t('people.phone.from_us', { source: sourceWords(t, each.source) })
            }
          />
        ))}
        {fromFile.map((each) => (
          <NumberLine
            key={each.phone}
            {...{ t, profile, may_edit }}
            phone={each.phone}
            kind={each.kind}
            quality="unknown"
            is_preferred={false}
            source={[
              t('people.phone.from_file', { source: each.source, date: formatDate(t.language, each.received_on) }),
              t(`people.phone.matched_by.${each.matched_by}`),
              t('people.phone.rated', { quality: each.quality }),
            ].join(' · ')}
          />
        ))}
        {emails.map((each) => (
          <li key={each.email} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <a href={`mailto:${each.email}`} className="min-w-0 font-semibold break-all">
              {each.email}
            </a>
            <Badge kind={each.quality === 'good' ? 'success' : each.quality === 'unknown' ? 'neutral' : 'error'}>
              {t.dynamic(`people.quality.${each.quality}`)}
            </Badge>
            {each.is_preferred && <Badge kind="info">{t('people.phone.preferred')}</Badge>}
            {may_edit && (
              <a
                href={`${base}/email?email=${encodeURIComponent(each.email)}`}
                className="ml-auto inline-flex min-h-11 items-center text-sm"
              >
                {t('action.edit')}
                <span className="sr-only"> {each.email}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      <AddressList t={t} profile={profile} may_edit={may_edit} />
      {may_edit && (
        <p className="mt-4 flex flex-wrap gap-2 print:hidden">
          <a className="btn" href={`${base}/phone`}>
            <Icon name="phone" /> {t('people.phone.add')}
          </a>
          <a className="btn" href={`${base}/email`}>
            <Icon name="mail" /> {t('people.email.add')}
          </a>
          <a className="btn" href={`${base}/address`}>
            <Icon name="home" /> {t('addresses.add')}
          </a>
        </p>
      )}
    </Card>
  )
}

/** Whoever noted a number; a sheet that was brought in is named so in the data. */
function sourceWords(t: Translate, source: string): string {
  const sheet = /^import: (.+)$/s.exec(source)?.[1]
  return sheet ? t('people.from_sheet', { name: sheet }) : source
}

interface NumberLineProps {
  t: Translate
  profile: Profile
  may_edit: boolean
  phone: string
  kind: string
  quality: string
  is_preferred: boolean
  source: string
}

function NumberLine({ t, profile, may_edit, phone, kind, quality, is_preferred, source }: NumberLineProps) {
  const base = `/people/${whoName(profile.who)}`
  const closed = profile.marks.find((mark) => mark.phone === phone && mark.taken_back_at === null)
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {closed ? <s className="tabular-nums">{formatPhone(phone)}</s> : <PhoneLink phone={phone} />}
        {closed ? (
          <Badge kind="error">{t.dynamic(`people.why.${closed.reason}`)}</Badge>
        ) : (
          <Badge kind={quality === 'good' ? 'success' : quality === 'unknown' ? 'neutral' : 'error'}>
            {t.dynamic(`people.quality.${quality}`)}
          </Badge>
        )}
        {isCostly(phone) && <Badge kind="warning">{t('people.phone.costly')}</Badge>}
        {is_preferred && <Badge kind="info">{t('people.phone.preferred')}</Badge>}
        {may_edit && (
          <span className="ml-auto flex gap-3 text-sm print:hidden">
            <a href={`${base}/phone?phone=${encodeURIComponent(phone)}`} className="inline-flex min-h-11 items-center">
              {t('action.edit')}
              <span className="sr-only"> {formatPhone(phone)}</span>
            </a>
            {!closed && (
              <a
                href={`${base}/number?phone=${encodeURIComponent(phone)}`}
                className="inline-flex min-h-11 items-center"
              >
                {t('people.phone.mark')}
                <span className="sr-only"> {formatPhone(phone)}</span>
              </a>
            )}
          </span>
        )}
      </div>
      <p className="text-sm">
        {[kind === 'unknown' ? '' : t.dynamic(`people.phone_kind.${kind}`), source].filter(Boolean).join(' · ')}
      </p>
    </li>
  )
}

/** What the state says and what we learned, side by side; neither ever hides the other. */
export function KnownPanel({ t, profile, may_edit, time_zone }: PanelProps) {
  const { voter, person } = profile
  const rows: { label: string; state: ReactNode; ours: ReactNode }[] = [
    {
      label: t('people.name'),
      state: voter && <span lang="en">{[romanName(voter), voter.suffix].filter(Boolean).join(' ')}</span>,
      ours: person && (person.last_name ?? person.first_name) ? <span lang="en">{romanName(person)}</span> : null,
    },
    {
      label: t('people.name_hangul'),
      state: null,
      ours: person?.name_hangul && <span lang="ko">{person.name_hangul}</span>,
    },
    { label: t('people.preferred_title'), state: null, ours: person?.preferred_title },
    {
      label: voter?.birth_date ? t('people.birth_date') : t('people.birth_year'),
      state: voter?.birth_date
        ? formatDate(t.language, voter.birth_date)
        : voter?.birth_year && t('people.born', { year: String(voter.birth_year) }),
      ours: person?.birth_year && t('people.born', { year: String(person.birth_year) }),
    },
    {
      label: t('people.sex'),
      state: voter?.sex && t.dynamic(`people.sex.${voter.sex}`),
      ours: person?.sex && t.dynamic(`people.sex.${person.sex}`),
    },
    {
      label: t('people.language'),
      state: null,
      ours: [person?.language, person?.second_language]
        .filter((code) => typeof code === 'string')
        .map((code) => languageNames[code] ?? code)
        .join(', '),
    },
    {
      label: t('people.community'),
      state: null,
      ours: person?.community && (
        <>
          {t.dynamic(person.community === 'other' ? 'people.community.other' : `community.${person.community}`)}{' '}
          <span className="text-sm">({t('people.community.stated')})</span>
        </>
      ),
    },
    {
      label: t('people.address'),
      state: voter?.street && (
        <span lang="en">{[addressLine(voter), voter.city, voter.zip5].filter(Boolean).join(', ')}</span>
      ),
      ours: person?.address && (
        <span lang="en">{[person.address, person.city, person.zip5].filter(Boolean).join(', ')}</span>
      ),
    },
    ...(voter
      ? [
          { label: t('people.party'), state: t.dynamic(`people.party.${voter.party}`), ours: null },
          {
            label: t('people.status'),
            state: t.dynamic(`people.status.${voter.gone_in === null ? voter.status : 'gone'}`),
            ours: null,
          },
          {
            label: t('people.registered_on'),
            state: voter.registered_on && formatDate(t.language, voter.registered_on),
            ours: null,
          },
          {
            label: t(voter.id_kind === null ? 'people.found_by.state_id' : 'people.city_number'),
            state:
              voter.id_kind === null ? (
                <span className="tabular-nums">{voter.state_voter_id}</span>
              ) : (
                <>
                  <span className="tabular-nums">{voter.county_voter_id}</span>{' '}
                  <span className="block text-sm">
                    {t(voter.unmatched_in === null ? 'people.city_number.waiting' : 'people.city_number.unmatched')}
                  </span>
                  {profile.perhaps.length > 0 && (
                    <span className="block text-sm">
                      {t('people.city_number.perhaps')}{' '}
                      {profile.perhaps.map((other, at) => (
                        <span key={other.voter_id}>
                          {at > 0 && ' · '}
                          <a className="link" href={`/voters/${other.voter_id}`}>
                            {[other.first_name, other.last_name].filter(Boolean).join(' ')},{' '}
                            {[other.house_number, other.street, other.unit].filter(Boolean).join(' ')}
                          </a>
                        </span>
                      ))}
                    </span>
                  )}
                </>
              ),
            ours: null,
          },
        ]
      : []),
    ...profile.custom_fields.map((field) => ({
      label: localized(field.label, t.language).text,
      state: null,
      ours: customValue(t, field, person?.custom[field.key]),
    })),
  ].filter((row) => row.state || row.ours)
  return (
    <Card
      title={t('people.known')}
      id="known"
      actions={
        may_edit && (
          <a
            href={`/people/${whoName(profile.who)}/edit`}
            className="inline-flex min-h-11 items-center text-sm print:hidden"
          >
            {t('people.edit')}
          </a>
        )
      }
    >
      <dl className="divide-base-300 divide-y">
        {rows.map((row) => (
          <div key={row.label} className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[10rem_1fr]">
            <dt className="text-sm sm:pt-0.5">{row.label}</dt>
            <dd className="min-w-0 break-words">
              {row.ours && (
                <span className="block font-semibold">
                  {row.ours}
                  {row.state && <span className="ml-2 text-sm font-normal">{t('people.known.ours')}</span>}
                </span>
              )}
              {row.state && (
                <span className={row.ours ? 'block text-sm' : 'block'}>
                  {row.state}
                  {row.ours && <span className="ml-2">({t('people.known.states')})</span>}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {voter && !person?.community && <EstimatePanel {...{ t, profile, voter, may_edit, time_zone }} />}
    </Card>
  )
}

/** What somebody has in a field of the organization's own, in words; '' where nothing. */
export function customValue(
  t: Translate,
  field: {
    kind: Profile['custom_fields'][number]['kind']
    choices: readonly Profile['custom_fields'][number]['choices'][number][]
  },
  value: unknown,
): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no')
  if (field.kind === 'date' && typeof value === 'string') return formatDate(t.language, value)
  const choice = field.choices.find((each) => each.value === value)
  if (choice) return localized(choice.label, t.language).text
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

interface RefusedForm {
  typed: Record<string, string>
  errors: FieldErrors
}

export function TagsPanel({
  t,
  profile,
  may_edit,
  tags,
  typed,
  errors,
}: PanelProps & RefusedForm & { tags: readonly string[] }) {
  const base = `/people/${whoName(profile.who)}`
  const free = tags.filter((tag) => !profile.tags.some((each) => each.tag === tag))
  return (
    <Card title={t('people.tags')} id="tags">
      {profile.tags.length === 0 && <p className="mb-3">{t('people.tags.none')}</p>}
      <ul className="mb-3 flex flex-wrap gap-2">
        {profile.tags.map(({ tag }) => (
          <li key={tag} className="border-base-300 bg-base-200 flex items-center rounded-full border pl-3">
            <span className={may_edit ? 'min-w-0' : 'min-w-0 pr-3'}>{tag}</span>
            {may_edit && (
              <form method="post" action={`${base}/tags/remove`}>
                <input type="hidden" name="tag" value={tag} />
                <button
                  className="min-h-11 min-w-11 cursor-pointer rounded-full"
                  aria-label={t('people.tag.remove', { tag })}
                >
                  ×
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {may_edit && (
        <form method="post" action={`${base}/tags`} className="print:hidden">
          <label htmlFor="tag" className="mb-1 block text-sm font-semibold">
            {t('people.tag.label')}
          </label>
          <div className="flex gap-2">
            <input
              id="tag"
              name="tag"
              list="known-tags"
              required
              maxLength={60}
              autoComplete="off"
              defaultValue={typed.tag}
              aria-invalid={errors.tag ? true : undefined}
              aria-describedby={errors.tag ? 'tag-hint tag-error' : 'tag-hint'}
              className="input w-full min-w-0 text-base"
            />
            <datalist id="known-tags">
              {free.map((tag) => (
                <option key={tag} value={tag} />
              ))}
            </datalist>
            <button className="btn">{t('people.tag.add')}</button>
          </div>
          <FieldError t={t} name="tag" errors={errors} />
          <p id="tag-hint" className="mt-1 text-sm">
            {t('people.tag.hint')}
          </p>
        </form>
      )}
    </Card>
  )
}

export function NotesPanel({ t, profile, may_edit, now, time_zone, typed, errors }: PanelProps & RefusedForm) {
  const base = `/people/${whoName(profile.who)}`
  return (
    <Card title={t('people.notes')} id="notes">
      <ul className="mb-4 space-y-3">
        {profile.notes.map((note) => (
          <li key={note.note_id} className="border-accent border-l-4 pl-3">
            <p className="break-words whitespace-pre-line">{note.body}</p>
            <div className="flex flex-wrap items-center gap-x-3 text-sm">
              <span>{t('people.by', { name: note.written_by, when: when(t, note.written_at, now, time_zone) })}</span>
              {may_edit && (
                <form method="post" action={`${base}/notes/${note.note_id}/remove`} className="print:hidden">
                  <button className="min-h-11 cursor-pointer underline">{t('people.note.remove')}</button>
                </form>
              )}
            </div>
          </li>
        ))}
      </ul>
      {may_edit && (
        <form method="post" action={`${base}/notes`} className="print:hidden">
          <label htmlFor="body" className="mb-1 block text-sm font-semibold">
            {t('people.note.label')}
          </label>
          <textarea
            id="body"
            name="body"
            rows={3}
            required
            maxLength={5000}
            defaultValue={typed.body}
            aria-invalid={errors.body ? true : undefined}
            aria-describedby={errors.body ? 'body-hint body-error' : 'body-hint'}
            className="textarea w-full text-base"
          />
          <FieldError t={t} name="body" errors={errors} />
          <p id="body-hint" className="mt-1 mb-2 text-sm">
            {t('people.note.hint')}
          </p>
          <button className="btn">{t('people.note.add')}</button>
        </form>
      )}
    </Card>
  )
}

export function ConsentPanel({ t, profile, may_edit, now, time_zone }: PanelProps) {
  const base = `/people/${whoName(profile.who)}`
  const earlier = profile.consents.filter(
    (each) => profile.consents.find(({ channel }) => channel === each.channel) !== each,
  )
  return (
    <Card title={t('people.consent')} lead={t('people.consent.lead')} id="consent">
      <dl className="divide-base-300 divide-y">
        {channels.map((channel) => {
          const last = profile.consents.find((each) => each.channel === channel)
          const { reason, since, evidence, said_by } = profile.answers[channel]
          const isMark = reason !== null && personReasons.some((each) => each === reason)
          return (
            <div key={channel} className="grid grid-cols-[6.5rem_1fr] gap-2 py-2">
              <dt>
                {t.dynamic(`people.channel.${channel}`)}
                {may_edit && (
                  <a
                    className="link flex min-h-11 items-center text-sm print:hidden"
                    href={`${base}/consent?channel=${channel}`}
                    aria-label={t('people.consent.record_for', { channel: t.dynamic(`people.channel.${channel}`) })}
                  >
                    {t('people.consent.record_short')}
                  </a>
                )}
              </dt>
              <dd>
                <span className="block font-semibold">
                  {reason === 'no_consent' && !last
                    ? t('people.consent.unasked')
                    : reason
                      ? t('people.consent.closed', { why: whyNot(t, channel, reason) })
                      : t.dynamic(`people.may.${channel}`)}
                </span>
                {isMark && since && (
                  <span className="block text-sm">
                    {evidence && `${evidence} · `}
                    {t('people.by', { name: said_by ?? '', when: when(t, since, now, time_zone) })}
                  </span>
                )}
                {last ? (
                  <>
                    <span className={`font-semibold ${last.is_given ? 'text-success' : 'text-error'}`}>
                      {last.is_given ? t('people.consent.yes') : t('people.consent.no')}
                    </span>
                    <span className="block text-sm">
                      {evidenceWords(t, last.evidence)} ·{' '}
                      {t('people.by', { name: last.recorded_by, when: when(t, last.recorded_at, now, time_zone) })}
                    </span>
                  </>
                ) : (
                  reason !== 'no_consent' && t('people.consent.unasked')
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      {earlier.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-8 cursor-pointer text-sm">{t('people.consent.history')}</summary>
          <ul className="mt-1 space-y-1 text-sm">
            {earlier.map((each) => (
              <li key={each.consent_id}>
                {t.dynamic(`people.channel.${each.channel}`)}:{' '}
                {each.is_given ? t('people.consent.yes') : t('people.consent.no')} · {evidenceWords(t, each.evidence)} ·{' '}
                {t('people.by', { name: each.recorded_by, when: when(t, each.recorded_at, now, time_zone) })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {may_edit && (
        <a className="btn mt-3 print:hidden" href={`${base}/consent`}>
          {t('people.consent.record')}
        </a>
      )}
    </Card>
  )
}

export function MarksPanel({ t, profile, may_edit, now, time_zone }: PanelProps) {
  const base = `/people/${whoName(profile.who)}`
  const current = profile.marks.some((mark) => mark.taken_back_at === null)
  const isRefused = channels.some((channel) => profile.answers[channel].reason === 'opted_out')
  return (
    <Card title={t('people.marks')} lead={t('people.marks.lead')} id="marks">
      {!current && <p className="mb-2">{t(isRefused ? 'people.marks.none_but_refused' : 'people.marks.none')}</p>}
      <ul className="divide-base-300 divide-y">
        {profile.marks.map((mark) => (
          <li key={mark.suppression_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <div className="min-w-0 flex-1 basis-56">
              <p className={mark.taken_back_at ? 'line-through' : 'text-error font-semibold'}>
                {t.dynamic(`people.why.${mark.reason}`)}
                {mark.phone && ` · ${formatPhone(mark.phone)}`}
              </p>
              {mark.note && <p className="break-words">{mark.note}</p>}
              <p className="text-sm">
                {t('people.mark.by', { name: mark.marked_by, when: when(t, mark.marked_at, now, time_zone) })}
              </p>
              {mark.taken_back_at && (
                <p className="text-sm">
                  {t('people.mark.taken_back', {
                    name: mark.taken_back_by ?? '',
                    when: when(t, mark.taken_back_at, now, time_zone),
                  })}
                </p>
              )}
            </div>
            {may_edit && !mark.taken_back_at && (
              <form method="post" action={`${base}/marks/${mark.suppression_id}/take-back`} className="print:hidden">
                <button className="btn">{t('people.mark.take_back')}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {may_edit && (
        <a className="btn mt-3 print:hidden" href={`${base}/mark`}>
          <Icon name="warning" /> {t('people.mark.add')}
        </a>
      )}
    </Card>
  )
}

export function HouseholdPanel({ t, profile, may_edit }: PanelProps) {
  const base = `/people/${whoName(profile.who)}`
  return (
    <Card title={t('people.household')} id="household">
      {profile.home.by_hand && (
        <p className="mb-2 text-sm">
          {profile.home.is_to_confirm
            ? t('people.household.to_confirm')
            : profile.home.by_hand.says === 'apart'
              ? t('people.household.apart')
              : t('people.household.by_hand')}
        </p>
      )}
      {profile.neighbours.length === 0 ? (
        <p>{t('people.household.none')}</p>
      ) : (
        <ul className="divide-base-300 divide-y">
          {profile.neighbours.map((each) => (
            <li key={each.voter_id ?? each.person_id} className="py-1">
              <a href={profilePath(each)} className="inline-flex min-h-9 items-center font-semibold">
                <PersonName name={shownName(each.name, each.name_hangul, t.language)} is_quiet />
              </a>
              <span className="ml-2 text-sm">
                {[
                  each.birth_year === null ? '' : t('people.born', { year: String(each.birth_year) }),
                  each.party ? t.dynamic(`people.party.${each.party}`) : '',
                  each.shares === 'phone' ? t('people.household.phone') : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {profile.neighbours.length >= 30 && <p className="mt-2 text-sm">{t('people.household.many', { shown: 30 })}</p>}
      <a className="btn mt-2 print:hidden" href={`${base}/household`}>
        {t('people.household.open')}
      </a>
      <h3 className="mt-4 mb-1 font-bold">{t('people.related')}</h3>
      {profile.related.length === 0 && <p>{t('people.related.none')}</p>}
      <ul className="divide-base-300 divide-y">
        {profile.related.map((each) => (
          <li key={each.relationship_id} className="flex flex-wrap items-center gap-x-3 py-1">
            <span className="text-sm">{t.dynamic(kindKey(each.kind, each.is_inverse))}</span>
            <a href={profilePath(each.other)} className="font-semibold">
              <PersonName name={shownName(each.other.name, each.other.name_hangul, t.language)} is_quiet />
            </a>
            {each.note && <span className="text-sm">{each.note}</span>}
            {may_edit && (
              <form
                method="post"
                action={`${base}/related/${each.relationship_id}/remove`}
                className="ml-auto print:hidden"
              >
                <button className="min-h-11 min-w-11 cursor-pointer" aria-label={t('people.related.remove')}>
                  ×
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {may_edit && (
        <a className="btn mt-3 print:hidden" href={`${base}/related`}>
          {t('people.related.add')}
        </a>
      )}
    </Card>
  )
}

const kindKey = (kind: keyof typeof inverseKind, is_inverse: boolean): string =>
  is_inverse
    ? inverseKind[kind]
      ? `people.kind.${inverseKind[kind]}`
      : `people.kind_inverse.${kind}`
    : `people.kind.${kind}`

/** 'just now', hours and days back, then the date itself. */
export function when(t: Translate, at: Date, now: Date, time_zone: string): string {
  const days = (now.getTime() - at.getTime()) / 86_400_000
  if (days < 7) return formatAgo(t.language, at, now)
  return days < 300 ? formatDateTime(t.language, at, time_zone) : formatDate(t.language, dateIn(time_zone, at))
}
