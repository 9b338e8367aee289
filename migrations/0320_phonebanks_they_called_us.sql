-- As before; who waits for the organizer may be talked with when they call: they asked for it.
create or replace function take_for_talk(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if not found or b.ended_at is not null or b.paused_at is not null or t.phones = '{}' then return false; end if;
  if t.state = 'finished' then
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

-- Unless the talk finished them, they go on waiting for the organizer, whatever was recorded of it.
create function waits_for_organizer() returns trigger language plpgsql as $$
begin
  new.why := 'organizer';
  return new;
end $$;
create trigger waits_on before update of state on phone_bank_target for each row
  when (old.state = 'leased' and old.why = 'organizer' and new.state = 'waiting') execute function waits_for_organizer();
