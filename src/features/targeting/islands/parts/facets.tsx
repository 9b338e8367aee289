import { memo, useCallback, useMemo, useState } from 'react'
import { languageNames } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { builderDistricts } from '../../builder.ts'
import { isOfSeveral, ofState } from '../../of-state.ts'
import { countyLabel, nearbyCounties } from '../../pages/labels.ts'
import {
  communitiesAt,
  contactValues,
  ourFacetNames,
  usualPercent,
  type FacetValue,
  type OurFacetName,
} from '../../refresh.ts'
import {
  communities,
  isNamedDistrict,
  namedDistrictKinds,
  parties,
  sexes,
  statuses,
  type Expression,
  type NamedDistrictKind,
  type Range,
} from '../../schema.ts'
import {
  ageRange,
  choose,
  chooseAge,
  chooseCommunity,
  chooseTurnout,
  chosenIn,
  communityChosen,
  switchReach,
  switchesOn,
  toggle,
  turnoutChosen,
  type ListedFacet,
  type ReachSwitch,
  type TurnoutChosen,
} from '../../selection.ts'
import { printed } from '../../words.ts'
import { Age } from './age.tsx'
import type { Refresh } from './asking.ts'
import { FacetBox } from './facet-box.tsx'
import { Likelihood } from './likelihood.tsx'
import { Listed, type Value } from './listed.tsx'
import type { DistrictFacet } from './map.tsx'
import { Turnout } from './turnout.tsx'

type Change = (make: (expression: Expression) => Expression, isMoving: boolean) => void

/** Values of the facets of our people, in their order, each with its label. */
export type OurChoices = Record<OurFacetName, readonly { value: string; label: string }[]>

/** What the box of districts lists. */
export type DistrictList = DistrictFacet | NamedDistrictKind

interface FacetsProps {
  t: Translate
  expression: Expression
  refresh: Refresh | null
  /** The numbers when one last rested: the order of long lists, which must not jump while one drags. */
  rested: Refresh | null
  isStale: boolean
  tags: readonly string[]
  ours: OurChoices
  kind: DistrictList
  /** Whose voters are loaded. */
  states: readonly string[]
  /** Kinds without a map that somebody is in. */
  kinds: readonly NamedDistrictKind[]
  /** Counts of such a kind; null: another is listed, or they are on their way. */
  named: readonly FacetValue[] | null
  /** From which percent on an estimate counts. */
  percent: number
  /** Few are open on a phone. */
  isWide: boolean
  onKind(kind: DistrictList): void
  onPercent(percent: number): void
  onChange: Change
}

