-- A line of a sheet that nothing holds any more (somebody on it called back, its number was closed) is off the sheet, as whoever
-- types it in then reads.
create function lease_of_paper_ends() returns trigger language plpgsql as $$
begin
  update phone_bank_target set on_paper_at = null
    where organization_id = old.organization_id and phone_bank_id = old.phone_bank_id and voter_id = old.voter_id
      and state = 'waiting' and why = 'elsewhere' and on_paper_at is not null;
  return null;
end $$;
create trigger off_paper after delete on call_lease for each row when (old.is_on_paper) execute function lease_of_paper_ends();
