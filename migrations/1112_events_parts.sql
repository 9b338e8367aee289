-- Who has which part at an event: a person of ours, or a guest known by name alone.
create table event_part (
  organization_id uuid not null,
  part_id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  part text not null,                                    -- targeting/schema.ts eventParts
  person_id uuid,                                        -- the reader follows person.merged_into
  name text,                                             -- of a guest from outside
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, part_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  foreign key (organization_id, person_id) references person,
  check ((person_id is null) <> (name is null))
);
create index event_part_of_event on event_part (event_id, organization_id);
create index event_part_of_person on event_part (person_id, organization_id) where person_id is not null;
select own_by_organization('event_part');
select note_targeting_changes_of('event_part', 'note_targeting_change_of_person');

-- Called off, nobody has a part there.
create function note_targeting_change_of_parts() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id, voter_id)
    select distinct p.organization_id, p.voter_id
    from changed c join before b on b.organization_id = c.organization_id and b.event_id = c.event_id and (b.canceled_at is null) <> (c.canceled_at is null)
    join event_part k on k.organization_id = c.organization_id and k.event_id = c.event_id
    join person p on p.organization_id = k.organization_id and p.person_id = k.person_id
    where p.voter_id is not null;
  return null;
end $$;
create trigger targeting_parts_updated after update on event referencing old table as before new table as changed
  for each statement execute function note_targeting_change_of_parts();