/** Everything one can narrow down by, each with its numbers under all other conditions. */
export function Facets(props: FacetsProps) {
  const { t, expression, refresh, isStale, tags, kind, kinds, named, percent, isWide, onKind, onPercent, onChange } =
    props
  const chosen = useMemo(
    () => ({
      age: ageRange(expression),
      community: communityChosen(expression),
      turnout: turnoutChosen(expression),
      hasTags: chosenIn(expression, 'tag')?.values.length !== 0,
      reach: switchesOn(expression),
    }),
    [expression],
  )
  const onAge = useCallback(
    (range: Range, isMoving: boolean) => onChange((now) => chooseAge(now, range), isMoving),
    [onChange],
  )
  const onTurnout = useCallback(
    (wanted: TurnoutChosen, isMoving: boolean) => onChange((now) => chooseTurnout(now, wanted), isMoving),
    [onChange],
  )
  const plain = { t, expression, refresh, rested: props.rested, isStale, onChange }
  const listable = useMemo(
    (): readonly DistrictList[] => [
      ...builderDistricts,
      ...namedDistrictKinds.filter((each) => each === kind || kinds.includes(each)),
    ],
    [kind, kinds],
  )
  // Of one state there is nothing to choose.
  const hasStates = isOfSeveral(props) || chosenIn(expression, 'state')?.values.length !== 0
  return (
    <section
      id="facets"
      aria-labelledby="builder-facets-title"
      className="bg-base-100 rounded-box border-base-300 mb-5 scroll-mt-24 border"
    >
      <div className="px-4 pt-4 pb-2">
        <h2 id="builder-facets-title" className="text-lg font-bold">
          {t('builder.facets')}
        </h2>
        <p className="text-sm">{t('builder.facets_hint')}</p>
      </div>
      <CommunityBox {...plain} isOpen={isWide} percent={percent} onPercent={onPercent} />
      <FacetBox
        t={t}
        title={t('builder.facet.age')}
        said={chosen.age ? ageSaid(t, chosen.age) : ''}
        isOpen={isWide}
        onClear={() => onAge({ from: null, to: null }, false)}
      >
        {chosen.age === null && <OtherWay t={t} />}
        <Age t={t} pyramid={refresh?.pyramid ?? nobody} range={chosen.age} isStale={isStale} onChange={onAge} />
      </FacetBox>
      <ListBox {...plain} facet="sex" isOpen={false} />
      {hasStates && <ListBox {...plain} facet="state" isOpen={false} usual={props.states} />}
      <ListBox {...plain} facet="county" isOpen={false} />
      <ListBox
        {...plain}
        facet={kind}
        title={t('builder.facet.district')}
        isOpen={false}
        besides={[...builderDistricts, ...namedDistrictKinds].filter((each) => each !== kind)}
        {...(isNamedDistrict(kind) ? { values: named ?? none } : {})}
      >
        <label className="mb-2 block text-sm">
          <span className="sr-only">{t('builder.map_kind')}</span>
          <select
            className="select select-sm pointer-coarse:min-h-11 w-full text-base"
            value={kind}
            onChange={(event) => {
              const wanted = listable.find((each) => each === event.target.value)
              if (wanted) onKind(wanted)
            }}
          >
            {listable.map((each) => (
              <option key={each} value={each}>
                {t(`targeting.district.${each}`)}
              </option>
            ))}
          </select>
        </label>
      </ListBox>
      <ListBox {...plain} facet="party" isOpen={false} />
      <FacetBox
        t={t}
        title={t('builder.facet.turnout')}
        said={chosen.turnout?.comparison ? turnoutSaid(t, chosen.turnout) : ''}
        isOpen={false}
        onClear={() => onTurnout({ comparison: null, times: 0 }, false)}
      >
        {chosen.turnout === null && <OtherWay t={t} />}
        <Turnout
          t={t}
          values={refresh?.facets.turnout ?? none}
          chosen={chosen.turnout ?? noTurnout}
          isStale={isStale}
          onChange={onTurnout}
        />
      </FacetBox>
      <ListBox {...plain} facet="language" isOpen={false} />
      <FacetBox
        t={t}
        title={t('builder.facet.reach')}
        said={chosen.reach.map((each) => t(`builder.reach.${each}`)).join(', ')}
        isOpen={false}
      >
        <Reach t={t} refresh={refresh} on={chosen.reach} isStale={isStale} onChange={onChange} />
      </FacetBox>
      <ListBox {...plain} facet="contact" isOpen={false}>
        <button
          type="button"
          className="btn btn-sm pointer-coarse:min-h-11 mb-2 w-full"
          onClick={() => onChange((now) => choose(now, 'contact', notLately), false)}
        >
          {t('builder.contact_quick')}
        </button>
      </ListBox>
      <ListBox {...plain} facet="support" isOpen={false} />
      {(tags.length > 0 || chosen.hasTags) && <ListBox {...plain} facet="tag" isOpen={false} usual={tags} />}
      <OurPeople {...plain} ours={props.ours} />
      <ListBox {...plain} facet="status" isOpen={false} hint={t('builder.status_hint')} />
    </section>
  )
}

/** What people did at our events and became with us; not there while nobody has. */
function OurPeople({ ours, ...plain }: Omit<BoxProps, 'isOpen'> & { ours: OurChoices }) {
  const { t, expression, refresh } = plain
  const facets = ourFacetNames.filter(
    (facet) => (refresh?.facets[facet].length ?? 0) > 0 || chosenIn(expression, facet)?.values.length !== 0,
  )
  if (facets.length === 0) return null
  return (
    <div role="group" aria-labelledby="facets-ours">
      <h3 id="facets-ours" className="border-base-300 border-t px-4 pt-4 pb-2 font-bold">
        {t('builder.our_people')}
      </h3>
      {facets.map((facet) => (
        <ListBox key={facet} {...plain} facet={facet} isOpen={false} choices={ours[facet]} />
      ))}
    </div>
  )
}

