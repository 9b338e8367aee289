-- An expression knows a phone bank by its name: with another name, what was kept of `result:refused@"Fall calls"` is no longer so.
create function note_phone_bank_renamed() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id) values (new.organization_id);
  return null;
end $$;
create trigger targeting_renamed after update of name on phone_bank for each row
  when (old.name is distinct from new.name) execute function note_phone_bank_renamed();
