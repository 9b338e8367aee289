-- Whom somebody of the team rings by hand, from the page of an event, is in their hand like in a caller's: also a voter, at whatever number.
alter table newcomer_lease
  alter column phone_bank_id drop not null,              -- null: by hand
  add column taken_by text,                              -- by hand: the member of the team, whose account `caller_id` is then
  add column voter_id integer;                           -- null: in no voter file
create index newcomer_lease_of_voter on newcomer_lease (voter_id, organization_id) where voter_id is not null;

-- As before, nor a voter whom somebody of the team rings by hand.
create or replace function line_is_free() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('newcomer_lease'), hashtext(new.organization_id::text));
  if exists (select from newcomer_lease n where n.voter_id = new.voter_id and n.organization_id = new.organization_id and n.leased_until > new.leased_at) then
    return null;
  end if;
  if new.line is null then return new; end if;
  if not pg_try_advisory_xact_lock(hashtext(new.organization_id || ' line'), hashtext(new.line)) then return null; end if;
  if exists (select from newcomer_lease n where n.line = new.line and n.organization_id = new.organization_id and n.leased_until > new.leased_at)
    or exists (select from further_line f where f.line = new.line and f.organization_id = new.organization_id
      and (select l.caller_id from call_lease l where l.voter_id = f.voter_id and l.organization_id = f.organization_id) <> new.caller_id) then
    return null;
  end if;
  return new;
end $$;
drop trigger line_is_free on call_lease;
create trigger line_is_free before insert on call_lease for each row execute function line_is_free();
