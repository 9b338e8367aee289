-- Handing out and recording a call with fewer statements.

-- One trigger instead of three: PostgreSQL reads the condition of each anew for every statement, which took longer than a hand-out's
-- own update. In the order in which they were, but that a number is looked at (number_looked_at) after all three; whoever is handed out
-- is none of these cases.
drop trigger asks_first on phone_bank_target;
drop trigger stays_off on phone_bank_target;
drop trigger waits_on on phone_bank_target;
drop function target_is_opened(), stays_off_list(), waits_for_organizer();

create function target_moves() returns trigger language plpgsql as $$
declare
  v_reason text;
begin
  -- Whatever would open a row again (another round, more tries, a result taken back, a call back) asks first.
  if old.state in ('finished', 'suppressed') and new.state in ('ready', 'waiting', 'leased') then
    v_reason := closed_to_calls(new.organization_id, new.voter_id);
    new.phones := open_numbers(new.organization_id, new.voter_id, new.phones);
    if v_reason is not null then
      new.state := 'suppressed';
      new.why := v_reason;
      new.leased_to := null;
    elsif new.phones = '{}' then
      new.state := 'finished';
      new.why := 'no_number';
      new.leased_to := null;
    end if;
  end if;
  -- After a talk with somebody who is not on the list they are no more on it than before; a promised call is kept, and so is what
  -- the organizer has to see, who was passed on to a speaker of their language, and who has another number to try.
  if new.state = 'finished' and new.why = 'not_in_universe'
    or old.state = 'leased' and old.why = 'talk' and old.closed_as = 'not_in_universe' and new.state in ('waiting', 'finished')
      and new.why not in ('call_back', 'organizer', 'handed_on', 'next_number') then
    new.state := 'suppressed';
    new.why := 'not_in_universe';
    new.closed_as := null;
    new.leased_to := null;
  end if;
  -- Unless the talk finished them, they go on waiting for the organizer, whatever was recorded of it.
  if old.state = 'leased' and old.why = 'organizer' and new.state = 'waiting' then
    new.why := 'organizer';
  end if;
  return new;
end $$;
create trigger moves before update of state on phone_bank_target for each row
  when (old.state in ('finished', 'suppressed', 'leased') or new.state = 'finished') execute function target_moves();

-- As before, but asks first.
create or replace function called_back_is_over() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    -- Hardly anybody called us: asking costs a tenth of an update that finds nothing.
    if not exists (select from follow_up where organization_id = new.organization_id and voter_id = new.voter_id and kind = 'return_call' and solved_at is null) then
      return null;
    end if;
    with solved as (
      update follow_up set solved_at = new.attempted_at, solved_by = new.made_by, solved_attempt_id = new.attempt_id
        where organization_id = new.organization_id and voter_id = new.voter_id and kind = 'return_call' and solved_at is null
          and made_at <= new.attempted_at
        returning follow_up_id)
    insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id, after)
      select new.organization_id, 'system', new.made_by, 'follow_up.solve', 'follow_up', follow_up_id::text,
          jsonb_build_object('kind', 'return_call', 'voter_id', new.voter_id, 'attempt_id', new.attempt_id)
        from solved;
  else
    with concerned as (
      select f.follow_up_id, t.attempt_id, t.attempted_at, t.made_by from follow_up f left join lateral talked_since(f) t on true
        where f.organization_id = new.organization_id and f.solved_attempt_id = new.attempt_id),
    changed as (
      update follow_up f set solved_at = c.attempted_at, solved_by = c.made_by, solved_attempt_id = c.attempt_id
        from concerned c where f.organization_id = new.organization_id and f.follow_up_id = c.follow_up_id
        returning f.follow_up_id, f.solved_at)
    insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id, after)
      select new.organization_id, 'system', coalesce(new.undone_by, new.made_by), 'follow_up.reopen', 'follow_up', follow_up_id::text,
          jsonb_build_object('kind', 'return_call', 'voter_id', new.voter_id, 'attempt_id', new.attempt_id)
        from changed where solved_at is null;
  end if;
  return null;
end $$;

