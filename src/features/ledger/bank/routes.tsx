import { z } from 'zod'
import { csvRows } from '../../../platform/csv.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import '../messages.ts'
import { importBank, matchAgain, matchByHand, openLine, setAside } from './commands.ts'
import { BankPage, LinePage } from './pages.tsx'
import { lineById, matchedLines, setAsideLines, unmatchedEntries, unmatchedLines } from './queries.ts'
import { readBank, textOfBank, type BankProblem } from './rules.ts'

const edit = allow('ledger.edit')
const here = '/ledger/bank'
/** Of what is done already; the rest is in the ledger. */
const shownDone = 100
const Count = z.coerce.number().int().min(0).max(1_000_000)
const Entries = z.object({ entries: z.union([z.array(z.uuid()), z.uuid().transform((one) => [one])]).default([]) })

/** Of a file whose lines cannot be read; the rest is counted. */
const linesNamed = 10
const LineNumbers = z
  .string()
  .regex(/^\d{1,7}(,\d{1,7})*$/)
  .transform((text) => text.split(',').slice(0, linesNamed))
  .optional()

/** The ledger beside the bank's own file. */
export const bankRoutes = room()
  .get(here, edit, (c) => bankPage(c))
  .post(here, edit, async (c) => {
    const { csv } = await c.req.parseBody()
    if (!(csv instanceof File) || csv.size === 0) return bankPage(c, { is: 'no_lines', headers: [] })
    const read = readBank(csvRows(textOfBank(await csv.arrayBuffer())))
    if (!read.ok) return bankPage(c, { is: read.problem, headers: read.headers })
    const { added, matched } = await importBank(c.var.db, actorOf(c), csv.name.slice(0, 200), read.lines)
    const { length } = read.skipped
    const named = length > 0 ? `&lines=${read.skipped.slice(0, linesNamed).join(',')}` : ''
    return c.redirect(`${here}?added=${added}&matched=${matched}&skipped=${length}${named}`, 303)
  })
  .post(`${here}/match`, edit, async (c) => {
    const matched = await matchAgain(c.var.db, actorOf(c))
    return c.redirect(`${here}?added=0&matched=${matched}&skipped=0`, 303)
  })
  .get(`${here}/lines/:line`, edit, (c) => linePage(c, [], null))
  .post(`${here}/lines/:line`, edit, async (c) => {
    const { all, value } = await readForm(c, Entries)
    const matched = value
      ? await matchByHand(c.var.db, actorOf(c), c.req.param('line'), value.entries)
      : ({ ok: false, problem: 'none_chosen' } as const)
    if (!matched.ok) return linePage(c, all.entries ?? [], `ledger.bank.problem.${matched.problem}`)
    return c.redirect(here, 303)
  })
  .post(`${here}/lines/:line/open`, edit, async (c) => {
    await openLine(c.var.db, actorOf(c), c.req.param('line'))
    return c.redirect(here, 303)
  })
  .post(`${here}/lines/:line/aside`, edit, async (c) => {
    await setAside(c.var.db, actorOf(c), c.req.param('line'), c.var.installation.clock.now())
    return c.redirect(here, 303)
  })

async function bankPage(c: Ctx, problem: { is: BankProblem; headers: readonly string[] } | null = null) {
  const { t, db } = c.var
  const { organization_id } = actorOf(c)
  const [entries, lines, matched, aside] = await Promise.all([
    unmatchedEntries(db, organization_id),
    unmatchedLines(db, organization_id),
    matchedLines(db, organization_id, shownDone),
    setAsideLines(db, organization_id, shownDone),
  ])
  const asked = z.object({ added: Count, matched: Count, skipped: Count, lines: LineNumbers }).safeParse(c.req.query())
  return page(c, <BankPage {...{ t, entries, lines, matched, aside, problem }} brought={asked.data ?? null} />, {
    title: t('ledger.bank.title'),
    status: problem ? 422 : 200,
  })
}

async function linePage(c: Ctx, chosen: readonly string[], error: string | null) {
  const { t, db } = c.var
  const { organization_id } = actorOf(c)
  const line = await lineById(db, organization_id, c.req.param('line') ?? '')
  const isIn = (cents: number): boolean => cents > 0 === line.amount_cents > 0
  const entries = (await unmatchedEntries(db, organization_id)).filter(({ amount_cents }) => isIn(amount_cents))
  return page(c, <LinePage {...{ t, line, entries, chosen, error }} />, {
    title: t('ledger.bank.title'),
    status: error ? 422 : 200,
  })
}
