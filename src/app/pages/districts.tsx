import { OfficialName } from '../../features/elections/officials/pages/officials-panel.tsx'
import type { Official } from '../../features/elections/officials/queries.ts'
import { DistrictMapFigure } from '../../features/geography/pages/district-map.tsx'
import { districtName } from '../../features/geography/rules.ts'
import { isMapKind, mapsState, noMap, type DistrictMap } from '../../features/geography/schema.ts'
import type { District, PageKind } from '../../features/targeting/district-figures.ts'
import { formatDate, formatNumber } from '../../platform/i18n/formats.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Alert, Card, PageHead } from '../../platform/ui/components.tsx'

/** Where the page of a district is. */
export const districtAddress = ({ state, kind, district }: District, then = ''): string =>
  `/districts/${kind}/${district}${then}${state === mapsState ? '' : `?state=${state}`}`

interface Props {
  t: Translate
  state: string
  /** Those with voters. */
  states: readonly string[]
  kind: PageKind
  kinds: readonly PageKind[]
  /** null: none is loaded. */
  map: DistrictMap | null
  /** null: still being counted. */
  counts: ReadonlyMap<string, number> | null
  officials: readonly Official[]
  typed: string
  today: string
  found: { districts: readonly District[]; officials: readonly Official[] } | null
  is_steward: boolean
}

/** To choose a district: by map, by list, by number, by who represents it. */
export function DistrictsPage(props: Props) {
  const { t, state, states, kind, kinds, map, counts, officials, typed, today, found, is_steward } = props
  const address = (of: string, shown: string): string => `/districts?kind=${shown}${of === mapsState ? '' : `&state=${of}`}` // prettier-ignore
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <>
      <PageHead
        title={t('districts.title')}
        lead={t('districts.lead')}
        actions={
          is_steward && (
            <>
              <a className="btn" href="/officials">
                {t('officials.all')}
              </a>
              <a className="btn" href="/districts/maps">
                {t('districts.maps_link')}
              </a>
            </>
          )
        }
      />
      <form method="get" action="/districts" className="mb-6 max-w-2xl" role="search">
        <input type="hidden" name="kind" value={kind} />
        {state !== mapsState && <input type="hidden" name="state" value={state} />}
        <label htmlFor="q" className="mb-1 block font-semibold">
          {t('districts.search')}
        </label>
        <p id="q-hint" className="mb-1.5 text-sm">
          {t('districts.search_hint')}
        </p>
        <div className="flex gap-2">
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={typed}
            maxLength={80}
            aria-describedby="q-hint"
            className="input w-full text-base"
          />
          <button className="btn btn-primary">{t('districts.find')}</button>
        </div>
      </form>
      {found && <Found {...{ t, typed, found, today, is_steward }} />}
      {states.length > 1 && (
        <nav aria-label={t('districts.states')} className="mb-3 flex flex-wrap gap-2">
          {states.map((each) => (
            <a
              key={each}
              href={address(each, kind)}
              aria-current={each === state ? 'page' : undefined}
              className={`btn btn-sm min-h-11 ${each === state ? 'btn-primary' : ''}`}
            >
              {each}
            </a>
          ))}
        </nav>
      )}
      <nav aria-label={t('districts.kinds')} className="mb-6 flex flex-wrap gap-2">
        {kinds.map((each) => (
          <a
            key={each}
            href={address(state, each)}
            aria-current={each === kind ? 'page' : undefined}
            className={`btn ${each === kind ? 'btn-primary' : ''}`}
          >
            {t(`geography.kind.${each}`)}
          </a>
        ))}
      </nav>
      {!counts && <Counting t={t} href={address(state, kind)} />}
      <Card title={t(`geography.kind.${kind}`)} id="map">
        {!map && (
          <Alert kind="info">
            {t('districts.no_map')} {is_steward && <a href="/districts/maps">{t('districts.maps_link')}</a>}
          </Alert>
        )}
        <DistrictMapFigure
          t={t}
          map={map ?? noMap(state, kind)}
          measure={t('districts.voters')}
          values={counts ?? undefined}
          format={number}
          href={(district) => districtAddress({ state, kind, district })}
          note={(district) =>
            officials
              .filter((each) => each.district === district)
              .map((each) => (
                <span key={each.official_id} className="block text-sm">
                  {kind === 'county' && `${t(`officials.office.${each.office}`)} `}
                  <OfficialName t={t} official={each} />
                </span>
              ))
          }
        />
      </Card>
    </>
  )
}

function Found({
  t,
  typed,
  found,
  today,
  is_steward,
}: Pick<Props, 't' | 'typed' | 'today' | 'is_steward'> & { found: NonNullable<Props['found']> }) {
  if (found.districts.length + found.officials.length === 0)
    return <Alert kind="info">{t('districts.found_none', { typed })}</Alert>
  return (
    <Card title={t('districts.found', { typed })} id="found">
      <ul className="space-y-2">
        {found.districts.map((each) => (
          <li key={`${each.kind}/${each.district}`}>
            <a href={districtAddress(each)} className="font-semibold">
              {districtName(t, each.kind, each.district)}
            </a>
          </li>
        ))}
        {found.officials.map((official) => (
          <li key={official.official_id}>
            <OfficialName t={t} official={official} />, {t(`officials.office.${official.office}`)}
            {official.since !== null && official.since > today && (
              <> ({t('officials.elected', { date: formatDate(t.language, official.since) })})</>
            )}
            {official.district !== null && isMapKind(official.kind) && (
              <>
                {': '}
                <a href={`/districts/${official.kind}/${official.district}`} className="font-semibold">
                  {districtName(t, official.kind, official.district)}
                </a>
              </>
            )}
            {is_steward && (
              <>
                {' '}
                <a href={`/officials/${official.official_id}/edit`} className="ml-2">
                  {t('officials.correct')}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function Counting({ t, href }: { t: Translate; href: string }) {
  return (
    <Alert kind="info" title={t('districts.counting')}>
      {t('districts.counting_text')}{' '}
      <a href={href} className="font-semibold">
        {t('districts.again')}
      </a>
    </Alert>
  )
}
