import type { ReactNode } from 'react'
import { DistrictMapFigure } from '../../features/geography/pages/district-map.tsx'
import { districtLabel, districtName } from '../../features/geography/rules.ts'
import { mapsState, type DistrictMap } from '../../features/geography/schema.ts'
import type { District, DistrictFigures, DistrictTurnout } from '../../features/targeting/district-figures.ts'
import { formatDate, formatNumber, formatPercent } from '../../platform/i18n/formats.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Bars, Card, EmptyState, Figure, Figures, PageHead } from '../../platform/ui/components.tsx'
import type { DistrictContacts } from './district-queries.ts'
import { Counting, districtAddress } from './districts.tsx'

interface Props {
  t: Translate
  of: District
  /** null: none is loaded. */
  map: DistrictMap | null
  neighbors: readonly string[]
  /** Its election districts, where their shapes are loaded. */
  election_districts: DistrictMap | null
  /** null: still being counted. */
  figures: DistrictFigures | null
  /** Voters who may belong to it. */
  straddling: number
  /** Divided election districts whose rest may lie here, the crosswalk does not say. */
  partly_named: number
  contacts: DistrictContacts
  organization: string
  today: string
  expression: string
  may_make_universe: boolean
  may_call: boolean
  /** Panels of other rooms: the officials. */
  children: ReactNode
}

/** One district: where it lies, who votes there and how, what we did, who represents it. Prints on two sheets. */
export function DistrictPage(props: Props) {
  const { t, of, map, neighbors, election_districts, figures, straddling, partly_named, contacts } = props
  const { state, kind, district } = of
  const { organization, today, expression, may_make_universe, may_call, children } = props
  const number = (value: number): string => formatNumber(t.language, value)
  const query = new URLSearchParams({ q: expression })
  const address = districtAddress(of)
  return (
    <>
      <PageHead
        title={
          state === mapsState
            ? districtName(t, kind, district)
            : t('districts.of_state', { name: districtName(t, kind, district), state })
        }
        back={{
          href: `/districts?kind=${kind}${state === mapsState ? '' : `&state=${state}`}`,
          label: t('districts.title'),
        }}
        actions={
          <>
            {may_make_universe && (
              <a className="btn btn-primary" href={`/voters/universes/new?${query}`}>
                {t('districts.make_universe')}
              </a>
            )}
            {may_call && (
              <form method="post" action={districtAddress(of, '/phonebank')}>
                <button className="btn">{t('districts.start_phonebank')}</button>
              </form>
            )}
          </>
        }
      />
      <p className="mb-4 hidden text-sm print:block">
        {t('districts.printed', { organization, date: formatDate(t.language, today) })}
      </p>
      <Voters t={t} figures={figures} straddling={straddling} partly_named={partly_named} address={address} />
      <div className="grid items-start gap-x-6 lg:grid-cols-2 print:block">
        <div className="min-w-0">
          {map && (
            <Card title={t('districts.map')} id="map">
              <DistrictMapFigure
                t={t}
                map={map}
                measure={t('districts.neighbors')}
                format={number}
                href={(each) => districtAddress({ ...of, district: each })}
                chosen={district}
                neighbors={neighbors}
                has_list={false}
              />
              {neighbors.length > 0 && (
                <p className="mt-3 text-sm">
                  {t('districts.neighbors')}:{' '}
                  {neighbors.map((each, index) => (
                    <span key={each}>
                      {index > 0 && ', '}
                      <a
                        href={districtAddress({ ...of, district: each })}
                        className="inline-block min-h-6 font-semibold"
                      >
                        {districtLabel(t, kind, each)}
                      </a>
                    </span>
                  ))}
                </p>
              )}
            </Card>
          )}
        </div>
        <div className="min-w-0">
          {children}
          <Contacts t={t} contacts={contacts} />
        </div>
      </div>
      {election_districts && (
        <Card title={t('districts.eds')} lead={t('districts.eds_lead')} id="election-districts">
          <DistrictMapFigure
            t={t}
            map={election_districts}
            measure={t('districts.voters')}
            values={figures?.election_districts}
            format={number}
            prints_list={false}
          />
        </Card>
      )}
      {figures && figures.breakdown.total > 0 && (
        <>
          <Who t={t} figures={figures} />
          <Turnout t={t} figures={figures} />
        </>
      )}
      <p className="text-sm print:hidden">{t('districts.print')}</p>
    </>
  )
}

