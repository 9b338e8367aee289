import { z } from 'zod'
import { serve } from '../../../platform/http/endpoint.ts'
import { readForm } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { tagsInUse } from '../../people/queries.ts'
import { TagForm } from '../../people/schema.ts'
import { callerInTurn, callerOf } from '../caller.ts'
import { allowTags, recordTold, undoTold } from './commands.ts'
import { tellOfVoter, untell } from './endpoints.ts'
import './messages.ts'
import { CallerTagsPage, savedTags } from './pages/tags.tsx'
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
    const { typed, all, errors, value } = await readForm(c, TagsForm)
    const { organization_id } = actorOf(c)
    if (!value) return tagsPage(c, { typed, chosen: all.tags ?? [], error: errors.fresh })
    const known = new Set((await tagsInUse(c.var.db, organization_id)).map((each) => each.tag))
    const chosen = value.tags.filter((tag) => known.has(tag))
    const tags = [...new Set([...chosen, ...(value.fresh ? [value.fresh] : [])])]
    const saved = await saveUnlessChanged(c, {
      subject: 'organization',
      subject_id: organization_id,
      values: async (tx) => savedTags(await callerTags(tx, organization_id)),
      save: (tx) => allowTags(tx, actorOf(c), tags),
    })
    if (!saved.ok) return tagsPage(c, { typed, chosen, meanwhile: saved.meanwhile })
    return c.redirect('/phonebanks/tags?said=saved', 303)
  })

serve(toldRoutes, tellOfVoter, allow('caller-link'), async (c, input) => {
  const caller = await callerInTurn(c, c.req.param('phone_bank') ?? '')
  const { database, clock, secret } = c.var.installation
  return recordTold(database.of(caller.organization_id), caller, input, secret, clock.now())
})

serve(toldRoutes, untell, allow('caller-link'), async (c, input) => {
  const caller = await callerOf(c, c.req.param('phone_bank') ?? '')
  const { database, clock, secret } = c.var.installation
  return undoTold(database.of(caller.organization_id), caller, input, secret, clock.now())
})

async function tagsPage(
  c: Ctx,
  back?: {
    typed: Record<string, string>
    chosen: readonly string[]
    error?: string | undefined
    meanwhile?: Meanwhile
  },
) {
  const { organization_id } = actorOf(c)
  const { t, db } = c.var
  return page(
    c,
    <CallerTagsPage
      t={t}
      tags={await tagsInUse(db, organization_id)}
      allowed={await callerTags(db, organization_id)}
      chosen={back?.chosen}
      typed={back?.typed ?? {}}
      error={back?.error}
      is_saved={c.req.query('said') === 'saved'}
    />,
    { title: t('told.tags_title'), status: back ? 422 : 200, meanwhile: back?.meanwhile },
  )
}
