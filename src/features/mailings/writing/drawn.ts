import type { Db } from '../../../platform/db/db.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { isLanguage, isPublicLanguage, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator, type Translate } from '../../../platform/i18n/messages.ts'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { countsOf, voteOf } from '../../endorsements/ballots/queries.ts'
import { labelOf } from '../../endorsements/ballots/words.ts'
import { contestsHeld, cyclesOf } from '../../endorsements/cycles/queries.ts'
import { announcementOf, revisionsOf, statementsOf } from '../../endorsements/results/queries.ts'
import { endorsedOf } from '../../endorsements/results/rules.ts'
import { nameIn } from '../../endorsements/results/words.ts'
import { eventById, listEvents, shiftsOf, toldTo, type Event, type Shift } from '../../events/queries.ts'
import { spanText } from '../../events/when.ts'
import '../../voterguides/messages.ts'
import { guideById, guidesOf, versionsOf, type Guide } from '../../voterguides/queries.ts'
import { issuesSpokenOf } from '../../voterguides/rules.ts'
import type { Claim, Content, GuideCandidate, GuideContest } from '../../voterguides/schema.ts'
import type { MailingLane } from '../schema.ts'
import './messages.ts'
import { drawnKinds, type Block, type DrawnKind } from './schema.ts'

/** A text in the language it became. */
export interface Said {
  text: string
  language: string
}

/** What a block shows of another room, in one language. */
export interface ShownBlock {
  title: Said
  lines: { label: string | null; said: Said }[]
  rows: { title: Said; cells: { who: string; mark: string | null; said: Said[] }[] }[]
  notes: string[]
  label: string
  address: string
}

export interface Around {
  organization_id: string
  slug: string
  name: LocalizedText
  languages: readonly string[]
  time_zone: string
  lane: MailingLane
  /** Address people open, without a slash at the end. */
  url: string
  now: Date
}

/** Why a block shows nothing: nothing is chosen; it is not there for everybody; the lane forbids it. */
export type DrawnProblem = 'not_chosen' | 'gone' | 'lane'

/** `lacks`: something of it that was written is not written in that language. */
interface DrawnBlockOf {
  block: ShownBlock
  lacks: boolean
}

type Draws = (language: string) => DrawnBlockOf
type Found = { draws: Draws } | { problem: DrawnProblem }

/** What all blocks show that draw from other rooms, by their keys. */
export async function drawnIn(db: Db, blocks: readonly Block[], around: Around) {
  const found = new Map<string, Found>()
  for (const block of blocks) if (isDrawn(block)) found.set(block.key, await find(db, block, around))
  return {
    problems: new Map([...found].flatMap(([key, each]) => ('problem' in each ? [[key, each.problem] as const] : []))),
    shownIn: (language: string): ReadonlyMap<string, ShownBlock> =>
      new Map(
        [...found].flatMap(([key, each]) => ('draws' in each ? [[key, each.draws(language).block] as const] : [])),
      ),
    lacking: (languages: readonly string[]): ReadonlyMap<string, string[]> =>
      new Map(
        [...found].flatMap(([key, each]) => {
          const of = 'draws' in each ? languages.filter((language) => each.draws(language).lacks) : []
          return of.length > 0 ? [[key, of] as const] : []
        }),
      ),
  }
}

type DrawnBlock = Extract<Block, { kind: DrawnKind }>
const isDrawn = (block: Block): block is DrawnBlock => drawnKinds.some((kind) => kind === block.kind)

/** Non-partisan education says nothing of whom the organization endorses. */
const isForbidden = (lane: MailingLane, kind: DrawnKind, guide?: Guide): boolean =>
  lane === 'non_partisan' && (kind === 'endorsement' || guide?.kind === 'own')

async function find(db: Db, { kind, of }: DrawnBlock, around: Around): Promise<Found> {
  const [id = '', contest_id = ''] = of.split('/')
  if (!id) return { problem: 'not_chosen' }
  if (isForbidden(around.lane, kind)) return { problem: 'lane' }
  const draws = await finders[kind](db, around, id, contest_id)
  return typeof draws === 'function' ? { draws } : { problem: draws ?? 'gone' }
}

