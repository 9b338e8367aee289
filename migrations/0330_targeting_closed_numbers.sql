-- A number that is closed, whoever has it, is no number of anybody's: the voters who have it count as changed.
create function note_targeting_change_of_number() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id, voter_id)
    select c.organization_id, f.voter_id from changed c join voter_phone f on f.phone = c.phone
      where c.voter_id is null and c.person_id is null
    union
    select c.organization_id, p.voter_id from changed c
      join person_phone f on f.organization_id = c.organization_id and f.phone = c.phone
      join person p on p.organization_id = f.organization_id and p.person_id = f.person_id
      where c.voter_id is null and c.person_id is null and p.voter_id is not null;
  return null;
end $$;

create trigger targeting_number_inserted after insert on suppression referencing new table as changed for each statement execute function note_targeting_change_of_number();
create trigger targeting_number_updated after update on suppression referencing new table as changed for each statement execute function note_targeting_change_of_number();
create trigger targeting_number_deleted after delete on suppression referencing old table as changed for each statement execute function note_targeting_change_of_number();
