import type { Translate } from '../../../platform/i18n/messages.ts'
import { EmptyState, PageHead, Table } from '../../../platform/ui/components.tsx'
import { waitingPageSize, type PerhapsSame, type VoterWithoutStateId } from '../queries.ts'

interface WithoutStateIdProps {
  t: Translate
  state: string
  is_unmatched: boolean
  count: number
  voters: readonly VoterWithoutStateId[]
  /** Whom the state's file has that they may be. */
  perhaps: ReadonlyMap<number, readonly PerhapsSame[]>
  /** Profiles are of an organization. */
  has_profiles: boolean
  may_target: boolean
}

/** Voters of a city's list who have no state voter id. */
export function WithoutStateIdPage(props: WithoutStateIdProps) {
  const { t, state, is_unmatched, count, voters, perhaps, has_profiles, may_target } = props
  const title = t(is_unmatched ? 'voterfiles.unmatched_title' : 'voterfiles.waiting_title')
  const last = voters.at(-1)
  const term = `state:${state} state-id:${is_unmatched ? 'unmatched' : 'waiting'}`
  return (
    <>
      <PageHead
        title={title}
        lead={t(is_unmatched ? 'voterfiles.unmatched_lead' : 'voterfiles.waiting_lead')}
        actions={
          <>
            {may_target && count > 0 && (
              <a className="btn btn-primary" href={`/voters/universes/new?${new URLSearchParams({ q: term })}`}>
                {t('voterfiles.target_them')}
              </a>
            )}
            <a className="btn" href="/voterfiles">
              {t('voterfiles.title')}
            </a>
          </>
        }
      />
      <p className="mb-3 tabular-nums">{t('common.voters', { count })}</p>
      {voters.length === 0 ? (
        <EmptyState icon="file" title={t('voterfiles.nobody_left')} />
      ) : (
        <Table
          caption={title}
          head={[
            t('voterfiles.who_waits'),
            t('voterfiles.born'),
            t('voterfiles.city_number'),
            t('voterfiles.lives_at'),
          ]}
          only_wide={[t('voterfiles.born')]}
        >
          {voters.map((voter) => {
            const others = perhaps.get(voter.voter_id) ?? []
            return (
              <tr key={voter.voter_id}>
                <td>
                  <Name voter={voter} has_profiles={has_profiles} />
                  {others.length > 0 && (
                    <ul className="text-sm" aria-label={t('voterfiles.perhaps')}>
                      <li aria-hidden="true">{t('voterfiles.perhaps')}</li>
                      {others.map((other) => (
                        <li key={other.voter_id}>
                          <Name voter={other} has_profiles={has_profiles} />, {addressOf(other)}
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
                <td className="tabular-nums max-sm:hidden">{voter.birth_year}</td>
                <td className="tabular-nums">{voter.county_voter_id}</td>
                <td>{addressOf(voter)}</td>
              </tr>
            )
          })}
        </Table>
      )}
      {last && voters.length === waitingPageSize && (
        <p className="mt-4">
          <a
            className="btn"
            href={`/voterfiles/without-state-id?${new URLSearchParams({ state, kind: is_unmatched ? 'unmatched' : 'waiting', after: String(last.voter_id) })}`}
          >
            {t('voterfiles.more_waiting')}
          </a>
        </p>
      )}
    </>
  )
}

function Name({ voter, has_profiles }: { voter: PerhapsSame | VoterWithoutStateId; has_profiles: boolean }) {
  const name = [voter.first_name, voter.last_name].filter(Boolean).join(' ')
  if (!has_profiles) return <>{name}</>
  return (
    <a className="font-semibold" href={`/voters/${voter.voter_id}`}>
      {name}
    </a>
  )
}

function addressOf({ house_number, street, unit, city }: PerhapsSame | VoterWithoutStateId): string {
  const line = [house_number, street, unit].filter(Boolean).join(' ')
  return [line, city].filter(Boolean).join(', ')
}
