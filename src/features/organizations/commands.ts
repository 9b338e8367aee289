import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit, systemActor } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { createUser, removeNewUser } from '../access/commands.ts'
import { endDelegationsTo } from '../access/delegations/commands.ts'
import { sendAccessMail } from '../access/jobs.ts'
import type { Role } from '../access/permissions.ts'
import { invitationMail } from './mails.ts'
import { invitationByToken } from './queries.ts'
import { invitationToken, slugOf, tokenHash } from './rules.ts'
import type { Settings } from './schema.ts'
import './tables.ts'

const setUpLock = 4_817_010

export interface NewOrganization {
  name: Record<string, string>
  /** Made from the name where none is given. */
  slug?: string
  languages?: string[]
  time_zone?: string
  /** 'HH:MM' */
  calling_starts?: string
  calling_ends?: string
  /** E.164 */
  call_back_phone?: string | null
  /** A practice organization: anybody may sign in as its people. */
  is_demo?: boolean
}

export type CreatedOrganization = { ok: true; organization_id: string } | { ok: false; problem: 'slug_taken' }

/** Makes an organization without members. For the CLI, the demo and the first set-up. */
export function createOrganization(
  installation: Installation,
  actor: Actor,
  organization: NewOrganization,
): Promise<CreatedOrganization> {
  return inTransaction(installation.database.owner, (tx) => insertOrganization(tx, actor, organization))
}

async function insertOrganization(tx: Db, actor: Actor, given: NewOrganization): Promise<CreatedOrganization> {
  const { slug, name, ...rest } = given
  const made = await tx
    .insertInto('organization')
    .values({
      ...rest,
      name: JSON.stringify(name),
      // A name in Hangul alone leaves no letters for one.
      slug: slug ?? (slugOf(name.en ?? '') || `organization-${randomUUID().slice(0, 8)}`),
      call_back_phone: given.call_back_phone ?? null,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('organization_id')
    .executeTakeFirst()
  if (!made) return { ok: false, problem: 'slug_taken' }
  await audit(tx, actor, {
    action: 'organization.create',
    subject: 'organization',
    subject_id: made.organization_id,
    after: { name },
    organization_id: made.organization_id,
  })
  return { ok: true, organization_id: made.organization_id }
}

export interface NewMember {
  organization_id: string
  user_id: string
  display_name: string
  roles: readonly Role[]
}

/** Makes a user a member with these roles; somebody who had left comes back, somebody who is there gets these as well. */
export function addMember(db: Db, actor: Actor, member: NewMember): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, user_id, display_name, roles } = member
    await tx
      .insertInto('member')
      .values({ organization_id, user_id, display_name, roles: [...roles] })
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'user_id']).doUpdateSet({
          // What they held before they left does not come back by itself.
          roles: sql<string[]>`case when member.ended_at is null
            then (select array_agg(distinct role) from unnest(member.roles || excluded.roles) as role)
            else excluded.roles end`,
          ended_at: null,
        }),
      )
      .execute()
    await audit(tx, actor, {
      action: 'member.add',
      subject: 'member',
      subject_id: user_id,
      after: { display_name, roles },
      organization_id,
    })
  })
}

export type MemberChange = { ok: true } | { ok: false; problem: 'last_organizer' }

/** Gives a member exactly these roles. */
export function setRoles(
  db: Db,
  actor: Actor,
  organization_id: string,
  user_id: string,
  roles: readonly Role[],
): Promise<MemberChange> {
  return inTransaction(db, async (tx): Promise<MemberChange> => {
    const member = await lockMember(tx, organization_id, user_id)
    if (!roles.includes('organizer') && (await isLastOrganizer(tx, organization_id, user_id))) {
      return { ok: false, problem: 'last_organizer' }
    }
    await tx
      .updateTable('member')
      .set({ roles: [...roles] })
      .where('organization_id', '=', organization_id)
      .where('user_id', '=', user_id)
      .execute()
    await audit(tx, actor, {
      action: 'member.roles',
      subject: 'member',
      subject_id: user_id,
      before: { display_name: member.display_name, roles: member.roles },
      after: { display_name: member.display_name, roles },
      organization_id,
    })
    return { ok: true }
  })
}

