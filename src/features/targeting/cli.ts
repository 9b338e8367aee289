import { Argument, type Command } from 'commander'
import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { progressBar } from '../../platform/cli/progress.ts'
import type { Db } from '../../platform/db/db.ts'
import { translator } from '../../platform/i18n/messages.ts'
import '../organizations/tables.ts'
import { acceptLaw, keepsLaw } from '../voterfile/keeps-law.ts'
import { lawNotice } from '../voterfile/limits.ts'
import { columnsStatus, isSound, percentOf, rebuildColumns, type ColumnsStatus } from './columns/building.ts'
import { filesHaveOnDisk } from './columns/have.ts'
import './columns/messages.ts'
import './messages.ts'
import './people/messages.ts'
import { compilePeople, countPeople } from './people/queries.ts'
import { problemSentence } from './problem.ts'
import {
  compileUniverse,
  countLeftOut,
  countUniverse,
  sampleUniverse,
  universes,
  type CompiledUniverse,
  type UniverseProblem,
} from './queries.ts'
import type { Remark } from './remarks.ts'

interface Options {
  organization?: string
  json?: true
}

/** `hanpyo universe count|sample|explain|list`, `hanpyo people count`, `hanpyo targeting status|rebuild`. */
export function targetingCommands(program: Command, context: CliContext): void {
  columnsCommands(program, context)
  peopleCommands(program, context)
  const universe = program.command('universe').description('groups of voters described by an expression')
  const which = [
    '--organization <slug>',
    'whose tags, contacts and suppressions count; the oldest where not said',
  ] as const

  takesExpression(universe.command('count'))
    .description('how many voters fit a targeting expression')
    .option(...which)
    .option('--json', 'print JSON: {"count":N}')
    .addHelpText('after', `\nExample:\n  hanpyo universe count 'party:dem county:queens age:18-34 voted>=2/4'\n`)
    .action(async (expression: string, options: Options) => {
      const { db, universe: asked } = await asking(context, expression, options)
      for (const remark of asked.remarks) context.say(remarkText(remark))
      const count = await countUniverse(db, asked)
      context.answer(options, { count }, () => t('common.voters', { count }))
    })

  takesExpression(universe.command('sample'))
    .description('some of the voters who fit, the same ones each time')
    .option(...which)
    .option('--size <number>', 'how many, at most 200', '20')
    .option('--accept-law', acceptLaw)
    .option('--json', 'print JSON: a list')
    .addHelpText(
      'after',
      `\nExample:\n  hanpyo universe sample 'district:nyc-council/20 language:ko' --size 5 --accept-law\n`,
    )
    .action(async (expression: string, options: Options & { size: string; acceptLaw?: boolean }) => {
      const size = Number(options.size)
      if (!Number.isInteger(size) || size < 1 || size > 200) throw new CliProblem('--size is a number from 1 to 200', 2)
      const { db, universe: asked, organization_id } = await asking(context, expression, options)
      for (const remark of asked.remarks) context.say(remarkText(remark))
      await keepsLaw(context, options, true, 'see voters by name')
      const voters = await sampleUniverse(db, asked, organization_id, null, size)
      // Voters shown by name: in the trail, as on the page.
      const shown = {
        action: 'universe.sample',
        subject: 'universe',
        subject_id: null,
        after: { expression: asked.text, voters: voters.length, law_accepted: true },
      }
      if (organization_id !== nobody) await audit(db, { ...context.actor, organization_id }, shown)
      else await audit((await context.open()).database.owner, context.actor, { ...shown, organization_id: null })
      context.say(lawNotice)
      context.answer(options, voters, () =>
        voters
          .map((voter) =>
            [
              voter.voter_id,
              [voter.last_name, [voter.first_name, voter.middle_name].filter(Boolean).join(' ')].join(', '),
              voter.name_hangul ?? '',
              voter.birth_date?.slice(0, 4) ?? voter.birth_year ?? '',
              voter.party,
              [voter.city, voter.county].filter(Boolean).join(', '),
            ].join('\t'),
          )
          .join('\n'),
      )
    })

  takesExpression(universe.command('explain'))
    .description('how an expression is read: written in one form, counted, what is left out, what is not loaded')
    .option(...which)
    .option('--json', 'print JSON: {"expression","count","left_out","remarks"}')
    .addHelpText('after', `\nExample:\n  hanpyo universe explain '정당:민주당 triple-prime'\n`)
    .action(async (expression: string, options: Options) => {
      const { db, universe: asked } = await asking(context, expression, options)
      const [count, left_out] = await Promise.all([countUniverse(db, asked), countLeftOut(db, asked)])
      const remarks = asked.remarks.map((remark) => ({ ...remark, text: remarkText(remark) }))
      context.answer(options, { expression: asked.text, count, left_out, remarks }, () =>
        [
          asked.text || t('universes.everyone'),
          t('common.voters', { count }),
          ...left_out.map((each) => `${t(`universes.left_out.${each.reason}`)}: ${each.count}`),
          ...remarks.map(({ text }) => text),
        ].join('\n'),
      )
    })

  universe
    .command('list')
    .description('saved universes')
    .option(...which)
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const { database } = await context.open()
      const { organization_id } = await organizationOf(database.owner, options.organization, context.say)
      const saved = organization_id ? await universes(database.of(organization_id), organization_id) : []
      context.answer(
        options,
        saved.map(({ universe_id, name, expression, counted, counted_at }) => ({
          universe_id,
          name,
          expression,
          counted,
          counted_at,
        })),
        () => saved.map(({ name, expression, counted }) => `${name}\t${counted ?? '-'}\t${expression}`).join('\n'),
      )
    })
}

