import { sql } from 'kysely'
import type { Actor } from '../../../../platform/actor.ts'
import { audit, systemActor } from '../../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../../platform/db/db.ts'
import { found } from '../../../../platform/errors.ts'
import { languages, type Language, type LocalizedText } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import { addJob } from '../../../../platform/jobs/jobs.ts'
import { receivePerson } from '../../arrivals/commands.ts'
import { recordConsent } from '../../commands.ts'
import { hasOptedOut } from '../../consent.ts'
import { isBarred } from '../../suppressions/commands.ts'
import { e164 } from '../../../voterfile/rules/phones.ts'
import { apply, approve, followDues } from '../commands.ts'
import { sendMembershipMail } from '../mail-job.ts'
import '../messages.ts'
import type { MemberLinks } from '../card/queries.ts'
import { declinedMail, receivedMail, welcomeMail, type OwnPages } from '../mail.ts'
import { kindByKey, membershipsOf, standingOn } from '../queries.ts'
import { membershipPageOf } from './queries.ts'
import type { Application, PageFacts } from './schema.ts'

/** Who acted where somebody applied by themselves; in both languages, for whoever reads it later. */
export const applicationActor = (organization_id: string): Actor => ({
  ...systemActor(organization_id, languages.map((each) => translator(each)('apply.title')).join(' · ')),
  id: 'form',
})

export function savePage(db: Db, actor: Actor, facts: PageFacts): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { organization_id: _own, ...before } = await membershipPageOf(tx, organization_id)
    const row = { ...facts, intro: JSON.stringify(facts.intro), how_to_pay: JSON.stringify(facts.how_to_pay) }
    await tx
      .insertInto('membership_page')
      .values({ organization_id, ...row })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row))
      .execute()
    await audit(tx, actor, {
      action: 'membership_page.update',
      subject: 'membership_page',
      subject_id: organization_id,
      before,
      after: { ...facts },
    })
  })
}

interface Received {
  organization: LocalizedText
  language: Language
  /** The words shown beside the box for news. */
  wording: string
  /** 'YYYY-MM-DD' there. */
  today: string
  now: Date
  /** This mailbox may be written to. */
  may_mail: boolean
  links: MemberLinks
}

/**
 * Somebody applies. Where the kind asks nobody they are a member at once; whoever has a standing already, or was expelled,
 * waits for somebody to look. Sent twice it is one.
 */
export function receiveApplication(db: Db, actor: Actor, sent: Application, about: Received): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { page_key: application_id, kind: kind_key, note, news, phone, ...named } = sent
    const kind = await kindByKey(tx, organization_id, kind_key)
    found((kind.is_public && kind.archived_at === null) || null)
    const said = { ...named, phone: phone && e164(phone), language: about.language }
    const there = await tx
      .selectFrom('membership_application')
      .select('application_id')
      .where('organization_id', '=', organization_id)
      .where('application_id', '=', application_id)
      .executeTakeFirst()
    if (there) return
    const { person_id, how } = await receivePerson(tx, actor, said, actor.name)
    const current = standingOn(await membershipsOf(tx, organization_id, person_id), about.today)
    const isNew = current.every(({ standing }) => standing === 'lapsed' || standing === 'resigned')
    // Whether it is somebody we know is for a person to say.
    const isAtOnce = isNew && !kind.needs_approval && how !== 'unsure'
    const row = await tx
      .insertInto('membership_application')
      .values({
        organization_id,
        application_id,
        person_id,
        kind: kind_key,
        language: about.language,
        said: JSON.stringify({ ...named, phone, note }),
        how,
        state: isAtOnce ? 'approved' : 'waiting',
        received_at: about.now,
        decided_by: null,
        reason: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('application_id')
      .executeTakeFirst()
    if (!row) return
    await audit(tx, actor, {
      action: 'membership.application',
      subject: 'membership',
      subject_id: person_id,
      after: { kind: kind_key },
    })
    if (news && named.email && !(await hasOptedOut(tx, organization_id, person_id, 'email'))) {
      const evidence = `${actor.name}: ${about.wording}`
      await recordConsent(tx, actor, person_id, { channel: 'email', is_given: true, evidence })
    }
    if (isNew) await apply(tx, actor, person_id, kind_key, about.today)
    if (isAtOnce) await approve(tx, actor, person_id, kind_key, about.today)
    if (!named.email || !about.may_mail || (await isBarred(tx, organization_id, named.email))) return
    const to = { to: named.email, language: about.language, name: nameFor(named), organization: about.organization, kind: kind.name } // prettier-ignore
    const { how_to_pay } = await membershipPageOf(tx, organization_id)
    const of = { organization_id, person_id }
    const own = await ownPages(tx, of, named.email, about.links, about.language)
    const mail = isAtOnce ? welcomeMail(to, kind.dues_cents, own, how_to_pay) : receivedMail(to)
    await addJob(tx, sendMembershipMail, {
      ...mail,
      of: { organization_id, whom: { person_id } },
      ...(isAtOnce && own.card && { card_of: of }),
    })
  })
}

