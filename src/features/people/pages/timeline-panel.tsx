import { formatDate, formatDateTime, formatMoney, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, languages, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator, type Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { Unbroken } from '../../../platform/ui/unbroken.tsx'
import '../membership/messages.ts'
import '../sheets/messages.ts'
import type { TimelineEntry } from '../queries.ts'
import type { ShownName } from '../rules.ts'
import { evidenceWords } from '../messages.ts'
import { PersonName } from './person-name.tsx'
import { when } from './profile-panels.tsx'

interface TimelineProps {
  t: Translate
  /** `whose`: where several people's are in one. */
  entries: readonly (TimelineEntry & { whose?: ShownName })[]
  /** Not among them; null: some are not, nobody has counted them. */
  earlier: number | null
  /** Where more of them are. */
  more_href?: string
  title?: string
  now: Date
  time_zone: string
}

const icons: Record<TimelineEntry['kind'], string> = {
  contact: 'phone',
  consent: 'check',
  mark: 'warning',
  mark_taken_back: 'check',
  tag: 'tag',
  change: 'log',
  state: 'file',
  event: 'calendar',
  membership: 'person',
  application: 'person',
  dues: 'check',
  money: 'check',
  reminder: 'mail',
  sign_in: 'sheet',
  text: 'mail',
  mail: 'mail',
  told: 'team',
}

/** Everything that happened with somebody on every channel, newest first. */
export function TimelinePanel({ t, entries, earlier, more_href, title, now, time_zone }: TimelineProps) {
  const named = namesIn(t, entries)
  return (
    <Card title={title ?? t('people.timeline')} id="timeline">
      {entries.length === 0 && <p>{t('people.timeline.none')}</p>}
      <ol className="space-y-4">
        {entries.map((entry, index) => (
          <li key={`${entry.at.getTime()} ${index}`} className="flex gap-3">
            <span className="bg-base-200 mt-0.5 flex size-9 shrink-0 items-center justify-center rounded-full">
              <Icon name={icons[entry.kind]} size={18} />
            </span>
            <div className="min-w-0 flex-1">
              {entry.whose && (
                <p className="text-sm">
                  <PersonName name={entry.whose} is_quiet />
                </p>
              )}
              <Entry t={t} entry={entry} named={named} time_zone={time_zone} />
              <p className="text-sm">
                <time dateTime={entry.at.toISOString()}>{when(t, entry.at, now, time_zone)}</time>
                {entry.by && ` · ${named(entry.by)}`}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {earlier !== 0 && (
        <p className="mt-4 text-sm">
          {earlier === null ? t('people.timeline.earlier_some') : t('people.timeline.earlier', { count: earlier })}{' '}
          {more_href && (
            <a className="link inline-flex min-h-8 items-center" href={more_href}>
              {t('people.timeline.more')}
            </a>
          )}
        </p>
      )}
    </Card>
  )
}

/**
 * Pages of ours act under a name that was written down once, in one language or in both: an event's title, the application. Whoever
 * reads it has it in their own; people keep their names.
 */
function namesIn(t: Translate, entries: readonly TimelineEntry[]): (name: string) => string {
  const titles = entries.flatMap(({ event }) => (event ? [event.title] : []))
  const known = new Map<string, string>(
    titles.flatMap((title) => {
      const here = localized(title, t.language).text
      return [...Object.values(title), titleInAll(title)].map((each): [string, string] => [each, here])
    }),
  )
  known.set(languages.map((each) => translator(each)('apply.title')).join(' · '), t('apply.title'))
  known.set('system', t('people.timeline.by_itself'))
  known.set('reminders', t('people.timeline.by_itself'))
  return (name) => known.get(name) ?? name
}

const titleInAll = (title: LocalizedText): string => Object.values(title).join(' · ')

type Named = (name: string) => string

function Entry({
  t,
  entry,
  named,
  time_zone,
}: {
  t: Translate
  entry: TimelineEntry
  named: Named
  time_zone: string
}) {
  if (entry.told) {
    return (
      <>
        <p className="font-semibold break-words">{entry.told.text}</p>
        {entry.told.detail && <p className="break-words">{entry.told.detail}</p>}
      </>
    )
  }
  if (entry.contact) return <Contact t={t} contact={entry.contact} named={named} />
  if (entry.consent) {
    const channel = t.dynamic(`people.channel.${entry.consent.channel}`)
    return (
      <>
        <p className="font-semibold">
          {entry.consent.is_given
            ? t('people.timeline.gave_consent', { channel })
            : t('people.timeline.took_consent', { channel })}
        </p>
        <p className="break-words">{evidenceWords(t, entry.consent.evidence)}</p>
        {entry.consent.wording && (
          <blockquote className="border-base-300 border-l-4 pl-3 text-sm break-words">
            {entry.consent.wording} {t('people.timeline.wording_version', { version: entry.consent.form_version ?? 1 })}
          </blockquote>
        )}
      </>
    )
  }
  if (entry.mark) {
    const reason = [t.dynamic(`people.why.${entry.mark.reason}`), entry.mark.phone ? formatPhone(entry.mark.phone) : '']
      .filter(Boolean)
      .join(' · ')
    return (
      <>
        <p className="font-semibold">
          {entry.kind === 'mark' ? t('people.timeline.marked', { reason }) : t('people.timeline.unmarked', { reason })}
        </p>
        {entry.kind === 'mark' && entry.mark.note && <p className="break-words">{entry.mark.note}</p>}
      </>
    )
  }
  if (entry.membership) {
    const { standing, kind_name, from_on, note } = entry.membership
    return (
      <>
        <p className="font-semibold">
          {t('membership.timeline', {
            standing: t(`membership.standing.${standing}`),
            kind: localized(kind_name, t.language).text,
          })}
        </p>
        <p className="text-sm">{t('membership.from', { date: formatDate(t.language, from_on) })}</p>
        {note && <p className="break-words">{note}</p>}
      </>
    )
  }
  if (entry.application) {
    const { kind_name, said } = entry.application
    const contact = [said.email, said.phone && formatPhone(said.phone), said.address, said.city, said.zip5]
    return (
      <>
        <p className="font-semibold">
          {t('membership.timeline.applied', { kind: localized(kind_name, t.language).text })}
        </p>
        <p className="text-sm break-words">{contact.filter(Boolean).join(' · ')}</p>
        {said.note && <p className="break-words whitespace-pre-line">{said.note}</p>}
      </>
    )
  }
  if (entry.dues) {
    const { how, until_on, reason } = entry.dues
    return (
      <>
        <p className="font-semibold">{t('membership.timeline.dues', { how: t(`membership.dues.how.${how}`) })}</p>
        {until_on && (
          <p className="text-sm">{t('membership.dues.until', { date: formatDate(t.language, until_on) })}</p>
        )}
        {reason && <p className="break-words">{reason}</p>}
      </>
    )
  }
  if (entry.reminder) {
    const { when: asked, sent_to } = entry.reminder
    return (
      <>
        <p className="font-semibold">{t(`membership.timeline.reminder.${asked}`)}</p>
        <p className="text-sm break-all">{sent_to}</p>
      </>
    )
  }
  if (entry.sign_in) {
    return (
      <>
        <p className="font-semibold">{t('sheets.timeline', { title: entry.sign_in.title })}</p>
        <p className="text-sm">{t('sheets.timeline_line', entry.sign_in)}</p>
      </>
    )
  }
  if (entry.text) {
    const { what, phone, body, state } = entry.text
    return (
      <>
        <p className="font-semibold">{t(`people.timeline.text.${what}`)}</p>
        <p className="text-sm">
          {[phone ? formatPhone(phone) : '', state ? t.dynamic(`people.timeline.text.state.${state}`) : '']
            .filter(Boolean)
            .join(' · ')}
        </p>
        {body && <p className="break-words">{body}</p>}
      </>
    )
  }
  if (entry.mail) {
    const { subject, sent_to, language } = entry.mail
    return (
      <>
        <p className="font-semibold break-words">
          {t('people.timeline.mail')}: <span lang={language}>{subject}</span>
        </p>
        <p className="text-sm break-all">{sent_to}</p>
      </>
    )
  }
  if (entry.money) {
    const { kind, amount_cents, what } = entry.money
    const amount = formatMoney(Math.abs(amount_cents))
    return (
      <>
        <p className="font-semibold">
          {kind === 'payment'
            ? t('membership.timeline.paid', { amount })
            : kind === 'refund'
              ? t('membership.timeline.refunded', { amount })
              : t('membership.timeline.void', { amount })}
        </p>
        <p className="text-sm">
          <Unbroken text={localized(what, t.language).text} />
        </p>
      </>
    )
  }
  if (entry.tag) return <p className="font-semibold">{t('people.timeline.tagged', { tag: entry.tag })}</p>
  if (entry.event) {
    return (
      <>
        <p className="font-semibold">{t.dynamic(`people.timeline.event.${entry.event.what}`)}</p>
        <p className="break-words">
          <a href={`/events/${entry.event.event_id}`}>{localized(entry.event.title, t.language).text}</a>{' '}
          <span className="text-sm">{formatDateTime(t.language, entry.event.starts_at, time_zone)}</span>
        </p>
      </>
    )
  }
  if (entry.change) {
    return (
      <>
        <p className="font-semibold">{t.dynamic(`people.timeline.${entry.change.action}`)}</p>
        <Differences t={t} before={entry.change.before} after={entry.change.after} />
      </>
    )
  }
  if (entry.state) {
    return (
      <>
        <p className="font-semibold">{t.dynamic(`people.timeline.state.${entry.state.kind}`)}</p>
        <Differences t={t} before={entry.state.before} after={entry.state.after} />
      </>
    )
  }
  return null
}

function Contact({
  t,
  contact,
  named,
}: {
  t: Translate
  contact: NonNullable<TimelineEntry['contact']>
  named: Named
}) {
  const facts = [
    t.dynamic(`people.channel.${contact.channel}`),
    contact.phone ? formatPhone(contact.phone) : '',
    contact.language ? t('people.timeline.in', { language: languageNames[contact.language] ?? contact.language }) : '',
    contact.phone_bank ? localized(contact.phone_bank, t.language).text : '',
  ].filter(Boolean)
  return (
    <>
      <p className={`font-semibold ${contact.is_undone ? 'line-through' : ''}`}>
        {contact.result_name ? localized(contact.result_name, t.language).text : contactText(t, contact)}
      </p>
      {contact.is_undone && <Badge>{t('people.timeline.undone')}</Badge>}
      <p className="text-sm">{facts.join(' · ')}</p>
      {contact.note && <p className="break-words">{named(contact.note)}</p>}
      {contact.answers.length > 0 && (
        <dl className="border-base-300 mt-1 space-y-1 border-l-4 pl-3 text-sm">
          {contact.answers.map((answer) => (
            <div key={answer.question}>
              <dt>{questionText(t, answer)}</dt>
              <dd className="font-semibold">{answerText(t, answer)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

function contactText(t: Translate, { form, disposition }: NonNullable<TimelineEntry['contact']>): string {
  if (!form) return resultText(t, disposition)
  return form.is_petition
    ? t('people.timeline.signed', { form: form.name })
    : t('people.timeline.answered', { form: form.name })
}

type Answer = NonNullable<TimelineEntry['contact']>['answers'][number]

/** Whether they come to an event is asked without a script too, then by the words of the event's call list. */
const confirming = 'event_confirm'

function questionText(t: Translate, { question, label }: Answer): string {
  if (label) return localized(label, t.language).text
  return question === confirming ? t('people.timeline.confirm') : question
}

function answerText(t: Translate, { question, label, value, choices }: Answer): string {
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no')
  if (!label && question === confirming && typeof value === 'string')
    return t.dynamic(`people.timeline.confirm.${value}`)
  const one = (given: unknown): string => {
    const key = typeof given === 'string' || typeof given === 'number' ? String(given) : ''
    const label = choices[key]
    return label ? localized(label, t.language).text : key
  }
  return Array.isArray(value) ? value.map(one).join(', ') : one(value)
}

/** What was and what is: only fields with names people know, others by their values. */
function Differences({
  t,
  before,
  after,
}: {
  t: Translate
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (field) => field in shownFields,
  )
  if (fields.length === 0) return null
  return (
    <ul className="text-sm">
      {fields.map((field) => {
        const [was, is] = [fieldText(t, field, before?.[field]), fieldText(t, field, after?.[field])]
        // A change of the name tells all its parts.
        if (was === is || (!was && !is)) return null
        return (
          <li key={field} className="break-words">
            {t.dynamic(shownFields[field] ?? '')}: {was && <del>{was}</del>} {was && is && '→'}{' '}
            {is && <ins className="font-semibold no-underline">{is}</ins>}
          </li>
        )
      })}
    </ul>
  )
}

/** Fields of our rows and of voter_change, with their names on the profile. */
const shownFields: Readonly<Record<string, string>> = {
  state_voter_id: 'people.found_by.state_id',
  last_name: 'people.last_name',
  first_name: 'people.first_name',
  middle_name: 'people.middle_name',
  suffix: 'people.suffix',
  name_hangul: 'people.name_hangul',
  preferred_title: 'people.preferred_title',
  birth_year: 'people.birth_year',
  sex: 'people.sex',
  language: 'people.language',
  second_language: 'people.second_language',
  community: 'people.community',
  address: 'people.street',
  house_number: 'people.house_number',
  street: 'people.street_name',
  unit: 'people.unit',
  city: 'people.city',
  county: 'people.county',
  zip5: 'people.zip5',
  cd: 'people.district.cd',
  sd: 'people.district.sd',
  ad: 'people.district.ad',
  ed: 'people.district.ed',
  precinct: 'people.precinct',
  phone: 'people.phone',
  email: 'people.channel.email',
  party: 'people.party',
  status: 'people.status',
  reason: 'people.timeline.reason',
}

function fieldText(t: Translate, field: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  const text = String(value)
  if (field === 'phone') return formatPhone(text)
  if (field === 'language' || field === 'second_language') return languageNames[text] ?? text
  if (field === 'sex') return t.dynamic(`people.sex.${text}`)
  if (field === 'party' && /^(dem|rep|con|wor|gre|lib|ind|oth|none)$/.test(text))
    return t.dynamic(`people.party.${text}`)
  if (field === 'status' && statuses.has(text)) return t.dynamic(`people.status.${text}`)
  if (field === 'community') return t.dynamic(text === 'other' ? 'people.community.other' : `community.${text}`)
  return text
}

const statuses = new Set(['active', 'inactive', 'military', 'federal', 'overseas', 'purged', 'preregistered'])

/** Results with words of their own here; the list itself is the contacts room's, which stands above this one. */
/** A result in words; of other rooms' codes only that something came of it. */
export const resultText = (t: Translate, disposition: string): string =>
  t.dynamic(`people.result.${results.has(disposition) ? disposition : 'other'}`)

const results = new Set(
  'canvassed no_answer left_message call_back refused wrong_number disconnected language_barrier do_not_call busy not_available moved deceased hostile'.split(
    ' ',
  ),
)
