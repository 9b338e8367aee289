import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { dateIn } from '../../platform/clock.ts'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { dayIn } from '../../platform/cli/values.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { importContests, joined, lookAtContests, notUtf8, textIn } from './imports/commands.ts'
import './imports/messages.ts'
import { contestColumns } from './imports/contest-file.ts'
import { importOfficials, lookAtOfficials } from './imports/officials/commands.ts'
import { termLineText } from './imports/officials/line-text.ts'
import { answerIn } from './imports/officials/said.ts'
import type { OfficialsReport } from './imports/officials/schema.ts'
import { problemText, takenForText } from './imports/problem-text.ts'
import { resultAnswerIn } from './imports/results/answers.ts'
import { importResults, lookAtResults } from './imports/results/commands.ts'
import type { ResultsReport } from './imports/results/schema.ts'
import './results/messages.ts'
import { electionsKnown } from './contests/queries.ts'
import { sourceAddress } from './figures/schema.ts'
import { importedThings, type Report } from './imports/schema.ts'

const t = translator('en')
/** By the command line: a state's whole ballot, read in a second. */
const largest_bytes = 64 * 1024 ** 2

export function electionCommands(program: Command, context: CliContext): void {
  const elections = program.command('elections').description('contests, candidates and who holds office')

  elections
    .command('import')
    .description(
      'Takes contests and candidates in from a CSV file, all or nothing; the same file again changes nothing',
    )
    .argument('<file>', `CSV in UTF-8, a line per candidate; columns: ${contestColumns.join(', ')}`)
    .option('--dry-run', 'tell what it would do, and change nothing')
    .option('--json', 'the report as JSON')
    .addHelpText('after', '\nExample:\n  hanpyo elections import council-2027.csv --dry-run')
    .action(async (file: string, options: { dryRun?: boolean; json?: boolean }) => {
      const text = textIn(await bytesOf(file))
      const { database, clock } = await context.open({ begins: true })
      const today = dateIn('America/New_York', clock.now())
      const done =
        text === null
          ? { ok: false as const, problems: [notUtf8] }
          : options.dryRun
            ? await lookAtContests(database.owner, text, today)
            : await importContests(database.owner, context.actor, { name: basename(file), text }, today)
      if (!done.ok)
        throw new CliProblem(`${done.problems.map((each) => problemText(t, each)).join('\n')}\nNothing was changed.`)
      context.answer(options, done.report, () => reportText(done.report, options.dryRun ?? false))
    })

  elections
    .command('officials')
    .description(
      'Takes a list of who holds office in: legislators-current of unitedstates/congress-legislators (.json, .yaml), or people of Open States (ny.csv, or the .yml files of openstates/people)',
    )
    .argument('<files...>', 'one list, or the YAML files of several people')
    .option('--who <key=answer...>', 'who somebody is: the number of somebody we know, or new')
    .option('--stay <numbers...>', 'terms that go on although the list has nobody in them')
    .option('--dry-run', 'tell what it would do, and change nothing')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  hanpyo elections officials legislators-current.json --dry-run\n  hanpyo elections officials ny.csv --who openstates:ocd-person/2196fbda=new',
    )
    .action(async (files: string[], options: { who?: string[]; stay?: string[]; dryRun?: boolean; json?: boolean }) => {
      const answers = answersIn(options.who, '--who', answerIn, 'new')
      const said = { answers, stay: (options.stay ?? []).map(Number) }
      const texts: string[] = []
      for (const file of files) {
        const text = textIn(await bytesOf(file))
        if (text === null) throw new CliProblem(`${file}: ${problemText(t, notUtf8)}`)
        texts.push(text)
      }
      const [text = ''] = texts
      const list = { name: basename(files[0] ?? ''), text: texts.length > 1 ? joined(texts) : text }
      const { database, clock } = await context.open({ begins: true })
      const today = dateIn('America/New_York', clock.now())
      const done = options.dryRun
        ? await lookAtOfficials(database.owner, list, said, today)
        : await importOfficials(database.owner, context.actor, list, said, today, clock.now())
      if (!done.ok)
        throw new CliProblem(`${done.problems.map((each) => problemText(t, each)).join('\n')}\nNothing was changed.`)
      context.answer(options, done.report, () => officialsText(done.report, options.dryRun ?? false))
    })

  elections
    .command('results')
    .description(
      'Takes results by election district in, in the form of OpenElections (county, precinct, office, district, party, candidate, votes), for the contests of an election that was held',
    )
    .argument('<file>', 'CSV in UTF-8')
    .requiredOption('--election <name>', 'as 2026-general, or its day')
    .requiredOption('--source-url <address>', 'where the file is from')
    .requiredOption('--as-of <date>', 'day of the count, YYYY-MM-DD', dayIn('--as-of'))
    .option('--candidate <key=answer...>', 'who a name is: the number of a candidate, or none')
    .option('--dry-run', 'tell what it would do, and change nothing')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  hanpyo elections results 20261103__ny__general__queens__precinct.csv --election 2026-general --source-url https://github.com/openelections/openelections-data-ny --as-of 2026-12-15 --dry-run',
    )
    .action(async (file: string, options: ResultsOptions) => {
      const answers = answersIn(options.candidate, '--candidate', resultAnswerIn, 'none')
      const source = sourceAddress.safeParse(options.sourceUrl)
      if (!source.success) throw new CliProblem(`--source-url: ${options.sourceUrl} is no address of a page`, 2)
      const text = textIn(await bytesOf(file))
      if (text === null) throw new CliProblem(problemText(t, notUtf8))
      const { database, clock } = await context.open({ begins: true })
      const today = dateIn('America/New_York', clock.now())
      const [of, another] = (await electionsKnown(database.owner)).filter((each) =>
        [each.held_on, `${each.held_on.slice(0, 4)}-${each.kind}`].includes(options.election),
      )
      if (!of) throw new CliProblem(`No election ${options.election}`, 2)
      if (another) throw new CliProblem(t('ballot.problem.several_elections', { value: options.election }), 2)
      const { election_id } = of
      const sent = { name: basename(file), text, election_id, source_url: source.data, as_of: options.asOf }
      const done = options.dryRun
        ? await lookAtResults(database.owner, sent, answers, today)
        : await importResults(database.owner, context.actor, sent, answers, today, clock.now())
      if (!done.ok)
        throw new CliProblem(`${done.problems.map((each) => problemText(t, each)).join('\n')}\nNothing was changed.`)
      context.answer(options, done.report, () => resultsText(done.report, options.dryRun ?? false))
    })
}

