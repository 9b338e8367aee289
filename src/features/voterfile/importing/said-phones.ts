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
  // As if the others had been read one after another: the newest counts, a kind once known stays known, and a registration
  // beside a list only says that the number is still good.
  await client.query(
    `create temp table left_phone on commit drop as
     select distinct on (voter_id, phone) voter_id, phone, s.received_on, s.file_id,
       coalesce(first_value(nullif(s.kind, 'unknown')) over (partition by voter_id, phone order by s.kind = 'unknown', s.received_on desc, s.file_id desc), 'unknown') as kind,
       greatest(s.quality, first_value(s.quality) over lists) as quality, first_value(s.matched_by) over lists as matched_by, first_value(s.source) over lists as source
     from voter_phone_said s join forgotten using (voter_id, phone)
     window lists as (partition by voter_id, phone order by s.matched_by = 'registration', s.received_on desc, s.file_id desc)
     order by voter_id, phone, s.received_on desc, s.file_id desc`,
  )
  // A board's file that came later stands on a number which still says what the list said.
  const restored = await client.query(
    `update voter_phone v set kind = l.kind, quality = l.quality, matched_by = l.matched_by, source = l.source, received_on = l.received_on, file_id = l.file_id
     from left_phone l where v.voter_id = l.voter_id and v.phone = l.phone
       and (v.file_id = $1 or (v.kind, v.quality, v.matched_by, v.source) is distinct from (l.kind, l.quality, l.matched_by, l.source))`,
    [file_id],
  )
  const gone = await client.query(
    `delete from voter_phone v using forgotten f where v.voter_id = f.voter_id and v.phone = f.phone and v.file_id = $1`,
    [file_id],
  )
  return { gone: gone.rowCount ?? 0, restored: restored.rowCount ?? 0 }
}
