-- As before; somebody of the home who is not of the universe may be talked with too: their row stands as a refresh would leave it.
create or replace function take_for_talk(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if not found or b.ended_at is not null or b.paused_at is not null or t.phones = '{}' then return false; end if;
  if t.state = 'finished' or t.state = 'suppressed' and t.why = 'not_in_universe' then
    update phone_bank_target set state = 'waiting', why = 'talk', closed_as = t.why, next_at = greatest(next_at, p_now)
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
  elsif t.state not in ('ready', 'waiting') then
    return false;
  end if;
  -- They are on the telephone now: a sheet somebody may call from later gives way.
  delete from call_lease where organization_id = b.organization_id and is_on_paper
    and voter_id = any(voters_at_number(b.organization_id, t.phones[1]) || p_voter);
  if lease_call(b, p_caller, p_voter, p_now, true) then return true; end if;
  update phone_bank_target set state = 'finished', why = closed_as, closed_as = null, next_at = t.next_at
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter and state = 'waiting' and why = 'talk';
  return false;
end $$;

-- After the talk they are no more on the list than before; a promised call is kept, and so is what the organizer has to see.
create function stays_off_list() returns trigger language plpgsql as $$
begin
  new.state := 'suppressed';
  new.why := 'not_in_universe';
  new.closed_as := null;
  new.leased_to := null;
  return new;
end $$;
create trigger stays_off before update of state on phone_bank_target for each row
  when (new.state = 'finished' and new.why = 'not_in_universe'
    or old.state = 'leased' and old.why = 'talk' and old.closed_as = 'not_in_universe' and new.state in ('waiting', 'finished')
      and new.why not in ('call_back', 'organizer'))
  execute function stays_off_list();

-- Somebody of the home of a voter on this list, who is not on it: by a number of their own, else by the one at home.
create function add_from_home(b phone_bank, p_voter integer, p_line text, p_state_zones jsonb, p_county_zones jsonb) returns void language plpgsql as $$
begin
  -- Behind everybody, should a refresh bring them in.
  perform add_targets(b, array[p_voter], 2000000000, p_state_zones, p_county_zones);
  update phone_bank_target set state = 'suppressed', why = 'not_in_universe', phones = case when phones = '{}' then array[p_line] else phones end
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter
      and (state = 'ready' or state = 'finished' and why = 'no_number' or state = 'suppressed' and why = 'not_in_universe');
end $$;
