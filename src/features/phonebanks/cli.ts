import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { dashboard, phoneBank, phoneBanks, type ListedBank, type Progress } from './dashboard.ts'
import '../organizations/tables.ts'

/** `hanpyo phonebank list` and `hanpyo phonebank status ID`. */
export function phoneBankCommands(program: Command, context: CliContext): void {
  const group = program.command('phonebank').description('phone banks: what there is and how they stand')

  group
    .command('list')
    .description('every phone bank with its progress')
    .option('--organization <slug>', 'of one organization only')
    .option('--json', 'as JSON')
    .action(async (options: { organization?: string; json?: boolean }) => {
      const { database, clock } = await context.open()
      let query = database.owner.selectFrom('organization').select(['organization_id', 'slug']).orderBy('slug')
      if (options.organization) query = query.where('slug', '=', options.organization)
      const organizations = await query.execute()
      if (options.organization && organizations.length === 0)
        throw new CliProblem(`There is no organization ${options.organization}.`, 2)
      const rows = await Promise.all(
        organizations.map(async ({ organization_id, slug }) =>
          (await phoneBanks(database.of(organization_id), organization_id, clock.now())).map((bank) =>
            listed(slug, bank),
          ),
        ),
      ).then((lists) => lists.flat())
      context.answer(options, rows, () =>
        rows.length === 0
          ? 'No phone bank yet.'
          : rows
              .map(
                (row) =>
                  `${row.phone_bank_id}  ${Object.values(row.name)[0] ?? ''} (${row.organization}): ${progressWords(row)}, ${row.attempts} calls, ${row.conversations} conversations${row.is_ended ? ', ended' : ''}`,
              )
              .join('\n'),
      )
    })

  group
    .command('status')
    .description('one phone bank: where its voters stand, results, pace')
    .argument('<id>', 'as `phonebank list` shows it')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { database, clock } = await context.open()
      if (!/^[0-9a-f-]{36}$/.test(id))
        throw new CliProblem(`${id} is no phone bank id; \`hanpyo phonebank list\` shows them.`, 2)
      const owned = await database.owner
        .selectFrom('phone_bank')
        .select('organization_id')
        .where('phone_bank_id', '=', id)
        .executeTakeFirst()
      if (!owned) throw new CliProblem(`There is no phone bank ${id}.`, 2)
      const db = database.of(owned.organization_id)
      const bank = await phoneBank(db, owned.organization_id, id)
      const { standings, progress, totals, last_hour, dispositions, callers_now, hours_left } = await dashboard(
        db,
        bank,
        clock.now(),
      )
      const status = {
        phone_bank_id: id,
        name: bank.name,
        progress,
        totals,
        last_hour,
        callers_now,
        hours_left,
        standings,
        dispositions,
      }
      context.answer(options, status, () =>
        [
          `${Object.values(bank.name)[0] ?? id}: ${progressWords(progress)}, ${progress.left} left`,
          `${totals.attempts} calls, ${totals.conversations} conversations, ${totals.answered} answered; ${callers_now} callers now`,
          ...standings.map((row) => `  ${row.state}${row.why ? ` (${row.why})` : ''}: ${row.count}`),
        ].join('\n'),
      )
    })
}

const progressWords = ({ done, closed, total }: Progress): string =>
  `${done} of ${total} done${closed > 0 ? `, ${closed} cannot be called` : ''}`

const listed = (organization: string, bank: ListedBank) => ({
  phone_bank_id: bank.phone_bank_id,
  organization,
  name: bank.name,
  starts_on: bank.starts_on,
  ends_on: bank.ends_on,
  is_ended: bank.ended_at !== null,
  ...bank.progress,
  attempts: bank.attempts,
  conversations: bank.conversations,
  callers_now: bank.callers_now,
})
