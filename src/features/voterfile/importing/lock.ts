import type pg from 'pg'

/** Held by the one import, or reckoning of estimates, that runs; session-level, so a killed process gives it back. */
export const importLock = 4_817_020

/** First half of the lock each import holds from before its row says 'running' until it is over; the other is its id. */
const livingLock = 4_817_022

/** A session does not notice that its process was killed until its statement ends, which may take minutes; so it looks now and then. */
const lookForClient = "set client_connection_check_interval = '1s'"

/** True where the import is ours to run: nobody, nor a session left by a killed process, is at it. */
export async function takeImport(client: pg.ClientBase, import_id: string): Promise<boolean> {
  // Not every system can look.
  await client.query(lookForClient).catch(() => undefined)
  const { rows } = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as it', [
    livingLock,
    import_id,
  ])
  return rows[0]?.it ?? false
}

/** Gives back every lock of an import. */
export async function leaveImport(client: pg.ClientBase): Promise<void> {
  // The locks go with a lost connection anyway.
  await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
  await client.query('reset client_connection_check_interval').catch(() => undefined)
}
