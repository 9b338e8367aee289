import { z } from 'zod'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { isLiteralInside } from '../../platform/http/outside.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { changeWebhook, createWebhook, replayDeliveries, webhookChanges } from './commands.ts'
import './messages.ts'
import { RemoveWebhookPage, WebhookPage, WebhooksPage } from './pages/webhooks-page.tsx'
import { deliveries, webhook, webhooks } from './queries.ts'
import { deliveryStates, WebhookForm } from './schema.ts'

const mayConnect = allow('connections.edit')

async function list(
  c: Ctx,
  shown: { typed?: Record<string, string>; chosen?: readonly string[]; errors?: FieldErrors } = {},
) {
  const done = c.req.query('done')
  return page(
    c,
    <WebhooksPage
      t={c.var.t}
      webhooks={await webhooks(c.var.db, actorOf(c).organization_id)}
      done={done === 'added' || done === 'inside' || done === 'remove' ? done : null}
      {...shown}
    />,
    { title: c.var.t('webhooks.title'), status: shown.errors ? 422 : 200 },
  )
}

const webhookOf = async (c: Ctx) =>
  found(await webhook(c.var.db, actorOf(c).organization_id, z.uuid().catch(noId).parse(c.req.param('webhook'))))
const noId = '00000000-0000-0000-0000-000000000000'

/** Of a name nobody knows where it leads before a message goes there. */
const leadsInside = (host: string): boolean => isLiteralInside(host) || /^(.+\.)?localhost$/.test(host)

const perPage = 50
const Shown = z.object({
  state: z.enum(deliveryStates).nullable().catch(null),
  from: z.coerce.number().int().min(0).max(10_000_000).catch(0),
})

export const webhookRoutes = room()
  .get('/settings/webhooks', mayConnect, (c) => list(c))
  .post('/settings/webhooks', mayConnect, async (c) => {
    const { typed, all, errors, value } = await readForm(c, WebhookForm)
    if (!value) return list(c, { typed, chosen: all.events ?? [], errors })
    await createWebhook(c.var.db, actorOf(c), value, c.var.installation.clock.now())
    const isInside = !c.var.installation.config.private_webhooks && leadsInside(new URL(value.url).hostname)
    return c.redirect(`/settings/webhooks?done=${isInside ? 'inside' : 'added'}`, 303)
  })
  .get('/settings/webhooks/:webhook', mayConnect, async (c) => {
    const { webhook_id, organization_id } = await webhookOf(c)
    const shown = found((await webhooks(c.var.db, organization_id)).find((each) => each.webhook_id === webhook_id))
    const { state, from } = Shown.parse({ state: c.req.query('state') ?? null, from: c.req.query('from') ?? 0 })
    const done = z
      .enum(['pause', 'resume', 'replay'])
      .nullable()
      .catch(null)
      .parse(c.req.query('done') ?? null)
    return page(
      c,
      <WebhookPage
        t={c.var.t}
        webhook={shown}
        deliveries={await deliveries(c.var.db, organization_id, webhook_id, { state, from, size: perPage })}
        state={state}
        from={from}
        size={perPage}
        time_zone={c.var.organization?.time_zone ?? 'America/New_York'}
        done={done}
      />,
      { title: shown.url },
    )
  })
  .get('/settings/webhooks/:webhook/remove', mayConnect, async (c) => {
    const { webhook_id, organization_id } = await webhookOf(c)
    const asked = found((await webhooks(c.var.db, organization_id)).find((each) => each.webhook_id === webhook_id))
    return page(c, <RemoveWebhookPage t={c.var.t} webhook={asked} />, { title: c.var.t('webhooks.remove_title') })
  })
  .post('/settings/webhooks/:webhook/replay', mayConnect, async (c) => {
    const { webhook_id } = await webhookOf(c)
    // What is no id at all names no message; only a form without one means all.
    const { value } = await readForm(c, z.object({ delivery: z.uuid().catch(noId).optional() }))
    const chosen = value?.delivery ? [value.delivery] : null
    await replayDeliveries(c.var.db, actorOf(c), webhook_id, chosen, c.var.installation.clock.now())
    return c.redirect(`/settings/webhooks/${webhook_id}?done=replay`, 303)
  })

for (const change of webhookChanges) {
  webhookRoutes.post(`/settings/webhooks/:webhook/${change}`, mayConnect, async (c) => {
    const { webhook_id } = await webhookOf(c)
    await changeWebhook(c.var.db, actorOf(c), webhook_id, change, c.var.installation.clock.now())
    return c.redirect(
      change === 'remove' ? '/settings/webhooks?done=remove' : `/settings/webhooks/${webhook_id}?done=${change}`,
      303,
    )
  })
}
