import { resolve } from 'node:path'
import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../../platform/cli/context.ts'
import { progressBar } from '../../../platform/cli/progress.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { Refused } from '../reading/source.ts'
import { communities, estimateShares } from './estimate.ts'
import { evaluate, labels, readLabelled, type LabelReport } from './evaluate.ts'
import { estimateSentences, explainCommunity } from './explain.ts'
import { commonRoman } from './hangul.ts'
import './messages.ts'
import { knownPlaces, ourPlacesIn, placeOf, type PlaceTable } from './places.ts'
import { readPlaces } from './read-places.ts'
import { dropPlaces, loadedPlaces, placesOf, refreshCommunity, staleStates, storePlaces } from './refresh.ts'

interface NameOptions {
  last: string
  first: string
  middle: string
  state: string
  county?: string
  council?: number
  installed?: true
  korean?: true
  json?: true
}

/** `hanpyo community`. What concerns one name or a file of names needs no database. */
export function communityCommands(program: Command, context: CliContext): void {
  const community = program
    .command('community')
    .description('how likely a name belongs to a community; how good that estimate is; the tables behind it')

  community
    .command('estimate')
    .description('likely community of one name, 0 to 1, from surname, given names and, where given, place')
    .requiredOption('--last <name>', 'surname, as registered')
    .option('--first <name>', 'given name', '')
    .option('--middle <name>', 'middle name or initial', '')
    .option('--state <code>', 'state of the county', 'NY')
    .option('--county <name>', 'county: queens, kings (or brooklyn), …')
    .option('--council <number>', 'New York City Council district', councilNumber)
    .option('--installed', 'with the counts by place this installation loaded, not only those that came with Hanpyo')
    .option('--korean', 'explain in Korean')
    .option('--json', 'print JSON: {"korean":0.98,…}')
    .addHelpText('after', '\nExample:\n  hanpyo community estimate --last LEE --first "SOO JIN" --council 20')
    .action(async (options: NameOptions) => {
      const state = options.state.toUpperCase()
      const table = options.installed ? await installedPlaces(context, state) : ourPlacesIn(state)
      const place = placeOf(table, options.county ?? null, options.council ?? null)
      if (!place && (options.county !== undefined || options.council !== undefined))
        context.say('No counts of communities for that place: the name alone was read.')
      const last = commonRoman(options.last, true)
      const [first, middle] = [commonRoman(options.first, false), commonRoman(options.middle, false)]
      const shares = estimateShares(last, first, middle, place)
      context.answer(options, shares, () => {
        const t = translator(options.korean ? 'ko' : 'en')
        const explained = explainCommunity(last, first, middle, {
          place,
          county: options.county ?? null,
          council: options.council ?? null,
        })
        const [guess] = explained.hangul
        return [
          estimateSentences(t, explained).join(' '),
          ...communities
            .filter((name) => shares[name] > 0)
            .map((name) => `  ${t(`community.${name}`)} ${Math.round(shares[name] * 100)}%`),
          ...(guess ? [t('community.guess', { hangul: guess.hangul })] : []),
          t('community.estimate_note'),
        ].join('\n')
      })
    })

  community
    .command('evaluate')
    .description(
      `how good the estimate is on names whose community is known: a CSV with columns last,first,middle,label and, where known, county, council, weight. Labels: ${labels.join(', ')}`,
    )
    .argument('<file>', 'CSV, plain or .gz')
    .option('--state <code>', 'state of the counties', 'NY')
    .option('--installed', 'with the counts by place this installation loaded')
    .option('--json', 'print JSON: one object per label, with auc, thresholds and calibration')
    .action(async (file: string, options: { state: string; installed?: true; json?: true }) => {
      const state = options.state.toUpperCase()
      const table = options.installed ? await installedPlaces(context, state) : ourPlacesIn(state)
      const read = await reading(file, () => readLabelled(resolve(file), table))
      if (!read.ok)
        throw new CliProblem(
          read.problem === 'empty'
            ? `${file} is empty: the first line must name the columns last,first,middle,label.`
            : `${file} has no column ${read.detail}. The first line must name the columns last,first,middle,label.`,
        )
      for (const { line, problem, detail } of read.bad)
        context.say(`${file}, line ${line}: ${badRow[problem](detail)}; left out`)
      if (read.bad_count > read.bad.length) context.say(`… and ${read.bad_count - read.bad.length} more lines left out`)
      if (read.rows.length === 0)
        throw new CliProblem(`${file} has no labelled name that could be read: nothing was evaluated.`)
      const reports = evaluate(read.rows)
      context.answer(options, reports, () =>
        [`${read.rows.length} names read, ${read.bad_count} lines left out.`, ...reports.map(reportText)].join('\n\n'),
      )
    })

  community
    .command('places')
    .description(
      'counts of communities by county and council district: without a file lists them, with one loads it over those that came with Hanpyo',
    )
    .argument(
      '[file]',
      'CSV: kind,name,within,population,korean,chinese,south_asian,vietnamese,filipino,japanese,other_asian; state (two letters) where it is not New York',
    )
    .option('--source <text>', 'where the counts are from, with their year')
    .option('--drop', 'forget the counts that were loaded')
    .option('--json', 'as JSON')
    .action(async (file: string | undefined, options: { source?: string; drop?: true; json?: true }) => {
      const { database, clock } = await context.open(file ? { begins: true } : undefined)
      const db = database.owner
      if (options.drop) {
        const dropped = await dropPlaces(db, context.actor)
        context.answer(options, { dropped }, () => `${dropped} places forgotten. ${nextStep}`)
      } else if (file) {
        if (!options.source)
          throw new CliProblem('Say where the counts are from: --source "ACS 2019-23, table B02015"', 2)
        const read = await reading(file, () => readPlaces(resolve(file)))
        if (!read.ok)
          throw new CliProblem(
            read.problems
              .slice(0, 20)
              .map(({ line, problem }) => `${file}, line ${line}: ${problem}`)
              .join('\n'),
          )
        await storePlaces(db, context.actor, clock, read.places, options.source)
        context.answer(
          options,
          { loaded: read.places.length },
          () => `${read.places.length} places loaded. ${nextStep}`,
        )
      } else {
        const loaded = await loadedPlaces(db)
        const answer = { known: knownPlaces.length, loaded }
        context.answer(options, answer, () =>
          [
            `${knownPlaces.length} places came with Hanpyo (New York City: counties, council districts), ${loaded.length} were loaded here.`,
            ...loaded.map(
              ({ state, kind, name, population, communities: counts }) =>
                `  ${kind} ${name}, ${state}: ${population} people, ${communities.map((each, at) => `${each} ${counts[at]}`).join(', ')}`,
            ),
          ].join('\n'),
        )
      }
    })

  community
    .command('refresh')
    .description(
      'makes the stored estimates anew after tables, places or districts changed; writes only rows that change, can be stopped and goes on where it was',
    )
    .option('--check', 'only say whether it is due; exit code 1 if so')
    .option('--json', 'as JSON')
    .action(async (options: { check?: true; json?: true }) => {
      const { database, clock } = await context.open()
      if (options.check) {
        const stale = await staleStates(database.owner)
        if (stale.length === 0 || options.json)
          context.answer(options, { stale }, () => 'The stored estimates are those of the present tables.')
        if (stale.length > 0) throw new CliProblem(`The stored estimates are old: ${stale.join(', ')}. ${nextStep}`)
        return
      }
      const bar = progressBar({ unit: 'voters', say: context.say })
      const report = await refreshCommunity(
        { database, clock, actor: context.actor },
        {
          onProgress: ({ state, read, of, changed }) =>
            bar.show({ done: read, of, what: process.stderr.isTTY ? `${state}, ${changed} changed` : state }),
        },
      ).finally(() => bar.stop())
      context.answer(options, report, () =>
        report.states.length === 0
          ? 'There are no voters yet.'
          : report.states
              .map(({ state, read, changed }) => `${state}: ${read} voters read, ${changed} changed.`)
              .join('\n'),
      )
    })
}

