import { placeName, kindName } from '../../elections/officials/pages/officials-page.tsx'
import type { OfficialKind } from '../../elections/officials/schema.ts'
import { DistrictMapFigure } from '../../geography/pages/district-map.tsx'
import { isMapKind, type DistrictMap, type MapKind } from '../../geography/schema.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { addressOf, Box, Languages, type Reading } from '../reading.tsx'
import { districtsIn, outside } from '../rules.ts'
import type { Place } from './rules.ts'

interface Mine {
  r: Reading
  /** 'nyc-council/20' */
  districts: readonly string[]
}

const chosenOf = (districts: readonly string[]): [string, string][] => districts.map((each) => ['d', each])
const kindOf = (district: string): string => district.split('/')[0] ?? ''
const ofOtherKinds = (districts: readonly string[], kind: string): string[] => districts.filter((each) => kindOf(each) !== kind) // prettier-ignore

/** Kinds of districts the contests of the guide are in, of which there is a map. */
const mapped = ({ content }: Reading): MapKind[] => districtsIn(content.contests).flatMap(({ kind }) => (isMapKind(kind) ? kind : [])) // prettier-ignore

/** By address, on a map or from lists: which contests are the reader's. */
export function FindMine({ r, districts, has_address }: Mine & { has_address: boolean }) {
  const { t, content, path } = r
  const kinds = districtsIn(content.contests).filter((each) => each.districts.length > 1)
  const maps = mapped(r)
  if (kinds.length === 0 && maps.length === 0) return null
  return (
    <Box id="mine" title={t('voterguides.mine')} is_kept={false}>
      <Chosen r={r} districts={districts} />
      {has_address && <AddressForm r={r} typed="" problem={null} />}
      {maps.length > 0 && (
        <p className="mt-4">
          {t('voterguides.mine_on_map')}{' '}
          {maps.map((kind, at) => (
            <span key={kind}>
              {at > 0 && ' · '}
              <a className="link inline-flex min-h-8 items-center" href={addressOf(`${path}/map/${kind}`, r.language, chosenOf(districts))}>
                {kindName(t, kind as OfficialKind)}
              </a>
            </span>
          ))}
        </p>
      )}
      {kinds.length > 0 && (
        <form method="get" action={path} className="mt-4 flex flex-wrap items-end gap-3">
          <input type="hidden" name="lang" value={r.language} />
          {kinds.map((each) => {
            const own = districts.filter((chosen) => kindOf(chosen) === each.kind)
            return (
              <label key={each.kind} className="grid gap-1 font-semibold">
                {kindName(t, each.kind)}
                <select name="d" className="select min-h-11 text-base" defaultValue={own[0] ?? ''}>
                  <option value="">{t('common.all')}</option>
                  {own.includes(`${each.kind}/${outside}`) && <option value={`${each.kind}/${outside}`}>{t('voterguides.mine_none')}</option>}
                  {each.districts.map((district) => (
                    <option key={district} value={`${each.kind}/${district}`}>
                      {placeName(t, { kind: each.kind, district })}
                    </option>
                  ))}
                </select>
              </label>
            )
          })}
          <button className="btn min-h-11">{t('voterguides.show_mine')}</button>
        </form>
      )}
      <p className="mt-2 text-sm">{t('voterguides.districts_kept')}</p>
    </Box>
  )
} // prettier-ignore

/** In which districts the reader said they live. */
function Chosen({ r, districts }: Mine) {
  const { t, path } = r
  if (districts.length === 0) return null
  const names = districtNames(t, districts)
  return (
    <p className="mb-4">
      {names.length > 0 && <strong className="block">{t('voterguides.mine_chosen', { names: names.join(', ') })}</strong>}
      <a className="link inline-flex min-h-8 items-center" href={addressOf(path, r.language)}>
        {t('voterguides.mine_all')}
      </a>
    </p>
  )
} // prettier-ignore

/** 'nyc-council/20' in the reader's words. */
export const districtNames = (t: Translate, districts: readonly string[]): string[] =>
  districts.flatMap((each) => {
    const [kind = '', district = ''] = each.split('/')
    if (district === outside || !isMapKind(kind)) return []
    return placeName(t, { kind: kind as OfficialKind, district }) ?? []
  })

export type AddressProblem = 'no_address' | 'not_found' | 'too_slow' | 'everywhere' | 'too_often'

