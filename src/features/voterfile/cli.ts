import { createWriteStream, readFileSync, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { audit } from '../../platform/audit.ts'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { progressBar } from '../../platform/cli/progress.ts'
import { dayIn, numberIn } from '../../platform/cli/values.ts'
import type { Db } from '../../platform/db/db.ts'
import { DatabaseProblem } from '../../platform/db/pooler.ts'
import {
  importPhones,
  recoverImports,
  runImport,
  takeBackPhones,
  type ImportContext,
  type ImportProblem,
  type TakeBackProblem,
} from './commands.ts'
import { phoneFileHeader, voterFile } from './generator/voters.ts'
import { inspectFiles } from './inspect.ts'
import { addMissingIndexes } from './indexing.ts'
import { builtIn, layouts, nameOf, type LayoutBook } from './layouts/all.ts'
import { acceptLaw, keepsLaw } from './keeps-law.ts'
import { LayoutForm, layoutProblems } from './layouts/form.ts'
import { isOwn, type Layout } from './layouts/layout.ts'
import { keepLayout, layoutBook } from './layouts/own.ts'
import { lawNotice } from './limits.ts'
import { laterFile, voterFiles } from './queries.ts'
import { dayThere } from './reading/source.ts'
import { phoneColumnMeanings, previewKinds, type ImportPreview, type Inspection, type SaidColumns } from './schema.ts'
import type { Progress } from './tables.ts'

export function voterfileCommands(program: Command, context: CliContext): void {
  const voterfile = program
    .command('voterfile')
    .description("the state's voter files: look into one, import it, add telephone numbers")

  voterfile
    .command('import')
    .description(`Imports a state's voter file (.txt, .csv, .zip, .gz), the first one or a later one. ${lawNotice}`)
    .argument('<file...>', 'files of one or several kinds (registration, history); all are imported or none')
    .option(
      '--layout <id>',
      `how the file is laid out: ${layouts.map((layout) => layout.id).join(', ')}, or one described here (hanpyo voterfile layouts); guessed where not said`,
    )
    .option('--accept-law', acceptLaw)
    .option('--include-purged', 'keep rows of voters the state has purged')
    .option('--accept-gone', 'go on although many of the voters we have are missing from the file')
    .option('--part', 'the files hold some of the voters only, a district for example: mark nobody as gone')
    .option(
      '--received-on <date>',
      'date of the file, YYYY-MM-DD, where its name does not say it',
      dayIn('--received-on'),
    )
    .option('--dry-run', 'only look at the first rows, change nothing')
    .option(
      '--preview',
      'read it all and say what the import would change, change nothing; with --accept-law it shows some of the voters too',
    )
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      `\nThe report: rows read, voters added, updated, unchanged, gone from the file, rows rejected, seconds.\nExample:\n  hanpyo voterfile import AllNYSVoters_20261101.zip --layout us-ny --accept-law`,
    )
    .action(
      async (
        files: string[],
        options: {
          layout?: string
          acceptLaw?: boolean
          includePurged?: boolean
          acceptGone?: boolean
          part?: boolean
          receivedOn?: string
          dryRun?: boolean
          preview?: boolean
          json?: boolean
        },
      ) => {
        const paths = files.map((file) => resolve(file))
        if (options.dryRun) {
          const { owner } = (await context.open({ begins: true })).database
          await inspect(context, paths, options, { book: await layoutBook(owner), owner })
          return
        }
        const isLawAccepted = await keepsLaw(context, options, !options.preview)
        const importing = await openImport(context)
        const book = await layoutBook(importing.database.owner)
        namedLayout(book, options.layout)
        if (options.preview)
          await audit(importing.database.owner, context.actor, {
            action: 'voterfile.preview',
            subject: 'voter_file',
            after: { names: files, law_accepted: isLawAccepted },
            organization_id: null,
          })
        await warnOfDates(context, importing.database.owner, paths, options)
        const bar = barOf(context)
        const request = {
          paths,
          names: files,
          layout: options.layout ?? null,
          law_accepted: isLawAccepted,
          is_preview: options.preview ?? false,
          include_purged: options.includePurged ?? false,
          accept_gone: options.acceptGone ?? false,
          is_part: options.part ?? false,
          ...(options.receivedOn && { received_on: options.receivedOn }),
          onProgress: bar.show,
        }
        const result = await context
          .stoppable((signal) => runImport(importing, { ...request, signal }))
          .finally(bar.stop)
        if (result.rejects_path) context.say(`Rows that could not be read: ${result.rejects_path}`)
        if (!result.ok) {
          const isNone = result.problem.code === 'not_a_voter_file'
          const looked = isNone ? await inspectFiles(paths, null, dayThere(null, new Date()), files, book) : null
          throw refusal(result.problem, looked)
        }
        if (result.preview) {
          previewAnswer(context, options, result.preview, isLawAccepted)
          return
        }
        if (result.left_out.length > 0) context.say(`Left out, being no voter files: ${result.left_out.join(', ')}`)
        context.answer(options, result.report, () => {
          const { read, added, updated, unchanged, gone, rejected, seconds } = result.report
          const details = Object.entries(result.counts).filter(([name]) => !(name in result.report))
          return [
            `${read} rows read in ${seconds} s: ${added} voters added, ${updated} updated, ${unchanged} unchanged, ${gone} gone, ${rejected} rows rejected.`,
            ...(result.files.length > 1
              ? result.files.map(
                  (file) =>
                    `  ${file.layout} (${file.names.join(', ')}): ${file.counts.read} read, ${file.counts.added} added, ${file.counts.updated} updated, ${file.counts.unchanged} unchanged, ${file.counts.rejected} rejected`,
                )
              : []),
            ...detailLines(Object.fromEntries(details)),
          ].join('\n')
        })
        await makeIndexes(context)
      },
    )

  voterfile
    .command('phones')
    .description(
      `Joins telephone numbers to voters: a CSV with one or more columns of numbers (Phone, Home Phone, Cell …), and state id, county id with its county, or name (in one column or two), birth year and address. ${lawNotice}`,
    )
    .argument('<file...>', 'CSV files')
    .option('--source <text>', 'where the numbers are from, where the file has no such column')
    .option('--received-on <date>', 'date of the numbers, YYYY-MM-DD', dayIn('--received-on'))
    .option(
      '--columns <pairs>',
      `what columns are where their headings do not tell, such as phone=Tel,last_name=성: ${phoneColumnMeanings.join(', ')}; =HEADING alone is read past`,
      columnsIn,
    )
    .option('--accept-law', acceptLaw)
    .option('--json', 'the report as JSON')
    .action(
      async (
        files: string[],
        options: {
          source?: string
          receivedOn?: string
          columns?: SaidColumns
          acceptLaw?: boolean
          json?: boolean
        },
      ) => {
        await keepsLaw(context, options, true)
        const importing = await openImport(context)
        const bar = barOf(context)
        const request = {
          paths: files.map((file) => resolve(file)),
          names: files,
          source: options.source ?? null,
          law_accepted: true,
          ...(options.columns && { columns: options.columns }),
          ...(options.receivedOn && { received_on: options.receivedOn }),
          onProgress: bar.show,
        }
        const result = await context
          .stoppable((signal) => importPhones(importing, { ...request, signal }))
          .finally(bar.stop)
        if (result.rejects_path) context.say(`Rows that could not be read: ${result.rejects_path}`)
        if (!result.ok) throw refusal(result.problem)
        const { report } = result
        context.answer(
          options,
          report,
          () =>
            `${report.read} rows read: ${report.added} ${report.added === 1 ? 'number' : 'numbers'} added, ${report.updated} updated, ${report.unchanged} unchanged, ${report.unmatched} matched no voter, ${report.rejected} rejected.${report.quality_unread > 0 ? ` Quality written in a way we do not know, so the usual one is kept: ${report.quality_unread}.` : ''}`,
        )
      },
    )

  voterfile
    .command('take-back')
    .description(
      'Takes a list of telephones back: numbers only it had go, the others are as the lists beside it have them. Other imports have to be over',
    )
    .argument('<file-id>', 'number of the list (hanpyo voterfile list)', numberIn('file-id', 1, 2 ** 31 - 1))
    .option('--yes', 'it is wanted, and cannot be undone; without it you are asked on a terminal')
    .option('--json', 'print JSON: {"gone":N,"restored":N}')
    .action(async (file_id: number, options: { yes?: boolean; json?: boolean }) => {
      const { database, clock } = await context.open()
      if (!options.yes) await confirmTakeBack(context, database.owner, file_id)
      const result = await takeBackPhones({ database, clock, actor: context.actor }, file_id)
      if (!result.ok) throw new CliProblem(takeBackTexts[result.problem])
      const { gone, restored } = result
      context.answer(
        options,
        { gone, restored },
        () => `Taken back: ${gone} ${gone === 1 ? 'number' : 'numbers'} gone, ${restored} as another list has them.`,
      )
    })

  voterfile
    .command('inspect')
    .description('Looks into files without importing: layout, encoding, the first rows as they would be kept')
    .argument('<file...>')
    .option('--layout <id>', 'read it as this layout')
    .option('--json', 'everything as JSON')
    .action(async (files: string[], options: { layout?: string; json?: boolean }) => {
      const paths = files.map((file) => resolve(file))
      await inspect(context, paths, options, await bookIfOpen(context, options.layout))
    })

  voterfile
    .command('list')
    .description('The voter files imported so far')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { database } = await context.open()
      const files = await voterFiles(database.owner)
      context.answer(options, files, () =>
        files.length === 0
          ? 'None yet. hanpyo voterfile import FILE --layout us-ny --accept-law'
          : files
              .map(
                (file) =>
                  `${file.file_id}  ${file.state}  ${file.layout}  ${file.received_on ?? '?'}  ${file.names.join(' ')}  read ${file.counts.read}, added ${file.counts.added}${file.taken_back_at ? ', taken back' : ''}`,
              )
              .join('\n'),
      )
    })

  voterfile
    .command('layouts')
    .description('The layouts of voter files that can be read: the built-in ones and those described here')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { database } = await context.open()
      const book = await layoutBook(database.owner)
      const listed = book.current.map(({ id, state, title, kind, columns }) => ({
        id,
        state,
        title,
        kind,
        is_own: isOwn(id),
        columns: columns.map((list) => list.length),
        versions: isOwn(id) ? book.own.filter((each) => nameOf(each.id) === nameOf(id)).map((each) => each.id) : [id],
      }))
      context.answer(options, listed, () =>
        listed
          .map(({ id, state, title, kind, is_own }) => `${id}  ${state}  ${kind}  ${title}${is_own ? '  (own)' : ''}`)
          .join('\n'),
      )
    })

  const layout = voterfile.command('layout').description('Takes a described layout from one installation to another')
  layout
    .command('export')
    .description('Writes a layout as JSON to the standard output')
    .argument('<id>', 'of the list of layouts; without its version the newest')
    .option('--json', 'as without it: a layout is always written as JSON')
    .action(async (id: string) => {
      const { database } = await context.open()
      const found = (await layoutBook(database.owner)).byId(id)
      if (!found) throw new CliProblem(`No layout ${id}. hanpyo voterfile layouts lists them.`, 2)
      const text = JSON.stringify(found, null, 2)
      context.answer({}, found, () => text)
    })
  layout
    .command('import')
    .description('Takes a layout from a JSON file that the export has written')
    .argument('<file>', 'JSON')
    .option('--json', 'the id as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const { database, clock } = await context.open({ begins: true })
      const kept = await keepLayout(database.owner, context.actor, layoutIn(file), clock.now())
      context.answer(
        options,
        { id: kept.id },
        () => `Kept as ${kept.id}. Files laid out so are recognised from now on.`,
      )
    })

  const demo =
    program.commands.find((command) => command.name() === 'demo') ?? program.command('demo').description('made-up data')
  demo
    .command('voter-file')
    .description('Writes a made-up New York voter file, the same for the same seed')
    .requiredOption('--rows <number>', 'how many rows', numberIn('--rows', 1, 100_000_000))
    .requiredOption('--out <file>', 'the voter file')
    .option('--seed <number>', 'another seed, other voters', numberIn('--seed', 0, 2 ** 31), 1)
    .option('--phones-out <file>', 'a matching file of telephone numbers')
    .option('--place <place>', 'ny, nyc or queens-town', 'ny')
    .option('--month <number>', 'later months have some voters moved, changed, gone', numberIn('--month', 0, 1200), 0)
    .option('--purged <percent>', 'percent of purged rows', numberIn('--purged', 0, 100), 6)
    .option('--clean', 'without lines of too few columns')
    .option('--today <date>', 'seen from this day', dayIn('--today'), dayThere(null, new Date()))
    .option('--json', 'print JSON: {"rows":N,"numbers":N}')
    .action(
      async (options: {
        rows: number
        out: string
        seed: number
        phonesOut?: string
        place: string
        month: number
        purged: number
        clean?: boolean
        today: string
        json?: boolean
      }) => {
        const place = options.place
        if (place !== 'ny' && place !== 'nyc' && place !== 'queens-town')
          throw new CliProblem(`--place: ny, nyc or queens-town, not ${place}`, 2)
        const voters = await writing(options.out)
        const phones = options.phonesOut ? await writing(options.phonesOut) : null
        phones?.write(phoneFileHeader)
        const bar = progressBar({ unit: 'rows', say: context.say })
        let written = 0
        let numbers = 0
        for (const chunk of voterFile({
          rows: options.rows,
          seed: options.seed,
          today: options.today,
          place,
          month: options.month,
          purged_percent: options.purged,
          is_clean: options.clean ?? false,
        })) {
          if (!voters.write(chunk.voters)) await once(voters, 'drain')
          if (phones && !phones.write(chunk.phones)) await once(phones, 'drain')
          written += chunk.rows
          if (phones) for (const byte of chunk.phones) if (byte === 10) numbers++
          bar.show({ done: written, of: options.rows, what: 'writing' })
        }
        bar.stop()
        voters.end()
        phones?.end()
        await Promise.all([once(voters, 'finish'), phones ? once(phones, 'finish') : null])
        context.answer(options, { rows: written, numbers }, () =>
          phones ? `${written} rows and ${numbers} numbers written.` : `${written} rows written.`,
        )
      },
    )
}