const nobody: Refresh['pyramid'] = []
const none: FacetValue[] = []
const nothingLikely: Refresh['likelihood'] = []
const noTurnout: TurnoutChosen = { comparison: null, times: 0 }
/** Everybody but those of the last 14 days. */
const notLately = { values: contactValues.filter((value) => value !== '14d'), is_left_out: false }

function OtherWay({ t }: { t: Translate }) {
  return <p className="bg-base-200 mb-2 rounded-lg p-2 text-sm">{t('builder.other_way')}</p>
}

interface BoxProps {
  t: Translate
  expression: Expression
  refresh: Refresh | null
  rested: Refresh | null
  isStale: boolean
  isOpen: boolean
  onChange: Change
}

/** A facet whose values are a list. */
const ListBox = memo(function ListBox({
  t,
  expression,
  refresh,
  rested,
  isStale,
  isOpen,
  onChange,
  facet,
  title,
  hint,
  besides = [],
  usual = nowhere,
  choices,
  values: given,
  children,
}: BoxProps & {
  facet: ListedFacet
  title?: string
  hint?: string
  /** Facets that share the box; what is chosen of them is said. */
  besides?: readonly ListedFacet[]
  /** Values that are there though nobody of those who fit has them. */
  usual?: readonly string[]
  /** All values there are, in their order. */
  choices?: readonly { value: string; label: string }[]
  /** Counts that are asked for apart. */
  values?: readonly FacetValue[]
  children?: React.ReactNode
}) {
  const choice = chosenIn(expression, facet)
  const name = title ?? t.dynamic(`builder.facet.${facet}`)
  const counted = given ?? (isNamedDistrict(facet) ? none : (refresh?.facets[facet] ?? none))
  const order = given ?? (isNamedDistrict(facet) ? none : (rested?.facets[facet] ?? none))
  const chosen = (choice?.values ?? nowhere).join()
  const values = useMemo(
    () => valuesOf(t, facet, counted, order, [...chosen.split(',').filter(Boolean), ...usual], choices),
    [t, facet, counted, order, chosen, usual, choices],
  )
  const label = (of: ListedFacet, value: string): string =>
    isNamedDistrict(of)
      ? numberedName(t, of, value)
      : (choices?.find((each) => each.value === value)?.label ?? labelOf(t, of, value).label)
  const said = [facet, ...besides].flatMap((each) => {
    const its = chosenIn(expression, each)
    return its && its.values.length > 0 ? [chosenSaid(t, its, (value) => label(each, value))] : []
  })
  const onToggle = useCallback(
    (value: string) => onChange((now) => toggle(now, facet, value), false),
    [onChange, facet],
  )
  const [isLeavingOut, setLeavingOut] = useState(false)
  const is_left_out = choice && choice.values.length > 0 ? choice.is_left_out : isLeavingOut
  const onMode = useCallback(
    (wanted: boolean) => {
      setLeavingOut(wanted)
      onChange((now) => {
        const its = chosenIn(now, facet)
        return its && its.values.length > 0 ? choose(now, facet, { ...its, is_left_out: wanted }) : now
      }, false)
    },
    [onChange, facet],
  )
  const onToggleAs = useCallback(
    (value: string) =>
      onChange((now) => {
        const its = chosenIn(now, facet)
        return its && its.values.length === 0
          ? choose(now, facet, { values: [value], is_left_out: isLeavingOut })
          : toggle(now, facet, value)
      }, false),
    [onChange, facet, isLeavingOut],
  )
  // Bands and scores are few and belong together: the others are chosen as easily as these are left out.
  const hasMode = facet !== 'contact' && facet !== 'support'
  return (
    <FacetBox
      t={t}
      title={name}
      said={said.join('; ')}
      isOpen={isOpen}
      onClear={() =>
        onChange((now) => [facet, ...besides].reduce((left, each) => choose(left, each, emptied), now), false)
      }
    >
      {hint && <p className="mb-2 text-sm">{hint}</p>}
      {choice === null && <OtherWay t={t} />}
      {children}
      <Listed
        t={t}
        name={name}
        values={values}
        chosen={choice?.values ?? nowhere}
        is_left_out={is_left_out}
        isStale={isStale}
        onToggle={hasMode ? onToggleAs : onToggle}
        {...(hasMode ? { onMode } : {})}
      />
    </FacetBox>
  )
})

const nowhere: string[] = []
const emptied = { values: [], is_left_out: false }