/** Ends a membership; the row stays, so that what they did keeps its name. */
export function endMembership(
  db: Db,
  actor: Actor,
  organization_id: string,
  user_id: string,
  now: Date,
): Promise<MemberChange> {
  return inTransaction(db, async (tx): Promise<MemberChange> => {
    const member = await lockMember(tx, organization_id, user_id)
    if (await isLastOrganizer(tx, organization_id, user_id)) return { ok: false, problem: 'last_organizer' }
    await tx
      .updateTable('member')
      .set({ ended_at: now })
      .where('organization_id', '=', organization_id)
      .where('user_id', '=', user_id)
      .execute()
    await endDelegationsTo(tx, actor, organization_id, user_id, now)
    await audit(tx, actor, {
      action: 'member.end',
      subject: 'member',
      subject_id: user_id,
      before: { display_name: member.display_name, roles: member.roles },
      organization_id,
    })
    return { ok: true }
  })
}

async function lockMember(tx: Db, organization_id: string, user_id: string) {
  // All organizers at once: two who remove each other must not both succeed.
  const rows = await tx
    .selectFrom('member')
    .select(['user_id', 'display_name', 'roles'])
    .where('organization_id', '=', organization_id)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('user_id', '=', user_id), sql<boolean>`'organizer' = any(roles)`]))
    .orderBy('user_id')
    .forUpdate()
    .execute()
  const member = rows.find((each) => each.user_id === user_id)
  if (!member) throw new NotFound()
  return member
}

async function isLastOrganizer(tx: Db, organization_id: string, user_id: string): Promise<boolean> {
  const organizers = await tx
    .selectFrom('member')
    .select('user_id')
    .where('organization_id', '=', organization_id)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`'organizer' = any(roles)`)
    .execute()
  return organizers.length === 1 && organizers[0]?.user_id === user_id
}

export interface NewInvitation {
  organization_id: string
  roles: readonly Role[]
  email: string | null
  note: string | null
  days: number
  /** Of the mail. */
  language: Language
}

export interface Invited {
  invitation_id: string
  /** The link: whoever has it may join. */
  url: string
  expires_at: Date
}

/** Address of an invitation's link. */
export const invitationUrl = (installation: Installation, invitation_id: string): string =>
  `${installation.url}/welcome/${invitationToken(installation.secret, invitation_id)}`

/** Invites by link; where an address is known the link is mailed too. */
export function invite(installation: Installation, db: Db, actor: Actor, invitation: NewInvitation): Promise<Invited> {
  const { organization_id, roles, email, note, days } = invitation
  const invitation_id = randomUUID()
  const now = installation.clock.now()
  const expires_at = new Date(now.getTime() + days * 24 * 3600_000)
  const url = invitationUrl(installation, invitation_id)
  return inTransaction(db, async (tx) => {
    await tx
      .insertInto('invitation')
      .values({
        organization_id,
        invitation_id,
        token_hash: tokenHash(invitationToken(installation.secret, invitation_id)),
        roles: [...roles],
        email,
        note,
        invited_by: actor.kind === 'user' ? actor.id : null,
        invited_at: now,
        expires_at,
        accepted_at: null,
        accepted_by: null,
        revoked_at: null,
      })
      .execute()
    await audit(tx, actor, {
      action: 'member.invite',
      subject: 'invitation',
      subject_id: invitation_id,
      after: { roles, email, expires_at: expires_at.toISOString() },
      organization_id,
    })
    if (email) {
      const { name } = await tx
        .selectFrom('organization')
        .select('name')
        .where('organization_id', '=', organization_id)
        .executeTakeFirstOrThrow()
      const mail = invitationMail(invitation.language, email, { organization: name, from: actor.name, note, url, days })
      await addJob(tx, sendAccessMail, mail)
    }
    return { invitation_id, url, expires_at }
  })
}

/** Takes an invitation back; its link then says so. */
export function revokeInvitation(
  db: Db,
  actor: Actor,
  organization_id: string,
  invitation_id: string,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('invitation')
      .set({ revoked_at: now })
      .where('organization_id', '=', organization_id)
      .where('invitation_id', '=', invitation_id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning(['roles', 'email'])
      .executeTakeFirst()
    if (!row) throw new NotFound()
    await audit(tx, actor, {
      action: 'member.revoke_invitation',
      subject: 'invitation',
      subject_id: invitation_id,
      before: row,
      organization_id,
    })
  })
}