/** 'phone=Tel,last_name=성' by headings. */
function columnsIn(text: string): SaidColumns {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [is = '', ...heading] = pair.split('=')
      const meaning = phoneColumnMeanings.find((each) => each === is.trim()) ?? (is.trim() === '' ? '' : null)
      if (meaning === null || heading.length === 0)
        throw new CliProblem(`--columns: ${pair} is not one of ${phoneColumnMeanings.join(', ')} = HEADING`, 2)
      return [heading.join('=').trim(), meaning]
    }),
  )
}

/** Asks where there is something to take back; what else is wrong the command says itself. */
async function confirmTakeBack(context: CliContext, db: Db, file_id: number): Promise<void> {
  const file = (await voterFiles(db)).find((each) => each.file_id === file_id)
  if (!file?.is_remembered || file.taken_back_at) return
  const { names, counts } = file
  const numbers = counts.added + counts.updated + counts.unchanged
  context.say(`${names.join(', ')}: ${numbers} ${numbers === 1 ? 'number' : 'numbers'}. This cannot be undone.`)
  if (await context.confirm('Take this list back?')) return
  throw new CliProblem('To take the list back, say that it is wanted: --yes', 2, { problem: 'not_confirmed' })
}

const takeBackTexts: Record<TakeBackProblem, string> = {
  no_list: 'No list of telephones has that number: hanpyo voterfile list',
  taken_back: 'This list has been taken back already.',
  not_remembered:
    'This list was imported by an earlier version, which did not keep which numbers it shared with others. It stays.',
  busy: 'Something else is at work on the voters: an import, another list taken back, or estimates. Try again when it is over.',
}

