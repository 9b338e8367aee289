import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { now } from '../../../platform/http/of-request.ts'
import { closeAddress, openAddress, type Meant } from './commands.ts'
import { NoPaperPage, type Done } from './pages.tsx'
import { closedAddresses } from './queries.ts'
import { LiftForm, NoPaperForm } from './schema.ts'

const edit = allow('postal.edit')

/** Homes that want no more paper. */
export const noPaperRoutes = room()
  .get('/postal/no-paper', edit, (c) => noPaperPage(c))
  .post('/postal/no-paper', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, NoPaperForm)
    if (!value) return noPaperPage(c, { typed, errors })
    const closed = await closeAddress(c.var.db, actorOf(c), value, now(c))
    if (!closed.ok) return noPaperPage(c, { typed, errors: wrong(closed) })
    return noPaperPage(c, { done: { ...closed, what: closed.is_new ? 'closed' : 'was_closed' } })
  })
  .post('/postal/no-paper/lift', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, LiftForm)
    const lifting = (errors: FieldErrors) => noPaperPage(c, { lift: { typed, errors } })
    if (!value) return lifting(errors)
    const opened = await openAddress(c.var.db, actorOf(c), value, now(c))
    if (typeof opened !== 'string') return lifting({ lift_address: wrong(opened).address ?? 'form.invalid' })
    if (opened === 'not_closed') return lifting({ lift_address: 'postal.no_paper_not_closed' })
    if (opened === 'elsewhere') return lifting({ lift_address: 'postal.no_paper_elsewhere' })
    return noPaperPage(c, { done: { what: 'opened', address: value.address, people: 0 } })
  })

const wrong = ({ problem }: Extract<Meant, { ok: false }>): FieldErrors => ({
  address: problem === 'unknown_piece' ? 'postal.return_problem.unknown' : `postal.address.${problem}`,
})

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  lift?: { typed: Record<string, string>; errors: FieldErrors }
  done?: Done
}

async function noPaperPage(c: Ctx, { typed = {}, errors = {}, lift, done }: Shown = {}) {
  const counts = await closedAddresses(c.var.db, actorOf(c).organization_id)
  const isWrong = Object.keys({ ...errors, ...lift?.errors }).length > 0
  return page(
    c,
    <NoPaperPage t={c.var.t} {...{ counts, typed, errors }} lift={lift ?? { typed: {}, errors: {} }} done={done ?? null} />, // prettier-ignore
    { title: c.var.t('postal.no_paper'), status: isWrong ? 422 : 200 },
  )
}
