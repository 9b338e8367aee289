-- Whoever is closed to calls stays closed, whatever opens their row again; one number and one home are one, in every list of the
-- organization; nobody new is rung outside the hours of their home.

-- Why this voter may not be called by this organization, null: they may. What people said of themselves, however it was kept:
-- marks on the voter or the person, a death, consent to calls taken back.
create function closed_to_calls(p_organization uuid, p_voter integer) returns text language plpgsql stable as $$
declare
  v_reason text;
  v_person uuid;
  v_deceased_at timestamptz;
begin
  if not exists (select from voter_record r where r.voter_id = p_voter and r.gone_in is null
      and r.status in ('active', 'inactive', 'military', 'federal', 'overseas')) then
    return 'not_contactable';
  end if;
  select s.reason into v_reason from suppression s
    where s.organization_id = p_organization and s.voter_id = p_voter and s.phone is null and s.taken_back_at is null
    order by s.marked_at desc limit 1;
  if v_reason is not null then return v_reason; end if;
  select p.person_id, p.deceased_at into v_person, v_deceased_at from person p
    where p.organization_id = p_organization and p.voter_id = p_voter and p.merged_into is null;
  if v_person is null then return null; end if;
  if v_deceased_at is not null then return 'deceased'; end if;
  select s.reason into v_reason from suppression s
    where s.organization_id = p_organization and s.person_id = v_person and s.phone is null and s.taken_back_at is null
    order by s.marked_at desc limit 1;
  if v_reason is not null then return v_reason; end if;
  if (select not k.is_given from consent k where k.organization_id = p_organization and k.person_id = v_person and k.channel = 'phone'
      order by k.recorded_at desc, k.consent_id desc limit 1) then
    return 'do_not_call';
  end if;
  return null;
end $$;

-- Those of a voter's numbers that are not closed, in their order.
create function open_numbers(p_organization uuid, p_voter integer, p_phones text[]) returns text[] language plpgsql stable as $$
begin
  return array(select n.phone from unnest(p_phones) with ordinality n (phone, nth)
    where not exists (select from suppression s where s.organization_id = p_organization and s.phone = n.phone
      and (s.voter_id is null or s.voter_id = p_voter) and s.taken_back_at is null)
    order by n.nth);
end $$;

-- Whatever would open a row again (another round, more tries, a result taken back, a call back) asks first.
create function target_is_opened() returns trigger language plpgsql as $$
declare
  v_reason text := closed_to_calls(new.organization_id, new.voter_id);
begin
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
  return new;
end $$;
create trigger asks_first before update of state on phone_bank_target for each row
  when (old.state in ('finished', 'suppressed') and new.state in ('ready', 'waiting', 'leased')) execute function target_is_opened();

-- A line stays closed to others while any of its people are in the same hand.
create function line_stays_in_hand() returns trigger language plpgsql as $$
begin
  update call_lease set line = old.line where organization_id = old.organization_id and caller_id = old.caller_id and voter_id = (
      select l.voter_id from call_lease l
        join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id
        where l.organization_id = old.organization_id and l.caller_id = old.caller_id and l.line is null and t.phones[1] = old.line
        order by l.voter_id limit 1)
    and not exists (select from call_lease o where o.organization_id = old.organization_id and o.line = old.line);
  return null;
end $$;
create trigger line_stays after delete on call_lease for each row when (old.line is not null) execute function line_stays_in_hand();

-- A number was closed while its voter was in a hand: the caller gets the card again.
alter table call_lease add column is_changed boolean not null default false;

-- Closes these voters on every list, also those in a hand, or opens them where nothing closes them any more.
create function stand_by_marks(p_organization uuid, p_voters integer[], p_now timestamptz) returns void language plpgsql as $$
declare
  v_voter integer;
  v_reason text;
begin
  foreach v_voter in array p_voters loop
    -- Most of those marked are on no list.
    continue when not exists (select from phone_bank_target t where t.voter_id = v_voter and t.organization_id = p_organization);
    v_reason := closed_to_calls(p_organization, v_voter);
    if v_reason is not null then
      update phone_bank_target set state = 'suppressed', why = v_reason, leased_to = null
        where organization_id = p_organization and voter_id = v_voter
          and (state in ('ready', 'waiting', 'leased') or state = 'suppressed' and why not in (v_reason, 'not_in_universe'));
      delete from call_lease where organization_id = p_organization and voter_id = v_voter;
    else
      update phone_bank_target set state = case when attempts = 0 then 'ready' else 'waiting' end, why = case when attempts > 0 then 'resting' end,
          next_at = greatest(next_at, p_now)
        where organization_id = p_organization and voter_id = v_voter and state = 'suppressed' and why <> 'not_in_universe';
    end if;
  end loop;
end $$;

create or replace function suppression_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  v_voters integer[];
begin
  if new.voter_id is not null then v_voters := array[new.voter_id];
  elsif new.phone is null then
    select array_agg(voter_id) into v_voters from person where organization_id = new.organization_id and person_id = new.person_id and voter_id is not null;
  else
    select array_agg(distinct voter_id) into v_voters from (
      select voter_id from voter_phone where phone = new.phone
      union all
      select p.voter_id from person_phone f join person p using (organization_id, person_id)
        where f.organization_id = new.organization_id and f.phone = new.phone and p.voter_id is not null) those;
  end if;
  if v_voters is null then return null; end if;

  if new.phone is null then
    perform stand_by_marks(new.organization_id, v_voters, coalesce(new.taken_back_at, new.marked_at));
  elsif new.taken_back_at is null then
    update phone_bank_target set phones = array_remove(phones, new.phone)
      where organization_id = new.organization_id and voter_id = any(v_voters) and new.phone = any(phones);
    with out as (
      update phone_bank_target set state = 'finished', why = 'no_number', leased_to = null
        where organization_id = new.organization_id and voter_id = any(v_voters) and phones = '{}' and state in ('ready', 'waiting', 'leased')
        returning voter_id, phone_bank_id)
    delete from call_lease l using out where l.organization_id = new.organization_id and l.voter_id = out.voter_id and l.phone_bank_id = out.phone_bank_id;
    -- The next number of those in a hand, unless somebody else is busy with it.
    with other as (
      select l.voter_id, l.phone_bank_id, t.phones[1] as line,
          exists (select from call_lease o where o.organization_id = l.organization_id and o.line = t.phones[1] and o.caller_id <> l.caller_id) as is_taken,
          exists (select from call_lease o where o.organization_id = l.organization_id and o.line = t.phones[1] and o.voter_id <> l.voter_id) as is_held
        from call_lease l join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id
        where l.organization_id = new.organization_id and l.voter_id = any(v_voters)),
      back as (
        update phone_bank_target t set state = 'waiting', why = coalesce(t.why, 'elsewhere'), leased_to = null from other
          where other.is_taken and t.organization_id = new.organization_id and t.phone_bank_id = other.phone_bank_id and t.voter_id = other.voter_id
          returning t.voter_id),
      given as (delete from call_lease l using back where l.organization_id = new.organization_id and l.voter_id = back.voter_id)
    update call_lease l set is_changed = true, line = case when l.line = new.phone then case when other.is_held then null else other.line end else l.line end
      from other where not other.is_taken and l.organization_id = new.organization_id and l.voter_id = other.voter_id;
  else
    update phone_bank_target t set phones = phones || new.phone,
        state = case when state = 'finished' and why = 'no_number' then case when attempts = 0 then 'ready' else 'waiting' end else state end,
        why = case when state = 'finished' and why = 'no_number' then case when attempts > 0 then 'resting' end else why end
      where organization_id = new.organization_id and voter_id = any(v_voters) and not new.phone = any(phones)
        and not exists (select from suppression s where s.organization_id = t.organization_id and s.phone = new.phone
          and (s.voter_id is null or s.voter_id = t.voter_id) and s.taken_back_at is null);
  end if;
  return null;
