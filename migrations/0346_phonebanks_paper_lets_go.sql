-- Whoever waits for somebody on a printed sheet waits no longer than that one is on it: typed in, given back, called back, closed or
-- withdrawn, the others are as they were before, unless the rest of the call, another sheet or a housemate still on this one holds them.

-- How a voter stood before a sheet held them or theirs; null: none does.
alter table phone_bank_target add column why_before text, add column next_before timestamptz;

-- Puts the next voters who speak these languages, those never called first and homes together, on this sheet for a day. Answers who, in order.
create or replace function put_on_paper(b phone_bank, p_sheet uuid, p_count integer, p_languages text[], p_now timestamptz) returns integer[] language plpgsql as $$
declare
  v_until timestamptz := p_now + interval '24 hours';
  v_languages text[] := case when (case when 'en' = any(b.languages) then 'en' else b.languages[1] end) = any(p_languages)
    then p_languages || 'und'::text else p_languages end;
  v_chosen integer[] := '{}';
  v_lines text[] := '{}';
  v_others integer[] := '{}';
  v_home integer[];
  v_line text;
  r record;
begin
  for r in
    with first as (
      select t.voter_id, t.together, row_number() over (order by t.is_again, t.position) as nth from (
        select t.voter_id, t.together, t.position, t.is_again
          from unnest(b.zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
          cross join lateral (
            (select t.voter_id, t.together, t.position, false as is_again from phone_bank_target t
              where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
                and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                and paper_may_have(b, t.voter_id, t.phones[1])
              order by t.position limit p_count)
            union all
            (select t.voter_id, t.together, t.position, true from phone_bank_target t
              where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'waiting'
                and t.why in ('resting', 'elsewhere', 'skipped', 'household') and t.next_at <= p_now
                and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                and paper_may_have(b, t.voter_id, t.phones[1])
              order by t.next_at limit p_count)) t
          order by t.is_again, t.position limit p_count) t)
    select m.voter_id, min(f.nth) as nth from first f cross join lateral unnest(f.together || f.voter_id) m (voter_id)
      group by m.voter_id order by min(f.nth), m.voter_id
  loop
    exit when cardinality(v_chosen) >= p_count;
    -- Whoever is busy with them has them.
    select t.phones[1] into v_line from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = r.voter_id
        and t.phones <> '{}' and t.attempts < b.max_attempts and t.language = any(v_languages)
        and (t.state = 'ready' or t.state = 'waiting' and t.why in ('resting', 'elsewhere', 'skipped', 'household') and t.next_at <= p_now)
        and pg_try_advisory_xact_lock(hashtext(b.organization_id::text), least(t.voter_id, t.together[1]))
      for update skip locked;
    continue when not found or closed_to_calls(b.organization_id, r.voter_id) is not null;
    insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until, is_on_paper)
      values (b.organization_id, r.voter_id, b.phone_bank_id, p_sheet, case when v_line = any(v_lines) then null else v_line end, p_now, v_until, true)
      on conflict do nothing;
    continue when not found;
    v_chosen := v_chosen || r.voter_id;
    if not v_line = any(v_lines) then
      v_lines := v_lines || v_line;
      v_others := v_others || voters_at_number(b.organization_id, v_line);
    end if;
    if b.is_household_once_a_day then
      v_home := voters_at_home(b.organization_id, r.voter_id, 9);
      -- A building without apartment numbers is no home.
      if cardinality(v_home) <= 8 then v_others := v_others || v_home; end if;
    end if;
  end loop;
  update phone_bank_target t set state = 'waiting', why = 'elsewhere', on_paper_at = p_now, next_at = v_until, not_for = null,
      why_before = t.why, next_before = t.next_at
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_chosen);
  -- The same people on other lists, their lines and homes: not before the sheet is over. Who is in a hand stays there.
  update phone_bank_target t set state = 'waiting', why = 'elsewhere', next_at = v_until,
      -- Of one who waits for another sheet already: as before that.
      why_before = case when t.why = 'elsewhere' and t.next_before is not null and t.next_at > p_now then t.why_before else t.why end,
      next_before = case when t.why = 'elsewhere' and t.next_before is not null and t.next_at > p_now then t.next_before else t.next_at end
    from (select o.phone_bank_id, o.voter_id from phone_bank_target o
      where o.organization_id = b.organization_id and o.voter_id = any(v_chosen || v_others)
        and not (o.phone_bank_id = b.phone_bank_id and o.voter_id = any(v_chosen))
        and (o.state = 'ready' or o.state = 'waiting' and o.why in ('resting', 'elsewhere', 'skipped', 'household') and o.next_at < v_until)
      for update skip locked) o
    where t.organization_id = b.organization_id and t.phone_bank_id = o.phone_bank_id and t.voter_id = o.voter_id;
  return v_chosen;
end $$;

