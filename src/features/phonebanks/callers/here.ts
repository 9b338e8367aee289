import { sql, type RawBuilder } from 'kysely'

/** Whoever asked for something within this time is there. */
export const here_ms = 5 * 60_000

/** Who is calling, of `phone_bank_caller k`: there, on the bridge, or in a conversation while the page sleeps. */
export const isCalling = (
  now: Date,
): RawBuilder<boolean> => sql<boolean>`k.removed_at is null and not k.is_on_paper and (
  k.last_seen_at > ${new Date(now.getTime() - here_ms)}
  or exists (select from call_lease l where l.organization_id = k.organization_id and l.caller_id = k.caller_id and l.talking_since is not null)
  or exists (select from bridge_shift s where s.organization_id = k.organization_id and s.caller_id = k.caller_id and s.state = 'joined' and s.ended_at is null))`

/** The same, or holds voters, perhaps without a connection: on some device they may be called any moment. */
export const isAtWork = (now: Date): RawBuilder<boolean> => sql<boolean>`(${isCalling(now)} or exists (
  select from call_lease l where l.organization_id = k.organization_id and l.caller_id = k.caller_id and l.leased_until > ${now}))`