/** A file to write; says why it cannot be written before anything is. */
async function writing(file: string): Promise<WriteStream> {
  const stream = createWriteStream(resolve(file))
  try {
    await once(stream, 'open')
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? String(problem.code) : ''
    const why: Record<string, string> = {
      ENOENT: 'there is no such folder',
      ENOTDIR: 'there is no such folder',
      EISDIR: 'it is a folder',
      EACCES: 'this user may not write there',
      EROFS: 'nothing can be written there',
    }
    if (!why[code]) throw problem
    throw new CliProblem(`${file} cannot be written: ${why[code]}`)
  }
  return stream
}

/** The layout a file holds; says which of its fields is wrong and how. */
function layoutIn(file: string): Layout {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(resolve(file), 'utf8'))
  } catch (problem) {
    const isMissing = problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'
    throw new CliProblem(`${file}: ${problem instanceof Error ? problem.message : 'no JSON'}`, isMissing ? 2 : 1)
  }
  const read = LayoutForm.safeParse(json)
  if (!read.success)
    throw new CliProblem(
      `${file} is no layout:\n${read.error.issues
        .slice(0, 10)
        .map(({ path, message }) => `  ${path.join('.') || 'the whole'}: ${message}`)
        .join('\n')}`,
    )
  const texts: Record<string, string> = {
    no_state_voter_id: 'columns: none is the state_voter_id; give "is": "state_voter_id" to the one that is',
    no_last_name: 'columns: none is the last_name; give "is": "last_name" to the one that is',
    twice: 'columns: several have the same "is"; leave it out of all but one',
    no_election: 'history: packed, but no column is the votes',
    two_histories: 'columns: one is votes, but the history is not packed',
    not_registration: 'kind and key: only registration files by state_voter_id can be taken',
  }
  const problems = layoutProblems(read.data)
  if (problems.length > 0)
    throw new CliProblem(
      `${file} cannot be used:\n${problems.map(({ code, about }) => `  ${texts[code] ?? code}${about ? ` (${about})` : ''}`).join('\n')}`,
    )
  return read.data
}

