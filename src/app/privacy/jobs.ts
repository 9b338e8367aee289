import { sql } from 'kysely'
import { z } from 'zod'
import { isBarred } from '../../features/people/suppressions/commands.ts'
import { organizationSettings } from '../../features/organizations/queries.ts'
import { deliverTo } from '../../features/people/mail.ts'
import { audit, systemActor } from '../../platform/audit.ts'
import type { Installation } from '../../platform/http/room.ts'
import { localized, publicLanguages } from '../../platform/i18n/languages.ts'
import { job } from '../../platform/jobs/jobs.ts'
import { heldPath } from './links.ts'
import './messages.ts'
import { askTranslator } from './public-texts.ts'

/**
 * Somebody asked on the page for everybody what we hold about them. Whoever we know at that mailbox is mailed their link;
 * a mailbox nobody of ours has is not written to. Not where somebody only typed it for them, nor where several have it: a
 * link shows everything. Where it is known from a page alone, where anybody can write any name, they are told to ask in person: that a mailbox
 * is read proves the mailbox, not whose it is.
 */
export const heldLinkJob = job({
  name: 'app.held_link',
  payload: z.object({ organization_id: z.uuid(), email: z.email(), language: z.enum(publicLanguages) }),
  async run({ organization_id, email, language }, context) {
    const installation = context.installation as Installation
    const db = installation.database.of(organization_id)
    const { rows } = await sql<{ person_id: string; is_theirs: boolean }>`
      select p.person_id, e.vouched_at is not null and p.matched_by is distinct from 'said' and not exists (select from person j
        where j.organization_id = p.organization_id and j.merged_into = p.person_id and j.matched_by = 'said') as is_theirs
      from person_email e join person p using (organization_id, person_id)
      where e.organization_id = ${organization_id}::uuid and e.email = ${email} and e.claimed_at is null and e.quality <> 'wrong'
        and p.merged_into is null and p.erased_at is null limit 2`.execute(db)
    const [only, other] = rows
    // The page for everybody says so: then they ask in person.
    if (!only || (await isBarred(db, organization_id, email))) return
    const t = askTranslator(language)
    const { slug, name } = await organizationSettings(db, organization_id)
    const organization = localized(name, language).text
    const mail = { to: email, subject: t('privacy.mail.subject', { organization }), language }
    if (other) return deliverTo(installation, { ...mail, text: t('privacy.mail.shared', { organization }) })
    if (!only.is_theirs) return deliverTo(installation, { ...mail, text: t('privacy.mail.unproven', { organization }) })
    const { person_id } = only
    const url = installation.url + heldPath(installation.secret, slug, person_id, installation.clock.now())
    await audit(db, systemActor(organization_id, 'private link'), { action: 'person.held_mailed', subject: 'person', subject_id: person_id }) // prettier-ignore
    await deliverTo(installation, { ...mail, text: t('privacy.mail.text', { organization, url }) })
  },
})
