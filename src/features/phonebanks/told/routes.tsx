import { z } from 'zod'
import { serve } from '../../../platform/http/endpoint.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { tagsInUse } from '../../people/queries.ts'
import { TagForm } from '../../people/schema.ts'
import { callerInTurn, callerOf } from '../caller.ts'
import { allowTags, recordTold, undoTold } from './commands.ts'
import { tellOfVoter, untell } from './endpoints.ts'
import './messages.ts'
import { CallerTagsPage } from './pages/tags.tsx'
import { callerTags } from './queries.ts'

const TagsForm = z.object({
  tags: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((chosen) => [chosen].flat()),
  fresh: z.union([z.literal(''), TagForm.shape.tag]).default(''),
})

/** What callers may say of a voter beside the result, and which tags they may use for it. */
export const toldRoutes = room()
  .get('/phonebanks/tags', allow('phonebanks.edit'), (c) => tagsPage(c))
  .post('/phonebanks/tags', allow('phonebanks.edit'), async (c) => {
    const { errors, value } = await readForm(c, TagsForm)
    if (!value) return tagsPage(c, errors.fresh, 422)
    const { organization_id } = actorOf(c)
    const known = new Set((await tagsInUse(c.var.db, organization_id)).map((each) => each.tag))
    const chosen = value.tags.filter((tag) => known.has(tag))
    await allowTags(c.var.db, actorOf(c), [...new Set([...chosen, ...(value.fresh ? [value.fresh] : [])])])
    return c.redirect('/phonebanks/tags?said=saved', 303)
  })

serve(toldRoutes, tellOfVoter, allow('caller-link'), async (c, input) => {
  const caller = await callerInTurn(c, c.req.param('phone_bank') ?? '')
  const { database, clock, secret } = c.var.installation
  return recordTold(database.of(caller.organization_id), caller, input, secret, clock.now())
})

serve(toldRoutes, untell, allow('caller-link'), async (c, { told_id }) => {
  const caller = await callerOf(c, c.req.param('phone_bank') ?? '')
  const { database, clock } = c.var.installation
  return undoTold(database.of(caller.organization_id), caller, told_id, clock.now())
})

async function tagsPage(c: Ctx, error?: string, status: 200 | 422 = 200) {
  const { organization_id } = actorOf(c)
  const { t, db } = c.var
  return page(
    c,
    <CallerTagsPage
      t={t}
      tags={await tagsInUse(db, organization_id)}
      allowed={await callerTags(db, organization_id)}
      error={error}
      is_saved={c.req.query('said') === 'saved'}
    />,
    { title: t('told.tags_title'), status },
  )
}