const finders: Record<DrawnKind, (db: Db, around: Around, id: string, contest_id: string) => Promise<Draws | DrawnProblem | null>> = {
  async event(db, around, id) {
    const event = await eventById(db, around.organization_id, id)
    if (!event?.published_at || event.canceled_at) return null
    const shifts = toldTo(event, await shiftsOf(db, around.organization_id, [id]), { has_seat: false })
    return (language) => eventIn(around, event, shifts, language)
  },
  async comparison(db, around, id, contest_id) {
    const guide = await guideById(db, around.organization_id, id)
    const [last] = guide && !guide.withdrawn_at ? await versionsOf(db, guide) : []
    const contest = last?.content.contests.find((each) => String(each.contest_id) === contest_id)
    if (!guide || !last || !contest) return null
    if (isForbidden(around.lane, 'comparison', guide)) return 'lane'
    return (language) => comparisonIn(around, guide, last.content, contest, language)
  },
  async endorsement(db, around, id, contest_id) {
    const vote = await voteOf(db, around.organization_id, id)
    if (!vote || !(await announcementOf(db, vote))) return null
    const counted = (await countsOf(db, vote)).find((each) => String(each.contest_id) === contest_id)
    if (!counted) return null
    const withdrawn = await revisionsOf(db, vote)
    const endorsed = endorsedOf(counted.contest, counted.account).filter(
      ({ candidate_id }) => !withdrawn.some((each) => each.candidate_id === candidate_id),
    )
    if (endorsed.length === 0) return null
    const said = (await statementsOf(db, vote)).find((each) => each.contest_id === counted.contest_id)
    const contests = await contestsHeld(db, [counted.contest_id])
    return (language) => {
      const { t, own, link, shown } = wordsFor(around, language)
      const names = endorsed.map(({ name }) => labelOf(t, counted.contest, name)).join(', ')
      const why = own(said?.statement)
      return shown({
        title: { text: t('writing.we_endorse', { names }), language: t.language },
        lines: [
          { label: null, said: { text: nameIn(t, contests, counted.contest_id), language: t.language } },
          ...(why.text ? [{ label: null, said: why }] : []),
        ],
        rows: [],
        notes: [],
        label: t('writing.endorsement_read'),
        address: link(`/c/${around.slug}/${id}/announcement`),
      })
    }
  },
} // prettier-ignore

/** Words around texts are in the nearest language we have words in. */
function wordsFor(around: Around, language: string) {
  const t = translator(isLanguage(language) ? language : 'en')
  let lacks = false
  /** Of somebody's words, in the nearest language they are written in; that of ours is nobody's to translate. */
  const own = (text: LocalizedText | null | undefined, others: readonly string[] = around.languages): Said => {
    const said = localized(text, language, others)
    if (said.text.trim() && said.language !== language) lacks = true
    return said
  }
  return {
    t,
    own,
    shown: (block: ShownBlock): DrawnBlockOf => ({ block, lacks }),
    link: (path: string): string => `${around.url}${path}?lang=${language}`,
  }
}

function eventIn(around: Around, event: Event, shifts: readonly Shift[], language: string): DrawnBlockOf {
  const { t, own, link, shown } = wordsFor(around, language)
  const spoken = isPublicLanguage(language) ? language : 'en'
  const summary = own(event.content.summary)
  const place = shifts[0]?.place
  // A name of a place is a name.
  const name = localized(place?.name, language, around.languages)
  const where = [name.text, [place?.address, place?.city].filter(Boolean).join(', ')].filter(Boolean)
  const line = (label: string, text: string, of = t.language as string) => ({ label, said: { text, language: of } })
  return shown({
    title: own(event.content.title),
    lines: [
      ...(shifts.length > 0 ? shifts : [event])
        .slice(0, 4)
        .map((shift) => line(t('writing.event_when'), spanText(spoken, event.time_zone, shift), spoken)),
      ...(where.length > 0 ? [line(t('writing.event_where'), language === 'ko' && where[1] ? `${where[0]}(${where[1]})` : where.join(', '), name.language)] : []),
      ...(summary.text ? [{ label: null, said: summary }] : []),
    ],
    rows: [],
    notes: [],
    label: t('writing.event_sign_up'),
    address: link(`/e/${around.slug}/${event.code}`),
  })
} // prettier-ignore