/**
 * The layouts described here beside the built-in ones. Where nothing has begun there is none, and a file can be looked into
 * before anything is made; whoever may not open the installation can look too, but not by a described layout.
 */
async function bookIfOpen(context: CliContext, layout: string | undefined): Promise<Known> {
  if (!context.isBegun()) return { book: builtIn, owner: null }
  try {
    const { owner } = (await context.open()).database
    return { book: await layoutBook(owner), owner }
  } catch (problem) {
    if (!(problem instanceof DatabaseProblem) || (layout && isOwn(layout))) throw problem
    context.say(`Layouts described here are not known to this look: ${problem.message}`)
    return { book: builtIn, owner: null }
  }
}

/** Opens the installation for an import, and tells of one that did not end. */
async function openImport(context: CliContext): Promise<ImportContext> {
  const { database, clock, config } = await context.open({ begins: true })
  for (const { names } of await recoverImports(database, clock, config.data))
    context.say(
      `An earlier import of ${names.join(', ')} was interrupted. It was rolled back: the voters are as before it. Run it again.`,
    )
  return { database, clock, folder: config.data, actor: context.actor }
}

/** A file that is not there was named wrongly; what is in one cannot be used. `looked`: what files that are none look like. */
const refusal = ({ code, ...more }: ImportProblem, looked: Inspection | null = null): CliProblem =>
  new CliProblem(problemText({ code, ...more }, looked), code === 'missing_file' ? 2 : 1, { problem: code, ...more })

