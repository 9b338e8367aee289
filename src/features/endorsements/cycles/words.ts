import { formatDate } from '../../../platform/i18n/formats.ts'
import { isLanguage, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { contestName, electionTitle } from '../../elections/contests/pages/words.tsx'
import type { MembershipKind } from '../../people/membership/queries.ts'
import '../ballots/messages.ts'
import { dayText, readsOf, wordsOf } from '../reading.ts'
import './messages.ts'
import type { ContestHeld } from './queries.ts'
import { tieKinds, votesNeededOf, type Rules } from './schema.ts'

/** What rules name by key or number. */
export interface Named {
  contests: readonly ContestHeld[]
  kinds: readonly Pick<MembershipKind, 'kind' | 'name'>[]
}

export interface RuleLine {
  key: 'contests' | 'voters' | 'method' | 'threshold' | 'runoff' | 'quorum' | 'most' | 'ties' | 'public' | 'answers' | 'vote' | 'announced' // prettier-ignore
  /** Sentences, one below the other. */
  text: string
}

export function heldName(t: Translate, { contest, election }: ContestHeld): string {
  const day = isLanguage(wordsOf(t)) ? formatDate(t.language, election.held_on, 'short') : dayText(t, election.held_on)
  const held = `${electionTitle(t, election)}, ${day}`
  // A Korean day ends with its weekday in brackets.
  return wordsOf(t) === 'ko' ? `${contestName(t, contest)} · ${held}` : `${contestName(t, contest)} (${held})`
}

/** On which days whoever has not voted is reminded; null: nobody is. */
export const remindersText = (t: Translate, { remind_days }: Pick<Rules, 'remind_days'>): string | null =>
  remind_days.length === 0
    ? null
    : t('endorsements.say.reminders', { days: remind_days.map((days) => dayBefore(t, days)).join(', ') })

export const dayBefore = (t: Translate, days: number): string =>
  days === 0 ? t('endorsements.remind_last') : t('endorsements.remind_before', { count: days })

function neededText(t: Translate, rules: Rules): string {
  const { threshold, threshold_percent, endorsements_most } = rules
  const needed = votesNeededOf(rules)
  if (threshold === 'most') return t('endorsements.say.most_votes', { count: endorsements_most })
  if (needed === 'two_thirds') return t('endorsements.say.two_thirds')
  if (threshold) return t('endorsements.say.fraction', threshold)
  return needed === 'half' ? t('endorsements.say.majority') : t('endorsements.say.threshold', { percent: threshold_percent })
} // prettier-ignore

/** The rules as a page for everybody says them. */
export function ruleLines(t: Translate, rules: Rules, { contests, kinds }: Named): RuleLine[] {
  const day = (date: string): string => dayText(t, date)
  const kindName = (key: string): string =>
    localized(kinds.find(({ kind }) => kind === key)?.name ?? { [readsOf(t)]: key }, readsOf(t)).text
  const held = contests.filter(({ contest }) => rules.contest_ids.includes(contest.contest_id))
  const lines: [RuleLine['key'], (string | null)[]][] = [
    ['contests', held.map((each) => heldName(t, each))],
    [
      'voters',
      [
        t('endorsements.say.voters', { kinds: rules.voter_kinds.map(kindName).join(', ') }),
        rules.joined_by_on && t('endorsements.say.joined', { date: day(rules.joined_by_on) }),
        rules.paid_by_on && t('endorsements.say.paid', { date: day(rules.paid_by_on) }),
      ],
    ],
    ['method', [`${t(`endorsements.method.${rules.method}`)}.`, t('endorsements.say.no_endorsement')]],
    [
      'threshold',
      [rules.method === 'ranked' && rules.endorsements_most > 1 ? t('ballots.say.by_quota') : neededText(t, rules)],
    ],
    [
      'runoff',
      rules.runoff
        ? [
            t('endorsements.say.runoff', { count: rules.endorsements_most + 1 }),
            t('endorsements.say.runoff_days', {
              from: day(rules.runoff.vote_from_on),
              until: day(rules.runoff.vote_until_on),
              announced: day(rules.runoff.announced_on),
            }),
          ]
        : [t(rules.threshold === 'most' ? 'endorsements.say.no_runoff_needed' : 'endorsements.say.no_runoff')],
    ],
    [
      'quorum',
      [rules.quorum ? t('endorsements.say.quorum', { count: rules.quorum }) : t('endorsements.say.no_quorum')],
    ],
    ['most', [t('endorsements.say.most', { count: rules.endorsements_most })]],
    [
      'ties',
      tieKinds.map((tie) => `${t(`endorsements.tie.${tie}`)}: ${t(`endorsements.tie_rule.${rules.ties[tie]}`)}`),
    ],
    [
      'public',
      [t('endorsements.say.public_rules'), ...rules.public_parts.map((part) => t(`endorsements.part.${part}`))],
    ],
    [
      'answers',
      [t('endorsements.say.answers', { date: day(rules.answers_by_on) }), t(`endorsements.say.late.${rules.late}`)],
    ],
    [
      'vote',
      [
        t('endorsements.say.vote', { from: day(rules.vote_from_on), until: day(rules.vote_until_on) }),
        remindersText(t, rules),
      ],
    ],
    ['announced', [t('endorsements.say.announced', { date: day(rules.announced_on) })]],
  ]
  return lines.map(([key, said]) => ({ key, text: said.filter(Boolean).join('\n') }))
}
