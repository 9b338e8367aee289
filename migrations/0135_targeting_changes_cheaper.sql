-- Noting what changed was half of what the database did for a call recorded: joined sets were planned for thousands of rows,
-- so that one answer walked over all attempts. Each row is looked up by its key now, and what the same transaction has noted
-- already (its own new attempt or person) is not noted again: whoever sees the one change sees the other.
create or replace function note_targeting_change() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  elsif tg_table_name = 'person' then
    insert into targeting_change (organization_id, voter_id)
      select distinct organization_id, voter_id from changed where voter_id is not null;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct organization_id, voter_id from (
        select c.organization_id, coalesce(c.voter_id, (select p.voter_id from person p
          where p.organization_id = c.organization_id and p.person_id = c.person_id)) as voter_id from changed c) named
      where voter_id is not null;
  end if;
  return null;
end $$;

create or replace function note_targeting_change_of_person() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct organization_id, voter_id from (
        select c.organization_id, (select p.voter_id from person p where p.organization_id = c.organization_id
          and p.person_id = c.person_id and p.xmin <> pg_current_xact_id()::xid) as voter_id from changed c) named
      where voter_id is not null;
  end if;
  return null;
end $$;

create or replace function note_targeting_change_of_attempt() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct organization_id, voter_id from (
        select c.organization_id, (select coalesce(a.voter_id, (select p.voter_id from person p
            where p.organization_id = a.organization_id and p.person_id = a.person_id))
          from contact_attempt a where a.organization_id = c.organization_id and a.attempt_id = c.attempt_id
            and a.xmin <> pg_current_xact_id()::xid) as voter_id from changed c) named
      where voter_id is not null;
  end if;
  return null;
end $$;