function problemText({ code, detail }: ImportProblem, looked: Inspection | null): string {
  const texts: Record<string, string> = {
    missing_file: 'There is no such file',
    empty_file: 'The file is empty, or has no line below its headings',
    spreadsheet: 'This is a spreadsheet, not the text file the state gives; save it as CSV',
    html: 'This is a web page, perhaps an error page saved in place of the file; download it again',
    pdf: 'This is a PDF, not a voter file',
    binary: 'This is no text file',
    bad_zip: 'The zip file is damaged; copy or download it again',
    zip_locked: 'The zip file is locked with a password; unpack it with the password and import the text itself',
    zip_method:
      'The zip file is packed in a way that cannot be read here; unpack it and import the text itself, or pack that as .gz',
    nothing_in_zip: 'The zip holds no .txt or .csv file',
    not_a_voter_file:
      'This is not a file of the layout, or of any layout known. An extract of one needs its voter id, family and given name, birth and address under the board’s own headings; of any other, say what its columns are on the page Voter files. The file',
    wrong_layout: 'The file is laid out otherwise; it looks like',
    unknown_layout: 'There is no such layout',
    voters_first:
      "This file only says who voted, so it adds to voters already there: import the voters first (the state's file, or in New York City the city board's list), of",
    damaged_file: 'The file is damaged or ends early, as after a broken download; get it again',
    many_gone:
      'Many voters we have in the counties of this file are not in it, as if it were cut off. Where it is right so, say --accept-gone; where they hold a part only, a district for example, --part. Missing',
    all_rejected: 'No row of it could be used. The file of rejected rows says why, row by row. Rejected',
    no_phone_column: 'No column of telephone numbers: the first line must name one, such as Phone, HomePhone or Cell',
    no_match_column:
      'Nothing to match voters by: the first line must name a state voter id, a county id, or name, birth year and address',
    no_such_column: 'No file has a column with that heading',
    rejects_unwritable: 'The rows that cannot be read cannot be written down; is the disk full?',
    cancelled: 'The import was cancelled; the voters are as before',
  }
  const said = `${texts[code] ?? code}${detail ? `: ${detail}` : ''}. Nothing was changed.`
  const lists = looked?.files.filter(({ is_phone_list }) => is_phone_list).map(({ name }) => name) ?? []
  return lists.length > 0
    ? `${said} This looks like a list of telephone numbers (${lists.join(', ')}): hanpyo voterfile phones FILE`
    : said
}

