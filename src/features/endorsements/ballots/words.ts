import { formatNumber, formatPercent } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import '../cycles/messages.ts'
import { votesNeededOf, type Rules, type VotesNeeded } from '../cycles/schema.ts'
import type { Account } from '../tally/schema.ts'
import '../messages.ts'
import { dayText, readsOf } from '../reading.ts'
import './messages.ts'
import { noEndorsement, optionsOf, type Cells } from './rules.ts'
import { runoffIn } from './runoff-rules.ts'
import type { ContestOnBallot, OnBallot } from './schema.ts'

/** A candidate as a ballot names them: for readers of Korean in Hangul, with the name as it stands in the list beside it. */
export function optionLabel(t: Translate, option: Pick<OnBallot, 'name' | 'names'> & { candidate_id: number | null }): string {
  if (option.candidate_id === null) return t('ballots.none')
  const own = option.names[readsOf(t)]
  return own && own !== option.name ? `${own} (${option.name})` : option.name
} // prettier-ignore

/** Somebody of an account, by the name they have in the list; it stands beside their own where another has the same. */
export function labelOf(t: Translate, contest: ContestOnBallot, name: string): string {
  if (name === noEndorsement) return t('ballots.none')
  const option = contest.candidates.find((each) => each.name === name)
  if (!option) return name
  const own = ({ names, name: listed }: OnBallot): string => names[readsOf(t)] ?? listed
  const isShared = contest.candidates.some((each) => each !== option && own(each) === own(option))
  return isShared ? optionLabel(t, option) : own(option)
}

/** What a ballot says in one contest, a line for each thing it says. */
export function cellLines(t: Translate, contest: ContestOnBallot, method: Rules['method'], cells: Cells): string[] {
  const options = optionsOf(contest, method)
  const named = (each: number): string => {
    const option = options[each]
    return option ? optionLabel(t, option) : ''
  }
  const words = ['yes', 'no', 'abstain'] as const
  return cells.flatMap((each, at) => {
    if (each === null) return []
    if (method === 'yes_no') return [`${named(at)}: ${t(`ballots.word.${words[each] ?? 'abstain'}`)}`]
    return [method === 'ranked' ? `${t('ballots.rank', { rank: at + 1 })}: ${named(each)}` : named(each)]
  })
}

/** Who is endorsed: a place that "no endorsement" wins stays empty. */
export const endorsedIn = ({ winners }: Account): string[] => winners.filter((name) => name !== noEndorsement)

/** Whom a contest's count endorses. */
export function outcomeLine(t: Translate, contest: ContestOnBallot, account: Account): string {
  const names = endorsedIn(account).map((name) => labelOf(t, contest, name))
  return names.length > 0 ? t('ballots.say.endorsed', { names: names.join(', ') }) : t('ballots.say.nobody')
}

/** What came out of a contest, in sentences. */
export function outcomeLines(
  t: Translate,
  rules: Pick<Rules, 'threshold' | 'threshold_percent'>,
  contest: ContestOnBallot,
  account: Account,
): string[] {
  const number = (value: number): string => formatNumber(t.language, value)
  const { ballots, quorum, has_no_quorum, winners, threshold, method } = account
  const cast = ballots.valid + ballots.blank
  const ties = account.rounds.flatMap((round) => round.ties)
  const of = method === 'plurality' || method === 'approval' ? 'ballots' : method === 'stv' ? null : method
  const needed = votesNeededOf(rules)
  return [
    outcomeLine(t, contest, account),
    ...(has_no_quorum && quorum !== null ? [t('ballots.say.no_quorum', { cast: number(cast), quorum: number(quorum) })] : []), // prettier-ignore
    ...(winners.includes(noEndorsement) ? [t('ballots.say.none_won')] : []),
    ...(!has_no_quorum && winners.length === 0 && cast > 0 ? [t('ballots.say.not_enough')] : []),
    t('ballots.say.cast', { cast: number(cast), blank: number(ballots.blank) }),
    ...(quorum !== null && !has_no_quorum ? [t('ballots.say.quorum', { quorum: number(quorum) })] : []),
    of === null
      ? t('ballots.say.quota', { quota: number(account.quota ?? 0) })
      : needed === 'most'
        ? t('ballots.say.most')
        : needed === 'half'
          ? t(`ballots.say.half.${of}`)
          : t(`ballots.say.share.${of}`, { share: threshold ? shareText(t, needed, threshold) : '' }),
    ...ties.map(({ kind, among, round }) =>
      [
        t(`tally.tie.${kind}`, { among: among.map((name) => labelOf(t, contest, name)).join(', ') }),
        round === null ? t('tally.by_lot') : t('tally.by_round', { round }),
      ].join(': '),
    ),
  ]
}

/** As the rules say it. */
function shareText(t: Translate, needed: VotesNeeded, { yes, of }: { yes: number; of: number }): string {
  if (needed === 'percent') return formatPercent(t.language, yes / of)
  return needed === 'two_thirds' ? t('endorsements.share.two_thirds') : t('endorsements.share.fraction', { yes, of })
}

/** Who goes into a run-off in a contest, and when; null: there is none. */
export function runoffLine(t: Translate, rules: Rules, contest: ContestOnBallot, account: Account): string | null {
  const among = runoffIn(rules, contest, account)
  if (!rules.runoff || among.length === 0) return null
  return t('ballots.say.runoff', {
    names: among.map(({ name }) => labelOf(t, contest, name)).join(', '),
    from: dayText(t, rules.runoff.vote_from_on),
    until: dayText(t, rules.runoff.vote_until_on),
  })
}

/** Whole votes, and parts of them where a surplus was moved. */
export const votesText = (t: Translate, votes: number): string => formatNumber(t.language, votes, Number.isInteger(votes) ? 0 : 2) // prettier-ignore

/** A count round by round: who had how many votes, and what became of them by it. */
export function roundsInWords(t: Translate, contest: ContestOnBallot, account: Account) {
  const { rounds, words, has_no_quorum } = account
  const endorsed = endorsedIn(account)
  const became = (name: string, { elected, excluded }: (typeof rounds)[number]): string => {
    if (name === excluded) return t('tally.excluded')
    // A place that “No endorsement” wins stays empty.
    if (!elected.includes(name) || name === noEndorsement || has_no_quorum) return ''
    return endorsed.includes(name) ? t('ballots.endorsed') : t('tally.elected')
  }
  return rounds.map((each) => {
    const { round, moved, votes, exhausted } = each
    const caption = moved
      ? t(`tally.round_${moved.why}`, { round, from: labelOf(t, contest, moved.from) })
      : t('tally.round', { round })
    const rows = Object.entries(votes)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, value]) => ({ label: [labelOf(t, contest, name), became(name, each)].filter(Boolean).join(' · '), value })) // prettier-ignore
    const nobody = exhausted > 0 ? [{ label: t('tally.nobody'), value: exhausted }] : []
    return {
      round,
      caption: rounds.length > 1 ? caption : words ? t('ballots.yes_votes') : t('ballots.votes'),
      rows: [...rows, ...nobody].map((row) => ({ ...row, shown: votesText(t, row.value) })),
    }
  })
}

/** How anybody counts the published list again. */
export function commandOf({ method, seats, seed, threshold, quorum }: Account, file: string): string {
  return [
    `hanpyo tally ${file} --method ${method}`,
    ...(seats === 1 ? [] : [`--seats ${seats}`]),
    ...(threshold ? [`--threshold ${threshold.yes}/${threshold.of}`] : []),
    ...(quorum === null ? [] : [`--quorum ${quorum}`]),
    `--seed ${seed}`,
  ].join(' ')
}
