-- The column store of targeting: what has changed since a process last looked, and how far a build is.

-- Whose tags, contacts, marks … changed. Each process that answers from the columns reads what is new since its snapshot.
create table targeting_change (
  organization_id uuid not null,
  change_id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  voter_id integer,                                      -- null: so many at once that all are read anew
  primary key (organization_id, change_id)
);
create index targeting_change_by_xid on targeting_change (organization_id, xid);
select own_by_organization('targeting_change');

-- Changes visible in `snapshot` are deleted at the next trimming; those who looked last before `trimmed_before` read anew.
create table targeting_change_trim (
  is_only boolean primary key default true check (is_only),
  snapshot pg_snapshot not null default pg_current_snapshot(),
  taken_at timestamptz not null default clock_timestamp(),
  trimmed_before timestamptz not null default '-infinity'
);
insert into targeting_change_trim default values;

-- The build of the columns file that runs or ran last.
create table targeting_build (
  is_only boolean primary key default true check (is_only),
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  finished_at timestamptz,
  progress jsonb not null default '{}',                  -- {"phase":"reading","rows":…,"of_rows":…}
  problem text                                           -- what ended it, for the operator
);
grant select on targeting_build, targeting_change_trim to hanpyo_app;

-- Rows that name a voter: person, contact_attempt, suppression. Those that name only the person count for its voter.
create function note_targeting_change() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  elsif tg_table_name = 'person' then
    insert into targeting_change (organization_id, voter_id)
      select distinct organization_id, voter_id from changed where voter_id is not null;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct c.organization_id, coalesce(c.voter_id, p.voter_id) from changed c
      left join person p on c.voter_id is null and p.organization_id = c.organization_id and p.person_id = c.person_id
      where coalesce(c.voter_id, p.voter_id) is not null;
  end if;
  return null;
end $$;

-- Rows that name a person: numbers, addresses, tags, notes.
create function note_targeting_change_of_person() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct p.organization_id, p.voter_id from changed c
      join person p on p.organization_id = c.organization_id and p.person_id = c.person_id
      where p.voter_id is not null;
  end if;
  return null;
end $$;

-- Answers belong to an attempt.
create function note_targeting_change_of_attempt() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct a.organization_id, coalesce(a.voter_id, p.voter_id) from changed c
      join contact_attempt a on a.organization_id = c.organization_id and a.attempt_id = c.attempt_id
      left join person p on a.voter_id is null and p.organization_id = a.organization_id and p.person_id = a.person_id
      where coalesce(a.voter_id, p.voter_id) is not null;
  end if;
  return null;
end $$;

-- Once for each statement, whatever the number of its rows.
create function note_targeting_changes_of(changing regclass, noting text) returns void language plpgsql as $$
begin
  execute format('create trigger targeting_inserted after insert on %s referencing new table as changed for each statement execute function %I()', changing, noting);
  execute format('create trigger targeting_updated after update on %s referencing new table as changed for each statement execute function %I()', changing, noting);
  execute format('create trigger targeting_replaced after update on %s referencing old table as changed for each statement execute function %I()', changing, noting);
  execute format('create trigger targeting_deleted after delete on %s referencing old table as changed for each statement execute function %I()', changing, noting);
end $$;

select note_targeting_changes_of('person', 'note_targeting_change');
select note_targeting_changes_of('contact_attempt', 'note_targeting_change');
select note_targeting_changes_of('suppression', 'note_targeting_change');
select note_targeting_changes_of('person_phone', 'note_targeting_change_of_person');
select note_targeting_changes_of('person_email', 'note_targeting_change_of_person');
select note_targeting_changes_of('person_tag', 'note_targeting_change_of_person');
select note_targeting_changes_of('note', 'note_targeting_change_of_person');
select note_targeting_changes_of('consent', 'note_targeting_change_of_person');
select note_targeting_changes_of('contact_answer', 'note_targeting_change_of_attempt');

-- An import writes its row of voter_file in the transaction of the rows themselves: when that ends, the columns are built anew.
create function voter_file_imported() returns trigger language plpgsql as $$
begin
  if to_regnamespace('graphile_worker') is not null then
    perform enqueue_job('targeting.columns', '{}', 'targeting', null, 3, 'targeting.columns');
  end if;
  return null;
end $$;
create trigger targeting_columns after insert on voter_file for each statement execute function voter_file_imported();