-- As before; who is handed out together is marked so by one update.
create or replace function lease_call(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz, p_is_alone boolean) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
  m phone_bank_target;
  v_until timestamptz := p_now + make_interval(mins => b.lease_minutes);
  v_other record;
  v_is_leased boolean;
  v_lines text[];
  v_reason text;
  v_home_key bigint;
  v_home integer[];
  v_home_until timestamptz;
  v_paper_until timestamptz;
  v_hand integer[] := array[p_voter];
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if t.state not in ('ready', 'waiting') then return false; end if; -- taken while we waited for the row
  -- Put on a sheet while we waited for the row.
  if t.on_paper_at is not null and t.state = 'waiting' and t.why = 'elsewhere' and t.next_at > p_now and not p_is_alone then return false; end if;
  v_reason := closed_to_calls(b.organization_id, p_voter);
  if v_reason is not null then
    update phone_bank_target set state = 'suppressed', why = v_reason
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
    return false;
  end if;
  if b.is_household_once_a_day and not p_is_alone then
    if exists (select from phone_bank o where o.organization_id = b.organization_id and o.phone_bank_id <> b.phone_bank_id and o.ended_at is null) then
      v_home_key := home_of_voter(b.organization_id, p_voter);
      v_home := voters_of_home(b.organization_id, v_home_key, 9);
      -- A building without apartment numbers is no home.
      if cardinality(v_home) > 8 then v_home := '{}';
      -- Another phone bank hands somebody there out in this very moment.
      elsif not pg_try_advisory_xact_lock(hashtext(b.organization_id || ' home'), hashint8(v_home_key)) then
        v_home_until := p_now + interval '1 minute';
      end if;
    end if;
    v_home := v_home || t.together;
    if v_home is not null then
      -- Looked at again soon: most calls are over long before their hand is.
      select greatest(v_home_until, max(least(l.leased_until, p_now + interval '5 minutes'))) into v_home_until from call_lease l
        where l.organization_id = b.organization_id and l.voter_id = any(v_home) and l.voter_id <> p_voter and l.caller_id <> p_caller and not l.is_on_paper;
      -- On a sheet: as those who were on a list when it was made. A promise is kept all the same.
      if v_home_until is null and (t.why is null or t.why in ('resting', 'elsewhere', 'skipped', 'household')) then
        v_paper_until := (select max(l.leased_until) from call_lease l
          where l.organization_id = b.organization_id and l.voter_id = any(v_home) and l.voter_id <> p_voter and l.is_on_paper and l.leased_until > p_now);
        if v_paper_until is not null then
          update phone_bank_target set state = 'waiting', why = 'elsewhere', next_at = v_paper_until, why_before = t.why, next_before = t.next_at
            where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
          return false;
        end if;
      end if;
    end if;
    if v_home_until is not null then
      update phone_bank_target set state = 'waiting', why = coalesce(why, 'household'),
          next_at = greatest(next_at, v_home_until, p_now + interval '1 minute')
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
      return false;
    end if;
  end if;
  insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
    values (b.organization_id, p_voter, b.phone_bank_id, p_caller, t.phones[1], p_now, v_until) on conflict do nothing;
  v_is_leased := found;
  if not v_is_leased then
    select caller_id, leased_until, voter_id into v_other from call_lease
      where organization_id = b.organization_id and (voter_id = p_voter or line = t.phones[1]) order by voter_id = p_voter desc limit 1;
    if v_other.caller_id = p_caller and v_other.voter_id <> p_voter then
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        values (b.organization_id, p_voter, b.phone_bank_id, p_caller, null, p_now, v_until) on conflict do nothing;
      v_is_leased := found;
    end if;
    if not v_is_leased then
      update phone_bank_target set state = 'waiting', why = coalesce(why, 'elsewhere'),
          next_at = greatest(next_at, coalesce(v_other.leased_until, p_now + interval '1 minute'))
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
      return false;
    end if;
  end if;
  if t.together is not null and not p_is_alone then
    v_lines := array[t.phones[1]];
    for m in
      select * from phone_bank_target
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = any(t.together)
          and (state = 'ready' or state = 'waiting' and next_at <= p_now and why <> 'organizer')
          and (b.household = 'together' or phones[1] = t.phones[1]) and (attempts < b.max_attempts or why in ('call_back', 'handed_on')) and phones <> '{}'
          and time_zone = t.time_zone
          -- Passed on to a speaker: theirs alone, also at a home somebody else has in hand.
          and (why is distinct from 'handed_on' or language = any((select k.languages from phone_bank_caller k
            where k.organization_id = b.organization_id and k.phone_bank_id = b.phone_bank_id and k.caller_id = p_caller)::text[]))
        order by voter_id for update skip locked
    loop
      continue when not m.phones[1] = any(v_lines) and cardinality(v_lines) >= b.lines_per_household;
      continue when closed_to_calls(b.organization_id, m.voter_id) is not null;
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        values (b.organization_id, m.voter_id, b.phone_bank_id, p_caller, case when m.phones[1] = any(v_lines) then null else m.phones[1] end, p_now, v_until)
        on conflict do nothing;
      if found then
        if not m.phones[1] = any(v_lines) then v_lines := v_lines || m.phones[1]; end if;
        v_hand := v_hand || m.voter_id;
      end if;
    end loop;
  end if;
  update phone_bank_target set state = 'leased', leased_to = p_caller
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = any(v_hand);
  return true;
end $$;