/** An expression may begin with a minus, `-contacted:14d`, and be several words without quotes. No option of these commands has one dash. */
function takesExpression(command: Command): Command {
  const read = command.parseOptions.bind(command)
  const isOption = (word: string): boolean => word.startsWith('--') || word === '-h'
  command.parseOptions = (words) => {
    const { operands, unknown } = read(words)
    return {
      operands: [...operands, ...unknown.filter((word) => !isOption(word))],
      unknown: unknown.filter(isOption),
    }
  }
  const words: string[] = []
  const joined = (word: string): string => {
    words.push(word)
    // What stood in quotes is one word here: joined, it could mean something else.
    if (words.length > 1 && words.some((each) => /\s/.test(each)))
      throw new CliProblem('Put the whole expression in one pair of single quotes.', 2)
    return words.join(' ')
  }
  return command.addArgument(new Argument('<expression...>').argParser(joined))
}

const t = translator('en')
const remarkText = ({ code, named }: Remark): string => t(`universes.remark.${code}`, { named })

/** The expression, ready to be asked for one organization. */
async function asking(
  context: CliContext,
  expression: string,
  options: Options,
): Promise<{ db: Db; universe: CompiledUniverse; organization_id: string }> {
  const installation = await context.open()
  const { database, clock } = installation
  const found = await organizationOf(database.owner, options.organization, context.say)
  const organization_id = found.organization_id ?? nobody
  const db = found.organization_id ? database.of(found.organization_id) : database.commons
  const today = dateIn(found.time_zone, clock.now())
  const have = await filesHaveOnDisk(installation)
  const compiled = await compileUniverse(db, expression, organization_id, today, have)
  if (!compiled.ok) throw new CliProblem(problemText(expression, compiled.problem), 2)
  return { db, universe: compiled.universe, organization_id }
}

