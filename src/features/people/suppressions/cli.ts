import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../../platform/cli/context.ts'
import { csvLine } from '../../../platform/csv.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { exportAll, exportList, importList, scopeNamed, suppressionLists, takeListBack } from './commands.ts'
import './messages.ts'
import { readList } from './rules.ts'

const t = translator('en')

interface Options {
  organization?: string
  installation?: true
  name?: string
  dryRun?: true
  rejects?: string
  out?: string
  json?: true
}

/** `hanpyo suppression import|export|lists|take-back`. */
export function suppressionCommands(program: Command, context: CliContext): void {
  const suppression = program.command('suppression').description('lists of those who are not to be contacted')

  suppression
    .command('import')
    .description('Close the numbers and mailboxes of a list: telephone numbers, e-mail addresses, or their SHA-256')
    .argument('<file>', 'CSV or one a line')
    .option('--organization <slug>', 'for which organization; the oldest where not said')
    .option('--installation', 'for every organization of this installation')
    .option('--name <text>', 'what the list is called; the file’s name where not said')
    .option('--dry-run', 'say what it would close, and change nothing')
    .option('--rejects <file>', 'write lines that say neither number nor mailbox here')
    .option(
      '--json',
      'print JSON: {"list":"…","phones":N,"emails":N,"hashes":N,"rejected":N,"closed":{"phones":N,"emails":N}}',
    )
    .addHelpText('after', `\nExample:\n  hanpyo suppression import do-not-contact.csv --dry-run\n`)
    .action(async (file: string, options: Options) => {
      const list = readList(textOf(file))
      if (list.hashes.phone.size + list.hashes.email.size + list.hashes.address.size === 0)
        throw new CliProblem(`${file}: ${t('suppressions.empty')}`, 1, { problem: 'empty' })
      const { database, clock } = await context.open()
      const scope = await scopeNamed(database.owner, options, context.say)
      const { list_id, closed } = await importList(
        scope === null ? database.owner : database.of(scope),
        context.actor,
        scope,
        { name: options.name ?? file.replace(/^.*\//, ''), list, is_dry: options.dryRun === true },
        clock.now(),
      )
      if (options.rejects)
        writeFileSync(options.rejects, list.rejects.map(({ line, value }) => csvLine([line, value])).join(''))
      for (const { line, value } of options.rejects ? [] : list.rejects.slice(0, 10))
        context.say(t('suppressions.rejected_line', { line, value }))
      context.answer(
        options,
        { list: options.dryRun ? null : list_id, ...list.counts, closed },
        () =>
          `${t('suppressions.read', { addresses: 0, ...list.counts })}\n${t(options.dryRun ? 'suppressions.would_close' : 'suppressions.closed', { ...closed })}`,
      )
    })

  suppression
    .command('export')
    .description('Whom the organization was told not to contact, as SHA-256 that others can compare: kind,sha256')
    .option('--organization <slug>', 'of which organization; the oldest where not said')
    .option('--installation', 'what every organization of this installation was told, as one list')
    .option('--out <file>', 'write the file here instead of printing it')
    .option('--json', 'with --out print JSON: {"rows":N}')
    .action(async (options: Options) => {
      const { database } = await context.open()
      const scope = await scopeNamed(database.owner, options, context.say)
      const rows =
        scope === null
          ? await exportAll(database, context.actor)
          : await exportList(database.of(scope), { ...context.actor, organization_id: scope }, scope)
      const text = fileOf(rows)
      if (options.out === undefined) return context.answer({}, rows, () => text.trimEnd())
      writeFileSync(options.out, text)
      context.answer(options, { rows: rows.length }, () => t('suppressions.exported', { count: rows.length }))
    })

  suppression
    .command('lists')
    .description('The lists that were imported, the installation’s too')
    .option('--organization <slug>', 'of which organization; the oldest where not said')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const { database } = await context.open()
      const lists = await suppressionLists(database.owner, await scopeNamed(database.owner, options, context.say))
      context.answer(options, lists, () =>
        lists.length === 0
          ? t('suppressions.none')
          : lists
              .map(
                ({ list_id, name, imported_at, taken_back_at, is_installations }) =>
                  `${list_id}  ${imported_at.toISOString().slice(0, 10)}  ${name}${is_installations ? ` (${t('suppressions.installation')})` : ''}${taken_back_at ? ` (${t('suppressions.taken_back')})` : ''}`,
              )
              .join('\n'),
      )
    })

  suppression
    .command('take-back')
    .description('Open again what a list closed and no other does')
    .argument('<list>', 'its id, as lists names it')
    .option('--organization <slug>', 'of which organization; the oldest where not said')
    .option('--installation', 'a list of the installation')
    .option('--json', 'print JSON: {"list":"…"}')
    .action(async (list: string, options: Options) => {
      const { database, clock } = await context.open()
      const scope = await scopeNamed(database.owner, options, context.say)
      const lists = await suppressionLists(database.owner, scope)
      if (!lists.some((each) => each.list_id === list && each.is_installations === (scope === null)))
        throw new CliProblem(`There is no list '${list}'.`, 2)
      await takeListBack(scope === null ? database.owner : database.of(scope), context.actor, scope, list, clock.now())
      context.answer(options, { list }, () => t('suppressions.taken_back'))
    })
}

/** The file an export is. */
export const fileOf = (rows: readonly { kind: string; sha256: string }[]): string =>
  [['kind', 'sha256'], ...rows.map(({ kind, sha256 }) => [kind, sha256])].map(csvLine).join('')

function textOf(file: string): string {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch {
    throw new CliProblem(`${file} cannot be read.`, 2)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CliProblem(`${file}: ${t('suppressions.not_text')}`, 1, { problem: 'not_text' })
  }
}
