import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import type { Candidate } from '../matching/queries.ts'
import type { Profile } from '../queries.ts'
import { addressLine, effectiveName, profilePath, romanName } from '../rules.ts'

interface MatchPanelProps {
  t: Translate
  profile: Profile
  candidates: readonly Candidate[]
  may_edit: boolean
  may_merge: boolean
}

/** The person beside each voter they may be, with what speaks for and against it. */
export function MatchPanel({ t, profile, candidates, may_edit, may_merge }: MatchPanelProps) {
  if (!profile.person || profile.voter || candidates.length === 0) return null
  const { person } = profile
  return (
    <Card title={t('people.match')} lead={t('people.match.lead')} id="match">
      <ul className="space-y-4">
        {candidates.map(({ voter, evidence, taken_by }) => (
          <li key={voter.voter_id} className="border-base-300 rounded-lg border p-3 sm:p-4">
            <div className="grid grid-cols-2 gap-4">
              <Side
                title={t('people.known.ours')}
                name={[person.name_hangul, romanName(effectiveName(person, null))].filter(Boolean).join(' ')}
                born={person.birth_year === null ? '' : t('people.born', { year: String(person.birth_year) })}
                address={[person.address, person.city, person.zip5].filter(Boolean).join(', ')}
              />
              <Side
                title={t('people.known.states')}
                name={romanName(voter)}
                born={voter.birth_year === null ? '' : t('people.born', { year: String(voter.birth_year) })}
                address={[addressLine(voter), voter.city, voter.zip5].filter(Boolean).join(', ')}
              />
            </div>
            <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
              {evidence.map((each) => (
                <li key={each} className={each === 'birth_year_differs' ? 'text-error font-semibold' : ''}>
                  {each === 'birth_year_differs' ? '✗' : '✓'} {t.dynamic(`people.evidence.${each}`)}
                </li>
              ))}
            </ul>
            {taken_by && (
              <p className="mt-3 font-semibold">
                {t('people.match.taken')}. <a href={`/people/${taken_by}`}>{t('people.match.open_other')}</a>
              </p>
            )}
            {(may_edit || (taken_by && may_merge)) && (
              <div className="mt-3 flex flex-wrap gap-2 print:hidden">
                {may_edit && !taken_by && (
                  <form method="post" action={`/people/${person.person_id}/match/${voter.voter_id}`}>
                    <button className="btn btn-primary">{t('people.match.yes')}</button>
                  </form>
                )}
                {taken_by && may_merge && (
                  <a className="btn btn-primary" href={`/people/duplicates/${taken_by}/${person.person_id}`}>
                    {t('people.match.merge')}
                  </a>
                )}
                {may_edit && (
                  <form method="post" action={`/people/${person.person_id}/refuse/${voter.voter_id}`}>
                    <button className="btn">{t('people.match.no')}</button>
                  </form>
                )}
                {!taken_by && (
                  <a className="btn btn-ghost" href={profilePath({ voter_id: voter.voter_id, person_id: null })}>
                    {t('action.show')}
                  </a>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Side({ title, name, born, address }: { title: string; name: string; born: string; address: string }) {
  return (
    <div className="min-w-0">
      <p className="text-sm">{title}</p>
      <p className="font-semibold break-words">{name}</p>
      {born && <p>{born}</p>}
      {address && (
        <p className="text-sm break-words" lang="en">
          {address}
        </p>
      )}
    </div>
  )
}

/** How the match came about, and the way back. Only where somebody could have erred: a voter with a profile begun by hand. */
export function UnmatchPanel({ t, profile, may_edit }: { t: Translate; profile: Profile; may_edit: boolean }) {
  const { person, voter } = profile
  if (!may_edit || !person || !voter || person.matched_by === 'contact') return null
  return (
    <form method="post" action={`/people/${person.person_id}/unmatch`} className="mb-6 px-1 text-sm print:hidden">
      <button className="min-h-11 cursor-pointer underline">{t('people.match.undo')}</button>
      <p>{t('people.match.undo_help')}</p>
    </form>
  )
}
