import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import '../../platform/mail/deliver.ts'
import '../access/tables.ts'
import { tokenHash } from './rules.ts'
import type { AuditFilter } from './schema.ts'
import './tables.ts'

export interface PublicOrganization {
  organization_id: string
  slug: string
  name: Record<string, string>
  time_zone: string
  languages: string[]
}

/** By its public name. Asked by nobody in particular: its pages for everybody are there to be read. */
export const organizationBySlug = (owner: Db, slug: string): Promise<PublicOrganization | undefined> =>
  owner
    .selectFrom('organization')
    .select(['organization_id', 'slug', 'name', 'time_zone', 'languages'])
    .where('slug', '=', slug)
    .executeTakeFirst()

export interface MemberRow {
  user_id: string
  display_name: string
  email: string
  roles: string[]
  joined_at: Date
  ended_at: Date | null
  has_second_factor: boolean
}

/** Everybody who belongs or belonged to the organization of `db`, present ones first. */
export async function members(db: Db, organization_id: string): Promise<MemberRow[]> {
  return db
    .selectFrom('member')
    .innerJoin('member_account', 'member_account.user_id', 'member.user_id')
    .select([
      'member.user_id',
      'member.display_name',
      'member_account.email',
      'member.roles',
      'member.joined_at',
      'member.ended_at',
      'member_account.has_second_factor',
    ])
    .where('member.organization_id', '=', organization_id)
    .orderBy(sql`member.ended_at is not null`)
    .orderBy('member.display_name')
    .execute()
}

export async function memberById(db: Db, organization_id: string, user_id: string): Promise<MemberRow | undefined> {
  return (await members(db, organization_id)).find((each) => each.user_id === user_id)
}

export interface OpenInvitation {
  invitation_id: string
  roles: string[]
  email: string | null
  note: string | null
  invited_at: Date
  expires_at: Date
}

