import { randomOf } from '../../../platform/random.ts'
import { generalElectionOn, newYorkElections } from '../rules/elections-ny.ts'
import { givenOf, surnameOf, type NameGroup } from './names.ts'
import { cityPlaces, statePlaces, streets } from './places.ts'

export interface VoterFileOptions {
  rows: number
  seed: number
  /** 'YYYY-MM-DD': ages and elections are seen from here. */
  today: string
  /** 'ny' the whole state; 'nyc' the city; 'queens-town' the demo's town in north-east Queens. */
  place?: 'ny' | 'nyc' | 'queens-town'
  /** Percent of rows that are purged registrations. */
  purged_percent?: number
  /** Without lines a strict reader cannot take (wrong number of columns). */
  is_clean?: boolean
  /** The month the file is of, from 0: later ones have some voters moved, changed, gone and new. */
  month?: number
}

/** One telephone of the matching phone file. */
export const phoneFileHeader =
  'state_voter_id,county_id,first_name,last_name,birth_year,address,phone,kind,quality,source,date\r\n'

const groupLetters: Readonly<Record<string, NameGroup>> = {
  k: 'korean', c: 'chinese', y: 'cantonese', i: 'indian', m: 'muslim', v: 'vietnamese', f: 'filipino', j: 'japanese', h: 'hispanic',
  b: 'black', r: 'irish', t: 'italian', l: 'jewish', g: 'greek', w: 'western',
} // prettier-ignore

interface District {
  ad: number
  sd: number
  cd: number
  ccd: number
  ed: number
  ld: string
  town: string
}

interface Place {
  city: string
  zip: string
  county: number
  groups: NameGroup[]
  districts: District[]
  streets: readonly string[]
}

interface Party {
  enrolment: string
  other: string
}

/**
 * Chunks of a made-up New York voter file in the layout of the State Board (47 columns, Latin-1, CRLF), the same for the
 * same options. Beside each chunk come the telephones of a part of its voters, as a CSV a volunteer group would have.
 */
export function* voterFile(options: VoterFileOptions): Generator<{ voters: Buffer; phones: Buffer; rows: number }> {
  const maker = new VoterMaker(options)
  const size = 1 << 20
  const voters = Buffer.allocUnsafe(size + (1 << 18))
  let filled = 0
  let rows = 0
  let phones = ''
  while (maker.made < options.rows) {
    const before = maker.made
    for (const row of maker.household()) filled += voters.write(row, filled, 'latin1')
    phones += maker.phones
    rows += maker.made - before
    if (filled >= size) {
      yield { voters: Buffer.from(voters.subarray(0, filled)), phones: Buffer.from(phones), rows }
      filled = 0
      rows = 0
      phones = ''
    }
  }
  yield { voters: Buffer.from(voters.subarray(0, filled)), phones: Buffer.from(phones), rows }
}

class VoterMaker {
  made = 0
  phones = ''
  readonly #options: VoterFileOptions
  readonly #places: Place[]
  readonly #random: () => number
  readonly #year: number
  readonly #elections: SpelledElection[]
  readonly #today: number
  #number = 0

  constructor(options: VoterFileOptions) {
    this.#options = options
    this.#random = randomOf(options.seed)
    this.#year = Number(options.today.slice(0, 4))
    this.#today = dayOf(options.today)
    this.#places = placesOf(options.place ?? 'ny')
    this.#elections = spelledElections(options.today)
  }

