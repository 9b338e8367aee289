import type { Command } from 'commander'
import { dateIn } from '../../platform/clock.ts'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import type { Db } from '../../platform/db/db.ts'
import { translator } from '../../platform/i18n/messages.ts'
import '../organizations/tables.ts'
import './messages.ts'
import { problemSentence } from './problem.ts'
import { compileUniverse, countUniverse, universes } from './queries.ts'

interface Options {
  organization?: string
  json?: true
}

/** `hanpyo universe count|list`. */
export function targetingCommands(program: Command, context: CliContext): void {
  const universe = program.command('universe').description('groups of voters described by an expression')
  const which = [
    '--organization <slug>',
    'whose tags, contacts and suppressions count; the oldest where not said',
  ] as const

  universe
    .command('count <expression>')
    .description('how many voters fit a targeting expression')
    .option(...which)
    .option('--json', 'print JSON: {"count":N}')
    .addHelpText('after', `\nExample:\n  hanpyo universe count 'party:dem county:queens age:18-34 voted>=2/4'\n`)
    .action(async (expression: string, options: Options) => {
      const { database, clock } = await context.open()
      const { organization_id, time_zone } = await organizationOf(database.owner, options.organization, context.say)
      const db = organization_id ? database.of(organization_id) : database.commons
      const compiled = await compileUniverse(db, expression, organization_id ?? nobody, dateIn(time_zone, clock.now()))
      if (!compiled.ok) throw new CliProblem(problemText(expression, compiled.problem), 2)
      for (const { code, named } of compiled.universe.remarks)
        context.say(translator('en')(`universes.remark.${code}`, { named }))
      const count = await countUniverse(db, compiled.universe)
      context.answer(options, { count }, () => translator('en')('common.voters', { count }))
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
function problemText(expression: string, problem: Parameters<typeof problemSentence>[1]): string {
  const flat = expression.replace(/\s/g, ' ')
  return `${problemSentence(translator('en'), problem).join(' ')}\n  ${flat}\n  ${' '.repeat(problem.at)}${'^'.repeat(Math.max(1, problem.length))}`
}
