import { z } from 'zod'
import type { Ctx } from '../../platform/http/room.ts'
import { actorOf, room } from '../../platform/http/room.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { page } from '../../platform/http/page.tsx'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { allow } from '../access/allow.ts'
import { editOrganization } from './commands.ts'
import { uuid } from './member-routes.tsx'
import { OutboxPage } from './pages/outbox.tsx'
import { PermissionsPage } from './pages/permissions.tsx'
import { SettingsPage, settingsValues } from './pages/settings.tsx'
import { organizationSettings, outboxMail, outboxMails, unsentMails } from './queries.ts'
import { Settings } from './schema.ts'

const mailsPerPage = 20
const From = z.coerce.number().int().min(0).max(10_000_000).catch(0)

/** The organization's own pages: settings, who may do what, what was done, and the mail of an installation without SMTP. */
export const organizationRoutes = room()
  .get('/settings', allow('organization.edit'), (c) => settingsPage(c, {}, {}, {}))
  .post('/settings', allow('organization.edit'), async (c) => {
    const actor = actorOf(c)
    const { typed, all, errors, value } = await readForm(c, Settings)
    if (!value) return settingsPage(c, typed, all, errors, 422)
    const { organization_id } = actor
    const saved = await saveUnlessChanged(c, {
      subject: 'organization',
      subject_id: organization_id,
      in_trail: (name) => [name.replace(/^name_/, 'name.')],
      values: async (tx) => settingsValues(await organizationSettings(tx, organization_id)),
      save: (tx) => editOrganization(tx, actor, organization_id, value),
    })
    if (!saved.ok) return settingsPage(c, typed, all, {}, 409, saved.meanwhile)
    return c.redirect('/settings?done=saved', 303)
  })

  .get('/permissions', allow('signed-in'), (c) =>
    page(c, <PermissionsPage t={c.var.t} own={actorOf(c).roles} />, { title: c.var.t('permission.title') }),
  )

  .get('/outbox', allow('installation.steward', { in_practice: 'signed-in' }), async (c) => {
    const { installation, organization, t, language } = c.var
    const from = From.parse(c.req.query('from'))
    const { rows, total } = await outboxMails(installation.database.owner, from, mailsPerPage)
    return page(
      c,
      <OutboxPage
        t={t}
        language={language}
        mails={rows}
        unsent={from === 0 ? await unsentMails(installation.database.owner) : []}
        now={installation.clock.now()}
        total={total}
        from={from}
        size={mailsPerPage}
        is_smtp={installation.config.smtp_url !== null}
        own_url={installation.url}
        time_zone={organization?.time_zone ?? 'America/New_York'}
      />,
      { title: t('nav.outbox') },
    )
  })
  .get('/outbox/:mail', allow('installation.steward', { in_practice: 'signed-in' }), async (c) => {
    const { owner } = c.var.installation.database
    const { body_html } = found(await outboxMail(owner, uuid(c.req.param('mail'))))
    if (body_html === null) throw new NotFound()
    c.set('own_policy', mailPolicy)
    return c.html(body_html)
  })

/** A mail has its looks in itself and runs nothing. */
const mailPolicy = "default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; frame-ancestors 'none'" // prettier-ignore

async function settingsPage(
  c: Ctx,
  typed: Record<string, string>,
  all: Record<string, string[]>,
  errors: FieldErrors,
  status: 200 | 409 | 422 = 200,
  meanwhile?: Meanwhile,
) {
  const settings = found(await organizationSettings(c.var.db, actorOf(c).organization_id))
  return page(
    c,
    <SettingsPage
      t={c.var.t}
      settings={settings}
      typed={typed}
      languages={all.languages ?? (status === 200 ? settings.languages : [])}
      errors={errors}
      is_saved={c.req.query('done') === 'saved'}
    />,
    { title: c.var.t('nav.settings'), status, meanwhile },
  )
}