const detailLines = (details: Record<string, number>): string[] =>
  Object.entries(details).map(([name, count]) => `  ${name.replaceAll('_', ' ')}: ${count}`)

/** The report the import will give, what changes by kind, and some of each to who keeps the limit on use; to others figures only. */
function previewAnswer(
  context: CliContext,
  options: { json?: boolean },
  preview: ImportPreview,
  isLawAccepted: boolean,
): void {
  const { report, details, changes, refused, people } = preview
  const examples = isLawAccepted ? preview.examples : []
  const rejects = isLawAccepted ? preview.rejects : preview.rejects.map((each) => ({ ...each, row: '' }))
  if (!isLawAccepted)
    context.say(`Figures only. To see some of the voters, say that you keep this: --accept-law\n${lawNotice}`)
  const answer = {
    ...report,
    details,
    changes,
    examples: Object.fromEntries(
      previewKinds.map((kind) => [kind, examples.flatMap(({ kind: of, ...each }) => (of === kind ? [each] : []))]),
    ),
    rejects,
    refused,
    people,
  }
  const parts = (values: Record<string, unknown>): string => Object.values(values).join(' ')
  context.answer(options, answer, () =>
    [
      `${report.read} rows read in ${report.seconds} s. The import would add ${report.added} voters, update ${report.updated}, leave ${report.unchanged} unchanged, mark ${report.gone} as gone and reject ${report.rejected} rows. Nothing was changed.`,
      `  of those updated: ${Object.entries(changes)
        .map(([kind, count]) => `${kind} ${count}`)
        .join(', ')}`,
      ...detailLines(details),
      ...examples.map(({ kind, name, before, after }) => `  ${kind}: ${name}: ${parts(before)} → ${parts(after)}`),
      ...rejects.map(
        ({ file, line, column, reason }) =>
          `  rejected: ${file}, line ${line}, ${column || 'the whole line'}: ${reason}`,
      ),
      ...(refused
        ? [
            `It would be refused: ${refused.gone} of ${refused.of} voters are not in the file (${refused.code}). Where that is right, import with --accept-gone; where the file is a part only, with --part.`,
          ]
        : []),
    ].join('\n'),
  )
}

/** Layouts of the installation at hand, where there is one; it notes who looks at voters. */
interface Known {
  book: LayoutBook
  owner: Db | null
}

/** The dry run, of the layout that was named or the likeliest. */
async function inspect(
  context: CliContext,
  paths: string[],
  options: { layout?: string; json?: boolean },
  { book, owner }: Known,
): Promise<void> {
  namedLayout(book, options.layout)
  const today = dayThere(null, new Date())
  const inspection = await inspectFiles(paths, options.layout ?? null, today, paths, book)
  if (owner && !inspection.problem && inspection.files.some(({ rows }) => rows.length > 0))
    await audit(owner, context.actor, {
      action: 'voterfile.view',
      subject: 'voter_file',
      after: { names: paths },
      organization_id: null,
    })
  inspectionAnswer(context, options, inspection)
}