function CommunityBox({
  t,
  expression,
  refresh,
  isStale,
  isOpen,
  percent,
  onPercent,
  onChange,
}: BoxProps & Pick<FacetsProps, 'percent' | 'onPercent'>) {
  const choice = communityChosen(expression)
  const likelihood = refresh?.likelihood ?? nothingLikely
  const isChosen = choice !== null && choice.values.length > 0
  const shownPercent = isChosen ? choice.percent : percent
  // A guess leaves nobody out: that way is not offered, only led back from where somebody typed it.
  const is_left_out = isChosen && choice.is_left_out
  // What a click gives: counted here, so that the numbers move with the slider.
  const counted = communitiesAt(likelihood, shownPercent)
  const values: Value[] = [
    ...communities.map((name) => ({
      value: printed(name),
      label: t(`targeting.community.${name}`),
      count: countOf(counted, printed(name)),
    })),
    { value: '', label: t('builder.none_of_these'), count: countOf(counted, ''), isFixed: true },
  ]
  const onToggle = (value: string): void =>
    onChange((now) => {
      const its = communityChosen(now)
      const before = its?.values ?? []
      return chooseCommunity(now, {
        values: before.includes(value) ? before.filter((each) => each !== value) : [...before, value],
        is_left_out,
        percent: shownPercent,
      })
    }, false)
  const onMode = (wanted: boolean): void =>
    onChange((now) => {
      const its = communityChosen(now)
      return its && its.values.length > 0 ? chooseCommunity(now, { ...its, is_left_out: wanted }) : now
    }, false)
  const name = t('builder.facet.community')
  return (
    <FacetBox
      t={t}
      title={name}
      said={
        isChosen
          ? `${chosenSaid(t, choice, (value) => t.dynamic(`targeting.community.${value.replaceAll('-', '_')}`))} ≥ ${choice.percent}%`
          : ''
      }
      isOpen={isOpen}
      onClear={() => onChange((now) => chooseCommunity(now, { ...emptied, percent: usualPercent }), false)}
    >
      {choice === null && <OtherWay t={t} />}
      <Listed
        t={t}
        name={name}
        values={values}
        chosen={choice?.values ?? nowhere}
        is_left_out={is_left_out}
        isStale={isStale}
        onToggle={onToggle}
        {...(is_left_out ? { onMode } : {})}
      />
      <Likelihood
        t={t}
        likelihood={likelihood}
        chosen={isChosen ? choice.values : nowhere}
        percent={shownPercent}
        isStale={isStale}
        onPercent={onPercent}
      />
    </FacetBox>
  )
}

function Reach({
  t,
  refresh,
  on,
  isStale,
  onChange,
}: {
  t: Translate
  refresh: Refresh | null
  on: readonly ReachSwitch[]
  isStale: boolean
  onChange: Change
}) {
  const phones = refresh?.facets.phone
  const counts: Record<ReachSwitch, number | null> = {
    phone: phones ? countOf(phones, 'any') : null,
    mobile: phones ? countOf(phones, 'mobile') : null,
    no_phone: phones ? countOf(phones, '') : null,
    email: refresh ? refresh.having.email : null,
  }
  const values: Value[] = (['phone', 'mobile', 'no_phone', 'email'] as const).map((each) => ({
    value: each,
    label: t(`builder.reach.${each}`),
    count: counts[each],
  }))
  return (
    <Listed
      t={t}
      name={t('builder.facet.reach')}
      values={values}
      chosen={on}
      is_left_out={false}
      isStale={isStale}
      onToggle={(value) => onChange((now) => switchReach(now, value as ReachSwitch), false)} // the values above
    />
  )
}

const countOf = (counted: readonly FacetValue[], value: string): number =>
  counted.find((each) => each.value === value)?.count ?? 0

const wordsInOrder: Partial<Record<ListedFacet, readonly string[]>> = {
  party: parties,
  sex: sexes,
  status: statuses,
  contact: contactValues,
  support: ['1', '2', '3', '4', '5', ''],
}