-- As before; with everybody who waited for that line.
create or replace function lease_of_paper_ends() returns trigger language plpgsql as $$
declare
  v_home integer[] := voters_at_home(old.organization_id, old.voter_id, 9);
  v_line integer[] := voters_at_number(old.organization_id, coalesce(old.line, (select l.phone from phone_bank_sheet_line l
    where l.organization_id = old.organization_id and l.sheet_id = old.caller_id and l.voter_id = old.voter_id limit 1)));
  v_of_home integer[];
  v_until timestamptz;
  o phone_bank_target;
begin
  update phone_bank_target set on_paper_at = null
    where organization_id = old.organization_id and phone_bank_id = old.phone_bank_id and voter_id = old.voter_id
      and state = 'waiting' and why = 'elsewhere' and on_paper_at is not null;
  for o in select * from phone_bank_target
      where organization_id = old.organization_id and voter_id = any(v_home || v_line || old.voter_id)
        and state = 'waiting' and why = 'elsewhere' and next_at = old.leased_until and on_paper_at is null
      order by voter_id, phone_bank_id for update skip locked loop
    v_of_home := voters_at_home(o.organization_id, o.voter_id, 9);
    v_until := (select max(l.leased_until) from call_lease l join phone_bank b using (organization_id, phone_bank_id)
      where l.organization_id = o.organization_id and l.is_on_paper
        and (l.voter_id = o.voter_id or l.line = any(o.phones)
          or l.voter_id = any(v_of_home) and b.is_household_once_a_day and cardinality(v_of_home) <= 8));
    update phone_bank_target set
        state = case when v_until is null and o.next_before is not null and o.why_before is null
            or v_until is null and o.next_before is null and attempts = 0 then 'ready' else 'waiting' end,
        why = case when v_until is not null then 'elsewhere' when o.next_before is not null then o.why_before when attempts > 0 then 'resting' end,
        next_at = coalesce(v_until, o.next_before, old.leased_at),
        why_before = case when v_until is not null then o.why_before end,
        next_before = case when v_until is not null then o.next_before end
      where organization_id = o.organization_id and phone_bank_id = o.phone_bank_id and voter_id = o.voter_id;
  end loop;
  return null;
end $$;

-- Whoever has no result of this sheet is the screens' again, with everybody who waited for it. Answers how many of its lines.
create or replace function give_back_sheet(p_organization uuid, p_sheet uuid, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_back integer;
begin
  with back as (
    delete from call_lease where organization_id = p_organization and caller_id = p_sheet and is_on_paper returning leased_until)
  select count(*) filter (where leased_until > p_now) into v_back from back;
  return v_back;
end $$;

-- As before; the call of a sheet ends what the sheet holds.
create or replace function note_call(b phone_bank, p_caller uuid, a jsonb, p_now timestamptz, p_has_others boolean, out outcome text, out problem text, out was_lost boolean, out call_back_at timestamptz, out made jsonb)
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
  -- Called from a sheet: what it holds ends before anybody rests by this result, and they are taken back as one who may be called.
  if t.on_paper_at is not null then
    delete from call_lease where organization_id = b.organization_id and voter_id = t.voter_id and phone_bank_id = b.phone_bank_id and is_on_paper;
    select * into t from phone_bank_target
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = t.voter_id;
  end if;
  was_lost := not (t.state = 'leased' and t.leased_to = p_caller);
  v_effects := learn_from_contact(b.organization_id, a, p_now);
  v_effects := v_effects || jsonb_build_object('target', jsonb_build_object('why', case when t.state in ('leased', 'waiting') then t.why end, 'next_at', t.next_at,
    'attempts', t.attempts, 'phones', to_jsonb(t.phones), 'call_back_for', t.call_back_for, 'not_for', t.not_for,
    'language', t.language, 'is_language_known', t.is_language_known, 'closed_as', t.closed_as));

  -- Everybody at this number, on whatever list; and the home, where other phone banks have lists of their own.
  if v_phone is not null then
    v_line := voters_at_number(b.organization_id, v_phone);
  end if;
  if p_has_others and a->'home_until' <> 'null' then
    v_family := voters_at_home(b.organization_id, t.voter_id, 9);
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
      -- So often this result in a round and no further, whatever else is left.
      -- By voter and nothing else (offset 0): a plan made while the table was empty would read the whole phone bank at every call.
      elsif (case when a->>'most' is null then false else (a->>'most')::integer <= (select count(*) + 1 from (
          select o.phone_bank_id, o.disposition, o.undone_at, o.attempted_at from contact_attempt o
            where o.voter_id = t.voter_id and o.organization_id = b.organization_id offset 0) o
          where o.phone_bank_id = b.phone_bank_id and o.disposition = a->>'disposition' and o.undone_at is null
            and o.attempted_at >= round_began(b)) end) then
        v_state := 'finished'; v_why := a->>'disposition'; v_next_at := v_retry_at;
      else v_state := 'waiting'; v_why := 'resting'; v_next_at := v_retry_at; end if;
  end case;
  -- The organizer has to look at something first, also after the last try: they decide whether there is another.
  if (v_state = 'waiting' or v_state = 'finished' and v_queue not in ('done', 'suppressed') and v_phones <> '{}') and a->'follow_ups' @> '[{"kind": "organizer"}]' then v_state := 'waiting'; v_why := 'organizer'; end if;

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