function namedLayout(book: LayoutBook, id: string | undefined): void {
  if (id === undefined || book.byId(id)) return
  throw new CliProblem(`No layout ${id}. There are: ${book.current.map((layout) => layout.id).join(', ')}`, 2, {
    problem: 'unknown_layout',
  })
}

function inspectionAnswer(context: CliContext, options: { json?: boolean }, inspection: Inspection): void {
  context.answer(options, inspection, () =>
    [
      ...(inspection.left_out.length > 0 ? [`Left out, being no voter files: ${inspection.left_out.join(', ')}`] : []),
      ...inspection.files.map((file) =>
        [
          `${file.name}: ${file.layout ?? 'no layout known'} (${Math.round(file.confidence * 100)} % sure), about ${file.estimated_rows} rows, ${file.encoding}, ${file.columns} columns${file.has_header ? ' with a header' : ''}, separated by ${JSON.stringify(file.delimiter)}`,
          ...(file.unknown_columns.length > 0 ? [`  columns we read past: ${file.unknown_columns.join(', ')}`] : []),
          ...(file.missing_columns.length > 0 ? [`  columns not there: ${file.missing_columns.join(', ')}`] : []),
          ...file.odd_columns.map(
            ({ name, share, example }) =>
              `  column ${name} does not fit: ${Math.round(share * 100)} % of its values, for example "${example}"`,
          ),
          ...(file.elsewhere && file.elsewhere.unfit > 0
            ? [
                `  ${file.elsewhere.unfit} of ${file.elsewhere.looked_at} rows looked at from the whole file do not fit: ${file.elsewhere.counts.map((each) => `${each.count} with ${each.columns} columns`).join(', ')}, for example ${file.elsewhere.example}`,
              ]
            : []),
          ...(file.elsewhere && file.elsewhere.encodings.length > 0
            ? [`  further on the letters are written in another way: ${file.elsewhere.encodings.join(', ')}`]
            : []),
          ...file.faults.map((fault) => `  line ${fault.line}: ${fault.reason}`),
          ...file.rows.map(
            (row) =>
              `  ${Object.entries(row)
                .filter(([name, value]) => value !== null && value !== 0 && name !== 'state')
                .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.length : value}`)
                .join(' · ')}`,
          ),
        ].join('\n'),
      ),
    ].join('\n'),
  )
  if (inspection.problem) throw refusal(inspection.problem, inspection)
}

/** Imported after a newer file, an older one counts as the newest; after one of a day to come, every other one does. */
async function warnOfDates(
  context: CliContext,
  db: Db,
  paths: string[],
  options: { layout?: string; receivedOn?: string },
): Promise<void> {
  const book = await layoutBook(db)
  const now = new Date()
  const { files } = await inspectFiles(paths, options.layout ?? null, dayThere(null, now), paths, book)
  for (const { name, layout, counties, received_on: named } of files) {
    const received_on = options.receivedOn ?? named
    if (!layout || !received_on) continue
    if (received_on > dayThere(book.byId(layout)?.state ?? null, now))
      context.say(`${name} is of ${received_on}, which is still to come: is the date right?`)
    const newer = await laterFile(db, book, { layout, received_on, counties, import_id: null })
    if (newer)
      context.say(
        `${name} is of ${received_on}, but a file of ${newer} is in use already. Imported after it, this one counts as the newest: addresses, parties and status go back to what they were, and voters gone since come back.`,
      )
  }
}

const barOf = ({ say }: CliContext): { show(progress: Progress): void; stop(): void } => {
  const bar = progressBar({ unit: 'rows', say })
  return {
    show: ({ bytes = 0, of_bytes = 0, rows = 0, phase = 'reading' }) => {
      if (phase === 'waiting') bar.wait('Another import is running; waiting for it to end.')
      else bar.show({ done: bytes, of: of_bytes, count: rows, what: phase })
    },
    stop: () => bar.stop(),
  }
}

async function makeIndexes(context: CliContext): Promise<void> {
  const { database } = await context.open()
  const bar = progressBar({ unit: 'indexes', say: context.say })
  await addMissingIndexes(database, (index, { made, of }) =>
    bar.show({ done: made, of, what: `making the indexes of the search: ${index}` }),
  ).finally(() => bar.stop())
}