  /** Rows of one household: one to four voters at one address, mostly of one name. */
  household(): string[] {
    const random = this.#random
    const place = pick(this.#places, random)
    const group = pick(place.groups, random)
    random() // a draw that files of every seed were made with
    const surname = surnameOf(group, random)
    const { number, street } = this.#address(place)
    // A house lies in one election district.
    const district = pick(place.districts, randomOf(textHash(`${number} ${street}`)))
    const isFlat =
      random() <
      (place.county === 31 || place.county === 3 ? 0.85 : place.county === 41 || place.county === 24 ? 0.5 : 0.12)
    const unit = isFlat ? `${1 + Math.floor(random() * 24)}${'ABCDEFGHJK'.charAt(Math.floor(random() * 10))}` : ''
    const size = Math.min([1, 1, 2, 2, 2, 3, 4][Math.floor(random() * 7)] ?? 1, this.#options.rows - this.made)
    const elder = 26 + Math.floor(random() * random() * 70) + Math.floor(random() * 10)
    const landline = random() < 0.3 ? this.#phone(random) : ''
    const rows: string[] = []
    this.phones = ''
    for (let member = 0; member < size; member++) {
      const age =
        member < 2
          ? Math.min(102, elder + Math.floor(random() * 7) - 3)
          : Math.max(16, elder - 24 - Math.floor(random() * 8))
      // A wife keeps her own surname with Koreans, Chinese and Vietnamese.
      const isOwn =
        member === 1 && random() < (group === 'korean' || group === 'chinese' || group === 'vietnamese' ? 0.55 : 0.15)
      const row = this.#voter({
        place,
        group,
        district,
        surname: isOwn ? surnameOf(group, random) : surname,
        number,
        street,
        unit,
        age: Math.max(16, age),
        landline,
      })
      if (row !== null) rows.push(row)
    }
    return rows
  }

  #address(place: Place): { number: string; street: string } {
    const random = this.#random
    let street = pick(place.streets, random)
    let cross = 0
    if (street.includes('#')) {
      cross = 2 + Math.floor(random() * (place.county === 41 ? 198 : 96))
      street = street.replace(/#(ST|ND|RD|TH)/, `${cross}${ordinal(cross)}`)
    }
    // Queens: the cross street, a hyphen, the house.
    const number =
      place.county === 41
        ? `${10 + Math.floor(random() * 240)}-${String(1 + Math.floor(random() * 88)).padStart(2, '0')}`
        : String(1 + Math.floor(random() * random() * 2400))
    return { number, street }
  }

