import { formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, PageHead } from '../../../platform/ui/components.tsx'
import type { HouseholdMember } from '../household.ts'
import type { Profile } from '../queries.ts'
import { addressLine, profilePath } from '../rules.ts'
import { whyNot } from './profile-head.tsx'
import { nameOf, PersonName } from './person-name.tsx'
import { when } from './profile-panels.tsx'
import { resultText } from './timeline-panel.tsx'

interface HouseholdPageProps {
  t: Translate
  profile: Profile
  members: readonly HouseholdMember[]
  now: Date
  time_zone: string
}

/** Everybody behind one door or one telephone: what we know, the last contact, who may not be called. */
export function HouseholdPage({ t, profile, members, now, time_zone }: HouseholdPageProps) {
  const { voter } = profile
  const name = nameOf(profile, t)
  return (
    <>
      <PageHead
        title={t('people.household.of', { name: name.main })}
        lead={t('people.household.lead')}
        back={{ href: profilePath(profile.who), label: name.main }}
      />
      {voter?.street && (
        <p lang="en" className="mb-4 text-lg font-semibold">
          {[addressLine(voter), voter.city, voter.zip5].filter(Boolean).join(', ')}
        </p>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {members.map((member) => (
          <li
            key={member.profile.who.voter_id ?? member.profile.who.person_id}
            className="bg-base-100 rounded-box border-base-300 border p-4"
          >
            <Member {...{ t, now, time_zone }} {...member} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Member({
  t,
  profile,
  last_contact,
  now,
  time_zone,
}: HouseholdMember & { t: Translate; now: Date; time_zone: string }) {
  const { voter, person, refusals } = profile
  const birth_year = person?.birth_year ?? voter?.birth_year ?? null
  const facts = [
    birth_year === null ? '' : t('people.born', { year: String(birth_year) }),
    voter ? t.dynamic(`people.party.${voter.party}`) : '',
    person?.language ? (languageNames[person.language] ?? person.language) : '',
    profile.tags.map(({ tag }) => `#${tag}`).join(' '),
  ]
  const phones = [...new Set([...profile.phones, ...profile.voter_phones].map(({ phone }) => phone))]
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <a href={profilePath(profile.who)} className="inline-flex min-h-11 items-center text-lg font-semibold">
          <PersonName name={nameOf(profile, t)} is_quiet />
        </a>
        <Badge kind={refusals.phone ? 'error' : 'success'}>
          {refusals.phone ? whyNot(t, 'phone', refusals.phone) : t('people.household.callable')}
        </Badge>
      </div>
      <p>{facts.filter(Boolean).join(' · ')}</p>
      <p className="tabular-nums">{phones.map(formatPhone).join(', ') || t('people.phones.none')}</p>
      <p className="mt-1 text-sm">
        {last_contact
          ? t('people.household.last_contact', {
              result: resultText(t, last_contact.disposition),
              when: when(t, last_contact.attempted_at, now, time_zone),
            })
          : t('people.household.no_contact')}
      </p>
    </>
  )
}
