import { page } from '../../../platform/http/page.tsx'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { addField, allFields, archiveField, moveUp } from './commands.ts'
import '../messages.ts'
import './messages.ts'
import { FieldsPage } from './pages/fields-page.tsx'
import { NewField } from './schema.ts'

const settings = allow('people.settings')

async function show(c: Ctx, typed?: Record<string, string>, errors?: FieldErrors) {
  const { t, language, db } = c.var
  const fields = await allFields(db, actorOf(c).organization_id)
  return page(c, <FieldsPage {...{ t, language, fields }} {...(typed && { typed })} {...(errors && { errors })} />, {
    title: t('fields.title'),
    status: errors ? 422 : 200,
  })
}

export const fieldRoutes = room()
  .get('/people/fields', settings, (c) => show(c))
  .post('/people/fields', settings, async (c) => {
    const { typed, errors, value } = await readForm(c, NewField)
    if (!value) return show(c, typed, errors)
    await addField(c.var.db, actorOf(c), value)
    return c.redirect('/people/fields', 303)
  })
  .post('/people/fields/:key/up', settings, async (c) => {
    await moveUp(c.var.db, actorOf(c), c.req.param('key'))
    return c.redirect('/people/fields', 303)
  })
  .post('/people/fields/:key/archive', settings, async (c) => {
    await archiveField(c.var.db, actorOf(c), c.req.param('key'), c.var.installation.clock.now())
    return c.redirect('/people/fields', 303)
  })
  .post('/people/fields/:key/restore', settings, async (c) => {
    await archiveField(c.var.db, actorOf(c), c.req.param('key'), null)
    return c.redirect('/people/fields', 303)
  })
