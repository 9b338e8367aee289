import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { now, today } from '../../../platform/http/of-request.ts'
import { dropOf, dropPage } from '../drops/routes.tsx'
import { markMailed, noteReturn, type NotedReturn } from './commands.ts'
import { ReturnsPage } from './pages.tsx'
import { lastReturns } from './queries.ts'
import { MailedForm, ReturnForm } from './schema.ts'

const edit = allow('postal.edit')

/** What was handed to the post, and what came back. */
export const mailedRoutes = room()
  .post('/postal/:drop/mailed', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, MailedForm)
    const drop = await dropOf(c)
    const wrong: FieldErrors = {
      ...errors,
      ...(value && value.count !== drop.pieces && { count: 'postal.count_wrong' }),
      ...(value && value.mailed_on > today(c) && { mailed_on: 'postal.not_yet' }),
    }
    if (!value || Object.keys(wrong).length > 0) return dropPage(c, wrong, typed)
    await markMailed(c.var.db, actorOf(c), drop.drop_id, { mailed_on: value.mailed_on, cost_cents: value.cost })
    return c.redirect(`/postal/${drop.drop_id}`, 303)
  })
  .get('/postal/returns', edit, (c) => returnsPage(c))
  .post('/postal/returns', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, ReturnForm)
    if (!value) return returnsPage(c, { typed, errors })
    const noted = await noteReturn(c.var.db, actorOf(c), value, { now: now(c), today: today(c) })
    return returnsPage(c, { typed, noted })
  })

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  noted?: NotedReturn
}

/** Piece after piece is typed or read in: the form is there again at once. */
async function returnsPage(c: Ctx, { typed = {}, errors = {}, noted }: Shown = {}) {
  const rows = await lastReturns(c.var.db, actorOf(c).organization_id, 50)
  const isWrong = Object.keys(errors).length > 0 || noted?.ok === false
  return page(c, <ReturnsPage t={c.var.t} {...{ rows, typed, errors, noted: noted ?? null }} />, { title: c.var.t('postal.returns'), status: isWrong ? 422 : 200, islands: ['src/features/postal/islands/returned-mail.tsx'] }) // prettier-ignore
}
