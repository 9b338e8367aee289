import { nameKey } from '../../voterfile/rules/names.ts'
import { guessHangul } from '../../voterfile/community/hangul.ts'
import { houseKey, readAddress, readStreet, sameStreet } from '../../voterfile/rules/streets.ts'
import { plainHangul, surnamesAlike, givensAlike } from '../search/rules.ts'

/** What we know of somebody who may be in the voter file. */
export interface KnownPerson {
  last_name: string | null
  first_name: string | null
  middle_name: string | null
  name_hangul: string | null
  birth_year: number | null
  address: string | null
  zip5: string | null
  /** E.164 */
  phones: readonly string[]
}

/** What the voter file says of somebody it may be. */
export interface PossibleVoter {
  voter_id: number
  last_name: string
  first_name: string | null
  middle_name: string | null
  birth_year: number | null
  house_number: string | null
  street: string | null
  zip5: string | null
  phones: readonly string[]
}

export type MatchEvidence =
  | 'name_same'
  | 'name_alike'
  | 'hangul_reads'
  | 'surname_only'
  | 'birth_year_same'
  | 'birth_year_near'
  | 'birth_year_differs'
  | 'address_same'
  | 'zip_same'
  | 'phone_same'

/** Points for and against: 100 and more is as good as certain, below 45 is not worth showing. */
export const matchPoints: Record<MatchEvidence, number> = {
  name_same: 50,
  name_alike: 38,
  hangul_reads: 38,
  surname_only: 12,
  birth_year_same: 25,
  birth_year_near: 5,
  birth_year_differs: -45,
  address_same: 30,
  zip_same: 8,
  phone_same: 35,
}

export const certainFrom = 100
export const shownFrom = 45
/** A certain match must lead the next by this: father and son of one name at one address stay a question. */
const lead = 20

export interface MatchCandidate {
  voter_id: number
  score: number
  evidence: MatchEvidence[]
}

/** How well one voter fits, with the reasons. */
export const matchScore = (known: KnownPerson, voter: PossibleVoter): MatchCandidate => matchScorer(known)(voter)

/** The same for many: what we know is read once. */
export function matchScorer(known: KnownPerson): (voter: PossibleVoter) => MatchCandidate {
  const nameEvidence = nameScorer(known)
  const address = readAddress(known.address ?? '')
  return (voter) => {
    const evidence: MatchEvidence[] = []
    const name = nameEvidence(voter)
    if (name) evidence.push(name)
    if (known.birth_year !== null && voter.birth_year !== null) {
      const years = Math.abs(known.birth_year - voter.birth_year)
      // Korean ages are told a year or two older.
      evidence.push(years === 0 ? 'birth_year_same' : years <= 2 ? 'birth_year_near' : 'birth_year_differs')
    }
    if (
      address?.house &&
      voter.house_number &&
      voter.street &&
      address.house === houseKey(voter.house_number) &&
      sameStreet(address.street, readStreet(voter.street))
    ) {
      evidence.push('address_same')
    } else if (known.zip5 && known.zip5 === voter.zip5) evidence.push('zip_same')
    if (known.phones.some((phone) => voter.phones.includes(phone))) evidence.push('phone_same')
    return { voter_id: voter.voter_id, evidence, score: evidence.reduce((sum, each) => sum + matchPoints[each], 0) }
  }
}

/** Is there a voter this could be without doubt? Never by name and number alone: then nobody need look to know. */
export const couldBeCertain = ({ birth_year, address, zip5 }: KnownPerson): boolean =>
  matchPoints.name_same +
    matchPoints.phone_same +
    (birth_year === null ? 0 : matchPoints.birth_year_same) +
    Math.max(address ? matchPoints.address_same : 0, zip5 ? matchPoints.zip_same : 0) >=
  certainFrom

export type MatchDecision =
  | { kind: 'certain'; candidate: MatchCandidate }
  | { kind: 'unsure'; candidates: MatchCandidate[] }
  | { kind: 'none' }

/** Link by itself, ask, or let it be. */
export function decideMatch(candidates: readonly MatchCandidate[]): MatchDecision {
  const ranked = candidates
    .filter(({ score }) => score >= shownFrom)
    .sort((a, b) => b.score - a.score || a.voter_id - b.voter_id)
  const [best, next] = ranked
  if (!best) return { kind: 'none' }
  const isNamed = best.evidence.some((each) => each === 'name_same' || each === 'name_alike' || each === 'hangul_reads')
  if (isNamed && best.score >= certainFrom && best.score - (next?.score ?? 0) >= lead) {
    return { kind: 'certain', candidate: best }
  }
  return { kind: 'unsure', candidates: ranked.slice(0, 10) }
}

function nameScorer(known: KnownPerson): (voter: PossibleVoter) => MatchEvidence | null {
  const last = nameKey(known.last_name ?? '')
  const first = nameKey(known.first_name ?? '')
  const given = first + nameKey(known.middle_name ?? '')
  const surnames = new Set([last, ...surnamesAlike(last)])
  const givens = new Set(given ? givensAlike(given) : [])
  const hangul = plainHangul(known.name_hangul ?? '')
  return (voter) => {
    const voterFirst = nameKey(voter.first_name ?? '')
    const [voterLast, voterGiven] = [nameKey(voter.last_name), voterFirst + nameKey(voter.middle_name ?? '')]
    if (last || given) {
      const isSame = (a: string, b: string): boolean => a === voterLast && sameGiven(b, voterGiven, first, voterFirst)
      if (isSame(last, given) || (given !== '' && isSame(given, last))) return 'name_same'
      const surnameAlike = surnames.has(voterLast)
      if (surnameAlike && givens.has(voterGiven)) return 'name_alike'
      if (surnameAlike && last !== voterLast && given && sameGiven(given, voterGiven, given, voterFirst))
        return 'name_alike'
    }
    if (hangul.length >= 2) {
      const guesses = guessHangul(voter.last_name, voter.first_name ?? '', voter.middle_name ?? '', 40)
      if (guesses.some((guess) => guess.hangul === hangul)) return 'hangul_reads'
    }
    return last !== '' && last === voterLast ? 'surname_only' : null
  }
}

/** MINJUN and MIN JUN; Grace and Grace Younghee; Grace Y. and Grace Younghee. */
function sameGiven(ours: string, theirs: string, our_first: string, their_first: string): boolean {
  if (ours === theirs) return ours !== ''
  if (!our_first || !their_first) return false
  if (our_first === their_first) {
    const [a, b] = [ours.slice(our_first.length), theirs.slice(their_first.length)]
    return a === '' || b === '' || (Math.min(a.length, b.length) === 1 && a[0] === b[0])
  }
  return false
}
