import { partitionOf } from './first.ts'
import type { Run } from './run.ts'
import { rememberRegistration } from './said-phones.ts'

/** Telephones that came with the registration are joined to their voters. */
export async function storePhones(run: Run, received_on: string): Promise<void> {
  const { client, layout } = run
  if (run.phones.bytes === 0) return
  await client.query('create temp table registration_phone (state_key bigint, phone text) on commit drop')
  await run.phones.copyInto(client, 'copy registration_phone (state_key, phone) from stdin with (format binary)')
  // Whom the city's list names and nobody has must not be taken for the voter with that number of the state.
  const voters =
    run.phoneKey === 'row'
      ? 'join phone_holder v on v.row = p.state_key'
      : `join ${partitionOf(layout.state)} v using (state_key)`
  await rememberRegistration(client, voters, { title: layout.title, received_on, file_id: run.file_id })
  const result = await client.query(
    `insert into voter_phone (voter_id, phone, kind, quality, matched_by, source, received_on, file_id)
     select distinct on (v.voter_id, p.phone) v.voter_id, p.phone, 'unknown', 70, 'registration', $1, $2, $3
     from registration_phone p ${voters}
     on conflict (voter_id, phone) do update set received_on = excluded.received_on, file_id = excluded.file_id, quality = greatest(voter_phone.quality, excluded.quality)`,
    [layout.title, received_on, run.file_id],
  )
  run.counts.phones = result.rowCount ?? 0
}