  #phone(random: () => number): string {
    return `${areaCodes[Math.floor(random() * areaCodes.length)]}555${String(Math.floor(random() * 10_000)).padStart(4, '0')}`
  }

  #voter(home: {
    place: Place
    group: NameGroup
    district: District
    surname: string
    number: string
    street: string
    unit: string
    age: number
    landline: string
  }): string | null {
    const { place, group, district } = home
    const voterNumber = ++this.#number
    // Chances of their own, so that what a month changes about one voter shifts nothing for the others.
    const random = randomOf(hash32(this.#options.seed * 1_000_003 + voterNumber))
    const month = this.#options.month ?? 0
    // What later files say differently is decided by the voter's number, so that nothing else shifts.
    const fate = month > 0 ? hash32(voterNumber * 2_654_435_761 + month) % 1000 : 1000
    const sex = random() < 0.525 ? 'F' : 'M'
    const { first, middle } = givenOf(group, sex, home.age, random)
    const bornDay = this.#today - Math.floor(home.age * 365.25 + random() * 365)
    const isMinor = this.#today - bornDay < 18 * 365.25
    const registeredDay = Math.min(
      this.#today - 20,
      Math.max(bornDay + 6580 + Math.floor(random() ** 2 * (home.age - 17) * 365), this.#today - 52 * 365),
    )
    const party = partyOf(group, home.age, random)
    const isPurged = random() * 100 < (this.#options.purged_percent ?? 6)
    const chance = random()
    const status = isPurged
      ? 'P'
      : isMinor
        ? '17'
        : chance < 0.905
          ? 'A'
          : chance < 0.995
            ? 'I'
            : chance < 0.997
              ? 'AM'
              : chance < 0.999
                ? 'AU'
                : 'AF'
    const history = isMinor
      ? ''
      : this.#history(
          voterNumber,
          place.county,
          registeredDay,
          isPurged ? this.#today - 2200 : this.#today,
          home.age,
          random,
        )
    const sboeid = `NY${String((voterNumber * 48_271 + 1_000_003) % 2_147_483_647).padStart(18, '0')}`
    const county_id = String((voterNumber * 69_621 + 300_000_007) % 999_999_937).padStart(9, '0')

    let unit = home.unit
    let unitType = unit ? 'APT' : ''
    let lastName = home.surname
    let dob = stamp(bornDay)
    const dirt = random()
    if (dirt < 0.0005) unit = `${unit || '2'} "G"`
    else if (dirt < 0.0007) dob = '19000101'
    else if (dirt < 0.0008) dob = '00000000'
    else if (dirt < 0.0009) dob = `${dob.slice(0, 4)}0231`
    else if (dirt < 0.0011) lastName = `${lastName}  `
    else if (dirt < 0.0012 && !this.#options.is_clean) lastName = `${lastName}\t`
    else if (dirt < 0.00123) unitType = 'APT\n'
    if (random() < 0.1) unitType = unit ? pick(['', 'UNIT', 'FL', '#'], random) : ''

    let number = home.number
    let enrolment = party.enrolment
    let statusNow = status
    if (fate < 5) return this.#count() // gone
    else if (fate < 13) number = String(1 + (voterNumber % 400)) // moved
    else if (fate < 17) enrolment = enrolment === 'BLK' ? 'DEM' : 'BLK'
    else if (fate < 22 && status === 'A') statusNow = 'I'
    else if (fate < 26) lastName = surnameOf(group, random)

    const hasMail = random() < 0.06
    const isMoved = random() < 0.1
    const lastVoted = history ? stamp(this.#lastVoted) : ''
    const isInactive = status === 'I' || isPurged
    const source = pick(sources, random)
    const zip4 = random() < 0.6 ? String(1001 + (hash32(voterNumber) % 8000)) : ''
    const ld = district.ld
    const row =
      `"${lastName}","${first}","${middle}","${random() < 0.02 ? pick(suffixes, random) : ''}","${number}","${random() < 0.004 ? '1/2' : ''}","","${home.street}","","${unitType}","${unit}","",` +
      `"${place.city}","${place.zip}","${zip4}","${hasMail ? `PO BOX ${1 + (voterNumber % 3000)}` : ''}","${hasMail ? `${place.city} NY ${place.zip}` : ''}","","","${dob}","${random() < 0.06 ? '' : sex}",` +
      `"${enrolment}","${enrolment === 'OTH' ? party.other : ''}","${String(place.county).padStart(2, '0')}","${String(district.ed).padStart(3, '0')}","${ld}","${district.town}","${district.town ? '001' : '000'}","${district.cd}","${district.sd}","${district.ad}",` +
      `"${lastVoted}","${isMoved ? String(this.#year - 1 - Math.floor(random() * 12)) : ''}","${isMoved && random() < 0.5 ? '24' : ''}","${isMoved ? `${1 + (voterNumber % 900)} ${pick(place.streets, random).replace('#TH', '88TH').replace('#ND', '82ND').replace('#RD', '83RD').replace('#ST', '81ST')}` : ''}","${sex === 'F' && random() < 0.03 ? surnameOf(group, random) : ''}",` +
      `"${county_id}","${stamp(registeredDay)}","${source}","${random() < 0.04 ? 'Y' : 'N'}","Y","${statusNow}","${isInactive ? pick(reasons, random) : ''}","${isInactive ? stamp(this.#today - 300) : ''}","${isPurged ? stamp(this.#today - 200) : ''}","${sboeid}","${history}"\r\n`
    this.made++

    if (random() < 0.46 && statusNow !== 'P' && statusNow !== '17') {
      const isMobile = random() < 0.75 || !home.landline
      const phone = isMobile ? this.#phone(random) : home.landline
      // A third of the file knows no state id: name, birth year and address must do.
      const byName = random() < 0.1
      this.phones += `${byName ? '' : sboeid},${byName ? '' : county_id},${csv(first)},${csv(lastName.trim())},${dob.slice(0, 4)},${csv(`${number} ${home.street}`)},${phone.slice(0, 3)}-${phone.slice(3, 6)}-${phone.slice(6)},${isMobile ? 'mobile' : 'landline'},${byName ? 60 : 85},volunteer match,${this.#options.today}\r\n`
    }
    if (dirt > 0.9999 && !this.#options.is_clean) {
      this.made++
      return `${row}${row.slice(0, row.lastIndexOf(',"'))}\r\n` // a line short of its last column
    }
    if (dirt > 0.9994) {
      this.made++ // the same voter again: an older registration, purged since
      return row + row.replace(`"${statusNow}","`, '"P","').replace(stamp(registeredDay), stamp(registeredDay - 900))
    }
    return row
  }

  #count(): null {
    this.made++
    return null
  }

  #lastVoted = 0

  /** Semicolons between elections, in the spelling of the county; who moved has two. */
  #history(
    voterNumber: number,
    county: number,
    registeredDay: number,
    until: number,
    age: number,
    random: () => number,
  ): string {
    const habit = Math.min(0.96, random() * (0.35 + age / 110))
    const style = county % 4
    let text = ''
    this.#lastVoted = 0
    const movedAt = random() < 0.12 ? this.#today - Math.floor(random() * 4000) : 0
    for (const election of this.#elections) {
      if (election.day > until) continue
      if (election.day < registeredDay) break
      // A seat is filled where it is empty. Decided by the voter's number, so that nothing else of the file shifts.
      if (election.is_special && hash32(election.day * 64 + county) % 3 > 0) continue
      const chance = election.is_special ? randomOf(hash32(voterNumber * 40_503 + election.day)) : random
      if (chance() > habit * election.chance) continue
      if (this.#lastVoted === 0) this.#lastVoted = election.day
      const how = chance()
      const method =
        election.day > 7200 && how < 0.34 ? (how < 0.22 ? 1 : 2) : how < 0.06 ? 2 : how < 0.07 ? 3 : how < 0.73 ? 0 : 4
      const spelled = election.spelled[movedAt > 0 && election.day < movedAt ? (style + 1) % 4 : style]?.[method] ?? ''
      text += text ? `;${spelled}` : spelled
    }
    if (random() < 0.0008) text += `${text ? ';' : ''}${random() < 0.5 ? 'PRES PRIMARY ELECTION(P)' : '20080205 ??(P)'}`
    if (this.#lastVoted === 0) return ''
    return text
  }
}

const areaCodes = [
  '718',
  '347',
  '929',
  '917',
  '646',
  '212',
  '516',
  '631',
  '914',
  '845',
  '315',
  '585',
  '716',
  '518',
  '607',
  '332',
  '934',
]
const sources = ['DMV', 'DMV', 'DMV', 'DMV', 'MAIL', 'MAIL', 'AGCY', 'CBOE', 'LOCALREG', 'SCHOOL']
const reasons = ['MOVED', 'RETURN-MAIL', 'NCOA', 'MAIL-CHECK', 'NVRA', 'DEATH', 'VOTER-REQ']
const suffixes = ['JR', 'SR', 'II', 'III', 'Jr.']

function partyOf(group: NameGroup, age: number, random: () => number): Party {
  const chance = random()
  const leaning = { korean: 0.48, chinese: 0.42, cantonese: 0.44, indian: 0.55, muslim: 0.66, vietnamese: 0.45, filipino: 0.5, japanese: 0.52, hispanic: 0.62, black: 0.8, irish: 0.38, italian: 0.34, jewish: 0.5, greek: 0.42, western: 0.42 }[group] // prettier-ignore
  if (chance < leaning) return { enrolment: 'DEM', other: '' }
  const left = (chance - leaning) / (1 - leaning)
  if (left < (age < 40 ? 0.6 : 0.48)) return { enrolment: 'BLK', other: '' }
  if (left < 0.9) return { enrolment: 'REP', other: '' }
  if (left < 0.93) return { enrolment: 'CON', other: '' }
  if (left < 0.945) return { enrolment: 'WOR', other: '' }
  return { enrolment: 'OTH', other: pick(['IND', 'Ind', 'IND', 'GRE', 'LBT', 'SAM', 'WEP', 'RTH'], random) }
}

function placesOf(which: NonNullable<VoterFileOptions['place']>): Place[] {
  const city = cityPlaces
    .filter((place) => which !== 'queens-town' || place[5] === 'town')
    .flatMap(([name, zip, county, share, mix, , districts]) => {
      const place: Place = {
        city: name,
        zip,
        county,
        groups: which === 'queens-town' ? townGroups(mix) : groupsOf(mix),
        streets: streets[county] ?? [],
        districts: districts.split(' ').flatMap((entry) => {
          const [numbers = '', eds = ''] = entry.split(':')
          const [ad = 0, sd = 0, cd = 0, ccd = 0] = numbers.split('/').map(Number)
          return eds.split(',').map((ed) => ({ ad, sd, cd, ccd, ed: Number(ed), ld: '', town: '' }))
        }),
      }
      return Array.from({ length: share }, () => place)
    })
  if (which !== 'ny') return city
  // A good half of the state's voters live outside the city.
  const state = statePlaces.flatMap(([name, zip, county, town, ad, sd, cd, ld, mix]) => {
    const place: Place = {
      city: name,
      zip,
      county,
      groups: groupsOf(mix),
      streets: streets[0] ?? [],
      districts: Array.from({ length: 24 }, (_, index) => ({
        ad,
        sd,
        cd,
        ccd: 0,
        ed: index + 1,
        ld: String(ld).padStart(3, '0'),
        town,
      })),
    }
    return Array.from({ length: 18 }, () => place)
  })
  return [...city, ...state]
}

const groupsOf = (mix: string): NameGroup[] => Array.from(mix, (letter) => groupLetters[letter] ?? 'western')

/** The demo's town: 18 percent Korean, the rest as it lives there. */
function townGroups(mix: string): NameGroup[] {
  const others = groupsOf(mix).filter((group) => group !== 'korean')
  const groups: NameGroup[] = Array.from({ length: 18 }, () => 'korean')
  for (let index = 0; groups.length < 100; index++) groups.push(others[index % others.length] ?? 'western')
  return groups
}

interface SpelledElection {
  day: number
  chance: number
  is_special: boolean
  /** By way of spelling, then by method. */
  spelled: string[][]
}

/** Elections up to today, newest first, spelled in the ways of four counties and for five methods. */
function spelledElections(today: string): SpelledElection[] {
  const year = Number(today.slice(0, 4))
  const generals = Array.from({ length: 28 }, (_, index) => ({
    kind: 'general' as const,
    held_on: generalElectionOn(year - index),
  }))
  return [...generals, ...newYorkElections, ...specials(year)]
    .filter((election) => election.held_on < today)
    .sort((a, b) => (a.held_on < b.held_on ? 1 : -1))
    .map((election) => {
      if (election.kind === 'special') return spelledSpecial(election.held_on)
      const [y = '', m = '', d = ''] = election.held_on.split('-')
      const code = { general: 'GE', primary: 'PR', presidential_primary: 'PP', runoff: 'RO' }[election.kind]
      const name = {
        general: 'General',
        primary: 'Primary',
        presidential_primary: 'Presidential Primary',
        runoff: 'Runoff',
      }[election.kind]
      const odd = Number(y) % 2 === 1
      const chance =
        election.kind === 'general'
          ? Number(y) % 4 === 0
            ? 1
            : Number(y) % 2 === 0
              ? 0.8
              : 0.5
          : election.kind === 'primary'
            ? 0.35
            : 0.3
      return {
        day: dayOf(election.held_on),
        chance,
        is_special: false,
        spelled: [
          mark.map((how) => `${y}${m}${d} ${election.kind === 'primary' && odd ? 'PE' : code}${how}`),
          mark.map((how) => (odd ? `${code} [${y}${m}${d}]${how}` : `${code} ${y}${m}${d}${how}`)),
          mark.map((how, index) =>
            index === 4
              ? `${Number(m)}/${Number(d)}/${odd ? y.slice(2) : y} ${name}`
              : `${name} Election${Number(y) % 3 === 0 ? ',' : ''} ${y}${how}`,
          ),
          mark.map((how, index) =>
            index === 2 ? `${y.slice(2)} ${name.toUpperCase()}${how}` : `${y} ${name.toUpperCase()} ELECTION${how}`,
          ),
        ],
      }
    })
}

const mark = ['(P)', '(E)', '(A)', '(F)', '']

/** Made-up days on which the empty seat of a district was filled, one a year. */
const specials = (year: number): { kind: 'special'; held_on: string }[] =>
  Array.from({ length: 24 }, (_, index) => {
    const held = new Date(Date.UTC(year - index, 1, 15))
    held.setUTCDate(15 + ((9 - held.getUTCDay()) % 7)) // the Tuesday from then on
    return { kind: 'special', held_on: held.toISOString().slice(0, 10) }
  })

/** Each county has more ways for these than for others: from year to year another. */
function spelledSpecial(held_on: string): SpelledElection {
  const [y = '', m = '', d = ''] = held_on.split('-')
  const way = Number(y) % 4
  const slashed = `${Number(m)}/${Number(d)}/${way % 2 ? y.slice(2) : y}`
  const coded = [`${y}${m}${d} SP`, `${y}${m}${d} SE`, `[${y}${m}${d} SP]`, `${y}${m}${d} SP`][way] ?? ''
  const turned = [`SP ${y}${m}${d}`, `SE ${y}${m}${d}`, `SP [${y}${m}${d}]`, `SE [${y}${m}${d}]`][way] ?? ''
  const worded =
    [`Special Election ${y}`, `Special Election, ${y}`, `Special General ${y}`, `${slashed} Special`][way] ?? ''
  const upper = [`${y} SPECIAL ELECTION`, `SPECIAL ${y}${m}${d}`, `SPECIAL ${slashed}`, `SPEC ELEC ${y}`][way] ?? ''
  const short = [`${y.slice(2)} SPECIAL`, `SP ${y}`, `${y} SE`, `'${y.slice(2)} SPECIAL`][way] ?? ''
  return {
    day: dayOf(held_on),
    chance: 0.3,
    is_special: true,
    spelled: [
      mark.map((how) => coded + how),
      mark.map((how) => turned + how),
      mark.map((how, index) => (index === 4 ? `${slashed} Special` : worded + how)),
      mark.map((how, index) => (index === 2 ? short : upper) + how),
    ],
  }
}

const dayOf = (date: string): number => Date.parse(date) / 86_400_000 - 10_957

const stamps = new Map<number, string>()
function stamp(day: number): string {
  let text = stamps.get(day)
  if (text === undefined)
    stamps.set(day, (text = new Date((day + 10_957) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')))
  return text
}

const csv = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T // lists are not empty

const ordinal = (number: number): string =>
  Math.floor(number / 10) % 10 === 1 ? 'TH' : (['TH', 'ST', 'ND', 'RD'][number % 10] ?? 'TH')

function textHash(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = hash32(hash ^ text.charCodeAt(at))
  return hash
}

function hash32(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return (hash ^ (hash >>> 16)) >>> 0
}
