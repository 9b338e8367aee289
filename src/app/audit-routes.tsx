import { allow } from '../features/access/allow.ts'
import { mayDo } from '../features/access/permissions.ts'
import { AuditPage } from '../features/organizations/pages/audit.tsx'
import { auditChoices, auditEntries } from '../features/organizations/queries.ts'
import { AuditFilter, type AuditScope } from '../features/organizations/schema.ts'
import { page } from '../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../platform/http/room.ts'
import { auditNames } from './audit-names.ts'
import { auditWord } from './audit-words.ts'
import './audit-messages.ts'

/** The activity log, here because its entries speak of every room's things by name. */
export const auditRoutes = room()
  .get('/audit', allow('audit.view'), (c) => auditPage(c, 'organization'))
  .get('/audit/installation', allow('audit.commons'), (c) => auditPage(c, 'installation'))

async function auditPage(c: Ctx, scope: AuditScope) {
  const actor = actorOf(c)
  const filter = AuditFilter.parse(c.req.query())
  const isInstallation = scope === 'installation'
  // Others than stewards read there what concerns them all: the voter files.
  const is_commons = !mayDo(actor, 'installation.steward')
  const only = isInstallation && is_commons ? 'voterfile' : null
  const db = isInstallation ? c.var.installation.database.owner : c.var.db
  const organization_id = isInstallation ? null : actor.organization_id
  const entries = await auditEntries(db, organization_id, filter, only)
  return page(
    c,
    <AuditPage
      t={c.var.t}
      language={c.var.language}
      entries={entries}
      name={await auditNames(is_commons ? c.var.db : db, actor, c.var.t, entries.rows)}
      word={(field, code) => auditWord(c.var.t, field, code)}
      filter={filter}
      scope={scope}
      scopes={[
        ...(mayDo(actor, 'audit.view') ? (['organization'] as const) : []),
        ...(mayDo(actor, 'audit.commons') ? (['installation'] as const) : []),
      ]}
      is_commons={is_commons}
      choices={await auditChoices(db, organization_id, only)}
      time_zone={c.var.organization?.time_zone ?? 'America/New_York'}
    />,
    { title: c.var.t('nav.audit') },
  )
}