interface ResultsOptions {
  election: string
  sourceUrl: string
  asOf: string
  candidate?: string[]
  dryRun?: boolean
  json?: boolean
}

/** 'key=answer', each. */
function answersIn<Answer>(
  typed: readonly string[] | undefined,
  option: string,
  read: (key: string, value: string) => [string, Answer][],
  word: string,
): Record<string, Answer> {
  return Object.fromEntries(
    (typed ?? []).flatMap((each) => {
      const at = each.lastIndexOf('=')
      const answer = read(each.slice(0, at), each.slice(at + 1))
      if (answer.length === 0) throw new CliProblem(`${option}: ${each} is not a key, =, and a number or ${word}`, 2)
      return answer
    }),
  )
}

function resultsText({ contests, questions, left_out, columns_left, totals }: ResultsReport, is_dry: boolean): string {
  return [
    ...contests.flatMap(({ label, county, effect, precincts, choices, missing }) => [
      `${label}, ${county}: ${t(`ballot.effect.${effect}`)}, ${precincts} precincts`,
      ...choices.map((each) => `  ${each.name}${each.candidate === null ? '' : `, candidate ${each.candidate}`}: ${each.votes}`), // prettier-ignore
      ...(missing.length > 0 ? [`  ${t('results.missing', { names: missing.join(', ') })}`] : []),
    ]),
    ...questions.map(({ key, name, label, options }) => `${name}, ${label}: say --candidate '${key}=number', or =none; ${options.map((each) => `${each.candidate_id} ${each.name}`).join(', ')}`), // prettier-ignore
    ...left_out.map(({ office, district, party, lines }) => `${t('results.left_out')}: ${[office, district, party].filter(Boolean).join(' ')}, ${t('results.lines', { count: lines })}`), // prettier-ignore
    ...(totals > 0 ? [t('results.totals', { count: totals })] : []),
    ...(columns_left.length > 0 ? [t('results.columns_left', { columns: columns_left.join(', ') })] : []),
    ...(is_dry ? ['Nothing was changed.'] : []),
  ].join('\n')
}

function officialsText(report: OfficialsReport, is_dry: boolean): string {
  const { terms, people, lines, questions, elsewhere } = report
  return [
    ...lines.map((line) => `  ${termLineText(t, line)}`),
    ...questions.map(({ name, key, options }) => `  ${name} may be ${options.map((each) => `${each.name}, #${each.figure_id}`).join(' or ')}: say --who ${key}=number, or =new`), // prettier-ignore
    `${t('lists.begins')}: ${terms.begins}. ${t('lists.changed')}: ${terms.changed}. ${t('lists.ends')}: ${terms.ends}.`,
    `${t('ballot.things.person')}: ${t('lists.people', { added: people.added, linked: people.linked })}`,
    ...(elsewhere > 0 ? [t('lists.elsewhere', { count: elsewhere })] : []),
    ...(report.partly.length > 0 ? [t('lists.partly', { offices: report.partly.join(', ') })] : []),
    ...(report.swaps_most ? [t('lists.swaps_most')] : []),
    ...(is_dry ? ['Nothing was changed.'] : []),
  ].join('\n')
}

function reportText({ counts, lines }: Report, is_dry: boolean): string {
  const said = lines.map((each) => {
    const { line, thing, name, effect, changes = [] } = each
    const becomes = [t(`ballot.effect.${effect}`), takenForText(t, each)].filter(Boolean).join(', ')
    const what = changes.map(({ column, from, to }) => `\n    ${column}: ${from || '–'} → ${to || '–'}`).join('')
    return `  ${line === null ? '' : `line ${line}: `}${t(`ballot.thing.${thing}`)} ${name}: ${becomes}${what}`
  })
  const sums = importedThings
    .filter((thing) => Object.values(counts[thing]).some((count) => count > 0))
    .map((thing) => `${t(`ballot.things.${thing}`)}: ${t('ballot.counts', counts[thing])}`)
  return [...said, ...sums, ...(is_dry ? ['Nothing was changed.'] : [])].join('\n')
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > largest_bytes)
      throw new CliProblem(t('ballot.problem.too_large', { megabytes: largest_bytes / 1024 ** 2 }))
    return await readFile(file)
  } catch (problem) {
    if (problem instanceof CliProblem) throw problem
    const isMissing = problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'
    throw new CliProblem(
      `${file} cannot be read: ${problem instanceof Error ? problem.message : String(problem)}`,
      isMissing ? 2 : 1,
    )
  }
}