end $$;

-- The same for what is said on the profile: consent to calls, another voter record, a death, a merge.
create function consent_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  k consent := case when tg_op = 'DELETE' then old else new end;
  v_voter integer;
begin
  select voter_id into v_voter from person where organization_id = k.organization_id and person_id = k.person_id and merged_into is null;
  if v_voter is not null then perform stand_by_marks(k.organization_id, array[v_voter], k.recorded_at); end if;
  return null;
end $$;
create trigger acts_on_phone_banks_in after insert on consent for each row when (new.channel = 'phone') execute function consent_acts_on_phone_banks();
create trigger acts_on_phone_banks_out after delete on consent for each row when (old.channel = 'phone') execute function consent_acts_on_phone_banks();

create function person_acts_on_phone_banks() returns trigger language plpgsql as $$
begin
  perform stand_by_marks(new.organization_id, array(select distinct each from unnest(array[old.voter_id, new.voter_id]) each where each is not null), new.updated_at);
  return null;
end $$;
create trigger acts_on_phone_banks after update of voter_id, deceased_at, merged_into on person for each row
  when (old.voter_id is distinct from new.voter_id or old.deceased_at is distinct from new.deceased_at or old.merged_into is distinct from new.merged_into)
  execute function person_acts_on_phone_banks();

-- A number closed on somebody's profile is closed for whoever answers it, unless it was the wrong one for them.
update suppression set voter_id = null, taken_back_at = taken_back_at
  where phone is not null and voter_id is not null and reason <> 'wrong_number' and taken_back_at is null;
-- Those marked or opted out already, on lists that did not know.
select stand_by_marks(p.organization_id, array_agg(p.voter_id), now()) from person p
  where p.voter_id is not null and p.merged_into is null
    and exists (select from phone_bank_target t where t.voter_id = p.voter_id and t.organization_id = p.organization_id and t.state in ('ready', 'waiting', 'leased'))
    and closed_to_calls(p.organization_id, p.voter_id) is not null
  group by p.organization_id;

drop function lease_call(phone_bank, uuid, integer, timestamptz);
-- As before; nobody closed is handed out, whatever their row says. `p_is_alone`: without the others of the home.
create function lease_call(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz, p_is_alone boolean) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
  m phone_bank_target;
  v_until timestamptz := p_now + make_interval(mins => b.lease_minutes);
  v_other record;
  v_is_leased boolean;
  v_lines text[];
  v_reason text;
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if t.state not in ('ready', 'waiting') then return false; end if; -- taken while we waited for the row
  v_reason := closed_to_calls(b.organization_id, p_voter);
  if v_reason is not null then
    update phone_bank_target set state = 'suppressed', why = v_reason
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
    return false;
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
  update phone_bank_target set state = 'leased', leased_to = p_caller
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;

  if t.together is not null and not p_is_alone then
    v_lines := array[t.phones[1]];
    for m in
      select * from phone_bank_target
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = any(t.together)
          and (state = 'ready' or state = 'waiting' and next_at <= p_now and why <> 'organizer')
          and (b.household = 'together' or phones[1] = t.phones[1]) and attempts < b.max_attempts and phones <> '{}'
        order by voter_id for update skip locked
    loop
      continue when not m.phones[1] = any(v_lines) and cardinality(v_lines) >= b.lines_per_household;
      continue when closed_to_calls(b.organization_id, m.voter_id) is not null;
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        values (b.organization_id, m.voter_id, b.phone_bank_id, p_caller, case when m.phones[1] = any(v_lines) then null else m.phones[1] end, p_now, v_until)
        on conflict do nothing;
      if found then
        if not m.phones[1] = any(v_lines) then v_lines := v_lines || m.phones[1]; end if;
        update phone_bank_target set state = 'leased', leased_to = p_caller
          where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = m.voter_id;
      end if;
    end loop;
  end if;
  return true;
end $$;

-- As before; lease_call asks whether they may be called, and of a family only one is looked for.
create or replace function take_call(b phone_bank, p_caller uuid, p_languages text[], p_zones text[], p_now timestamptz, p_ahead integer, inout p_pool integer[], out is_taken boolean)
language plpgsql as $$
declare
  v_voter integer;
  v_attempts smallint;
  v_why text;
  v_languages text[] := p_languages || 'und'::text;
  v_organization integer := hashtext(b.organization_id::text);