/** Approves an application, or declines it with a reason, which is mailed where `tells`; answers whether a mail goes out. */
export function decide(
  db: Db,
  actor: Actor,
  application_id: string,
  decision: { approves: true } | { approves: false; reason: string; tells: boolean },
  about: { organization: LocalizedText; today: string; now: Date; links: MemberLinks },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const application = found(
      await tx
        .updateTable('membership_application')
        .set({
          state: decision.approves ? 'approved' : 'declined',
          decided_by: actor.name,
          decided_at: about.now,
          reason: decision.approves ? null : decision.reason,
        })
        .where('organization_id', '=', organization_id)
        .where(sql`application_id::text`, '=', application_id)
        .where('state', '=', 'waiting')
        .returningAll()
        .executeTakeFirst(),
    )
    const { person_id, said } = application
    const kind = await kindByKey(tx, organization_id, application.kind)
    const current = standingOn(await membershipsOf(tx, organization_id, person_id), about.today)
    const isMember = current.some((each) => each.kind === kind.kind && (each.standing === 'active' || each.standing === 'grace')) // prettier-ignore
    if (decision.approves && !isMember) await approve(tx, actor, person_id, application.kind, about.today)
    if (!decision.approves) {
      await endApplied(tx, actor, person_id, application.kind)
      await audit(tx, actor, {
        action: 'membership.decline',
        subject: 'membership',
        subject_id: person_id,
        after: { kind: application.kind, reason: decision.reason },
      })
    }
    if (!said.email || (!decision.approves && !decision.tells) || (await isBarred(tx, organization_id, said.email)))
      return false
    const to = { to: said.email, language: application.language, name: nameFor(said), organization: about.organization, kind: kind.name } // prettier-ignore
    const { how_to_pay } = await membershipPageOf(tx, organization_id)
    const owes = kind.dues_cents > 0 && !isMember && !(await isPaid(tx, organization_id, person_id, kind.kind, about.today)) // prettier-ignore
    const of = { organization_id, person_id }
    const own = await ownPages(tx, of, said.email, about.links, application.language)
    const mail = decision.approves
      ? welcomeMail(to, owes ? kind.dues_cents : 0, own, how_to_pay)
      : declinedMail(to, decision.reason)
    await addJob(tx, sendMembershipMail, {
      ...mail,
      of: { organization_id, whom: { person_id } },
      ...(decision.approves && own.card && { card_of: of }),
    })
    return true
  })
}

/** A mailbox that was typed beside a name we knew before is told of neither card nor payments: it may be another's. */
async function ownPages(
  tx: Db,
  { organization_id, person_id }: { organization_id: string; person_id: string },
  email: string,
  links: MemberLinks,
  language: string,
): Promise<OwnPages> {
  const own = await tx
    .selectFrom('person_email')
    .select('email')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('email', '=', email)
    .where('claimed_at', 'is', null)
    .executeTakeFirst()
  return own ? { card: links.card(person_id, language), pay: links.pay(person_id, language) } : { card: null, pay: null } // prettier-ignore
}

/** Whoever was declined has applied no more; whose dues are here waits for them to be given back. */
async function endApplied(tx: Db, actor: Actor, person_id: string, kind: string): Promise<void> {
  await tx
    .updateTable('membership')
    .set({ removed_at: sql`now()`, removed_by: actor.name })
    .where('organization_id', '=', actor.organization_id)
    .where('person_id', '=', person_id)
    .where('kind', '=', kind)
    .where('standing', '=', 'applied')
    .where('dues_id', 'is', null)
    .where('removed_at', 'is', null)
    .execute()
  await followDues(tx, actor, person_id)
}

async function isPaid(tx: Db, organization_id: string, person_id: string, kind: string, day: string): Promise<boolean> {
  const rows = standingOn(await membershipsOf(tx, organization_id, person_id), day)
  return rows.some((each) => each.kind === kind && each.standing === 'active')
}

const nameFor = (said: Partial<Record<string, string | null>>): string =>
  said.name_hangul || [said.first_name, said.last_name].filter(Boolean).join(' ')
