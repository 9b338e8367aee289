import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { asTyped, readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { fileOf } from './cli.ts'
import { exportList, importList, liftOne, suppressionLists, takeListBack } from './commands.ts'
import '../messages.ts'
import './messages.ts'
import { SuppressionsPage, type Checked } from './pages.tsx'
import { meant, readList } from './rules.ts'

const importing = allow('people.import')
const LiftForm = z.object({
  value: z.string().trim().min(1, 'form.required').max(200),
  evidence: z.string().trim().min(1, 'people.evidence_needed').max(300),
})

interface Shown {
  checked?: Checked
  typed?: Record<string, string>
  errors?: FieldErrors
}

async function show(c: Ctx, { checked, typed, errors }: Shown = {}) {
  const { t, db, organization } = c.var
  const lists = await suppressionLists(db, actorOf(c).organization_id)
  const time_zone = organization?.time_zone ?? 'America/New_York'
  return page(
    c,
    <SuppressionsPage
      {...{ t, lists, time_zone }}
      done={c.req.query('done') ?? null}
      checked={checked ?? null}
      typed={typed ?? {}}
      errors={errors ?? {}}
    />,
    { title: t('suppressions.title'), status: errors ? 422 : 200 },
  )
}

/** What was pasted, or the file. */
async function sent(c: Ctx): Promise<{ name: string; text: string; is_sure: boolean }> {
  const { name, text, file, sure } = await c.req.parseBody()
  const of = (value: unknown): string => (typeof value === 'string' ? asTyped(value) : '')
  const isFile = file instanceof File && file.size > 0
  return {
    name: (of(name).trim() || (isFile ? file.name : '')).slice(0, 200),
    text: isFile ? asTyped(await file.text()) : of(text),
    is_sure: sure === 'yes',
  }
}

export const suppressionRoutes = room()
  .get('/people/suppressions', importing, (c) => show(c))
  .post('/people/suppressions', importing, async (c) => {
    const { name, text, is_sure } = await sent(c)
    const typed = { name, text }
    const list = readList(text)
    if (list.hashes.phone.size + list.hashes.email.size + list.hashes.address.size === 0) return show(c, { typed, errors: { text: 'suppressions.empty' } }) // prettier-ignore
    if (name === '') return show(c, { typed, errors: { name: 'form.required' } })
    const { organization_id } = actorOf(c)
    const now = c.var.installation.clock.now()
    const { closed } = await importList(c.var.db, actorOf(c), organization_id, { name, list, is_dry: !is_sure }, now)
    if (!is_sure) return show(c, { checked: { list, closed }, typed })
    return c.redirect(`/people/suppressions?done=${closed.phones}.${closed.emails}`, 303)
  })
  .post('/people/suppressions/lift', importing, async (c) => {
    const { typed, errors, value } = await readForm(c, LiftForm)
    const one = value && meant(value.value)
    if (!value) return show(c, { typed, errors })
    if (!one || one.kind === 'hash') return show(c, { typed, errors: { value: 'suppressions.lift_what' } })
    const lifted = { kind: one.kind, value: one.value, evidence: value.evidence }
    if (!(await liftOne(c.var.db, actorOf(c), lifted, c.var.installation.clock.now())))
      return show(c, { typed, errors: { value: 'suppressions.lift_none' } })
    return c.redirect('/people/suppressions?done=lifted', 303)
  })
  .post('/people/suppressions/:list/take-back', importing, async (c) => {
    const list_id = found(z.uuid().safeParse(c.req.param('list')).data)
    const { organization_id } = actorOf(c)
    await takeListBack(c.var.db, actorOf(c), organization_id, list_id, c.var.installation.clock.now())
    return c.redirect('/people/suppressions', 303)
  })
  .get('/people/suppressions/export.csv', importing, async (c) => {
    const { organization_id } = actorOf(c)
    return c.body(fileOf(await exportList(c.var.db, actorOf(c), organization_id)), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="suppressions-sha256.csv"',
    })
  })