function peopleCommands(program: Command, context: CliContext): void {
  const people = program.command('people').description('people of an organization, in a voter file or in none')
  takesExpression(people.command('count'))
    .description('how many people of the organization fit a targeting expression')
    .option('--organization <slug>', 'whose people; the oldest where not said')
    .option('--json', 'print JSON: {"count":N}')
    .addHelpText('after', `\nExample:\n  hanpyo people count 'attended:roundtable member:good'\n`)
    .action(async (expression: string, options: Options) => {
      const { database, clock } = await context.open()
      const { organization_id, time_zone } = await organizationOf(database.owner, options.organization, context.say)
      if (organization_id === null) throw new CliProblem('There is no organization yet.', 1)
      const db = database.of(organization_id)
      const compiled = await compilePeople(db, expression, organization_id, dateIn(time_zone, clock.now()))
      if (!compiled.ok) throw new CliProblem(problemText(expression, compiled.problem), 2)
      for (const remark of compiled.people.remarks) context.say(remarkText(remark))
      const count = await countPeople(db, compiled.people)
      context.answer(options, { count }, () => t('people_list.found', { count }))
    })
}

function columnsCommands(program: Command, context: CliContext): void {
  const targeting = program.command('targeting').description('the columns that answer counts in milliseconds')

  targeting
    .command('status')
    .description('is the columns file there, whole and of the newest voter files? Reads all of it')
    .option('--json', 'print JSON: {"state":"ready","file":{…},"building":null}')
    .action(async (options: Pick<Options, 'json'>) => {
      const installation = await context.open()
      const seen = await columnsStatus(installation)
      const isDamaged = seen.file !== null && !(await isSound(installation))
      const status: ColumnsStatus = isDamaged ? { ...seen, state: 'damaged' } : seen
      context.answer(options, status, () =>
        [
          t(`universes.columns.${status.state}`),
          ...(status.file
            ? [t('universes.columns.file', { count: status.file.voters, built_at: status.file.built_at })]
            : []),
          ...(status.building ? [t('universes.columns.building', { percent: percentOf(status.building) })] : []),
          ...(status.problem ? [status.problem] : []),
        ].join('\n'),
      )
    })

  targeting
    .command('rebuild')
    .description('build the columns file anew from the voter records; the old one answers until the new one is there')
    .option('--json', 'print JSON: {"voters":N,"bytes":N,"seconds":N}')
    .action(async (options: Pick<Options, 'json'>) => {
      const bar = progressBar({ unit: 'voters', say: context.say })
      const built = await rebuildColumns(await context.open(), {
        onProgress: (progress) =>
          bar.show({ done: percentOf(progress), of: 100, count: progress.rows, what: progress.phase }),
      }).finally(() => bar.stop())
      if (!built) throw new CliProblem(t('universes.columns.busy'), 1)
      context.answer(options, built, () => t('universes.columns.built', { count: built.voters, seconds: Math.round(built.seconds) })) // prettier-ignore
    })
}

/** Before the first organization exists only the voter file is there to ask. */
const nobody = '00000000-0000-0000-0000-000000000000'

async function organizationOf(
  db: Db,
  slug: string | undefined,
  say: CliContext['say'],
): Promise<{ organization_id: string | null; time_zone: string }> {
  const all = await db
    .selectFrom('organization')
    .select(['organization_id', 'slug', 'time_zone'])
    .orderBy('created_at')
    .execute()
  const found = slug === undefined ? all[0] : all.find((each) => each.slug === slug)
  const slugs = all.map((each) => each.slug).join(', ')
  if (slug !== undefined && !found)
    throw new CliProblem(`There is no organization '${slug}'. There are: ${slugs || 'none'}`, 2)
  if (slug === undefined && found && all.length > 1) say(`for ${found.slug}; others by --organization: ${slugs}`)
  return found ?? { organization_id: null, time_zone: 'America/New_York' }
}

/** The sentence, then the expression with a mark under the place. */
function problemText(expression: string, problem: UniverseProblem): string {
  const flat = expression.replace(/\s/g, ' ')
  return `${problemSentence(translator('en'), problem).join(' ')}\n  ${flat}\n  ${' '.repeat(problem.at)}${'^'.repeat(Math.max(1, problem.length))}`
}
