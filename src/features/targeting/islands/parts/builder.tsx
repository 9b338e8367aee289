import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { Area } from '../../../geography/area/rules.ts'
import { mapsState } from '../../../geography/schema.ts'
import type { Language } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import '../../../../platform/ui/messages.ts'
import { builderDistricts } from '../../builder.ts'
import '../../builder-messages.ts'
import type { RefreshAnswer } from '../../endpoints.ts'
import '../../messages.ts'
import { isOfSeveral } from '../../of-state.ts'
import { parse } from '../../parse.ts'
import { print } from '../../print.ts'
import { usualPercent } from '../../refresh.ts'
import { isNamedDistrict, namedDistrictKinds, type Expression, type NamedDistrictKind } from '../../schema.ts'
import {
  areaIn,
  chipsOf,
  chooseArea,
  chooseCommunity,
  chosenIn,
  communityChosen,
  electionDistrictsIn,
  toggle,
  toggleElectionDistrict,
  withoutChip,
} from '../../selection.ts'
import { allInWords } from '../../steps/words.ts'
import { useAddress, type Place } from './address.ts'
import { rest_ms, slow_ms, useEverybody, useListedDistricts, useRefresh, type Refresh } from './asking.ts'
import { ExpressionField } from './expression.tsx'
import { Facets, type DistrictList, type OurChoices } from './facets.tsx'
import { DistrictsMap, mapFacetOf, type DistrictFacet, type MapFacet } from './map.tsx'
import { CountBar, Numbers } from './numbers.tsx'
import { SampleStrip } from './sample.tsx'
import { Saving } from './saving.tsx'

export interface BuilderData {
  language: Language
  today: string
  /** As typed. */
  typed: string
  /** Address of the builder, and where saving posts to. */
  address: string
  save: string
  tags: string[]
  ours: OurChoices
  /** Whose voters are loaded. */
  states: string[]
  /** Kinds of districts without a map that somebody is in. */
  district_kinds: NamedDistrictKind[]
  saved: { name: string; note: string | null; seen: string; seen_at: string } | null
  form: { typed: Record<string, string>; errors: Partial<Record<string, string>> } | null
  /** What the page was made with, so that the first numbers need no question. */
  first: { text: string; answer: RefreshAnswer } | null
}

const everybody: Expression = { op: 'and', of: [] }

