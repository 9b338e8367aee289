import type { Translate } from '../../../platform/i18n/messages.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import { Badge } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { explainCommunity } from '../../voterfile/community/explain.ts'
import { evidenceWords } from '../messages.ts'
import type { ContactAnswer } from '../consent.ts'
import type { Profile } from '../queries.ts'
import { ageOf, whoName } from '../rules.ts'
import { channels, type Channel, type NoContact } from '../schema.ts'
import { nameOf } from './person-name.tsx'

interface ProfileHeadProps {
  t: Translate
  profile: Profile
  today: string
  time_zone: string
  may_edit: boolean
  may_merge: boolean
}

/** Who it is, how to address them, and whether one may call: what a caller needs in the first second. */
export function ProfileHead({ t, profile, today, time_zone, may_edit, may_merge }: ProfileHeadProps) {
  const { voter, person } = profile
  const name = nameOf(profile, t)
  const age = ageOf(today, person, voter)
  const guesses =
    voter && !person?.name_hangul
      ? explainCommunity(voter.last_name, voter.first_name ?? '', voter.middle_name ?? '')
          .hangul.filter((guess) => guess.given)
          .slice(0, 2)
      : []
  const facts = [
    age === null ? '' : t('people.age', { age }),
    voter ? t.dynamic(`people.party.${voter.party}`) : t('people.not_in_file'),
  ].filter(Boolean)
  return (
    <header className="mb-6">
      <a href="/voters" className="mb-2 inline-flex min-h-8 items-center gap-1 text-sm">
        ← {t('people.search.title')}
      </a>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-2xl font-bold break-words sm:text-3xl">
            <span lang={name.main_language}>{name.main}</span>
            {person?.preferred_title && <span className="ml-2 text-xl font-semibold">{person.preferred_title}</span>}
          </h1>
          {name.other && (
            <p className="text-lg" lang={name.main_language === 'ko' ? 'en' : 'ko'}>
              {name.other}
            </p>
          )}
          {guesses.length > 0 && (
            <p className="mt-1" title={t('people.guess_note')}>
              {t('people.guess', { hangul: guesses.map(({ hangul }) => hangul).join(', ') })}
            </p>
          )}
          <p className="mt-2">{facts.join(' · ')}</p>
          <div className="mt-3 flex flex-wrap gap-2">
            {person?.language && <Badge kind="info">{languageNames[person.language] ?? person.language}</Badge>}
            {person?.second_language && (
              <Badge>{languageNames[person.second_language] ?? person.second_language}</Badge>
            )}
            {voter && voter.gone_in !== null && <Badge kind="warning">{t('people.status.gone')}</Badge>}
            {voter && voter.gone_in === null && voter.status !== 'active' && (
              <Badge kind="warning">{t.dynamic(`people.status.${voter.status}`)}</Badge>
            )}
          </div>
        </div>
        {may_edit && (
          <p className="flex flex-wrap gap-2 print:hidden">
            <a className="btn btn-primary" href={`/people/${whoName(profile.who)}/edit`}>
              {t('people.edit')}
            </a>
            <a className="btn" href={`/people/${whoName(profile.who)}/mark`}>
              {t('people.marks')}
            </a>
            {may_merge && person && (
              <a className="btn btn-ghost" href={`/people/${whoName(profile.who)}/same`}>
                {t('merge.same')}
              </a>
            )}
          </p>
        )}
      </div>
      <ul className="mt-4 grid grid-cols-2 gap-2 lg:grid-cols-4">
        {channels.map((channel) => (
          <MayContact key={channel} t={t} channel={channel} answer={profile.answers[channel]} time_zone={time_zone} />
        ))}
      </ul>
    </header>
  )
}

/** One channel: open, closed by somebody's word, or not to be used yet. Words and sign, never colour alone. */
function MayContact({
  t,
  channel,
  answer,
  time_zone,
}: {
  t: Translate
  channel: Channel
  answer: ContactAnswer
  time_zone: string
}) {
  const { reason, since, evidence, said_by } = answer
  const isMissing = reason !== null && missing.includes(reason)
  const look = reason ? (isMissing ? 'border-base-300 border-dashed' : 'border-error') : 'border-success'
  return (
    <li className={`bg-base-100 flex gap-2 rounded-lg border-2 p-3 ${look}`}>
      {!isMissing && (
        <span className={reason ? 'text-error' : 'text-success'}>
          <Icon name={reason ? 'warning' : 'check'} />
        </span>
      )}
      <span className="min-w-0">
        <span className="block font-semibold">
          {isMissing
            ? t.dynamic(`people.channel.${channel}`)
            : t.dynamic(reason ? `people.may_not.${channel}` : `people.may.${channel}`)}
        </span>
        {reason && <span className="block text-sm">{whyNot(t, channel, reason)}</span>}
        {reason === 'paused' && evidence && (
          <span className="block text-sm">
            {t('people.why.paused_until', { day: formatDate(t.language, evidence) })}
          </span>
        )}
        {reason && reason !== 'paused' && !isMissing && since && (
          <span className="block text-sm break-words">
            {t('people.why.said', { by: said_by ?? '', at: formatDateTime(t.language, since, time_zone) })}
            {evidence && ` (${evidenceWords(t, evidence)})`}{' '}
            <a href={reason === 'opted_out' ? '#consent' : '#marks'} className="link whitespace-nowrap">
              {t('people.why.see')}
            </a>
          </span>
        )}
      </span>
    </li>
  )
}

/** Nobody closed it: something is missing. */
const missing: readonly NoContact[] = [
  'no_address',
  'bouncing',
  'suppressed',
  'no_consent',
  'not_a_voter',
  'no_rule',
  'unknown',
]

const ofChannel: readonly NoContact[] = ['no_address', 'opted_out', 'no_consent']

/** In words; some say which channel. */
export const whyNot = (t: Translate, channel: Channel, reason: NoContact): string =>
  t.dynamic(`people.why.${reason}${ofChannel.includes(reason) ? `.${channel}` : ''}`)