/** Joins by invitation; an invitation serves once. */
export function acceptInvitation(
  installation: Installation,
  token: string,
  user: { id: string; name: string },
): Promise<{ organization_id: string }> {
  const now = installation.clock.now()
  return inTransaction(installation.database.owner, async (tx) => {
    const taken = await tx
      .updateTable('invitation')
      .set({ accepted_at: now, accepted_by: user.id })
      .where('token_hash', '=', tokenHash(token))
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .returning(['organization_id', 'invitation_id', 'roles'])
      .executeTakeFirst()
    if (!taken) throw new Conflict()
    const { organization_id } = taken
    await addMember(
      tx,
      { ...systemActor(organization_id, user.name), kind: 'user', id: user.id },
      // The database allows no other words.
      { organization_id, user_id: user.id, display_name: user.name, roles: taken.roles as Role[] },
    )
    return { organization_id }
  })
}

export interface JoiningPerson {
  name: string
  email: string
  password: string
  language: Language
}

/** Makes an account and joins by invitation; if the invitation is gone meanwhile, there is no account either. */
export async function joinWithNewAccount(
  installation: Installation,
  token: string,
  person: JoiningPerson,
): Promise<{ ok: true; organization_id: string } | { ok: false; problem: 'email_taken' }> {
  const invitation = await invitationByToken(installation.database.owner, token, installation.clock.now())
  if (invitation?.state !== 'open') throw new Conflict()
  const made = await createUser(installation, {
    ...person,
    is_email_proven: invitation.email === person.email,
  })
  if (!made.ok) return made
  try {
    const { organization_id } = await acceptInvitation(installation, token, { id: made.user_id, name: person.name })
    return { ok: true, organization_id }
  } catch (problem) {
    await removeNewUser(installation, made.user_id)
    throw problem
  }
}

export interface FirstSetUp {
  name: Record<string, string>
  time_zone: string
  person: JoiningPerson
}

/** The first organization and its organizer, who also is steward of the installation. Only while there is none. */
export async function setUp(
  installation: Installation,
  { name, time_zone, person }: FirstSetUp,
): Promise<{ ok: true } | { ok: false; problem: 'email_taken' | 'already_set_up' }> {
  const made = await createUser(installation, { ...person, is_email_proven: true })
  if (!made.ok) return made
  const { user_id } = made
  try {
    const is_first = await inTransaction(installation.database.owner, async (tx) => {
      await sql`select pg_advisory_xact_lock(${setUpLock})`.execute(tx)
      if (await tx.selectFrom('organization').select('slug').executeTakeFirst()) return false
      const actor: Actor = { ...systemActor('', person.name), kind: 'user', id: user_id }
      const organization = await insertOrganization(tx, actor, { name, time_zone })
      if (!organization.ok) throw new Conflict()
      const { organization_id } = organization
      await addMember(tx, actor, { organization_id, user_id, display_name: person.name, roles: ['organizer'] })
      await tx.insertInto('steward').values({ user_id }).execute()
      await audit(tx, actor, {
        action: 'steward.grant',
        subject: 'steward',
        subject_id: user_id,
        organization_id: null,
      })
      return true
    })
    if (is_first) return { ok: true }
    await removeNewUser(installation, user_id)
    return { ok: false, problem: 'already_set_up' }
  } catch (problem) {
    await removeNewUser(installation, user_id)
    throw problem
  }
}

/** Changes what the organization says of itself. */
export function editOrganization(db: Db, actor: Actor, organization_id: string, settings: Settings): Promise<void> {
  const { name_en, name_ko, ...rest } = settings
  return inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('organization')
      .select([
        'name',
        'time_zone',
        'languages',
        'calling_starts',
        'calling_ends',
        'call_back_phone',
        'sends_texts',
        'text_service',
      ])
      .where('organization_id', '=', organization_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const name = Object.fromEntries(
      Object.entries({ ...before.name, en: name_en, ko: name_ko }).filter(([, text]) => text !== ''),
    )
    await tx
      .updateTable('organization')
      .set({ ...rest, name: JSON.stringify(name) })
      .where('organization_id', '=', organization_id)
      .execute()
    await audit(tx, actor, {
      action: 'organization.update',
      subject: 'organization',
      subject_id: organization_id,
      before: {
        ...before,
        calling_starts: before.calling_starts.slice(0, 5),
        calling_ends: before.calling_ends.slice(0, 5),
      },
      after: { name, ...rest },
      organization_id,
    })
  })
}
