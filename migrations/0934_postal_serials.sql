-- Serial numbers of barcodes, for everybody who mails by the same mailer: never given twice until all are used up.
create table postal_serial (
  mailer_id text primary key check (mailer_id ~ '^(\d{6}|\d{9})$'),
  given bigint not null                                  -- so many from the first on, beginning anew after the last number
);

alter table postal_drop
  add column serials_from bigint,                        -- given before those of this drop: the larger, the later
  add column numbers integer not null default 0,         -- the last number of its pieces; some are gone where somebody was erased
  add column print_run integer not null default 0;       -- whoever makes files for an older run stops

update postal_drop d set serials_from = first_serial,
  numbers = greatest(d.pieces, coalesce((select max(p.number) from postal_piece p where p.organization_id = d.organization_id and p.drop_id = d.drop_id), 0));
-- Of lists not mailed yet; what was mailed stays so many.
update postal_drop d set
    pieces = (select count(*) from postal_piece p where p.organization_id = d.organization_id and p.drop_id = d.drop_id),
    voters = (select count(*) from postal_recipient r where r.organization_id = d.organization_id and r.drop_id = d.drop_id)
  where d.state in ('frozen', 'made');
insert into postal_serial (mailer_id, given)
  select design ->> 'mailer_id', max(first_serial + numbers) from postal_drop
  where first_serial is not null and design ->> 'mailer_id' ~ '^(\d{6}|\d{9})$' group by 1;

-- Takes as many numbers as a drop needs, all before the last one or all behind the first; the caller's transaction holds them.
create function take_serials(p_mailer text, p_count integer) returns bigint
language plpgsql security definer set search_path from current as $$
declare
  capacity constant bigint := (10 ^ (15 - length(p_mailer)))::bigint;
  before bigint;
begin
  if p_count not between 1 and capacity then raise exception 'not so many serial numbers: %', p_count; end if;
  insert into postal_serial (mailer_id, given) values (p_mailer, 0) on conflict do nothing;
  select given into before from postal_serial where mailer_id = p_mailer for update;
  if before % capacity + p_count > capacity then before := (before / capacity + 1) * capacity; end if;
  update postal_serial set given = before + p_count where mailer_id = p_mailer;
  return before;
end $$;
