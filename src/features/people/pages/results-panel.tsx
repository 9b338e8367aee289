import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge } from '../../../platform/ui/components.tsx'
import { guessHangul } from '../../voterfile/community/hangul.ts'
import { addressLine, ageOf, profilePath } from '../rules.ts'
import type { SearchResult } from '../search/queries.ts'
import { nameOf, PersonName } from './person-name.tsx'

interface ResultListProps {
  t: Translate
  results: readonly SearchResult[]
  today: string
  is_search?: boolean
}

/** One line a person, all of it a link; the whole list is bordered like one card. */
export function ResultList({ t, results, today, is_search = false }: ResultListProps) {
  return (
    <ul className="bg-base-100 rounded-box border-base-300 divide-base-300 divide-y border">
      {results.map((result) => (
        <li key={result.voter?.voter_id ?? result.person?.person_id}>
          <ResultLine t={t} result={result} today={today} is_search={is_search} />
        </li>
      ))}
    </ul>
  )
}

function ResultLine({
  t,
  result,
  today,
  is_search,
}: {
  t: Translate
  result: SearchResult
  today: string
  is_search: boolean
}) {
  const { voter, person, found_by } = result
  const age = ageOf(today, person, voter)
  // Who searched in Hangul sees why this spelling in Roman letters is an answer.
  const [guess] =
    voter && !person?.name_hangul && found_by === 'hangul'
      ? guessHangul(voter.last_name, voter.first_name ?? '', voter.middle_name ?? '', 1)
      : []
  const address = person?.address ?? (voter ? addressLine(voter) : '')
  const city = person?.address ? person.city : (voter?.city ?? person?.city)
  const facts = [
    age === null ? '' : t('people.age', { age }),
    voter ? t.dynamic(`people.party.${voter.party}`) : t('people.not_in_file'),
    [address, city].filter(Boolean).join(', '),
  ].filter(Boolean)
  const path = profilePath({ voter_id: voter?.voter_id ?? null, person_id: person?.person_id ?? null })
  return (
    <a
      href={path}
      className="hover:bg-base-200 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 no-underline "
    >
      <span className="min-w-0 flex-1 basis-56">
        <span className="text-lg font-semibold break-words">
          <PersonName name={nameOf(result, t)} is_quiet />
          {guess?.given && (
            <span className="ml-2 text-base font-normal" title={t('people.guess_note')}>
              {t('people.guess', { hangul: guess.hangul })}
            </span>
          )}
        </span>
        <span className="block text-sm">{facts.join(' · ')}</span>
      </span>
      <span className="flex flex-wrap items-center gap-2">
        {is_search && found_by !== 'name' && (
          <span className="text-sm">{t.dynamic(`people.found_by.${found_by}`)}</span>
        )}
        {person?.deceased_at && <Badge kind="error">{t('people.why.deceased')}</Badge>}
        {voter && voter.gone_in !== null && <Badge kind="warning">{t('people.status.gone')}</Badge>}
        {voter && voter.gone_in === null && voter.status !== 'active' && (
          <Badge>{t.dynamic(`people.status.${voter.status}`)}</Badge>
        )}
        {person && voter && <Badge kind="info">{t('people.ours')}</Badge>}
      </span>
    </a>
  )
}
