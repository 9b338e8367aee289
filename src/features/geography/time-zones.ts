import { countiesOf } from './counties-of-two-zones.ts'

/**
 * Time zone of a state; of one that lies in two, that of most of its people.
 * Source: 49 CFR part 71, as amended to 2010 (the last change: Mercer County, North Dakota); zones are IANA's names.
 */
export const stateTimeZones: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['America/New_York', 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV'],
      ['America/Chicago', 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI'],
      ['America/Denver', 'CO ID MT NM UT WY'],
      ['America/Phoenix', 'AZ'],
      ['America/Los_Angeles', 'CA NV OR WA'],
      ['America/Anchorage', 'AK'],
      ['Pacific/Honolulu', 'HI'],
      ['America/Puerto_Rico', 'PR VI'],
      ['Pacific/Guam', 'GU MP'],
      ['Pacific/Pago_Pago', 'AS'],
    ] as const
  ).flatMap(([zone, states]) => states.split(' ').map((state) => [state, zone])),
)

/** Two letters each. */
export const isState = (text: string): boolean => Object.hasOwn(stateTimeZones, text)

interface SecondZone {
  zone: string
  /** Slugs of the counties that lie in it. */
  counties: readonly string[]
  /** Of those the line cuts through, or whose people keep the other time. */
  in_both: readonly string[]
  source: string
}

const byMap = (source: string): string =>
  `${source}; the counties by the map of timezone-boundary-builder, compared 2026-11-26`

const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean)

/**
 * States that lie in two zones, and the counties of the smaller part. Read on 2026-11-26.
 * Compared county by county on the same day with the map of timezone-boundary-builder (npm geo-tz 8.1.9) under the shapes of
 * the Census Bureau (npm us-atlas 3.0.1), at up to 576 points in each county: all 1,140 counties of these states but
 * Alaska's agree, up to slivers of 3 % where the shapes are drawn coarsely. Culberson and Elko stand here as cut though the
 * points show them whole, which only makes the hours stricter. What the regulation says of Kentucky, Tennessee and Nebraska
 * could not be read itself: for them the map is the source. Who lives in a county that is cut, or of whom no county is known,
 * is called only when the hours of both zones allow it.
 */
const secondZones: Readonly<Record<string, SecondZone>> = {
  AK: {
    zone: 'America/Adak',
    counties: [],
    in_both: words('aleutians-west aleutians-west-census-area'), // Unalaska keeps Alaska time
    source: '49 CFR 71.11 and 71.12',
  },
  AZ: {
    zone: 'America/Denver',
    counties: [],
    in_both: words('apache coconino navajo'), // the Navajo Nation keeps daylight time
    source: '15 U.S.C. 260a(a), the Navajo Nation reaching into three states; general knowledge',
  },
  FL: {
    zone: 'America/Chicago',
    counties: words('bay calhoun escambia holmes jackson okaloosa santa-rosa walton washington'),
    in_both: ['gulf'], // Port St. Joe is Eastern
    source: '49 CFR 71.5',
  },
  IN: {
    zone: 'America/Chicago',
    counties: words('gibson jasper lake laporte newton perry porter posey spencer starke vanderburgh warrick'),
    in_both: [],
    source: '49 CFR 71.5(b)',
  },
  KY: {
    zone: 'America/Chicago',
    counties:
      words(`adair allen ballard barren breckinridge butler caldwell calloway carlisle christian clinton crittenden
      cumberland daviess edmonson fulton graves grayson green hancock hart henderson hickman hopkins livingston logan lyon
      marshall mccracken mclean metcalfe monroe muhlenberg ohio russell simpson todd trigg union warren webster`),
    in_both: [],
    source: byMap('49 CFR 71.5'),
  },
  MI: {
    zone: 'America/Chicago',
    counties: words('dickinson gogebic iron menominee'),
    in_both: [],
    source: '49 CFR 71.5(a)',
  },
  TN: {
    zone: 'America/New_York',
    counties:
      words(`anderson blount bradley campbell carter claiborne cocke grainger greene hamblen hamilton hancock hawkins
      jefferson johnson knox loudon mcminn meigs monroe morgan polk rhea roane scott sevier sullivan unicoi union washington`),
    in_both: [],
    source: byMap('49 CFR 71.5'),
  },
  KS: {
    zone: 'America/Denver',
    counties: words('greeley hamilton sherman wallace'),
    in_both: [],
    source: '49 CFR 71.7',
  },
  NE: {
    zone: 'America/Denver',
    counties:
      words(`arthur banner box-butte chase cheyenne dawes deuel dundy garden grant hooker keith kimball morrill perkins
      scotts-bluff sheridan sioux`),
    in_both: ['cherry'],
    source: byMap('49 CFR 71.7'),
  },
  ND: {
    zone: 'America/Denver',
    counties: words('adams billings bowman golden-valley grant hettinger slope stark'),
    in_both: words('dunn mckenzie sioux'),
    source: '49 CFR 71.7',
  },
  SD: {
    zone: 'America/Denver',
    counties:
      words(`bennett butte corson custer dewey fall-river haakon harding jackson lawrence meade oglala-lakota pennington
      perkins shannon ziebach`),
    in_both: ['stanley'],
    source: '49 CFR 71.7',
  },
  TX: {
    zone: 'America/Denver',
    counties: words('el-paso hudspeth'),
    in_both: ['culberson'],
    source: '49 CFR 71.7',
  },
  ID: {
    zone: 'America/Los_Angeles',
    counties: words('benewah bonner boundary clearwater kootenai latah lewis nez-perce shoshone'),
    in_both: ['idaho'], // by the Salmon River
    source: '49 CFR 71.9',
  },
  NV: {
    zone: 'America/Denver',
    counties: [],
    in_both: ['elko'], // West Wendover is Mountain, Jackpot keeps it
    source: '49 CFR 71.9',
  },
  OR: {
    zone: 'America/Denver',
    counties: [],
    in_both: ['malheur'], // its south is Pacific
    source: '49 CFR 71.9',
  },
}

export const statesInTwoZones = Object.keys(secondZones)

/** Slugs of counties differ between files: st-joseph, LaPorte, la-porte, 'knox-county'. */
const lettersOf = (county: string): string =>
  county
    .toLowerCase()
    .replace(/[^a-z]?(county|borough|census area)$/, '')
    .replace(/^saint[^a-z]/, 'st')
    .replaceAll(/[^a-z]/g, '')

const knownLetters = new Map(
  Object.entries(secondZones).map(([state, { counties, in_both }]) => [
    state,
    new Set([...words(countiesOf[state] ?? ''), ...counties, ...in_both].map(lettersOf)),
  ]),
)

/** In a state of two zones: is it one of its counties? A number or a name nobody knows says nothing of where it lies. */
export const isCountyKnown = (state: string, county: string | null): boolean =>
  knownLetters.get(state)?.has(lettersOf(county ?? '')) ?? true

/**
 * The zones somebody may live in, the likelier first: one, or both of the state where the county is not known or is cut by
 * the line. Who may be called must be so in each. None where the state itself is not known.
 */
export function zonesOf(state: string, county: string | null): string[] {
  const zone = stateTimeZones[state]
  if (zone === undefined) return []
  const second = secondZones[state]
  if (!second) return [zone]
  if (!isCountyKnown(state, county)) return [zone, second.zone]
  const letters = lettersOf(county ?? '')
  const isAmong = (counties: readonly string[]): boolean => counties.some((each) => lettersOf(each) === letters)
  if (isAmong(second.in_both)) return [zone, second.zone]
  return isAmong(second.counties) ? [second.zone] : [zone]
}
