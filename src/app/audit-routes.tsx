import { allow } from '../features/access/allow.ts'
import { AuditPage } from '../features/organizations/pages/audit.tsx'
import { auditChoices, auditEntries } from '../features/organizations/queries.ts'
import { AuditFilter } from '../features/organizations/schema.ts'
import { page } from '../platform/http/page.tsx'
import { actorOf, room } from '../platform/http/room.ts'
import { auditNames } from './audit-names.ts'
import { auditWord } from './audit-words.ts'
import './audit-messages.ts'

/** The activity log, here because its entries speak of every room's things by name. */
export const auditRoutes = room().get('/audit', allow('audit.view'), async (c) => {
  const actor = actorOf(c)
  const filter = AuditFilter.parse(c.req.query())
  // What concerns the whole installation (voter files, stewards) belongs to no organization: stewards alone read it.
  const isInstallation = filter.scope === 'installation' && actor.is_steward
  const db = isInstallation ? c.var.installation.database.owner : c.var.db
  const organization_id = isInstallation ? null : actor.organization_id
  const entries = await auditEntries(db, organization_id, filter)
  return page(
    c,
    <AuditPage
      t={c.var.t}
      language={c.var.language}
      entries={entries}
      name={await auditNames(db, actor, c.var.language, entries.rows)}
      word={(field, code) => auditWord(c.var.t, field, code)}
      filter={{ ...filter, scope: isInstallation ? 'installation' : 'organization' }}
      choices={await auditChoices(db, organization_id)}
      may_see_installation={actor.is_steward}
      time_zone={c.var.organization?.time_zone ?? 'America/New_York'}
    />,
    { title: c.var.t('nav.audit') },
  )
})