function comparisonIn(around: Around, guide: Guide, content: Content, contest: GuideContest, language: string): DrawnBlockOf {
  const { t, own, link, shown } = wordsFor(around, language)
  const organization = localized(around.name, language, around.languages).text
  const nameOf = ({ name, names }: GuideCandidate): string => localized({ en: name, ...names }, language).text
  const spoken = (text: string): Said => ({ text, language: t.language })
  const said = (claim: Claim): Said[] => {
    const text = own(claim.text, [claim.original_language, 'en'])
    const ranked = claim.ranked.map((each, at) => `${at + 1}. ${own(each).text}`).join(' ')
    return [
      ...(claim.choice ? [spoken(t(`voterguides.choice.${claim.choice}`))] : []),
      ...(ranked ? [{ text: ranked, language }] : []),
      ...(text.text ? [text] : []),
    ]
  }
  return shown({
    title: spoken(contestName(t, contest)),
    lines: [],
    // Everybody who runs, alike and in the order of the guide.
    rows: issuesSpokenOf(content, contest).map((issue) => ({
      title: own(issue.name),
      cells: contest.candidates.map((candidate) => {
        const claims = contest.claims.filter(({ issue_id, candidate_id }) => issue_id === issue.issue_id && candidate_id === candidate.candidate_id)
        return {
          who: nameOf(candidate),
          mark: candidate.is_endorsed && guide.kind === 'own' ? t('voterguides.endorsed') : null,
          said: claims.length > 0 ? claims.flatMap(said) : [spoken(unanswered(t, candidate))],
        }
      }),
    })),
    notes: [t(`voterguides.say.${content.kind}`, { name: organization }), t('voterguides.not_official')],
    label: t('voterguides.compare'),
    address: link(`/g/${around.slug}/${guide.guide_id}/contests/${contest.contest_id}`),
  })
} // prettier-ignore

/** Why nothing stands where a candidate's answer would. */
function unanswered(t: Translate, { standing, asked_on, until }: GuideCandidate): string {
  const day = (on: string): string => formatDate(t.language, on)
  const dates = asked_on.map(day).join(', ')
  if (standing === 'answered') return t('voterguides.blank')
  if (standing === 'not_asked') return t('voterguides.not_asked')
  if (standing === 'silent') return dates ? t('voterguides.silent', { dates }) : t('voterguides.silent_undated')
  const last = day(until ?? '')
  return dates ? t('voterguides.waiting', { dates, until: last }) : t('voterguides.waiting_undated', { until: last })
}

export interface Choice {
  /** As a block keeps it in `of`. */
  value: string
  label: string
}

/** What blocks may show: what everybody may see already, and the lane allows. */
export async function choicesFor(db: Db, t: Translate, around: Around): Promise<Record<DrawnKind, Choice[]>> {
  const { organization_id, lane, languages, now, time_zone } = around
  const own = (text: LocalizedText): string => localized(text, t.language, languages).text
  const events = await listEvents(db, organization_id, { which: 'upcoming', is_public: true, now, limit: 50 })
  const comparison: Choice[] = []
  for (const guide of await guidesOf(db, organization_id)) {
    if (guide.version === null || guide.withdrawn_at || isForbidden(lane, 'comparison', guide)) continue
    const [last] = await versionsOf(db, guide)
    for (const contest of last?.content.contests ?? [])
      comparison.push({ value: `${guide.guide_id}/${contest.contest_id}`, label: `${contestName(t, contest)} · ${own(guide.title) || formatDate(t.language, guide.held_on)}` }) // prettier-ignore
  }
  const endorsement: Choice[] = []
  for (const cycle of isForbidden(lane, 'endorsement') ? [] : await cyclesOf(db, organization_id)) {
    const vote = await voteOf(db, organization_id, cycle.cycle_id)
    if (!vote || !(await announcementOf(db, vote))) continue
    for (const { contest_id, contest, account } of await countsOf(db, vote)) {
      const names = endorsedOf(contest, account).map(({ name }) => labelOf(t, contest, name))
      if (names.length > 0) endorsement.push({ value: `${cycle.cycle_id}/${contest_id}`, label: `${names.join(', ')} · ${own(cycle.name)}` }) // prettier-ignore
    }
  }
  return {
    event: events
      .filter(({ canceled_at }) => !canceled_at)
      .map((event) => ({ value: event.event_id, label: `${own(event.content.title)} · ${spanText(t.language, time_zone, event)}` })), // prettier-ignore
    comparison,
    endorsement,
  }
}
