-- Memberships and relationships are asked of by expressions too: their changes are noted for the column store.
select note_targeting_changes_of('membership', 'note_targeting_change_of_person');

-- A relationship is so the other way round.
create function note_targeting_change_of_both() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct p.organization_id, p.voter_id from changed c
      join person p on p.organization_id = c.organization_id and p.person_id in (c.person_id, c.other_person_id)
      where p.voter_id is not null;
  end if;
  return null;
end $$;
select note_targeting_changes_of('relationship', 'note_targeting_change_of_both');

-- A crosswalk fills districts, and estimates made anew change probabilities: the columns are built from both.
create trigger targeting_columns after insert or update or delete on crosswalk for each statement execute function voter_file_imported();
create trigger targeting_columns after update of version, refreshed_at on community_estimate for each statement execute function voter_file_imported();
