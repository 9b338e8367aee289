import {
  formatClock,
  formatDate,
  formatDateTime,
  formatMoney,
  formatNumber,
  formatPercent,
} from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { questionsOf, scriptText } from '../../scripts/rules.ts'
import { firstWording, type ScriptContent, type Step } from '../../scripts/schema.ts'
import type { PhoneBank } from '../dashboard.ts'
import { dimensions, type Dimension, type Group, type GroupDistrict } from '../host/groups.ts'
import { resultName } from '../result-codes/queries.ts'
import { usedFirst } from '../script-content.ts'
import { answerName } from '../pages/answers.ts'
import type { AnswerCount, Report } from './queries.ts'
import './messages.ts'
import '../host/words.ts'
import '../messages.ts'

/** A report in words: the page and the PDF show the same. */
export interface WordedReport {
  figures: { label: string; value: string; note: string }[]
  sections: Section[]
}

export interface Bar {
  label: string
  value: number
  /** What stands beside the bar. */
  text: string
}

export type Section =
  | { kind: 'bars'; id: string; title: string; lead: string; charts: { caption: string; bars: Bar[] }[] }
  | { kind: 'table'; id: string; title: string; lead: string; head: string[]; rows: string[][] }
  | {
      kind: 'hours'
      id: string
      title: string
      lead: string
      weekdays: string[]
      hours: { hour: number; label: string }[]
      cells: Cell[]
    }

export interface Cell {
  weekday: number
  hour: number
  /** 0-1 of attempts that became a conversation. */
  rate: number
  text: string
  title: string
}

interface Asked {
  bank: PhoneBank
  report: Report
  /** Every version of the script, newest first. */
  versions: readonly ScriptContent[]
  /** The question groups are compared by. */
  question: string | null
  district: GroupDistrict
  time_zone: string
}

/** Hours with fewer calls say nothing. */
const enough = 5
/** More in one chart are no picture. */
const most_bars = 12