/** Short lists in their own order, long ones by size; what is chosen is there though nobody is left of it. */
function valuesOf(
  t: Translate,
  facet: ListedFacet,
  counted: readonly FacetValue[],
  order: readonly FacetValue[],
  chosen: readonly string[],
  choices?: readonly { value: string; label: string }[],
): Value[] {
  if (choices) {
    // Those somebody is of: kinds of events are many, and hardly any standing but a few is anybody's. All rungs, for they are a ladder.
    const there = new Set([...order, ...counted].map(({ value }) => value).concat(chosen))
    const shown = facet === 'stage' ? choices : choices.filter(({ value }) => there.has(value))
    const named = new Set(shown.map(({ value }) => value))
    const others = [...new Set([...counted.map(({ value }) => value), ...chosen])].filter((value) => !named.has(value))
    return [...shown, ...others.map((value) => ({ value, label: value }))].map((each) => ({
      ...each,
      count: countOf(counted, each.value),
    }))
  }
  const fixed = wordsInOrder[facet]
  if (fixed)
    return fixed.map((value) => ({
      value,
      ...labelOf(t, facet, value),
      count: countOf(counted, value) + (value === 'unknown' ? countOf(counted, '') : 0),
    }))
  // Who told us no language can be chosen as well; of a place nobody knows there is nothing to ask.
  const asksUnknown = facet === 'language'
  const said = ({ value, count }: FacetValue): [string, number] => [
    asksUnknown && value === '' ? 'unknown' : value,
    count,
  ]
  const at = new Map(order.map(said))
  // Of several states they are told with theirs.
  const isOfOne = !counted.some(({ value }) => ofState(value).state !== null)
  const usual = facet === 'county' && isOfOne ? nearbyCounties.slice(0, 5) : []
  const counts = new Map(counted.map(said))
  const known = [...new Set([...at.keys(), ...counts.keys(), ...chosen, ...usual])].filter((value) => value !== '')
  known.sort((a, b) => (at.get(b) ?? 0) - (at.get(a) ?? 0) || a.localeCompare(b, 'en', { numeric: true }))
  const unknown = counts.get('') ?? 0
  return [
    ...known.map((value) => ({
      value,
      ...labelOf(t, facet, value),
      count: counts.get(value) ?? ofEveryState(counted, value),
    })),
    ...(unknown > 0 && !asksUnknown
      ? [{ value: '', label: t('targeting.unknown'), count: unknown, isFixed: true }]
      : []),
  ]
}

/** '12' where districts are told with their states means that of each. */
const ofEveryState = (counted: readonly FacetValue[], value: string): number =>
  counted.reduce((sum, each) => sum + (ofState(each.value).value === value ? each.count : 0), 0)

function labelOf(t: Translate, facet: ListedFacet, value: string): { label: string; lang?: string } {
  if (facet === 'party') return { label: t.dynamic(`targeting.party.${value}`) }
  if (facet === 'sex') return { label: t.dynamic(`targeting.sex.${value}`) }
  if (facet === 'county') return { label: countyLabel(t, value) }
  if (facet === 'state' || facet === 'tag' || (ourFacetNames as readonly string[]).includes(facet))
    return { label: value }
  if (facet === 'language' && value === 'unknown') return { label: t('targeting.unknown') }
  if (facet === 'language') return { label: languageNames[value] ?? value, lang: value }
  if (facet === 'status' || facet === 'contact' || facet === 'support')
    return { label: t.dynamic(`builder.${facet}.${value}`) }
  if (isNamedDistrict(facet)) return { label: /^\d+$/.test(value) ? numberedName(t, facet, value) : value }
  if (value === '?') return { label: t('builder.district_in_doubt') }
  return { label: t('targeting.district.number', { number: value }) }
}

/** 'School district 25' */
const numberedName = (t: Translate, kind: NamedDistrictKind, value: string): string =>
  `${t(`targeting.district.${kind}`)} ${value}`

function chosenSaid(
  t: Translate,
  { values, is_left_out }: { values: readonly string[]; is_left_out: boolean },
  label: (value: string) => string,
): string {
  const shown = values.slice(0, 4).map(label)
  const text = [...shown, ...(values.length > 4 ? [`+${values.length - 4}`] : [])].join(', ')
  return is_left_out ? t('builder.left_out_values', { values: text }) : text
}

function ageSaid(t: Translate, { from, to }: Range): string {
  if (from !== null && to !== null) return t('builder.age_between', { from: String(from), to: String(to) })
  if (from !== null) return t('builder.age_older', { from: String(from) })
  return to === null ? '' : t('builder.age_younger', { to: String(to) })
}

const turnoutSaid = (t: Translate, { comparison, times }: TurnoutChosen): string =>
  comparison === null ? '' : t(`builder.turnout_said.${comparison}`, { times: String(times) })
