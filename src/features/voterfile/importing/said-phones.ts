import type pg from 'pg'

const said = 'voter_id, phone, file_id, kind, quality, matched_by, source, received_on'
const of = (alias: string): string =>
  said
    .split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ')

/** Keeps what this list says (`matched_phone`), and first what counted until now, where no list has told it. */
export async function rememberList(client: pg.ClientBase, file_id: number): Promise<void> {
  await client.query(
    `insert into voter_phone_said (${said})
     select ${of('v')} from voter_phone v join matched_phone m using (voter_id, phone) where v.file_id is not null
     on conflict do nothing`,
  )
  await client.query(
    `insert into voter_phone_said (${said})
     select voter_id, phone, $1, kind, quality, matched_by, source, received_on from matched_phone`,
    [file_id],
  )
}

/**
 * Keeps what a registration says of numbers that lists have too, in place of what the board's file before it said. `voters`
 * joins `registration_phone` (p) with its voters (v).
 */
export async function rememberRegistration(
  client: pg.ClientBase,
  voters: string,
  { title, received_on, file_id }: { title: string; received_on: string; file_id: number },
): Promise<void> {
  await client.query(
    `delete from voter_phone_said s using registration_phone p ${voters}
     where s.voter_id = v.voter_id and s.phone = p.phone and s.matched_by = 'registration' and s.source = $1`,
    [title],
  )
  await client.query(
    `insert into voter_phone_said (${said})
     select distinct v.voter_id, p.phone, $3::integer, 'unknown', 70, 'registration', $1, $2::date from registration_phone p ${voters}
     where exists (select from voter_phone_said s where s.voter_id = v.voter_id and s.phone = p.phone)
     on conflict do nothing`,
    [title, received_on, file_id],
  )
}

/** `gone`: numbers only this list had; `restored`: those that are as another list has them again. */
export interface TakenBack {
  gone: number
  restored: number
}

/** Takes away what a list said. In the caller's transaction. */
export async function forgetList(client: pg.ClientBase, file_id: number): Promise<TakenBack> {
  await client.query(
    `create temp table forgotten on commit drop as
     with gone as (delete from voter_phone_said where file_id = $1 returning voter_id, phone) select * from gone`,
    [file_id],
  )
  await client.query('analyze forgotten')
  // As if the others had been read one after another: the newest counts, and a kind once known stays known.
  await client.query(
    `create temp table left_phone on commit drop as
     select distinct on (voter_id, phone) ${of('s')},
       coalesce(first_value(nullif(s.kind, 'unknown')) over (partition by voter_id, phone order by s.kind = 'unknown', s.received_on desc, s.file_id desc), 'unknown') as known_kind
     from voter_phone_said s join forgotten using (voter_id, phone) order by voter_id, phone, received_on desc, file_id desc`,
  )
  const restored = await client.query(
    `update voter_phone v set kind = l.known_kind, quality = l.quality, matched_by = l.matched_by, source = l.source, received_on = l.received_on, file_id = l.file_id
     from left_phone l where v.voter_id = l.voter_id and v.phone = l.phone and v.file_id = $1`,
    [file_id],
  )
  const gone = await client.query(
    `delete from voter_phone v using forgotten f where v.voter_id = f.voter_id and v.phone = f.phone and v.file_id = $1`,
    [file_id],
  )
  return { gone: gone.rowCount ?? 0, restored: restored.rowCount ?? 0 }
}