function Voters({
  t,
  figures,
  straddling,
  partly_named,
  address,
}: {
  t: Translate
  figures: DistrictFigures | null
  straddling: number
  partly_named: number
  address: string
}) {
  if (!figures) return <Counting t={t} href={address} />
  const { total, households, with_phone, community } = figures.breakdown
  if (total === 0) {
    return (
      <div className="mb-6">
        <EmptyState icon="voters" title={t('districts.no_voters')}>
          {t('districts.no_voters_text')}
        </EmptyState>
      </div>
    )
  }
  const number = (value: number): string => formatNumber(t.language, value)
  const share = (value: number): string => t('districts.share', { percent: formatPercent(t.language, value / total) })
  return (
    <>
      <Figures>
        <Figure label={t('districts.voters')} value={number(total)} />
        <Figure label={t('districts.active')} value={number(figures.active)} note={share(figures.active)} />
        <Figure label={t('districts.households')} value={number(households)} />
        <Figure label={t('districts.with_phone')} value={number(with_phone)} note={share(with_phone)} />
        {community.slice(0, 2).map(({ value, count }) => (
          <Figure
            key={value}
            label={t('universes.likely', { community: t.dynamic(`targeting.community.${value}`) })}
            value={number(count)}
            note={share(count)}
          />
        ))}
      </Figures>
      {straddling + partly_named > 0 && (
        <div className="mb-6 text-sm">
          {straddling > 0 && <p>{t('districts.straddling', { count: straddling })}</p>}
          {partly_named > 0 && <p>{t('districts.parts_not_named', { count: partly_named })}</p>}
        </div>
      )}
    </>
  )
}

function Who({ t, figures: { breakdown } }: { t: Translate; figures: DistrictFigures }) {
  const number = (value: number): string => formatNumber(t.language, value)
  const rows = (slices: readonly { value: string | null; count: number }[], label: (value: string) => string) =>
    slices.map(({ value, count }) => ({ label: value === null ? t('districts.unknown') : label(value), value: count }))
  return (
    <Card title={t('districts.who')} lead={t('districts.who_lead')} id="who">
      <div className="grid items-start gap-x-10 gap-y-8 md:grid-cols-3 print:grid-cols-3">
        <Bars
          caption={t('districts.by_party')}
          rows={rows(breakdown.party, (value) => t.dynamic(`targeting.party.${value}`))}
          format={number}
        />
        <Bars
          caption={t('districts.by_age')}
          rows={rows(breakdown.age, (value) => value.replace('-', '–'))}
          format={number}
        />
        <Bars
          caption={t('districts.by_community')}
          rows={rows(breakdown.community, (value) => t.dynamic(`targeting.community.${value}`))}
          format={number}
        />
      </div>
    </Card>
  )
}

function Turnout({ t, figures: { turnout, breakdown } }: { t: Translate; figures: DistrictFigures }) {
  const when = ({ held_on, year }: DistrictTurnout): string => {
    if (!held_on) return String(year)
    if (t.language === 'ko') return `${held_on.slice(0, 4)}년 ${Number(held_on.slice(5, 7))}월`
    return new Date(`${held_on}T12:00:00Z`).toLocaleDateString('en-US', {
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    })
  }
  return (
    <Card title={t('districts.turnout')} lead={t('districts.turnout_lead')} id="turnout">
      {turnout.length === 0 ? (
        <p>{t('districts.turnout_none')}</p>
      ) : (
        <Bars
          caption={t('districts.turnout_voted')}
          rows={[...turnout].reverse().map((each) => ({
            label: t.dynamic(`districts.election.${each.kind}`, { when: when(each) }),
            value: each.voted,
          }))}
          format={(value) =>
            `${formatNumber(t.language, value)} (${formatPercent(t.language, value / Math.max(1, breakdown.total))})`
          }
        />
      )}
    </Card>
  )
}

function Contacts({ t, contacts }: { t: Translate; contacts: DistrictContacts }) {
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <Card title={t('districts.contacts')} id="contacts">
      {contacts.attempts === 0 ? (
        <p>{t('districts.contacts_none')}</p>
      ) : (
        <>
          <Figures>
            <Figure label={t('districts.attempts')} value={number(contacts.attempts)} />
            <Figure label={t('districts.reached')} value={number(contacts.reached)} />
            <Figure label={t('districts.recent')} value={number(contacts.recent)} />
          </Figures>
          {contacts.support.length > 0 && (
            <Bars
              caption={t('districts.support')}
              rows={contacts.support.map(({ score, count }) => ({
                label: t.dynamic(`districts.support.${score}`),
                value: count,
              }))}
              format={number}
            />
          )}
        </>
      )}
    </Card>
  )
}