export function UniverseBuilder(data: BuilderData) {
  const { language } = data
  const t = useMemo(() => translator(language), [language])
  const start = useMemo(
    (): Place => ({
      text: data.typed,
      map: bestKind(data.first),
      shade: 'count',
      list: '',
      within: '',
      of: '',
      at: null,
    }),
    [data.typed, data.first],
  )
  const { place, go, rest, undo, redo, canUndo, canRedo } = useAddress(data.address, start)
  const { answer, answered, problem, trouble, isAsking, counting, took_ms, sample, ask, knowsSample } = useRefresh(
    data.first,
  )

  const parsed = useMemo(() => parse(place.text), [place.text])
  // While the text cannot be read, the facets stay with what it last said.
  const last = useRef<Expression>(everybody)
  const wasRead = useRef(parsed.ok)
  if (parsed.ok) last.current = parsed.expression
  wasRead.current ||= parsed.ok
  const expression = last.current
  // Who takes the last community away and chooses another means it as likely.
  const lastPercent = useRef(usualPercent)
  const likely = communityChosen(expression)
  if (likely && likely.values.length > 0) lastPercent.current = likely.percent
  const canonical = parsed.ok ? print(parsed.expression) : null
  const kind: MapFacet = mapFacetOf(place.map) ?? 'assembly'
  /** The kind of district listed: of counties there is a list of their own. */
  const listed = listedKind(place.list) ?? (kind === 'county' ? 'assembly' : kind)

  const change = useCallback(
    (make: (expression: Expression) => Expression, isMoving: boolean) =>
      go({ text: print(make(last.current)) }, isMoving),
    [go],
  )

  // Each movement asks for numbers; resting keeps the address and asks for the names.
  const isSlow = took_ms > slow_ms
  useEffect(() => {
    if (canonical === null) return undefined
    if (canonical !== answered && !isSlow) ask({ text: canonical, sample: false })
    const timer = setTimeout(
      () => {
        rest()
        if (canonical !== answered || !knowsSample(canonical)) ask({ text: canonical, sample: true })
      },
      isSlow ? rest_ms / 2 : rest_ms,
    )
    return () => clearTimeout(timer)
    // An answer that arrives asks nothing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [canonical, ask, rest, knowsSample])

  const isStale = canonical === null || answered !== canonical || isAsking || trouble !== null
  const [rested, setRested] = useState(answer?.refresh ?? null)
  useEffect(() => {
    if (answer && !isStale) setRested(answer.refresh)
  }, [answer, isStale])

  useShortcuts(undo, redo)
  const top = useHeaderHeight()
  const numbers = useNumbersHeight()
  const isWide = useMemo(() => matchMedia('(min-width: 64rem)').matches, [])

  const onText = useCallback((text: string) => go({ text }, true), [go])
  const onDone = useCallback(() => {
    if (canonical !== null) go({ text: canonical }, true)
    rest()
  }, [go, rest, canonical])
  const onChip = useCallback((chip: string) => change((now) => withoutChip(now, chip), false), [change])
  const onKind = useCallback(
    (map: MapFacet) => go({ map, list: map === 'county' ? listed : '', within: '' }, false),
    [go, listed],
  )
  const onListed = useCallback(
    (wanted: DistrictList) =>
      go(isNamedDistrict(wanted) ? { list: wanted } : { map: wanted, list: '', within: '' }, false),
    [go],
  )
  const state = data.states.find((each) => each === place.of) ?? firstState(data.states)
  const onState = useCallback((of: string) => go({ of, within: '' }, false), [go])
  const onWithin = useCallback((within: string) => go({ within }, false), [go])
  const onPercent = useCallback(
    (percent: number) => {
      const chosen = communityChosen(last.current)
      go(chosen && chosen.values.length > 0 ? { text: print(chooseCommunity(last.current, { ...chosen, percent })), at: percent } : { at: percent }, true) // prettier-ignore
    },
    [go],
  )
  const onShade = useCallback((shade: 'count' | 'share') => go({ shade }, false), [go])
  const onDistrict = useCallback(
    (district: string) => change((now) => toggle(now, kind, district), false),
    [change, kind],
  )
  const onArea = useCallback((area: Area | null) => change((now) => chooseArea(now, area), false), [change])
  const onElectionDistrict = useCallback(
    (number: number) => change((now) => toggleElectionDistrict(now, number), false),
    [change],
  )
  const area = useMemo(() => areaIn(expression), [expression])
  const election_districts = useMemo(() => electionDistrictsIn(expression), [expression])
  const onAgain = useCallback(() => {
    if (canonical !== null) ask({ text: canonical, sample: true })
  }, [ask, canonical])

  const said = useMemo(() => allInWords(expression, t), [expression, t])
  const chips = useMemo(() => (parsed.ok ? chipsOf(parsed.expression) : []), [parsed])
  const refresh = answer?.refresh ?? null
  const named = useListedDistricts(isNamedDistrict(listed) ? listed : null, canonical)
  const voters = useEverybody(place.shade === 'share')
  const districts = chosenIn(expression, kind)
  const chosenDistricts = useStable(districts?.values ?? [])
  const shownProblem = parsed.ok ? (answered === canonical ? problem : null) : parsed.problem

  return (
    <div data-builder>
      <ExpressionField
        {...{ t, chips, canUndo, canRedo, onText, onDone, onChip }}
        text={place.text}
        said={wasRead.current ? said : ''}
        problem={shownProblem}
        onUndo={undo}
        onRedo={redo}
      />
      {shownProblem === null &&
        answer?.remarks.map(({ code, named, corrected }) => (
          <Note key={`${code} ${named}`}>
            <span className="min-w-0 flex-1 basis-60">{t.dynamic(`universes.remark.${code}`, { named })}</span>
            {corrected !== undefined && (
              <button
                type="button"
                className="btn btn-sm pointer-coarse:min-h-11 h-auto min-h-8 max-w-full break-all"
                onClick={() => go({ text: corrected }, false)}
              >
                {t('builder.fix', { suggestion: named })}
              </button>
            )}
          </Note>
        ))}
      <div className="grid items-start gap-x-5 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div className="order-2 min-w-0 lg:order-1">
          <Facets
            {...{ t, expression, refresh, rested, isStale, isWide, named, onPercent }}
            kind={listed}
            kinds={data.district_kinds}
            states={data.states}
            percent={place.at ?? lastPercent.current}
            onKind={onListed}
            tags={data.tags}
            ours={data.ours}
            onChange={change}
          />
        </div>
        <div className="contents min-w-0 self-stretch lg:order-2 lg:block">
          {/* Wherever one scrolls, the numbers stay in sight; on a phone CountBar does that. */}
          <div
            ref={numbers}
            className="bg-base-200 order-1 min-w-0 lg:sticky lg:z-10 lg:-mt-2 lg:pt-2 print:static"
            style={{ top }}
          >
            <Numbers
              {...{ t, refresh, isStale, isSlow, trouble, counting, onAgain }}
              isUnreadable={shownProblem !== null}
            />
          </div>
          {/* What the keyboard comes to stops below the numbers, not under them. */}
          <div className="order-3 min-w-0 lg:[&_:is(a,button,input,select,textarea,summary,[tabindex])]:scroll-mt-(--numbers)">
            <DistrictsMap
              t={t}
              kind={kind}
              state={state}
              states={data.states}
              hasStates={isOfSeveral(data) && kind !== 'nyc-council'}
              onState={onState}
              shade={place.shade}
              counts={refresh?.facets[kind] ?? none}
              voters={voters?.[kind] ?? null}
              chosen={chosenDistricts}
              is_left_out={districts?.is_left_out ?? false}
              isStale={isStale}
              area={area}
              text={canonical}
              election_districts={election_districts}
              within={place.within}
              onWithin={onWithin}
              onArea={onArea}
              onElectionDistrict={onElectionDistrict}
              onKind={onKind}
              onShade={onShade}
              onToggle={onDistrict}
            />
            <SampleStrip
              t={t}
              voters={sample?.voters ?? null}
              today={data.today}
              isStale={sample?.text !== canonical}
            />
            <Saving t={t} save={data.save} saved={data.saved} expression={canonical} form={data.form} />
          </div>
        </div>
      </div>
      <CountBar t={t} refresh={refresh} isStale={isStale} />
    </div>
  )
}

const none: Refresh['facets']['county'] = []

/** New York has a map without one being loaded. */
const firstState = (states: readonly string[]): string =>
  states.includes(mapsState) ? mapsState : (states[0] ?? mapsState)

const listedKind = (text: string): DistrictList | undefined =>
  [...builderDistricts, ...namedDistrictKinds].find((each) => each === text)

/** The smallest districts the files tell of. */
function bestKind(first: BuilderData['first']): DistrictFacet {
  const { answer } = first ?? {}
  if (answer?.is !== 'answer') return 'assembly'
  const { facets } = answer.refresh
  const isKnown = (kind: DistrictFacet): boolean => facets[kind].some(({ value, count }) => value !== '' && count > 0)
  return (['nyc-council', 'assembly', 'senate', 'congress'] as const).find(isKnown) ?? 'assembly'
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p
      role="status"
      className="border-warning bg-base-100 mb-5 flex flex-wrap items-center gap-2 rounded-lg border-2 p-3 text-sm"
    >
      {children}
    </p>
  )
}

/** The same array while it says the same: numbers of districts, without commas. */
function useStable(values: readonly string[]): readonly string[] {
  const said = values.join()
  return useMemo(() => said.split(',').filter(Boolean), [said])
}

/** The header stays at the top of the window; it is higher in the practice town. */
function useHeaderHeight(): number {
  const [height, setHeight] = useState(64)
  useEffect(() => {
    const header = document.querySelector('header')
    if (!header) return undefined
    const watch = new ResizeObserver(() => {
      setHeight(header.offsetHeight)
      document.documentElement.style.scrollPaddingTop = `${header.offsetHeight + 16}px`
    })
    watch.observe(header)
    return () => watch.disconnect()
  }, [])
  return height
}

/** How much of the window the numbers take that stay in sight. */
function useNumbersHeight(): RefObject<HTMLDivElement | null> {
  const numbers = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const it = numbers.current
    if (!it) return undefined
    const watch = new ResizeObserver(() =>
      document.documentElement.style.setProperty('--numbers', `${it.offsetHeight + 8}px`),
    )
    watch.observe(it)
    return () => watch.disconnect()
  }, [])
  return numbers
}

/** Ctrl or Cmd with Z; not while somebody types, where the key takes back a letter. `code`: the Korean keyboard has no z. */
function useShortcuts(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
      if (event.code !== 'KeyZ' && event.code !== 'KeyY') return
      const { target } = event
      if (target instanceof HTMLTextAreaElement) return
      if (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)) return
      event.preventDefault()
      if (event.code === 'KeyY' || event.shiftKey) redo()
      else undo()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [undo, redo])
}
