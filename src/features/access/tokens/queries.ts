import { createHash } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { ApiTokenTable } from './tables.ts'

export type ApiToken = Omit<Selectable<ApiTokenTable>, 'token_hash'>

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

const shown = [
  'organization_id',
  'token_id',
  'name',
  'ending',
  'scopes',
  'purpose',
  'law_accepted_at',
  'created_by',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
  'revoked_by',
] as const

/** Tokens of the organization, those in force first. */
export const apiTokens = (db: Db, organization_id: string): Promise<ApiToken[]> =>
  db
    .selectFrom('api_token')
    .select(shown)
    .where('organization_id', '=', organization_id)
    .orderBy((eb) => eb('revoked_at', 'is not', null))
    .orderBy('created_at', 'desc')
    .execute()

/** The token as it came with a request, while it is in force. By the owner's handle: nobody is known yet. */
export const tokenInForce = (owner: Db, token: string, now: Date): Promise<ApiToken | undefined> =>
  owner
    .selectFrom('api_token')
    .select(shown)
    .where('token_hash', '=', hashOfToken(token))
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()

/** Counts one more request of this minute and answers how many there were, this one too. */
export async function countUse(
  db: Db,
  { organization_id, token_id }: Pick<ApiToken, 'organization_id' | 'token_id'>,
  minute: Date,
): Promise<number> {
  const { rows } = await sql<{ requests: number }>`
    insert into api_use as u (organization_id, token_id, minute, requests) values (${organization_id}, ${token_id}, ${minute}, 1)
    on conflict (organization_id, token_id) do update
      set requests = case when u.minute = excluded.minute then u.requests + 1 else 1 end, minute = excluded.minute
    returning requests`.execute(db)
  return rows[0]?.requests ?? 1
}
