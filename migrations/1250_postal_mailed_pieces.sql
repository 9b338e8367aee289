-- Who was mailed a piece of paper, and on which day: for lists of people. Read as whoever asks, so each organization sees its own.

create view mailed_piece with (security_invoker) as
  select r.organization_id, r.voter_id, d.mailed_on
  from postal_recipient r
  join postal_drop d on d.organization_id = r.organization_id and d.drop_id = r.drop_id
  where d.mailed_on is not null;
grant select on mailed_piece to hanpyo_app;

-- Marked as mailed, or on another day: of so many at once that all are read anew.
create function note_targeting_change_of_drop() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id)
    select distinct c.organization_id from changed c
    join before b on b.organization_id = c.organization_id and b.drop_id = c.drop_id and b.mailed_on is distinct from c.mailed_on;
  return null;
end $$;
create trigger targeting_updated after update on postal_drop referencing old table as before new table as changed
  for each statement execute function note_targeting_change_of_drop();