export function wordedReport(
  t: Translate,
  { bank, report, versions, question, district, time_zone }: Asked,
): WordedReport {
  const number = (value: number): string => formatNumber(t.language, value)
  const share = (part: number, of: number): string => (of > 0 ? formatPercent(t.language, part / of) : '–')
  const { totals, support, progress } = report
  const cost = bank.cost_cents
  const figures = [
    {
      label: t('report.attempts'),
      value: number(totals.attempts),
      note: t('report.attempts_note', { voters: totals.voters, total: progress.total }),
    },
    {
      label: t('report.conversations'),
      value: number(totals.conversations),
      note: t('report.conversations_note', {
        share: share(totals.conversations, totals.attempts),
        contacts: totals.contacts,
      }),
    },
    { label: t('report.answered'), value: number(totals.answered), note: t('report.answered_note') },
    ...(support
      ? [
          {
            label: t('report.ids'),
            value: number(support.supporters),
            note: t('report.ids_note', { asked: support.asked, share: share(support.supporters, support.asked) }),
          },
        ]
      : []),
    ...(cost !== null
      ? [
          {
            label: t('report.cost_each'),
            value: totals.conversations > 0 ? formatMoney(Math.round(cost / totals.conversations)) : '–',
            note: t('report.cost_note', {
              cost: formatMoney(cost),
              each: support && support.supporters > 0 ? formatMoney(Math.round(cost / support.supporters)) : '–',
            }),
          },
        ]
      : []),
  ]
  const questions = new Map<string, Step>()
  for (const content of usedFirst(versions, bank, report.script_versions))
    for (const step of questionsOf(content)) if (!questions.has(step.key)) questions.set(step.key, step)
  const sections: Section[] = []
  if (totals.attempts === 0) return { figures, sections }
  sections.push({
    kind: 'bars',
    id: 'results',
    title: t('phonebanks.results_title'),
    lead: '',
    charts: [
      {
        caption: t('phonebanks.calls', { count: totals.attempts }),
        bars: report.dispositions.map(({ count, ...row }) => ({
          label: resultName(t, row),
          value: count,
          text: `${number(count)} · ${share(count, totals.attempts)}`,
        })),
      },
    ],
  })
  const read = report.script_versions.flatMap((version) => versions[versions.length - version] ?? [])
  const isReworded = ({ key }: Step): boolean =>
    new Set(
      read.flatMap((content) =>
        questionsOf(content).flatMap((each) => (each.key === key ? spoken(t, bank, each) : [])),
      ),
    ).size > 1
  const answered = [...questions.values()].filter((step) => report.answers.some((each) => each.question === step.key))
  if (answered.length > 0) {
    sections.push({
      kind: 'bars',
      id: 'answers',
      title: t('phonebanks.answers'),
      lead: t('report.answers_lead'),
      charts: answered.map((step) => ({
        caption: isReworded(step) ? t('report.reworded', { question: spoken(t, bank, step) }) : spoken(t, bank, step),
        bars: barsOf(t, step, together(report.answers.filter((each) => each.question === step.key))),
      })),
    })
  }
  const worded = wordingCharts(t, bank, report, versions)
  if (worded.length > 0)
    sections.push({
      kind: 'bars',
      id: 'wordings',
      title: t('report.wordings'),
      lead: t('report.wordings_lead'),
      charts: worded,
    })
  sections.push({
    kind: 'bars',
    id: 'contact-rates',
    title: t('report.rates'),
    lead: t('report.rates_lead'),
    charts: dimensions.map((dimension) => {
      const caption = dimension === 'district' ? t(`report.by_district.${district}`) : t(`host.groups.${dimension}`)
      const bars = ratesOf(t, report.groups, dimension)
      return bars.length > most_bars
        ? {
            caption: t('report.first_of', { caption, shown: most_bars, count: bars.length }),
            bars: bars.slice(0, most_bars),
          }
        : { caption, bars }
    }),
  })
  const compared = question ? questions.get(question) : undefined
  for (const dimension of dimensions) {
    const groups = groupsIn(report.groups, dimension)
    if (groups.length === 0) continue
    const values = compared ? valuesOf(compared, groups) : []
    sections.push({
      kind: 'table',
      id: `by-${dimension}`,
      title: dimension === 'district' ? t(`report.by_district.${district}`) : t(`host.groups.${dimension}`),
      lead: compared ? spoken(t, bank, compared) : '',
      head: [
        t(`report.group.${dimension}`),
        t('report.attempts'),
        t('report.conversations'),
        t('report.rate'),
        ...(compared ? [t('report.asked')] : []),
        ...values.map((value) => valueName(t, compared, value)),
      ],
      rows: groups.map((group) => [
        groupName(t, group),
        number(group.attempts),
        number(group.conversations),
        share(group.conversations, group.attempts),
        ...(compared ? [number(group.asked)] : []),
        ...values.map(
          (value) => `${number(group.answers[value] ?? 0)} (${share(group.answers[value] ?? 0, group.asked)})`,
        ),
      ]),
    })
  }
  sections.push(hoursSection(t, report))
  if (report.rounds.length > 1) {
    sections.push({
      kind: 'table',
      id: 'rounds',
      title: t('report.rounds'),
      lead: t('report.rounds_lead'),
      head: [
        t('report.round'),
        t('report.round_from'),
        t('report.round_voters'),
        t('report.attempts'),
        t('report.conversations'),
        t('report.rate'),
        t('report.answered'),
      ],
      rows: report.rounds.map((each) => [
        number(each.round),
        each.started_at
          ? formatDateTime(t.language, each.started_at, time_zone)
          : formatDate(t.language, bank.starts_on, 'short'),
        number(each.voters),
        number(each.attempts),
        number(each.conversations),
        share(each.conversations, each.attempts),
        number(each.answered),
      ]),
    })
  }
  sections.push({
    kind: 'table',
    id: 'callers',
    title: t('phonebanks.callers'),
    lead: t('report.callers_lead', { count: report.callers.length }),
    head: [
      t('phonebanks.caller_name'),
      t('phonebanks.caller_calls'),
      t('report.conversations'),
      t('report.answered'),
      t('report.per_hour'),
    ],
    rows: report.callers.map((each) => [
      each.is_on_paper ? t('report.on_paper', { name: each.name }) : each.name,
      number(each.calls),
      number(each.conversations),
      number(each.answered),
      // Paper knows the hour a sheet began, no more.
      each.is_on_paper || each.hours === 0 ? '–' : formatNumber(t.language, each.conversations / each.hours, 1),
    ]),
  })
  return { figures, sections }
}

const spoken = (t: Translate, bank: PhoneBank, step: Step, say = step.say): string =>
  scriptText(say, t.language, { candidate: bank.candidate }).text

/** Questions tried in more than one wording, an own chart for each. */
export function wordingCharts(
  t: Translate,
  bank: PhoneBank,
  { answers, script_versions }: Pick<Report, 'answers' | 'script_versions'>,
  versions: readonly ScriptContent[],
): { caption: string; bars: Bar[] }[] {
  const tried = new Map<string, Step>()
  for (const content of usedFirst(versions, bank, script_versions))
    for (const step of questionsOf(content))
      if (step.wordings.length > 0 && !tried.has(step.key)) tried.set(step.key, step)
  return [...tried.values()].flatMap((step) =>
    [{ key: firstWording, say: step.say }, ...step.wordings].flatMap(({ key, say }, index) => {
      const given = answers.filter((each) => each.question === step.key && each.wording === key)
      if (given.length === 0) return []
      const count = given.reduce((sum, each) => sum + each.count, 0)
      return {
        caption: t('report.wording', {
          letter: String.fromCharCode(65 + index),
          text: spoken(t, bank, step, say),
          count,
        }),
        bars: barsOf(t, step, given),
      }
    }),
  )
}