const nextStep = 'Next: hanpyo community refresh'

const badRow = {
  columns: (detail: string) => `the wrong number of columns (${detail})`,
  label: (detail: string) => `'${detail}' is none of the labels`,
  no_name: () => 'no name',
  weight: (detail: string) => `'${detail}' is no weight`,
}

const installedPlaces = async (context: CliContext, state: string): Promise<PlaceTable> =>
  placesOf((await context.open({ begins: true })).database.owner, state)

function councilNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new CliProblem(`--council: ${text} is no number of a district`, 2)
  return number
}

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (problem) {
    if (problem instanceof Refused) {
      const { code } = problem
      throw new CliProblem(`${file}: ${code.replaceAll('_', ' ')}`, code === 'missing_file' ? 2 : 1, { problem: code })
    }
    throw problem
  }
}

const percentText = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)}%`)

function reportText({ label, n, compared, auc, thresholds, calibration }: LabelReport): string {
  return [
    `${label}: ${n} of ${compared} names, AUC ${auc ?? '–'}`,
    '  at      precision  recall   found',
    ...thresholds.map(
      ({ at, precision, recall, found }) =>
        `  ${at.toFixed(2)}    ${percentText(precision).padStart(8)} ${percentText(recall).padStart(8)} ${String(found).padStart(7)}`,
    ),
    '  predicted      mean  observed       n',
    ...calibration
      .filter((band) => band.n > 0)
      .map(
        ({ from, to, n: count, mean_predicted, observed }) =>
          `  ${from.toFixed(1)}–${to.toFixed(1)}  ${percentText(mean_predicted).padStart(9)} ${percentText(observed).padStart(9)} ${String(count).padStart(7)}`,
      ),
  ].join('\n')
}