/** Invitations that can still be accepted. */
export async function openInvitations(db: Db, organization_id: string, now: Date): Promise<OpenInvitation[]> {
  return db
    .selectFrom('invitation')
    .select(['invitation_id', 'roles', 'email', 'note', 'invited_at', 'expires_at'])
    .where('organization_id', '=', organization_id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('invited_at', 'desc')
    .execute()
}

export interface Invitation {
  organization_id: string
  invitation_id: string
  organization: Record<string, string>
  roles: string[]
  email: string | null
  note: string | null
  state: 'open' | 'accepted' | 'revoked' | 'expired'
}

/** The invitation behind a link. By the owner's handle: who opens it belongs to no organization yet. */
export async function invitationByToken(owner: Db, token: string, now: Date): Promise<Invitation | undefined> {
  const row = await owner
    .selectFrom('invitation')
    .innerJoin('organization', 'organization.organization_id', 'invitation.organization_id')
    .select([
      'invitation.organization_id',
      'invitation_id',
      'organization.name as organization',
      'roles',
      'email',
      'note',
      'accepted_at',
      'revoked_at',
      'expires_at',
    ])
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst()
  if (!row) return undefined
  const { accepted_at, revoked_at, expires_at, ...invitation } = row
  const state = accepted_at ? 'accepted' : revoked_at ? 'revoked' : expires_at <= now ? 'expired' : 'open'
  return { ...invitation, state }
}

export async function organizationSettings(db: Db, organization_id: string) {
  return db
    .selectFrom('organization')
    .select([
      'name',
      'languages',
      'time_zone',
      'calling_starts',
      'calling_ends',
      'call_back_phone',
      'sends_texts',
      'text_service',
      'slug',
    ])
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
}

export async function organizations(owner: Db) {
  return owner
    .selectFrom('organization')
    .select((eb) => [
      'organization.organization_id',
      'slug',
      'name',
      'is_demo',
      'created_at',
      eb
        .selectFrom('member')
        .select((count) => count.fn.countAll<number>().as('n'))
        .whereRef('member.organization_id', '=', 'organization.organization_id')
        .where('ended_at', 'is', null)
        .as('members'),
    ])
    .orderBy('created_at')
    .execute()
}

export interface AuditRow {
  audit_id: number
  at: Date
  actor_kind: string
  actor_name: string
  action: string
  subject: string
  subject_id: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

export const auditPageSize = 50

export interface AuditEntries {
  rows: AuditRow[]
  /** The entry to go on after, null where nothing is older. */
  older: number | null
  /** The entry to go back before, null on the newest page. */
  newer: number | null
}

/**
 * One page of the activity log, newest first; `organization_id` null is the installation's own, of which `room` are the
 * entries of one room. Pages begin at an entry, not at a count: the millionth is as near as the first, and what is written
 * meanwhile moves nothing.
 */
export async function auditEntries(
  db: Db,
  organization_id: string | null,
  filter: AuditFilter,
  room: string | null = null,
): Promise<AuditEntries> {
  let wanted = db
    .selectFrom('audit_entry')
    .select(['audit_id', 'at', 'actor_kind', 'actor_name', 'action', 'subject', 'subject_id', 'before', 'after'])
    .where('organization_id', organization_id === null ? 'is' : '=', organization_id)
  if (room) wanted = wanted.where('action', 'like', `${room}.%`)
  if (filter.action) wanted = wanted.where('action', '=', filter.action)
  if (filter.actor) wanted = wanted.where('actor_name', '=', filter.actor)
  if (filter.subject) wanted = wanted.where('subject', '=', filter.subject)
  if (filter.id) wanted = wanted.where('subject_id', '=', filter.id)
  const isBack = filter.after > 0
  if (isBack) wanted = wanted.where('audit_id', '>', filter.after)
  else if (filter.before > 0) wanted = wanted.where('audit_id', '<', filter.before)
  const read = await wanted
    .orderBy('audit_id', isBack ? 'asc' : 'desc')
    .limit(auditPageSize + 1)
    .execute()
  const has_more = read.length > auditPageSize
  const rows = read.slice(0, auditPageSize)
  if (isBack) rows.reverse()
  return {
    rows,
    older: isBack || has_more ? (rows.at(-1)?.audit_id ?? null) : null,
    newer: isBack
      ? has_more
        ? (rows[0]?.audit_id ?? null)
        : null
      : filter.before > 0
        ? (rows[0]?.audit_id ?? null)
        : null,
  }
}

/**
 * What the filters of the activity log may be set to: everything that occurs. From value to next value by index, so that
 * a trail of a million entries costs as many steps as it has different values.
 */
export async function auditChoices(db: Db, organization_id: string | null, room: string | null = null) {
  const values = async (column: 'action' | 'actor_name' | 'subject'): Promise<string[]> => {
    const whose =
      organization_id === null ? sql`organization_id is null` : sql`organization_id = ${organization_id}::uuid`
    const of = room ? sql`${whose} and action like ${`${room}.%`}` : whose
    const name = sql.ref(column)
    const { rows } = await sql<{ value: string }>`
      with recursive each as (
        (select ${name} as value from audit_entry where ${of} order by ${name} limit 1)
        union all
        select (select ${name} from audit_entry where ${of} and ${name} > each.value order by ${name} limit 1)
        from each where each.value is not null
      ) select value from each where value is not null limit 300`.execute(db)
    return rows.map((row) => row.value)
  }
  return {
    actions: await values('action'),
    actors: await values('actor_name'),
    subjects: await values('subject'),
  }
}

/** Mail of an installation without SMTP, newest first. By the owner's handle: it belongs to no organization. */
export async function outboxMails(owner: Db, from: number, size: number) {
  const rows = await owner
    .selectFrom('outbox_mail')
    .selectAll()
    .orderBy('sent_at', 'desc')
    .orderBy('mail_id')
    .offset(from)
    .limit(size)
    .execute()
  const { total } = await owner
    .selectFrom('outbox_mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows, total }
}

export const outboxMail = (owner: Db, mail_id: string) =>
  owner.selectFrom('outbox_mail').select('body_html').where('mail_id', '=', mail_id).executeTakeFirst()

/** Mail the SMTP server did not take, the newest first. By the owner's handle: it belongs to no organization. */
export const unsentMails = (owner: Db) =>
  owner.selectFrom('mail_unsent').selectAll().orderBy('last_at', 'desc').limit(200).execute()