/** The same answer in whatever wording. */
function together(answers: readonly AnswerCount[]): AnswerCount[] {
  const all = new Map<string, AnswerCount>()
  for (const each of answers) {
    const key = JSON.stringify(each.value)
    all.set(key, { ...each, count: each.count + (all.get(key)?.count ?? 0) })
  }
  return [...all.values()].toSorted((a, b) => b.count - a.count)
}

function barsOf(t: Translate, step: Step, given: readonly AnswerCount[]): Bar[] {
  const sum = given.reduce((all, each) => all + each.count, 0)
  const ordered = step.kind === 'support' ? given.toSorted((a, b) => Number(a.value) - Number(b.value)) : given
  const bar = (label: string, count: number): Bar => ({
    label,
    value: count,
    text: `${formatNumber(t.language, count)} · ${formatPercent(t.language, count / sum)}`,
  })
  const others = ordered.slice(most_bars)
  return [
    ...ordered.slice(0, most_bars).map(({ value, count }) => bar(answerName(t, step, value), count)),
    ...(others.length > 0
      ? [
          bar(
            t('report.other_answers', { count: others.length }),
            others.reduce((all, each) => all + each.count, 0),
          ),
        ]
      : []),
  ]
}

export const groupsIn = (groups: readonly Group[], dimension: Dimension): Group[] => {
  const own = groups.filter((each) => each.dimension === dimension)
  return dimension === 'age' ? own.toSorted((a, b) => (a.key ?? '~').localeCompare(b.key ?? '~')) : own
}

/** Answers of a question in its own order, those that somebody gave. */
export function valuesOf(step: Step, groups: readonly Group[]): string[] {
  const own =
    step.kind === 'support'
      ? ['1', '2', '3', '4', '5']
      : step.kind === 'yes_no'
        ? ['yes', 'no']
        : step.choices.map(({ key }) => key)
  return own.filter((value) => groups.some((group) => group.answers[value]))
}

export const valueName = (t: Translate, step: Step | undefined, value: string): string =>
  answerName(t, step, step?.kind === 'yes_no' ? value === 'yes' : value)

export function groupName(t: Translate, { dimension, key }: Pick<Group, 'dimension' | 'key'>): string {
  if (key === null) return t('host.groups.unknown')
  if (dimension === 'district') return t('host.groups.district_named', { number: key })
  if (dimension === 'language') return languageIn(t, key)
  const [from = '', to] = key.split('-')
  return to ? t('host.groups.ages', { from, to }) : t('host.groups.ages_from', { age: Number.parseInt(key, 10) })
}

/** Of the calls to each group, how many of a hundred became a conversation. */
export const ratesOf = (t: Translate, groups: readonly Group[], dimension: Dimension): Bar[] =>
  groupsIn(groups, dimension).map((group) => ({
    label: groupName(t, group),
    value: (group.conversations / group.attempts) * 100,
    text: t('report.rate_text', {
      share: formatPercent(t.language, group.conversations / group.attempts),
      count: group.attempts,
    }),
  }))

/** In the reader's words: the font for print has not the letters of every language's own name. */
const languageIn = (t: Translate, code: string): string =>
  new Intl.DisplayNames(t.language, { type: 'language' }).of(code) ?? code

function hoursSection(t: Translate, { hours: counts, callers }: Pick<Report, 'hours' | 'callers'>): Section {
  const isWithPaper = callers.some((each) => each.is_on_paper)
  const called = counts.map(({ hour }) => hour)
  const first = Math.min(...called)
  // Hours in which nobody called stay: an axis has no gaps.
  const hours = counts.length ? Array.from({ length: Math.max(...called) - first + 1 }, (_, at) => first + at) : []
  // A week that begins on Sunday, as here.
  const weekdays = [0, 1, 2, 3, 4, 5, 6].map((day) =>
    new Intl.DateTimeFormat(t.language, { weekday: 'short', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2026, 10, 22 + day)),
    ),
  )
  const said = counts
    .filter(({ attempts }) => attempts >= enough)
    .toSorted((a, b) => b.conversations / b.attempts - a.conversations / a.attempts)
  const hourName = (hour: number): string => formatClock(t.language, `${hour}:00`)
  const [best] = said
  return {
    kind: 'hours',
    id: 'hours',
    title: t('report.hours'),
    lead: [
      best
        ? t('report.best_hour', {
            day: weekdays[best.weekday] ?? '',
            hour: hourName(best.hour),
            share: formatPercent(t.language, best.conversations / best.attempts),
          })
        : t('report.hours_few'),
      ...(isWithPaper ? [t('report.hours_paper')] : []),
    ].join(' '),
    weekdays,
    hours: hours.map((hour) => ({ hour, label: hourName(hour) })),
    cells: counts.map(({ weekday, hour, attempts, conversations }) => ({
      weekday,
      hour,
      // One lucky call is no good hour.
      rate: attempts >= enough ? conversations / attempts : 0,
      text: attempts >= enough ? formatPercent(t.language, conversations / attempts) : '·',
      title: t('report.hour_title', { day: weekdays[weekday] ?? '', hour: hourName(hour), conversations, attempts }),
    })),
  }
}