function AddressForm({ r, typed, problem }: { r: Reading; typed: string; problem: AddressProblem | null }) {
  const { t, path } = r
  return (
    <form method="post" action={addressOf(`${path}/my-ballot`, r.language)}>
      <label htmlFor="address" className="mb-1 block font-semibold">
        {t('voterguides.mine_address')}
      </label>
      <div className="flex flex-wrap gap-3">
        <input
          id="address"
          name="address"
          required
          maxLength={200}
          autoComplete="street-address"
          defaultValue={typed}
          lang="en"
          className={`input min-h-11 min-w-0 flex-1 basis-60 text-base ${problem ? 'input-error' : ''}`}
          aria-describedby={problem ? 'address-error address-hint' : 'address-hint'}
          {...(problem && { 'aria-invalid': true })}
        />
        <button className="btn btn-primary min-h-11">{t('voterguides.mine_find')}</button>
      </div>
      {problem && (
        <p id="address-error" role="alert" className="text-error mt-1 font-semibold">
          {t(`voterguides.mine_problem.${problem}`)}
        </p>
      )}
      <p id="address-hint" className="mt-1 text-sm">
        {t('voterguides.mine_hint')}
      </p>
    </form>
  )
} // prettier-ignore

interface MyBallotProps {
  r: Reading
  typed: string
  problem: AddressProblem | null
  places: readonly Place[]
}

/** What is asked once more: a street is in two towns, or nowhere. */
export function MyBallotPage({ r, typed, problem, places }: MyBallotProps) {
  const { t, path } = r
  return (
    <>
      <Languages r={r} here={`${path}/my-ballot`} chosen={[]} />
      <BackToGuide r={r} districts={[]} />
      <h1 className="mb-4 text-2xl font-bold text-balance sm:text-3xl">{t('voterguides.mine')}</h1>
      {places.length > 0 && (
        <Box id="places" title={t('voterguides.mine_which')}>
          <ul className="grid gap-2">
            {places.map(({ city, zip5, districts }) => (
              <li key={`${city} ${zip5}`}>
                <a className="link inline-flex min-h-11 items-center font-semibold" href={mineAt(r, districts)}>
                  {[city, zip5].filter(Boolean).join(' ') || t('voterguides.mine_unnamed')}
                </a>
              </li>
            ))}
          </ul>
        </Box>
      )}
      <Box id="again" title={t('voterguides.mine_address')}>
        <AddressForm r={r} typed={typed} problem={problem} />
        {mapped(r).length > 0 && (
          <p className="mt-4">
            {t('voterguides.mine_on_map')}{' '}
            {mapped(r).map((kind) => (
              <a key={kind} className="link mr-3 inline-flex min-h-8 items-center" href={addressOf(`${path}/map/${kind}`, r.language)}>
                {kindName(t, kind as OfficialKind)}
              </a>
            ))}
          </p>
        )}
      </Box>
    </>
  )
} // prettier-ignore

/** The guide with the contests of these districts alone. */
export const mineAt = (r: Pick<Reading, 'path' | 'language'>, districts: readonly string[]): string =>
  `${addressOf(r.path, r.language, chosenOf(districts))}#contests`

const BackToGuide = ({ r, districts }: Mine) => (
  <p className="mb-2 print:hidden">
    <a className="link inline-flex min-h-8 items-center" href={addressOf(r.path, r.language, chosenOf(districts))}>
      ← {r.t('voterguides.back_to_guide')}
    </a>
  </p>
)

interface MapProps extends Mine {
  kind: MapKind
  map: DistrictMap
}

/** A map and a list whose districts lead to the contests there; shaded where the guide has some. */
export function DistrictMapPage({ r, districts, kind, map }: MapProps) {
  const { t, content, path } = r
  const chosen = districts.find((each) => kindOf(each) === kind)?.split('/')[1]
  const contests = new Map<string, number>()
  for (const { district_kind, district } of content.contests)
    if (district_kind === kind && district !== '') contests.set(district, (contests.get(district) ?? 0) + 1)
  return (
    <>
      <Languages r={r} here={`${path}/map/${kind}`} chosen={chosenOf(districts)} />
      <BackToGuide r={r} districts={districts} />
      <h1 className="mb-2 text-2xl font-bold text-balance sm:text-3xl">{t('voterguides.mine_map', { kind: kindName(t, kind as OfficialKind) })}</h1>
      <p className="mb-4">{t('voterguides.mine_map_lead')}</p>
      <DistrictMapFigure
        t={t}
        map={map}
        measure={t('voterguides.contests_here')}
        values={contests}
        format={(value) => value.toLocaleString(t.language)}
        chosen={chosen === outside ? undefined : chosen}
        href={(district) => mineAt(r, [...ofOtherKinds(districts, kind), `${kind}/${district}`])}
      />
    </>
  )
} // prettier-ignore
