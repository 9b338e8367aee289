import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { contestsHeld, cycleById } from '../cycles/queries.ts'
import { idParam, today } from '../../../platform/http/of-request.ts'
import { makeReceipt } from './links.ts'
import { discardPaper, enterPaper, givePaper, takePaperBack } from './paper-commands.ts'
import './paper-messages.ts'
import { PaperPage, PaperSheets, struckField } from './paper-pages.tsx'
import { paperCounts, papersWaiting, voteOf } from './queries.ts'
import { cellsIn, isReceipt } from './rules.ts'

const edit = allow('endorsements.edit')
/** Where there is one organizer alone, somebody of the board is the second to type. */
const type = allow('endorsements.roll')
const here = '/endorsements/:cycle/vote/paper'
const row_path = '/endorsements/:cycle/vote/roll/:row'
const fields = z.record(z.string(), z.unknown())
const NumberForm = z.object({ number: z.string().refine(isReceipt) })
const states = ['first', 'differs', 'agreed'] as const
const at_once = 10

/** Ballots on paper: printed, given to voters, typed in by two people. */
export const paperBallotRoutes = room()
  .get(here, type, (c) => paperPage(c))
  .post(here, type, async (c) => {
    const { typed, all } = await readForm(c, fields)
    const { slate, rules } = await voteHere(c)
    // As it is read aloud: with gaps, in small letters.
    const number = (typed.number ?? '').replaceAll(/[\s-]/g, '').toUpperCase()
    const filled = slate.map((contest) => ({ contest, ...cellsIn(contest, rules.method, typed, all), is_struck: typed[struckField(contest.contest_id)] === 'yes' })) // prettier-ignore
    const errors: FieldErrors = isReceipt(number) ? {} : { number: 'ballots.paper_number_wrong' }
    if (errors.number || filled.some(({ problem, is_struck }) => problem && !is_struck))
      return paperPage(c, { typed, filled, errors, status: 422 })
    const cells = filled.map((each) => (each.is_struck ? null : each.cells))
    const { secret } = c.var.installation
    const entered = await enterPaper(c.var.db, secret, actorOf(c), idParam(c, 'cycle'), { number, cells })
    if (!entered.ok) return paperPage(c, { typed, filled, problem: entered.problem, status: 422 })
    return c.redirect(`/endorsements/${idParam(c, 'cycle')}/vote/paper?said=${entered.state}`, 303)
  })
  .post(`${here}/discard`, type, async (c) => {
    const { value } = await readForm(c, NumberForm)
    if (!value) return paperPage(c, { status: 422 })
    await discardPaper(c.var.db, actorOf(c), idParam(c, 'cycle'), value.number)
    return c.redirect(`/endorsements/${idParam(c, 'cycle')}/vote/paper`, 303)
  })
  .get(`${here}/print`, edit, async (c) => {
    const vote = await voteHere(c)
    const cycle = await cycleOf(c)
    return page(
      c,
      <PaperSheets
        t={c.var.t}
        cycle={cycle}
        vote={vote}
        contests={await contestsHeld(c.var.db, vote.slate.map(({ contest_id }) => contest_id))}
        organization={localized(c.var.organization?.name ?? {}, c.var.language).text}
        numbers={Array.from({ length: at_once }, makeReceipt)}
      />,
      { title: c.var.t('ballots.paper_print') },
    ) // prettier-ignore
  })
  .post(`${row_path}/paper`, edit, async (c) => {
    const given = await givePaper(c.var.db, actorOf(c), idParam(c, 'cycle'), idParam(c, 'row'), today(c))
    return toRow(c, given.ok ? null : given.problem)
  })
  .post(`${row_path}/paper-back`, edit, async (c) => {
    await takePaperBack(c.var.db, actorOf(c), idParam(c, 'cycle'), idParam(c, 'row'))
    return toRow(c, null)
  })

const cycleOf = async (c: Ctx) => found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))
const voteHere = async (c: Ctx) => found(await voteOf(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))

const toRow = (c: Ctx, problem: string | null): Response =>
  c.redirect(
    `/endorsements/${idParam(c, 'cycle')}/vote/roll/${idParam(c, 'row')}${problem ? `?problem=${problem}` : ''}`,
    303,
  )

interface Shown {
  typed?: Record<string, string>
  filled?: Parameters<typeof PaperPage>[0]['filled']
  errors?: FieldErrors
  problem?: 'taken' | 'too_many' | 'over' | null
  status?: 200 | 422
}

async function paperPage(c: Ctx, { typed = {}, filled, errors = {}, problem = null, status = 200 }: Shown = {}) {
  const { db, t } = c.var
  const vote = await voteHere(c)
  return page(
    c,
    <PaperPage
      t={t}
      cycle={await cycleOf(c)}
      vote={vote}
      contests={await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id))}
      counts={await paperCounts(db, vote)}
      waiting={await papersWaiting(db, vote)}
      filled={filled ?? vote.slate.map((contest) => ({ contest, ...cellsIn(contest, vote.rules.method, {}, {}), is_struck: false }))}
      typed={typed}
      errors={errors}
      said={states.find((each) => each === c.req.query('said')) ?? null}
      problem={problem}
      may_edit={mayDo(actorOf(c), 'endorsements.edit')}
    />,
    { title: t('ballots.paper'), status },
  ) // prettier-ignore
}