begin
  for i in 1..50 loop
    select t.voter_id, t.attempts, t.why into v_voter, v_attempts, v_why from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id
        and t.state = 'waiting' and t.why in ('call_back', 'next_number', 'handed_on') and t.next_at <= p_now
        and t.time_zone = any(p_zones)
        and (t.call_back_for is null or t.call_back_for = p_caller or t.next_at <= p_now - make_interval(mins => b.reassign_minutes))
        and (not t.is_language_known or t.language = any(v_languages))
        and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
      order by t.next_at limit 1 for update skip locked;
    if v_voter is null then
      if p_pool = '{}' then
        select coalesce(array_agg(e.each order by f.position, e.nth), '{}') into p_pool from (
          -- One of each family: the others come with them.
          select distinct on (f.family) f.voter_id, f.attempts, f.position
            from unnest(p_zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
            cross join lateral (
              select t.voter_id, t.position, t.attempts, least(t.voter_id, t.together[1]) as family from phone_bank_target t
                where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
                  and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                  and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
                order by t.position limit p_ahead for update skip locked) f
            order by f.family, f.position) f
          cross join lateral (values (1, f.voter_id), (2, f.attempts::integer)) e (nth, each);
      end if;
      v_voter := p_pool[1];
      v_attempts := p_pool[2];
      p_pool := p_pool[3:];
    end if;
    if v_voter is null then
      select f.voter_id, f.attempts into v_voter, v_attempts
        from unnest(p_zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
        cross join lateral (
          select t.voter_id, t.next_at, t.attempts from phone_bank_target t
            where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'waiting'
              and t.why in ('resting', 'elsewhere', 'skipped', 'household') and t.time_zone = zone and t.language = spoken
              and t.is_language_known = known.is_known and t.next_at <= p_now and t.not_for is distinct from p_caller
              and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
            order by t.next_at limit 1 for update skip locked) f
        order by f.next_at limit 1;
    end if;
    if v_voter is null and b.language_fallback then
      select t.voter_id, t.attempts into v_voter, v_attempts
        from unnest(p_zones) zone cross join unnest(b.languages) spoken
        cross join lateral (
          select t.voter_id, t.attempts from phone_bank_target t
            where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id
              and t.time_zone = zone and t.language = spoken and not t.is_language_known and t.state = 'ready'
              and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
            order by t.position limit 1 for update skip locked) t
        where not spoken = any(p_languages) limit 1;
    end if;
    if v_voter is null then is_taken := false; return; end if;

    if v_attempts >= b.max_attempts and v_why is distinct from 'call_back' then
      update phone_bank_target set state = 'finished', why = 'max_attempts'
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = v_voter;
    elsif lease_call(b, p_caller, v_voter, p_now, false) then
      is_taken := true; return;
    end if;
    v_voter := null;
    v_why := null;
  end loop;
  is_taken := false;
end $$;

drop function note_call(phone_bank, uuid, jsonb, timestamptz);
-- As before; the rest is for everybody at the number and at the home, on whatever list, and the line passes on by itself.
-- `p_has_others`: other phone banks of the organization are open.
create function note_call(b phone_bank, p_caller uuid, a jsonb, p_now timestamptz, p_has_others boolean, out outcome text, out problem text, out was_lost boolean, out call_back_at timestamptz, out made jsonb)
language plpgsql as $$
declare
  t phone_bank_target;
  v_attempt uuid := (a->>'attempt_id')::uuid;
  v_phone text := a->>'phone';
  v_queue text := a->>'queue';
  v_retry_at timestamptz := (a->>'retry_at')::timestamptz;
  v_made_by uuid;
  v_effects jsonb;
  v_rested integer[];
  v_attempts smallint;
  v_state text;
  v_why text;
  v_next_at timestamptz;
  v_for uuid;
  v_phones text[];
  v_home_until timestamptz;
  v_home integer[];
  v_family integer[];
  v_line integer[] := '{}';
  v_is_too_late boolean := false;
begin
  was_lost := false;
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = (a->>'voter_id')::integer for update;
  if not found then
    outcome := 'refused'; problem := 'not_yours'; return;
  end if;
  -- After the lock: of the same result sent twice at once, the second waits above and finds the first here.
  select caller_id into v_made_by from contact_attempt where organization_id = b.organization_id and attempt_id = v_attempt;
  if found then
    if v_made_by = p_caller then outcome := 'already_recorded'; else outcome := 'refused'; problem := 'not_yours'; end if;
    return;
  end if;
  outcome := 'recorded';
  was_lost := not (t.state = 'leased' and t.leased_to = p_caller);
  v_effects := learn_from_contact(b.organization_id, a, p_now);
  v_effects := v_effects || jsonb_build_object('target', jsonb_build_object('why', case when t.state in ('leased', 'waiting') then t.why end, 'next_at', t.next_at,
    'attempts', t.attempts, 'phones', to_jsonb(t.phones), 'call_back_for', t.call_back_for, 'not_for', t.not_for,
    'language', t.language, 'is_language_known', t.is_language_known, 'closed_as', t.closed_as));

  -- Everybody at this number, on whatever list; and the home, where other phone banks have lists of their own.
  if v_phone is not null then
    v_line := array(select voter_id from voter_phone where phone = v_phone limit 50)
      || array(select p.voter_id from person_phone f join person p on p.organization_id = f.organization_id and p.person_id = f.person_id
        where f.organization_id = b.organization_id and f.phone = v_phone and p.voter_id is not null and p.merged_into is null limit 50);
  end if;
  if p_has_others and a->'home_until' <> 'null' then
    v_family := array(select o.voter_id from voter_record r join voter_record o on o.household_key = r.household_key
      where r.voter_id = t.voter_id and r.household_key is not null limit 9);
    -- A building without apartment numbers is no home.
    if cardinality(v_family) > 8 then v_family := '{}'; end if;
  end if;

  -- The phone rang: nobody of the organization rings the same voter or the same line again before the rest is over.
  with rested as (
    update phone_bank_target o set state = 'waiting', why = 'resting', next_at = greatest(o.next_at, v_retry_at), leased_to = null
      where o.organization_id = b.organization_id
        and o.voter_id = any(t.together || t.voter_id || v_line)
        and not (o.phone_bank_id = b.phone_bank_id and o.voter_id = t.voter_id)
        and (o.voter_id = t.voter_id or o.phones[1] = v_phone and not (a->>'reached')::boolean)
        and (o.state in ('ready', 'waiting') or o.state = 'leased' and o.leased_to = p_caller)
        and (o.why is null or o.why in ('resting', 'elsewhere', 'skipped', 'household'))
      returning o.voter_id, o.phone_bank_id)
  select array_agg(voter_id) into v_rested from rested where phone_bank_id = b.phone_bank_id;
  if v_rested is not null then
    v_effects := v_effects || jsonb_build_object('rested', to_jsonb(v_rested), 'rested_until', v_retry_at);
  end if;

  -- Somebody at this home was called: the others not before tomorrow, unless they are in the same conversation.
  v_home_until := (a->'home_until'->>t.time_zone)::timestamptz;
  if v_home_until is not null and (t.together is not null or cardinality(v_line) > 1 or v_family <> '{}') then
    with home as (
      update phone_bank_target o set why = 'household', next_at = v_home_until, state = case when o.state = 'leased' then 'leased' else 'waiting' end
        where o.organization_id = b.organization_id and o.voter_id = any(t.together || v_line || v_family) and o.voter_id <> t.voter_id
          and (o.state in ('ready', 'waiting') or o.state = 'leased' and o.leased_to = p_caller)
          and (o.why is null or o.why in ('resting', 'elsewhere', 'skipped', 'household')) and o.next_at < v_home_until
        returning o.voter_id, o.phone_bank_id)
    select array_agg(voter_id) into v_home from home where phone_bank_id = b.phone_bank_id;
    if v_home is not null then
      v_effects := v_effects || jsonb_build_object('home', to_jsonb(v_home), 'home_until', v_home_until);
    end if;
  end if;

  v_phones := case when a->>'number' in ('wrong', 'disconnected') then array_remove(t.phones, v_phone) else t.phones end;
  v_attempts := t.attempts + case when v_queue = 'next_number' and v_phones <> '{}' then 0 else 1 end;
  v_next_at := t.next_at;
  case v_queue
    when 'done' then v_state := 'finished'; v_why := a->>'disposition'; v_next_at := v_retry_at;
    when 'suppressed' then v_state := 'suppressed'; v_why := a->>'suppress';
    when 'call_back' then
      -- Within the hours of the voter's home; a time after the last evening is for the organizer.
      v_next_at := (a->'call_back_by_place'->>t.time_zone)::timestamptz;
      v_is_too_late := v_next_at is null;
      v_state := 'waiting'; v_why := 'call_back';
      if v_is_too_late then v_why := 'organizer'; v_next_at := (a->>'call_back_at')::timestamptz; end if;
      call_back_at := case when not v_is_too_late then v_next_at end;
      v_for := case when (a->>'is_call_back_mine')::boolean then p_caller end;
    when 'hand_on' then v_state := 'waiting'; v_why := 'handed_on'; v_next_at := p_now;
    when 'next_number' then
      if v_phones = '{}' then v_state := 'finished'; v_why := 'no_number';
      else v_state := 'waiting'; v_why := 'next_number'; v_next_at := p_now; v_for := p_caller; end if;
    else
      if v_attempts >= b.max_attempts then v_state := 'finished'; v_why := 'max_attempts'; v_next_at := v_retry_at;
      -- So often this result and no further, whatever else is left.
      -- By voter and nothing else (offset 0): a plan made while the table was empty would read the whole phone bank at every call.
      elsif (case when a->>'most' is null then false else (a->>'most')::integer <= (select count(*) + 1 from (
          select o.phone_bank_id, o.disposition, o.undone_at from contact_attempt o
            where o.voter_id = t.voter_id and o.organization_id = b.organization_id offset 0) o
          where o.phone_bank_id = b.phone_bank_id and o.disposition = a->>'disposition' and o.undone_at is null) end) then
        v_state := 'finished'; v_why := a->>'disposition'; v_next_at := v_retry_at;
      else v_state := 'waiting'; v_why := 'resting'; v_next_at := v_retry_at; end if;
  end case;
  -- The organizer has to look at something first.
  if v_state = 'waiting' and a->'follow_ups' @> '[{"kind": "organizer"}]' then v_why := 'organizer'; end if;

  if t.state = 'suppressed' and t.why <> 'not_in_universe' and v_queue <> 'suppressed'
    or was_lost and v_queue not in ('done', 'suppressed') and t.state <> 'ready' and not (t.state = 'waiting' and t.why in ('resting', 'elsewhere', 'skipped', 'household')) then
    -- Somebody else has them now, or they are done: the try counts, where they stand stays.
    update phone_bank_target set attempts = v_attempts, phones = v_phones
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = t.voter_id;
  else
    update phone_bank_target set attempts = v_attempts, phones = v_phones, state = v_state, why = v_why, next_at = v_next_at,
        call_back_for = v_for, not_for = null, leased_to = null, closed_as = null, last_attempt_id = v_attempt,
        language = case when v_queue = 'hand_on' then a->>'language' else language end,
        is_language_known = is_language_known or v_queue = 'hand_on'
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = t.voter_id;
    delete from call_lease where organization_id = b.organization_id and voter_id = t.voter_id and phone_bank_id = b.phone_bank_id;
  end if;
  if v_rested is not null then
    delete from call_lease where organization_id = b.organization_id and voter_id = any(v_rested) and caller_id = p_caller;
  end if;

  made := jsonb_build_object('a', a, 'caller_id', p_caller, 'effects', v_effects, 'was_lost', was_lost, 'call_back_at', note_call.call_back_at,
    'is_too_late', v_is_too_late);
end $$;

-- Results of a batch that are all of the usual kind (nobody there, or a conversation; the voter in the caller's hand), noted together:
-- the same as note_call one by one, in a tenth of the statements. The others are left for it.
create type noted_call as (n integer, caller_id uuid, a jsonb, attempt_id uuid, t phone_bank_target, phone text, is_reached boolean, number text,
  language text, retry_at timestamptz, home_until timestamptz, line integer[], family integer[], person_id uuid, learned jsonb);

create function note_calls(b phone_bank, p_turns jsonb, p_now timestamptz, p_has_others boolean) returns table (n integer, made jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  v_calls noted_call[];
  v_rested jsonb;
  v_home jsonb;
begin
  -- In the order of their voters, so that two batches do not wait for each other.
  select array_agg(row(s.n, s.caller_id, s.a, (s.a->>'attempt_id')::uuid, s.t, s.a->>'phone', (s.a->>'reached')::boolean, s.a->>'number',
      s.a->>'language', (s.a->>'retry_at')::timestamptz, null, null, null, null, '{}')::noted_call order by (s.t).voter_id) into v_calls
    from (
      select u.n, u.caller_id, u.a, t.target as t
        from (
          select (i.value->>'n')::integer as n, (i.value->>'caller_id')::uuid as caller_id, i.value->'record' as a,
              count(*) over (partition by i.value->>'caller_id') as of_caller, count(*) over (partition by i.value->'record'->>'voter_id') as of_voter,
              count(*) over (partition by i.value->'record'->>'attempt_id') as of_attempt
            from jsonb_array_elements(p_turns) i where i.value->'record' <> 'null'
            order by (i.value->'record'->>'voter_id')::integer) u
        cross join lateral (
          select g as target from phone_bank_target g
            where g.organization_id = b.organization_id and g.phone_bank_id = b.phone_bank_id and g.voter_id = (u.a->>'voter_id')::integer
            for update) t
        where u.of_caller = 1 and u.of_voter = 1 and u.of_attempt = 1
          and u.a->>'queue' in ('done', 'retry') and u.a->>'suppress' is null and u.a->>'number' in ('unchanged', 'good')
          and u.a->>'most' is null and u.a->'follow_ups' = '[]'
          and (t.target).state = 'leased' and (t.target).leased_to = u.caller_id and (t.target).why is distinct from 'talk'
          and exists (select from phone_bank_caller k where k.organization_id = b.organization_id and k.phone_bank_id = b.phone_bank_id
            and k.caller_id = u.caller_id and (k.removed_at is null or k.removed_at >= (u.a->>'attempted_at')::timestamptz))) s;
  if v_calls is null then return; end if;

  -- After the locks: what was sent twice at once is found here. And everybody at the numbers and the homes.
  select array_agg(row(c.n, c.caller_id, c.a, c.attempt_id, c.t, c.phone, c.is_reached, c.number, c.language, c.retry_at,
      (c.a->'home_until'->>(c.t).time_zone)::timestamptz,
      case when c.phone is null then '{}' else array(select f.voter_id from voter_phone f where f.phone = c.phone limit 50)
        || array(select p.voter_id from person_phone f join person p on p.organization_id = f.organization_id and p.person_id = f.person_id
          where f.organization_id = b.organization_id and f.phone = c.phone and p.voter_id is not null and p.merged_into is null limit 50) end,
      case when p_has_others and c.a->'home_until' <> 'null' then array(select o.voter_id from voter_record r join voter_record o on o.household_key = r.household_key
        where r.voter_id = (c.t).voter_id and r.household_key is not null limit 9) else '{}' end,
      (select p.person_id from person p where p.organization_id = b.organization_id and p.voter_id = (c.t).voter_id and p.merged_into is null),
      '{}')::noted_call order by (c.t).voter_id) into v_calls
    from unnest(v_calls) c
    where not exists (select from contact_attempt k where k.organization_id = b.organization_id and k.attempt_id = c.attempt_id);
  if v_calls is null then return; end if;

  -- What was learned: the person, the number that is good, the language spoken. As learn_from_contact.
  if exists (select from unnest(v_calls) c where c.number <> 'unchanged' or c.is_reached) then
    with new as (
      insert into person (organization_id, voter_id, matched_by, language, created_at, updated_at)
        select b.organization_id, (c.t).voter_id, 'contact', case when c.is_reached then c.language end, p_now, p_now
          from unnest(v_calls) c where c.person_id is null and (c.number <> 'unchanged' or c.is_reached)
        on conflict (organization_id, voter_id) where voter_id is not null and merged_into is null do nothing
        returning voter_id, person_id),
      told as (
        update person p set language = c.language, updated_at = p_now from unnest(v_calls) c
          where c.person_id is not null and c.is_reached and c.language is not null
            and p.organization_id = b.organization_id and p.person_id = c.person_id and p.language is null
          returning p.person_id)
    select array_agg(row(c.n, c.caller_id, c.a, c.attempt_id, c.t, c.phone, c.is_reached, c.number, c.language, c.retry_at, c.home_until, c.line, c.family,
        coalesce(c.person_id, new.person_id),
        case when c.language is not null and c.is_reached and (new.person_id is not null or told.person_id is not null)
          then jsonb_build_object('language', c.language, 'language_before', null) else '{}' end)::noted_call order by (c.t).voter_id) into v_calls
      from unnest(v_calls) c left join new on new.voter_id = (c.t).voter_id left join told on told.person_id = c.person_id
      -- Where somebody else made the person in this very moment, note_call finds them.
      where c.person_id is not null or new.person_id is not null or c.number = 'unchanged' and not c.is_reached;
    if v_calls is null then return; end if;
    with old as (
      select c.person_id, c.phone, c.number, (select f.quality from person_phone f
          where f.organization_id = b.organization_id and f.person_id = c.person_id and f.phone = c.phone) as quality
        from unnest(v_calls) c where c.phone is not null and c.number <> 'unchanged'),
      changed as (
        insert into person_phone (organization_id, person_id, phone, quality, source, added_at)
          select b.organization_id, o.person_id, o.phone, o.number, 'call', p_now from old o where o.quality is distinct from o.number
          on conflict (organization_id, person_id, phone) do update set quality = excluded.quality
          returning person_id)
    select array_agg(row(c.n, c.caller_id, c.a, c.attempt_id, c.t, c.phone, c.is_reached, c.number, c.language, c.retry_at, c.home_until, c.line, c.family,
        c.person_id, c.learned
          || case when c.number <> 'unchanged' or c.is_reached then jsonb_build_object('person_id', c.person_id) else '{}' end
          || case when changed.person_id is not null then jsonb_build_object('phone', c.phone, 'quality_before', old.quality, 'quality', c.number) else '{}' end)::noted_call
        order by (c.t).voter_id) into v_calls
      from unnest(v_calls) c left join old on old.person_id = c.person_id and c.phone is not null and c.number <> 'unchanged'
        left join changed on changed.person_id = old.person_id;
  end if;

  -- The phone rang: the voter, and where nobody answered the line, rests on every list.
  with other as (
    select distinct on (o.voter_id) o.voter_id, c.n, (c.t).voter_id as own, c.caller_id, c.phone, c.is_reached, c.retry_at
      from unnest(v_calls) c cross join lateral unnest((c.t).together || (c.t).voter_id || c.line) o (voter_id)
      order by o.voter_id, o.voter_id = (c.t).voter_id desc, c.retry_at desc),
    rested as (
      update phone_bank_target o set state = 'waiting', why = 'resting', next_at = greatest(o.next_at, other.retry_at), leased_to = null
        from other
        where o.organization_id = b.organization_id and o.voter_id = other.voter_id
          and not (o.phone_bank_id = b.phone_bank_id and o.voter_id = other.own)
          and (o.voter_id = other.own or o.phones[1] = other.phone and not other.is_reached)
          and (o.state in ('ready', 'waiting') or o.state = 'leased' and o.leased_to = other.caller_id)
          and (o.why is null or o.why in ('resting', 'elsewhere', 'skipped', 'household'))
        returning o.voter_id, o.phone_bank_id, other.n)
  select jsonb_object_agg(r.n::text, r.voters) into v_rested
    from (select n, jsonb_agg(voter_id) as voters from rested where phone_bank_id = b.phone_bank_id group by n) r;

  -- Somebody at this home was called: the others not before tomorrow, unless they are in the same conversation.
  if exists (select from unnest(v_calls) c where c.home_until is not null and ((c.t).together is not null or cardinality(c.line) > 1 or c.family <> '{}')) then
    with other as (
      select distinct on (o.voter_id) o.voter_id, c.n, c.caller_id, c.home_until
        from unnest(v_calls) c
        cross join lateral unnest((c.t).together || c.line || case when cardinality(c.family) > 8 then '{}' else c.family end) o (voter_id)
        where c.home_until is not null and o.voter_id <> (c.t).voter_id
        order by o.voter_id, c.home_until desc),
      home as (
        update phone_bank_target o set why = 'household', next_at = other.home_until, state = case when o.state = 'leased' then 'leased' else 'waiting' end
          from other
          where o.organization_id = b.organization_id and o.voter_id = other.voter_id
            and (o.state in ('ready', 'waiting') or o.state = 'leased' and o.leased_to = other.caller_id)
            and (o.why is null or o.why in ('resting', 'elsewhere', 'skipped', 'household')) and o.next_at < other.home_until
          returning o.voter_id, o.phone_bank_id, other.n)
    select jsonb_object_agg(r.n::text, r.voters) into v_home
      from (select n, jsonb_agg(voter_id) as voters from home where phone_bank_id = b.phone_bank_id group by n) r;
  end if;

  update phone_bank_target t set attempts = (c.t).attempts + 1, next_at = c.retry_at, call_back_for = null, not_for = null, leased_to = null,
      closed_as = null, last_attempt_id = c.attempt_id,
      state = case when c.a->>'queue' = 'done' or (c.t).attempts + 1 >= b.max_attempts then 'finished' else 'waiting' end,
      why = case when c.a->>'queue' = 'done' then c.a->>'disposition' when (c.t).attempts + 1 >= b.max_attempts then 'max_attempts' else 'resting' end
    from unnest(v_calls) c
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = (c.t).voter_id;
  delete from call_lease l using unnest(v_calls) c
    where l.organization_id = b.organization_id and l.voter_id = (c.t).voter_id and l.phone_bank_id = b.phone_bank_id;
  if v_rested is not null then
    delete from call_lease l using unnest(v_calls) c cross join lateral jsonb_array_elements_text(v_rested->c.n::text) r
      where l.organization_id = b.organization_id and l.voter_id = r.value::integer and l.caller_id = c.caller_id;
  end if;

  return query select c.n, jsonb_build_object('a', c.a, 'caller_id', c.caller_id, 'was_lost', false, 'call_back_at', null, 'is_too_late', false,
      'effects', c.learned || jsonb_build_object('target', jsonb_build_object('why', (c.t).why, 'next_at', (c.t).next_at, 'attempts', (c.t).attempts,
          'phones', to_jsonb((c.t).phones), 'call_back_for', (c.t).call_back_for, 'not_for', (c.t).not_for, 'language', (c.t).language,
          'is_language_known', (c.t).is_language_known, 'closed_as', (c.t).closed_as))
        || case when v_rested ? c.n::text then jsonb_build_object('rested', v_rested->c.n::text, 'rested_until', c.retry_at) else '{}' end
        || case when v_home ? c.n::text then jsonb_build_object('home', v_home->c.n::text, 'home_until', c.home_until) else '{}' end)
    from unnest(v_calls) c;
end $$;

-- As before; the usual results together first, what somebody did before a host took them out counts, cards whose number was
-- closed go out again.
create or replace function phone_bank_turns(p_organization uuid, p_phone_bank uuid, p_now timestamptz, p_is_in_season boolean, p_zones text[], p_end_leases boolean, p_turns jsonb)
returns table (n integer, door text, outcome text, problem text, was_lost boolean, new_in_hand integer[], withdrawn jsonb, leased_until timestamptz, wants_more boolean,
  is_at_limit boolean, call_back_at timestamptz) language plpgsql
-- Planning these statements again for each caller would take longer than running them.
set plan_cache_mode = force_generic_plan
-- Each is a few look-ups by key; plans made while the tables are empty must not come to read them whole.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  b phone_bank;
  c record;
  i jsonb;
  r record;
  v_hand integer[];
  v_holding integer[];
  v_changed integer[];
  v_wished integer[];
  v_lines integer;
  v_missing integer;
  v_first_end timestamptz;
  v_made jsonb[] := '{}';
  v_made_of integer[] := '{}';
  v_made_ids text[] := '{}';
  v_results jsonb[] := '{}'; -- of each item by n + 1, what became of its record
  v_pool integer[] := '{}';
  v_pool_for text[];
  v_has_others boolean;
  v_noted integer[] := '{}';
begin
  select * into b from phone_bank where organization_id = p_organization and phone_bank_id = p_phone_bank;
  if not found then return; end if;
  if p_end_leases then perform end_old_leases(p_organization, p_now); end if;

  v_has_others := exists (select from phone_bank o where o.organization_id = p_organization and o.phone_bank_id <> p_phone_bank and o.ended_at is null);

  -- All records first: they wait for rows others are busy with, which nobody may who has locked voters to hand out.
  for r in select * from note_calls(b, p_turns, p_now, v_has_others) loop
    v_results[r.n + 1] := '{"outcome": "recorded", "was_lost": false}';
    v_noted := v_noted || r.n;
    v_made := v_made || r.made;
    v_made_of := v_made_of || (r.made->'a'->>'voter_id')::integer;
    v_made_ids := v_made_ids || (r.made->'a'->>'attempt_id');
  end loop;
  for i in select value from jsonb_array_elements(p_turns) where value->'record' <> 'null' and not (value->>'n')::integer = any(v_noted) loop
    n := (i->>'n')::integer;
    if not exists (select from phone_bank_caller where organization_id = p_organization and phone_bank_id = p_phone_bank
        and caller_id = (i->>'caller_id')::uuid
          and (removed_at is null or removed_at >= (i->'record'->>'attempted_at')::timestamptz)) then
      v_results[n + 1] := '{"outcome": "refused", "problem": "closed", "was_lost": false}';
      continue;
    end if;
    -- The same result twice, the same voter twice: the second must find the first.
    if i->'record'->>'attempt_id' = any(v_made_ids) or (i->'record'->>'voter_id')::integer = any(v_made_of) then
      perform store_calls(b, v_made, p_now);
      v_made := '{}'; v_made_of := '{}'; v_made_ids := '{}';
    end if;
    select * into r from note_call(b, (i->>'caller_id')::uuid, i->'record', p_now, v_has_others);
    v_results[n + 1] := jsonb_build_object('outcome', r.outcome, 'problem', r.problem, 'was_lost', r.was_lost, 'call_back_at', r.call_back_at);
    if r.made is not null then
      v_made := v_made || r.made;
      v_made_of := v_made_of || (i->'record'->>'voter_id')::integer;
      v_made_ids := v_made_ids || (i->'record'->>'attempt_id');
    end if;
  end loop;
  if v_made <> '{}' then perform store_calls(b, v_made, p_now); end if;

  -- Those who speak the same languages follow one another, each in the order they came.
  for c in
    select t.value as item, k.caller_id, k.languages, k.removed_at, k.last_seen_at,
        row_number() over (partition by k.languages order by t.nth desc) as alike
      from jsonb_array_elements(p_turns) with ordinality t (value, nth)
      left join phone_bank_caller k on k.organization_id = p_organization and k.phone_bank_id = p_phone_bank and k.caller_id = (t.value->>'caller_id')::uuid
      order by k.languages, t.nth
  loop
    i := c.item;
    n := (i->>'n')::integer;
    new_in_hand := '{}'; withdrawn := '[]'; leased_until := null; wants_more := false;
    is_at_limit := false;
    door := case when c.caller_id is null or c.removed_at is not null then 'removed' when b.ended_at is not null then 'ended'
      when b.paused_at is not null then 'paused' when not p_is_in_season then 'over' else 'open' end;

    outcome := v_results[n + 1]->>'outcome'; problem := v_results[n + 1]->>'problem'; was_lost := (v_results[n + 1]->>'was_lost')::boolean;
    call_back_at := (v_results[n + 1]->>'call_back_at')::timestamptz;
    if door in ('removed', 'ended') then
      perform give_back_calls(p_organization, (i->>'caller_id')::uuid, null, null);
      withdrawn := coalesce((select jsonb_agg(jsonb_build_object('voter_id', value, 'why', 'lost')) from jsonb_array_elements(i->'holding')), '[]');
      return next; continue;
    end if;
    if c.last_seen_at < p_now - interval '20 seconds' then
      update phone_bank_caller set last_seen_at = p_now
        where organization_id = p_organization and phone_bank_id = p_phone_bank and caller_id = c.caller_id;
    end if;
    if jsonb_array_length(coalesce(i->'release', '[]')) > 0 then
      perform give_back_calls(p_organization, c.caller_id, array(select value::integer from jsonb_array_elements_text(i->'release')), (i->>'skip_until')::timestamptz);
    end if;

    v_holding := array(select value::integer from jsonb_array_elements_text(i->'holding'));
    select coalesce(array_agg(l.voter_id order by l.leased_at, l.line nulls last, l.voter_id), '{}'), count(l.line), min(l.leased_until) into v_hand, v_lines, v_first_end
      from call_lease l where l.organization_id = p_organization and l.caller_id = c.caller_id;
    v_wished := v_holding || array(select value::integer from jsonb_array_elements_text(coalesce(i->'take', '[]')));
    -- Ran out, but nobody else took them: theirs again, within the hours of their home. Somebody who comes to the phone is talked to.
    if not v_wished <@ v_hand then
      for r in select t.voter_id from phone_bank_target t where t.organization_id = p_organization and t.phone_bank_id = p_phone_bank
          and t.voter_id = any(v_wished) and not t.voter_id = any(v_hand)
          and (t.state = 'ready' or t.state = 'waiting' and t.next_at <= p_now and t.why <> 'organizer')
          and (t.time_zone = any(p_zones) or not t.voter_id = any(v_holding)) loop
        if door = 'open' and lease_call(b, c.caller_id, r.voter_id, p_now, false) then
          -- What the device still shows of them may be old.
          update call_lease set is_changed = true where organization_id = p_organization and voter_id = r.voter_id;
        end if;
      end loop;
    end if;
    if door = 'open' then
      -- People on a line already held are part of its conversation.
      v_missing := greatest((i->>'want')::integer - greatest(v_lines, least(cardinality(v_hand), 1)), 0);
      -- A caller's day is long enough: what is in hand may be finished, nothing new comes.
      if v_missing > 0 and b.most_per_caller is not null then
        is_at_limit := b.most_per_caller <= cardinality(v_hand) + (select count(*) from (select from contact_attempt a
          where a.caller_id = c.caller_id and a.organization_id = p_organization and a.recorded_at > p_now - interval '12 hours' and a.undone_at is null
          limit b.most_per_caller) made);
        if is_at_limit then v_missing := 0; wants_more := true; end if;
      end if;
      if v_missing > 0 and v_pool_for is distinct from c.languages then v_pool := '{}'; v_pool_for := c.languages; end if;
      while v_missing > 0 loop
        select p_pool, is_taken into r from take_call(b, c.caller_id, c.languages, p_zones, p_now, least(c.alike, 10)::integer, v_pool);
        v_pool := r.p_pool;
        if not r.is_taken then wants_more := true; exit; end if;
        v_missing := v_missing - 1;
      end loop;
    end if;
    if v_first_end < p_now + make_interval(secs => b.lease_minutes * 45) then
      update call_lease set leased_until = greatest(leased_until, p_now + make_interval(mins => b.lease_minutes))
        where organization_id = p_organization and caller_id = c.caller_id;
    end if;
    select coalesce(array_agg(l.voter_id order by l.leased_at, l.line nulls last, l.voter_id), '{}'), min(l.leased_until),
        coalesce(array_agg(l.voter_id) filter (where l.is_changed), '{}') into v_hand, leased_until, v_changed
      from call_lease l where l.organization_id = p_organization and l.caller_id = c.caller_id;
    new_in_hand := array(select each from unnest(v_hand) each where not each = any(v_holding) or each = any(v_changed));
    if not v_holding <@ v_hand then
      withdrawn := coalesce((select jsonb_agg(jsonb_build_object('voter_id', held, 'why',
          case when t.state in ('suppressed', 'finished') then t.state else 'lost' end))
        from unnest(v_holding) held
        left join phone_bank_target t on t.organization_id = p_organization and t.phone_bank_id = p_phone_bank and t.voter_id = held
        where not held = any(v_hand)), '[]');
    end if;
    return next;
  end loop;
end $$;

-- As before; a number closed since stays closed, who left the universe stays out.
create or replace function undo_call(p_organization uuid, p_attempt uuid, p_by text, p_now timestamptz) returns boolean language plpgsql as $$
declare
  a contact_attempt;
  e jsonb;
begin
  select * into a from contact_attempt where organization_id = p_organization and attempt_id = p_attempt for update;
  if not found or a.undone_at is not null then return false; end if;
  update contact_attempt set undone_at = p_now, undone_by = p_by where organization_id = p_organization and attempt_id = p_attempt;
  perform unlearn_from_contact(p_organization, a.effects, p_by, p_now);
  e := a.effects->'target';
  update phone_bank_target set
      attempts = greatest((e->>'attempts')::smallint, 0), why = case when state = 'suppressed' and why = 'not_in_universe' then why when e->>'why' = 'talk' and state <> 'leased' then e->>'closed_as' else e->>'why' end,
      closed_as = case when e->>'why' = 'talk' and state = 'leased' then e->>'closed_as' end, next_at = (e->>'next_at')::timestamptz,
      phones = open_numbers(p_organization, a.voter_id, array(select jsonb_array_elements_text(e->'phones'))), call_back_for = (e->>'call_back_for')::uuid, not_for = (e->>'not_for')::uuid,
      language = e->>'language', is_language_known = (e->>'is_language_known')::boolean,
      state = case when state = 'leased' then 'leased' when state = 'suppressed' and why = 'not_in_universe' then state
        when e->>'why' = 'talk' then 'finished' when e->>'why' is null then 'ready' else 'waiting' end,
      last_attempt_id = null
    where organization_id = p_organization and phone_bank_id = a.phone_bank_id and voter_id = a.voter_id and last_attempt_id = p_attempt;
  if not found then
    update phone_bank_target set attempts = greatest(attempts - 1, 0)
      where organization_id = p_organization and phone_bank_id = a.phone_bank_id and voter_id = a.voter_id;
  end if;
  update phone_bank_target set state = case when attempts = 0 then 'ready' else 'waiting' end, why = case when attempts > 0 then 'resting' end, next_at = '-infinity'
    where organization_id = p_organization and phone_bank_id = a.phone_bank_id and state = 'waiting' and why = 'resting'
      and voter_id in (select value::integer from jsonb_array_elements_text(coalesce(a.effects->'rested', '[]')))
      and next_at = (a.effects->>'rested_until')::timestamptz;
  update phone_bank_target set why = case when attempts > 0 then 'resting' end, next_at = '-infinity',
      state = case when state = 'leased' then 'leased' when attempts = 0 then 'ready' else 'waiting' end
    where organization_id = p_organization and phone_bank_id = a.phone_bank_id and state in ('waiting', 'leased') and why = 'household'
      and voter_id in (select value::integer from jsonb_array_elements_text(coalesce(a.effects->'home', '[]')))
      and next_at = (a.effects->>'home_until')::timestamptz;
  delete from follow_up where organization_id = p_organization and attempt_id = p_attempt and solved_at is null;
  return true;
end $$;

-- Somebody comes to the phone who was not handed out: another person at the home in this caller's hand, or a voter who calls back.
-- They are talked to though they rest, answered or had all their tries; not if they are closed or in another hand. Where the talk
-- comes to nothing they are as they were.
alter table phone_bank_target add column closed_as text;        -- why 'talk': how they were finished before
drop function open_for_talk(phone_bank, integer, timestamptz);
create function take_for_talk(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if not found or b.ended_at is not null or b.paused_at is not null or t.phones = '{}' or t.state = 'waiting' and t.why = 'organizer' then return false; end if;
  if t.state = 'finished' then
    update phone_bank_target set state = 'waiting', why = 'talk', closed_as = t.why, next_at = greatest(next_at, p_now)
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
  elsif t.state not in ('ready', 'waiting') then
    return false;
  end if;
  if lease_call(b, p_caller, p_voter, p_now, true) then return true; end if;
  update phone_bank_target set state = 'finished', why = closed_as, closed_as = null, next_at = t.next_at
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter and state = 'waiting' and why = 'talk';
  return false;
end $$;

-- As before, also those who were only talked to.
create or replace function give_back_calls(p_organization uuid, p_caller uuid, p_voters integer[], p_skipped_until timestamptz) returns void language plpgsql as $$
begin
  delete from call_lease where organization_id = p_organization and caller_id = p_caller and (p_voters is null or voter_id = any(p_voters));
  update phone_bank_target
    set leased_to = null, closed_as = null,
        state = case when why = 'talk' then 'finished' when why is null and p_skipped_until is null then 'ready' else 'waiting' end,
        why = case when why = 'talk' then closed_as when p_skipped_until is not null and (why is null or why in ('resting', 'elsewhere', 'skipped')) then 'skipped' else why end,
        next_at = case when p_skipped_until is not null then greatest(next_at, p_skipped_until) else next_at end,
        call_back_for = case when p_skipped_until is not null then null else call_back_for end,
        not_for = case when p_skipped_until is not null then p_caller else not_for end
    where organization_id = p_organization and leased_to = p_caller and state = 'leased' and (p_voters is null or voter_id = any(p_voters));
end $$;
create or replace function end_old_leases(p_organization uuid, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_ended integer;
begin
  with old as (
    delete from call_lease where organization_id = p_organization and voter_id in (
      select voter_id from call_lease where organization_id = p_organization and leased_until < p_now for update skip locked)
      returning voter_id, phone_bank_id, caller_id)
  update phone_bank_target t set leased_to = null, closed_as = null,
      state = case when t.why = 'talk' then 'finished' when t.why is null then 'ready' else 'waiting' end,
      why = case when t.why = 'talk' then t.closed_as else t.why end
    from old where t.organization_id = p_organization and t.phone_bank_id = old.phone_bank_id and t.voter_id = old.voter_id
      and t.state = 'leased' and t.leased_to = old.caller_id;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;

-- As before; whoever left the universe is let go after tries too. A promised call is kept.
create or replace function withdraw_targets(b phone_bank, p_voters integer[]) returns integer language plpgsql as $$
declare
  v_withdrawn integer;
begin
  update phone_bank_target set state = case when attempts = 0 then 'ready' else 'waiting' end, why = case when attempts > 0 then 'resting' end
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state = 'suppressed' and why = 'not_in_universe'
      and voter_id in (select unnest(p_voters));
  update phone_bank_target t set state = 'suppressed', why = 'not_in_universe', on_paper_at = null, call_back_for = null
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id
      and (state = 'ready' or state = 'waiting' and why <> 'call_back')
      and not exists (select from unnest(p_voters) v (voter_id) where v.voter_id = t.voter_id);
  get diagnostics v_withdrawn = row_count;
  return v_withdrawn;
end $$;

-- As before, with what closed_to_calls knows, for thousands at once.
create or replace function add_targets(b phone_bank, p_voters integer[], p_from integer, p_state_zones jsonb, p_county_zones jsonb) returns integer language plpgsql as $$
declare
  v_added integer;
begin
  insert into phone_bank_target (organization_id, phone_bank_id, voter_id, position, time_zone, language, is_language_known, phones, state, why)
    select b.organization_id, b.phone_bank_id, r.voter_id, p_from + v.nth::integer,
      coalesce(p_county_zones->r.state->>r.county, p_state_zones->>r.state, 'America/New_York'),
      case when p.language is not null then p.language when guess.language = any(b.languages) then guess.language else 'und' end,
      p.language is not null, numbers.phones,
      case when gone.reason is not null then 'suppressed' when numbers.phones = '{}' then 'finished' else 'ready' end,
      case when gone.reason is not null then gone.reason when numbers.phones = '{}' then 'no_number' end
    from unnest(p_voters) with ordinality v (voter_id, nth)
    join voter_record r on r.voter_id = v.voter_id
    left join person p on p.organization_id = b.organization_id and p.voter_id = r.voter_id and p.merged_into is null
    cross join lateral (select case when r.p_korean >= 50 then 'ko' when r.p_chinese >= 50 then 'zh' when r.p_vietnamese >= 50 then 'vi'
      when r.p_filipino >= 50 then 'tl' when r.p_japanese >= 50 then 'ja' end as language) guess
    cross join lateral (
      select coalesce(array_agg(phone order by rank desc, phone), '{}') as phones from (
        select phone, max(rank) as rank from (
          select phone, quality::integer as rank from voter_phone where voter_id = r.voter_id
          union all
          select phone, case when is_preferred then 300 when quality = 'good' then 200 when quality = 'unknown' then 101 else -1 end from person_phone
            where organization_id = b.organization_id and person_id = p.person_id) known
        group by phone having min(rank) >= 0) usable
      where not exists (select from suppression s where s.organization_id = b.organization_id and s.phone = usable.phone
        and (s.voter_id is null or s.voter_id = r.voter_id) and s.taken_back_at is null)) numbers
    left join lateral (
      select case when r.gone_in is not null or r.status not in ('active', 'inactive', 'military', 'federal', 'overseas') then 'not_contactable'
        when p.deceased_at is not null then 'deceased'
        else coalesce(
          (select s.reason from suppression s where s.organization_id = b.organization_id and s.phone is null and s.taken_back_at is null
            and s.voter_id = r.voter_id order by s.marked_at desc limit 1),
          case when p.person_id is not null then (select s.reason from suppression s where s.organization_id = b.organization_id and s.phone is null
            and s.taken_back_at is null and s.person_id = p.person_id order by s.marked_at desc limit 1) end,
          case when p.person_id is not null then (select case when not k.is_given then 'do_not_call' end from consent k where k.organization_id = b.organization_id
            and k.person_id = p.person_id and k.channel = 'phone' order by k.recorded_at desc, k.consent_id desc limit 1) end) end as reason) gone on true
    on conflict do nothing;
  get diagnostics v_added = row_count;
  return v_added;
end $$;
