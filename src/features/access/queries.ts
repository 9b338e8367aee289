import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import './tables.ts'

export interface Membership {
  organization_id: string
  name: Record<string, string>
  display_name: string
  roles: string[]
  is_demo: boolean
}

/** Organizations a user belongs to now, longest first. By the owner's handle: it reaches over organizations. */
export async function membershipsOf(owner: Db, user_id: string): Promise<Membership[]> {
  return owner
    .selectFrom('member')
    .innerJoin('organization', 'organization.organization_id', 'member.organization_id')
    .select([
      'member.organization_id',
      'organization.name',
      'member.display_name',
      'member.roles',
      'organization.is_demo',
    ])
    .where('member.user_id', '=', user_id)
    .where('member.ended_at', 'is', null)
    .orderBy('member.joined_at')
    .orderBy('member.organization_id')
    .execute()
}

export async function isSteward(owner: Db, user_id: string): Promise<boolean> {
  const row = await owner.selectFrom('steward').select('user_id').where('user_id', '=', user_id).executeTakeFirst()
  return row !== undefined
}

/** Is there any organization? Until then the first visitor is led to the set-up. */
export async function hasOrganization(owner: Db): Promise<boolean> {
  return (await owner.selectFrom('organization').select('organization_id').limit(1).executeTakeFirst()) !== undefined
}

export async function userByEmail(owner: Db, email: string) {
  return owner
    .selectFrom('auth.user')
    .select(['id', 'name', 'email', 'language'])
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst()
}

export interface AccountUser {
  id: string
  name: string
  email: string
  language: string | null
  has_second_factor: boolean
  has_password: boolean
}

export async function accountOf(owner: Db, user_id: string): Promise<AccountUser | undefined> {
  const row = await owner
    .selectFrom('auth.user')
    .select((eb) => [
      'id',
      'name',
      'email',
      'language',
      'twoFactorEnabled',
      eb
        .exists(
          eb
            .selectFrom('auth.account')
            .select('auth.account.id')
            .whereRef('auth.account.userId', '=', 'auth.user.id')
            .where('auth.account.password', 'is not', null),
        )
        .as('has_password'),
    ])
    .where('id', '=', user_id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      name: row.name,
      email: row.email,
      language: row.language,
      has_second_factor: row.twoFactorEnabled ?? false,
      has_password: Boolean(row.has_password),
    }
  )
}

export interface OpenSession {
  id: string
  since: Date
  last_used_at: Date
  address: string | null
  user_agent: string | null
}

/** Browsers a user is signed in with, last used first. */
export async function sessionsOf(owner: Db, user_id: string, now: Date): Promise<OpenSession[]> {
  return owner
    .selectFrom('auth.session')
    .select([
      'id',
      'createdAt as since',
      'updatedAt as last_used_at',
      'ipAddress as address',
      'userAgent as user_agent',
    ])
    .where('userId', '=', user_id)
    .where('expiresAt', '>', now)
    .orderBy('updatedAt', 'desc')
    .execute()
}

/** Is everything here for practice? From the first real organization on there is something to protect. */
export async function isPractice(owner: Db): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`select exists (select from organization)
    and not exists (select from organization where not is_demo) as it`.execute(owner)
  return rows[0]?.it ?? false
}

export interface Persona {
  user_id: string
  name: string
  email: string
  roles: string[]
  is_steward: boolean
  organization: Record<string, string>
}

/** People of a practice installation, for signing in by one press. Empty as soon as one organization is a real one. */
export async function personas(owner: Db): Promise<Persona[]> {
  if (!(await isPractice(owner))) return []
  return owner
    .selectFrom('member')
    .innerJoin('organization', 'organization.organization_id', 'member.organization_id')
    .innerJoin('auth.user', 'auth.user.id', 'member.user_id')
    .leftJoin('steward', 'steward.user_id', 'member.user_id')
    .select([
      sql<boolean>`steward.user_id is not null`.as('is_steward'),
      'member.user_id',
      'member.display_name as name',
      'auth.user.email',
      'member.roles',
      'organization.name as organization',
    ])
    .where('member.ended_at', 'is', null)
    .orderBy('organization.created_at')
    .orderBy('member.joined_at')
    .orderBy('member.display_name')
    .limit(24)
    .execute()
}
