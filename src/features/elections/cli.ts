import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { dateIn } from '../../platform/clock.ts'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { importContests, lookAtContests, notUtf8, textIn } from './imports/commands.ts'
import { contestColumns } from './imports/contest-file.ts'
import { problemText, takenForText } from './imports/problem-text.ts'
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
}

function reportText({ counts, lines }: Report, is_dry: boolean): string {
  const said = lines.map((each) => {
    const { line, thing, name, effect } = each
    const becomes = [t(`ballot.effect.${effect}`), takenForText(t, each)].filter(Boolean).join(', ')
    return `  ${line === null ? '' : `line ${line}: `}${t(`ballot.thing.${thing}`)} ${name}: ${becomes}`
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
