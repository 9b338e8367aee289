import type { Selectable } from 'kysely'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead, Select, Table } from '../../../platform/ui/components.tsx'
import { isKindOf, mapKinds, mapsState } from '../schema.ts'
import type { CrosswalkTable, DistrictMapTable } from '../tables.ts'
import { stateTimeZones } from '../time-zones.ts'

const allStates = Object.keys(stateTimeZones).sort()

export interface CrosswalkLine extends Selectable<CrosswalkTable> {
  whole: number
  straddling: number
}

interface Props {
  t: Translate
  maps: readonly Omit<Selectable<DistrictMapTable>, 'topology'>[]
  crosswalks: readonly CrosswalkLine[]
  /** Why the posted file was not taken, in words. */
  problems: readonly string[]
  /** Of a map. */
  typed: Record<string, string>
  typed_crosswalk: Record<string, string>
  done: 'map' | 'crosswalk' | 'removed' | null
  time_zone: string
  megabytes: number
  /** A steward without a role in the organization looks at no voters. */
  may_look: boolean
}

/** What is loaded, how to load it, and what comes next. */
export function MapsPage(props: Props) {
  const { t, maps, crosswalks, problems, typed, typed_crosswalk, done, time_zone, megabytes, may_look } = props
  const number = (value: number): string => formatNumber(t.language, value)
  const day = (text: string | null): string => (text ? formatDate(t.language, text) : '–')
  const loaded = (at: Date, name: string): string =>
    t('geography.maps.loaded_by', { date: formatDateTime(t.language, at, time_zone), name })
  const states = [mapsState, ...new Set(maps.map(({ state }) => state).filter((state) => state !== mapsState))]
  const rows = states.flatMap((state) => mapKinds.filter((kind) => isKindOf(state, kind) && (state === mapsState || maps.some((each) => each.state === state && each.kind === kind))).map((kind) => ({ state, kind }))) // prettier-ignore
  const kindOf = (state: string, kind: (typeof mapKinds)[number]): string =>
    state === mapsState
      ? t(`geography.kind.${kind}`)
      : t('geography.maps.kind_of_state', { kind: t(`geography.kind.${kind}`), state })
  const stateField = (
    <Select
      t={t}
      label={t('geography.maps.state')}
      name="state"
      required
      typed={typed}
      value={mapsState}
      options={allStates.map((state) => ({ value: state, label: state }))}
    />
  )
  return (
    <>
      <PageHead
        title={t('geography.maps.title')}
        lead={t('geography.maps.lead')}
        {...(may_look ? { back: { href: '/districts', label: t('geography.maps.see') } } : {})}
      />
      {problems.length > 0 && (
        <Alert kind="error" title={t('geography.refused')}>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
      {done === 'map' && (
        <Alert kind="success" title={t('geography.maps.done')}>
          {crosswalks.length === 0 ? t('geography.maps.next_crosswalk') : null}
        </Alert>
      )}
      {done === 'removed' && <Alert kind="success" title={t('geography.maps.removed')} />}
      {done === 'crosswalk' && (
        <Alert kind="success" title={t('geography.crosswalks.done')}>
          {t('geography.crosswalks.next')}
        </Alert>
      )}
      <Card title={t('geography.maps.loaded')} lead={t('geography.maps.loaded_lead')} id="maps">
        <Table
          caption={t('geography.maps.loaded')}
          head={[
            t('geography.maps.kind'),
            t('geography.maps.shapes'),
            t('geography.maps.lines_of'),
            t('geography.maps.from'),
            t('geography.maps.loaded_at'),
          ]}
        >
          {rows.map(({ state, kind }) => {
            const map = maps.find((each) => each.state === state && each.kind === kind)
            return (
              <tr key={`${state} ${kind}`}>
                <th scope="row" className="whitespace-nowrap">
                  {kindOf(state, kind)}
                </th>
                <td className="whitespace-nowrap">
                  {map
                    ? t('geography.maps.shapes_count', { count: map.shapes })
                    : kind === 'ed'
                      ? t('geography.maps.nothing')
                      : t('geography.maps.own_tiles')}
                </td>
                <td className="whitespace-nowrap">{day(map?.as_of ?? null)}</td>
                <td className="min-w-40">{map?.source ?? '–'}</td>
                <td className="min-w-40">
                  {map ? loaded(map.loaded_at, map.loaded_by) : '–'}
                  {map && (
                    <form method="post" action={`/districts/maps/${state}/${kind}/remove`}>
                      <button className="btn btn-sm mt-1 min-h-11">
                        {t(
                          state === mapsState && kind !== 'ed'
                            ? 'geography.maps.back_to_tiles'
                            : 'geography.maps.remove',
                        )}
                      </button>
                    </form>
                  )}
                </td>
              </tr>
            )
          })}
        </Table>
      </Card>
      <Card title={t('geography.crosswalks.title')} lead={t('geography.crosswalks.lead')} id="crosswalks">
        {crosswalks.length === 0 ? (
          <p>{t('geography.crosswalks.none')}</p>
        ) : (
          <Table
            caption={t('geography.crosswalks.title')}
            head={[
              t('geography.crosswalks.fills'),
              t('geography.crosswalks.whole'),
              t('geography.crosswalks.straddling'),
              t('geography.maps.lines_of'),
              t('geography.maps.from'),
              t('geography.maps.loaded_at'),
            ]}
          >
            {crosswalks.map((each) => (
              <tr key={`${each.state} ${each.kind}`}>
                <th scope="row" className="whitespace-nowrap">
                  {kindOf(each.state, each.kind)}
                </th>
                <td className="tabular-nums">{number(each.whole)}</td>
                <td className="tabular-nums">{number(each.straddling)}</td>
                <td className="whitespace-nowrap">{day(each.as_of)}</td>
                <td className="min-w-40">{each.source}</td>
                <td className="min-w-40">{loaded(each.loaded_at, each.loaded_by)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <Card title={t('geography.maps.upload')} lead={t('geography.maps.upload_lead')} id="load-map">
          <form method="post" action="/districts/uploads/map" encType="multipart/form-data">
            {stateField}
            <Select
              t={t}
              label={t('geography.maps.kind')}
              name="kind"
              required
              typed={typed}
              value="nyc-council"
              options={mapKinds.map((kind) => ({ value: kind, label: t(`geography.kind.${kind}`) }))}
            />
            <FileField
              id="map-file"
              label={t('geography.maps.file')}
              hint={t('geography.maps.file_hint', { megabytes })}
              accept=".geojson,.json,.topojson"
            />
            <Field
              t={t}
              label={t('geography.maps.id_property')}
              hint={t('geography.maps.id_property_hint')}
              name="id_property"
              required
              typed={typed}
              lang="en"
            />
            <Field
              t={t}
              label={t('geography.maps.as_of')}
              hint={t('geography.maps.as_of_hint')}
              name="as_of"
              type="date"
              typed={typed}
            />
            <Field
              t={t}
              label={t('geography.maps.source')}
              hint={t('geography.maps.source_hint')}
              name="source"
              typed={typed}
            />
            <button className="btn btn-primary">{t('geography.maps.load')}</button>
          </form>
        </Card>
        <Card title={t('geography.crosswalks.upload')} lead={t('geography.crosswalks.upload_lead')} id="load-crosswalk">
          <form method="post" action="/districts/uploads/crosswalk" encType="multipart/form-data">
            <div className="mb-4">
              <label htmlFor="crosswalk-state" className="mb-1 block font-semibold">
                {t('geography.maps.state')}
              </label>
              <select
                id="crosswalk-state"
                name="state"
                defaultValue={typed_crosswalk.state ?? mapsState}
                className="select w-full text-base"
              >
                {allStates.map((state) => (
                  <option key={state}>{state}</option>
                ))}
              </select>
            </div>
            <FileField id="crosswalk-file" label={t('geography.maps.file')} accept=".csv,.tsv,.txt" />
            <div className="mb-4">
              <label htmlFor="crosswalk-as-of" className="mb-1 block font-semibold">
                {t('geography.maps.as_of')} <span className="ml-2 text-sm font-normal">({t('common.optional')})</span>
              </label>
              <input
                id="crosswalk-as-of"
                name="as_of"
                type="date"
                defaultValue={typed_crosswalk.as_of}
                className="input w-full text-base"
              />
            </div>
            <div className="mb-4">
              <label htmlFor="crosswalk-source" className="mb-1 block font-semibold">
                {t('geography.maps.source')} <span className="ml-2 text-sm font-normal">({t('common.optional')})</span>
              </label>
              <input
                id="crosswalk-source"
                name="source"
                defaultValue={typed_crosswalk.source}
                className="input w-full text-base"
              />
            </div>
            <button className="btn btn-primary">{t('geography.crosswalks.load')}</button>
          </form>
        </Card>
      </div>
    </>
  )
}

function FileField({ id, label, hint, accept }: { id: string; label: string; hint?: string; accept: string }) {
  return (
    <div className="mb-4">
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 text-sm">
          {hint}
        </p>
      )}
      <input
        id={id}
        type="file"
        name="file"
        required
        accept={accept}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="file-input w-full"
      />
    </div>
  )
}
