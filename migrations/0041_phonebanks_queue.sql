-- The queue of the phone banks. One call of phone_bank_turns answers a batch of callers in one transaction: results are
-- recorded, then each gets the next voter. The database decides, whatever the number of web processes.

-- A suppression acts at once on every phone bank of the organization, also on voters already handed out.
create function suppression_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  v_voters integer[];
begin
  if new.voter_id is not null then v_voters := array[new.voter_id];
  elsif new.person_id is not null then
    select array_agg(voter_id) into v_voters from person where organization_id = new.organization_id and person_id = new.person_id and voter_id is not null;
  else
    select array_agg(distinct voter_id) into v_voters from (
      select voter_id from voter_phone where phone = new.phone
      union all
      select p.voter_id from person_phone f join person p using (organization_id, person_id)
        where f.organization_id = new.organization_id and f.phone = new.phone and p.voter_id is not null) those;
  end if;
  if v_voters is null then return null; end if;

  if new.taken_back_at is null then
    if new.phone is null then
      update phone_bank_target set state = 'suppressed', why = new.reason, leased_to = null
        where organization_id = new.organization_id and voter_id = any(v_voters) and state <> 'finished';
      delete from call_lease where organization_id = new.organization_id and voter_id = any(v_voters);
    else
      update phone_bank_target set phones = array_remove(phones, new.phone)
        where organization_id = new.organization_id and voter_id = any(v_voters) and new.phone = any(phones);
      with out as (
        update phone_bank_target set state = 'finished', why = 'no_number', leased_to = null
          where organization_id = new.organization_id and voter_id = any(v_voters) and phones = '{}' and state in ('ready', 'waiting', 'leased')
          returning voter_id, phone_bank_id)
      delete from call_lease l using out where l.organization_id = new.organization_id and l.voter_id = out.voter_id and l.phone_bank_id = out.phone_bank_id;
    end if;
  elsif new.phone is null then
    update phone_bank_target t set state = case when attempts = 0 then 'ready' else 'waiting' end, why = case when attempts > 0 then 'resting' end,
        next_at = greatest(next_at, new.taken_back_at)
      where organization_id = new.organization_id and voter_id = any(v_voters) and state = 'suppressed'
        and not exists (select from suppression s where s.organization_id = t.organization_id and s.voter_id = t.voter_id
          and s.phone is null and s.taken_back_at is null);
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
create trigger acts_on_phone_banks after insert or update of taken_back_at on suppression
  for each row execute function suppression_acts_on_phone_banks();

-- Gives leased voters back to where they came from.
create function give_back_calls(p_organization uuid, p_caller uuid, p_voters integer[], p_skipped_until timestamptz) returns void language plpgsql as $$
begin
  delete from call_lease where organization_id = p_organization and caller_id = p_caller and (p_voters is null or voter_id = any(p_voters));
  update phone_bank_target
    set leased_to = null,
        state = case when why is null and p_skipped_until is null then 'ready' else 'waiting' end,
        why = case when p_skipped_until is not null and (why is null or why in ('resting', 'elsewhere', 'skipped')) then 'skipped' else why end,
        next_at = case when p_skipped_until is not null then greatest(next_at, p_skipped_until) else next_at end,
        call_back_for = case when p_skipped_until is not null then null else call_back_for end,
        not_for = case when p_skipped_until is not null then p_caller else not_for end
    where organization_id = p_organization and leased_to = p_caller and state = 'leased' and (p_voters is null or voter_id = any(p_voters));
end $$;
-- Only leased rows have a value: finding a caller's own is then one probe.
create index phone_bank_target_leased on phone_bank_target (organization_id, leased_to) where leased_to is not null;

-- Leases that ran out. The caller who comes back before anybody else took the voter gets them again.
create function end_old_leases(p_organization uuid, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_ended integer;
begin
  with old as (
    delete from call_lease where organization_id = p_organization and voter_id in (
      select voter_id from call_lease where organization_id = p_organization and leased_until < p_now for update skip locked)
      returning voter_id, phone_bank_id, caller_id)
  update phone_bank_target t set leased_to = null, state = case when t.why is null then 'ready' else 'waiting' end
    from old where t.organization_id = p_organization and t.phone_bank_id = old.phone_bank_id and t.voter_id = old.voter_id
      and t.state = 'leased' and t.leased_to = old.caller_id;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;

-- Leases one voter, with household and line, to a caller. False where somebody else has them or their line.
create function lease_call(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
  m phone_bank_target;
  v_until timestamptz := p_now + make_interval(mins => b.lease_minutes);
  v_other record;
  v_is_leased boolean;
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if t.state not in ('ready', 'waiting') then return false; end if; -- taken while we waited for the row
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

  if t.together is not null then
    for m in
      select * from phone_bank_target
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = any(t.together)
          and (state = 'ready' or state = 'waiting' and next_at <= p_now) and attempts < b.max_attempts and phones <> '{}'
        order by voter_id for update skip locked
    loop
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        values (b.organization_id, m.voter_id, b.phone_bank_id, p_caller, case when m.phones[1] = t.phones[1] then null else m.phones[1] end, p_now, v_until)
        on conflict do nothing;
      if found then
        update phone_bank_target set state = 'leased', leased_to = p_caller
          where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = m.voter_id;
      end if;
    end loop;
  end if;
  return true;
end $$;

-- Finds and leases the next voter for a caller: promised calls first, then the first pass, then those rested, then likely
-- speakers of other languages. False where there is nobody. A family another transaction is busy with is passed over like a
-- locked row: waiting for it at its line would hold up the whole batch.
create function take_call(b phone_bank, p_caller uuid, p_languages text[], p_zones text[], p_now timestamptz) returns boolean language plpgsql as $$
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
        and (t.call_back_for is null or t.call_back_for = p_caller or t.next_at <= p_now - interval '15 minutes')
        and (not t.is_language_known or t.language = any(v_languages))
        and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
      order by t.next_at limit 1 for update skip locked;
    if v_voter is null then
      select f.voter_id, f.attempts into v_voter, v_attempts
        from unnest(p_zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
        cross join lateral (
          select t.voter_id, t.position, t.attempts from phone_bank_target t
            where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
              and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
              and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
            order by t.position limit 1 for update skip locked) f
        order by f.position limit 1;
    end if;
    if v_voter is null then
      select f.voter_id, f.attempts into v_voter, v_attempts
        from unnest(p_zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
        cross join lateral (
          select t.voter_id, t.next_at, t.attempts from phone_bank_target t
            where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'waiting'
              and t.why in ('resting', 'elsewhere', 'skipped') and t.time_zone = zone and t.language = spoken
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
    if v_voter is null then return false; end if;

    if v_attempts >= b.max_attempts and v_why is distinct from 'call_back' then
      update phone_bank_target set state = 'finished', why = 'max_attempts'
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = v_voter;
    elsif not exists (select from voter_record r where r.voter_id = v_voter and r.gone_in is null
        and r.status in ('active', 'inactive', 'military', 'federal', 'overseas')) then
      update phone_bank_target set state = 'suppressed', why = 'not_contactable'
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = v_voter;
    elsif lease_call(b, p_caller, v_voter, p_now) then
      return true;
    end if;
    v_voter := null;
    v_why := null;
  end loop;
  return false;
end $$;

-- One result. `a` holds the attempt and the rule of its disposition (contacts/schema.ts), made by phonebanks/turns.ts.
create function record_call(b phone_bank, p_caller uuid, a jsonb, p_now timestamptz, out outcome text, out problem text, out was_lost boolean) language plpgsql as $$
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
    'language', t.language, 'is_language_known', t.is_language_known));

  -- The phone rang: nobody of the organization rings the same voter or the same line again before the rest is over.
  with rested as (
    update phone_bank_target o set state = 'waiting', why = 'resting', next_at = greatest(o.next_at, v_retry_at), leased_to = null
      where o.organization_id = b.organization_id
        and o.voter_id = any(t.together || t.voter_id)
        and not (o.phone_bank_id = b.phone_bank_id and o.voter_id = t.voter_id)
        and (o.voter_id = t.voter_id or o.phones[1] = v_phone and not (a->>'reached')::boolean)
        and (o.state in ('ready', 'waiting') or o.state = 'leased' and o.leased_to = p_caller)
        and (o.why is null or o.why in ('resting', 'elsewhere', 'skipped'))
      returning o.voter_id, o.phone_bank_id)
  select array_agg(voter_id) into v_rested from rested where phone_bank_id = b.phone_bank_id;
  if v_rested is not null then
    v_effects := v_effects || jsonb_build_object('rested', to_jsonb(v_rested), 'rested_until', v_retry_at);
  end if;

  v_phones := case when a->>'number' in ('wrong', 'disconnected') then array_remove(t.phones, v_phone) else t.phones end;
  v_attempts := t.attempts + case when v_queue = 'next_number' and v_phones <> '{}' then 0 else 1 end;
  v_next_at := t.next_at;
  case v_queue
    when 'done' then v_state := 'finished'; v_why := a->>'disposition';
    when 'suppressed' then v_state := 'suppressed'; v_why := a->>'suppress';
    when 'call_back' then
      v_state := 'waiting'; v_why := 'call_back'; v_next_at := (a->>'call_back_at')::timestamptz;
      v_for := case when (a->>'is_call_back_mine')::boolean then p_caller end;
    when 'hand_on' then v_state := 'waiting'; v_why := 'handed_on'; v_next_at := p_now;
    when 'next_number' then
      if v_phones = '{}' then v_state := 'finished'; v_why := 'no_number';
      else v_state := 'waiting'; v_why := 'next_number'; v_next_at := p_now; v_for := p_caller; end if;
    else
      if v_attempts >= b.max_attempts then v_state := 'finished'; v_why := 'max_attempts';
      else v_state := 'waiting'; v_why := 'resting'; v_next_at := v_retry_at; end if;
  end case;

  if was_lost and v_queue not in ('done', 'suppressed') and t.state <> 'ready' and not (t.state = 'waiting' and t.why in ('resting', 'elsewhere', 'skipped')) then
    -- Somebody else has them now, or they are done: the try counts, where they stand stays.
    update phone_bank_target set attempts = v_attempts, phones = v_phones
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = t.voter_id;
  else
    update phone_bank_target set attempts = v_attempts, phones = v_phones, state = v_state, why = v_why, next_at = v_next_at,
        call_back_for = v_for, not_for = null, leased_to = null, last_attempt_id = v_attempt,
        language = case when v_queue = 'hand_on' then a->>'language' else language end,
        is_language_known = is_language_known or v_queue = 'hand_on'
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = t.voter_id;
    delete from call_lease where organization_id = b.organization_id and voter_id = t.voter_id and phone_bank_id = b.phone_bank_id;
    if found and t.together is not null then
      -- The line stays closed to others while its other people are in this caller's hand.
      update call_lease set line = t.phones[1] where organization_id = b.organization_id and caller_id = p_caller and voter_id = (
        select l.voter_id from call_lease l where l.organization_id = b.organization_id and l.caller_id = p_caller
          and l.voter_id = any(t.together) and l.line is null order by l.voter_id limit 1)
        and not exists (select from call_lease o where o.organization_id = b.organization_id and o.line = t.phones[1]);
    end if;
  end if;
  if v_rested is not null then
    delete from call_lease where organization_id = b.organization_id and voter_id = any(v_rested) and caller_id = p_caller;
  end if;

  insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, phone, language, phone_bank_id,
      caller_id, made_by, started_at, attempted_at, recorded_at, call_back_at, spoke_with, note, script_id, script_version, was_lost, effects)
    values (b.organization_id, v_attempt, t.voter_id, (v_effects->>'person_id')::uuid, 'phone', a->>'disposition', (a->>'reached')::boolean, v_phone, a->>'language', b.phone_bank_id,
      p_caller, a->>'made_by', (a->>'started_at')::timestamptz, (a->>'attempted_at')::timestamptz, p_now, (a->>'call_back_at')::timestamptz,
      a->>'spoke_with', nullif(a->>'note', ''), b.script_id, (a->>'script_version')::integer, was_lost, v_effects);
  if a->'answers' <> '{}' then
    insert into contact_answer (organization_id, attempt_id, question, value)
      select b.organization_id, v_attempt, key, value from jsonb_each(a->'answers');
  end if;
end $$;

-- A batch of callers. Each item: {n, caller_id, record, release, skip_until, holding, take, want}; `take`: these, if free. One row for each, in order.
create function phone_bank_turns(p_organization uuid, p_phone_bank uuid, p_now timestamptz, p_is_in_season boolean, p_zones text[], p_end_leases boolean, p_turns jsonb)
returns table (n integer, door text, outcome text, problem text, was_lost boolean, new_in_hand integer[], withdrawn jsonb, leased_until timestamptz, wants_more boolean) language plpgsql
-- Planning these statements again for each caller would take longer than running them.
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  b phone_bank;
  c record;
  i jsonb;
  r record;
  v_hand integer[];
  v_holding integer[];
  v_wished integer[];
  v_lines integer;
  v_missing integer;
  v_first_end timestamptz;
begin
  select * into b from phone_bank where organization_id = p_organization and phone_bank_id = p_phone_bank;
  if not found then return; end if;
  if p_end_leases then perform end_old_leases(p_organization, p_now); end if;

  for i in select value from jsonb_array_elements(p_turns) loop
    n := (i->>'n')::integer;
    outcome := null; problem := null; was_lost := null; new_in_hand := '{}'; withdrawn := '[]'; leased_until := null; wants_more := false;
    select caller_id, languages, removed_at, last_seen_at into c from phone_bank_caller
      where organization_id = p_organization and phone_bank_id = p_phone_bank and caller_id = (i->>'caller_id')::uuid;
    door := case when not found or c.removed_at is not null then 'removed' when b.ended_at is not null then 'ended'
      when b.paused_at is not null then 'paused' when not p_is_in_season then 'over' else 'open' end;

    if i->'record' is not null and i->'record' <> 'null' then
      if door = 'removed' then outcome := 'refused'; problem := 'closed'; was_lost := false;
      else
        select * into r from record_call(b, c.caller_id, i->'record', p_now);
        outcome := r.outcome; problem := r.problem; was_lost := r.was_lost;
      end if;
    end if;
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
    -- Ran out, but nobody else took them: theirs again.
    if not v_wished <@ v_hand then
      for r in select t.voter_id from phone_bank_target t where t.organization_id = p_organization and t.phone_bank_id = p_phone_bank
          and t.voter_id = any(v_wished) and not t.voter_id = any(v_hand)
          and (t.state = 'ready' or t.state = 'waiting' and t.next_at <= p_now) loop
        if door = 'open' then perform lease_call(b, c.caller_id, r.voter_id, p_now); end if;
      end loop;
    end if;
    if door = 'open' then
      -- People on a line already held are part of its conversation.
      v_missing := greatest((i->>'want')::integer - greatest(v_lines, least(cardinality(v_hand), 1)), 0);
      while v_missing > 0 loop
        if not take_call(b, c.caller_id, c.languages, p_zones, p_now) then wants_more := true; exit; end if;
        v_missing := v_missing - 1;
      end loop;
    end if;
    if v_first_end < p_now + make_interval(secs => b.lease_minutes * 45) then
      update call_lease set leased_until = p_now + make_interval(mins => b.lease_minutes)
        where organization_id = p_organization and caller_id = c.caller_id;
    end if;
    select coalesce(array_agg(l.voter_id order by l.leased_at, l.line nulls last, l.voter_id), '{}'), min(l.leased_until) into v_hand, leased_until
      from call_lease l where l.organization_id = p_organization and l.caller_id = c.caller_id;
    new_in_hand := array(select each from unnest(v_hand) each where not each = any(v_holding));
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

-- Takes a result back with all that followed from it.
create function undo_call(p_organization uuid, p_attempt uuid, p_by text, p_now timestamptz) returns boolean language plpgsql as $$
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
      attempts = greatest((e->>'attempts')::smallint, 0), why = e->>'why', next_at = (e->>'next_at')::timestamptz,
      phones = array(select jsonb_array_elements_text(e->'phones')), call_back_for = (e->>'call_back_for')::uuid, not_for = (e->>'not_for')::uuid,
      language = e->>'language', is_language_known = (e->>'is_language_known')::boolean,
      state = case when state = 'leased' then 'leased' when e->>'why' is null then 'ready' else 'waiting' end,
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
  return true;
end $$;

-- What a caller sees of the voters in their hand.
create function call_cards(p_organization uuid, p_phone_bank uuid, p_voters integer[])
returns table (voter_id integer, attempts smallint, phones text[], kinds text[], language text, is_language_known boolean, call_back_at timestamptz,
  is_next_number boolean, first_name text, middle_name text, last_name text, suffix text, birth_date date, birth_year smallint, p_korean smallint,
  city text, ccd smallint, ad smallint, sd smallint, cd smallint, name_hangul text, preferred_title text, members jsonb, past jsonb)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select t.voter_id, t.attempts, t.phones,
      array(select coalesce(nullif(pp.kind, 'unknown'), vp.kind, 'unknown') from unnest(t.phones) with ordinality n (phone, nth)
        left join voter_phone vp on vp.voter_id = t.voter_id and vp.phone = n.phone
        left join person_phone pp on pp.organization_id = p_organization and pp.person_id = p.person_id and pp.phone = n.phone order by nth),
      t.language, t.is_language_known, case when t.why = 'call_back' then t.next_at end, t.why = 'next_number',
      coalesce(p.first_name, r.first_name), coalesce(p.middle_name, r.middle_name), coalesce(p.last_name, r.last_name), r.suffix,
      r.birth_date, coalesce(p.birth_year, r.birth_year), r.p_korean, coalesce(p.city, r.city), r.ccd, r.ad, r.sd, r.cd, p.name_hangul, p.preferred_title,
      case when t.together is null then null else (
        select jsonb_agg(jsonb_build_object('voter_id', m.voter_id, 'first_name', coalesce(mp.first_name, mr.first_name), 'middle_name', mr.middle_name,
            'last_name', coalesce(mp.last_name, mr.last_name), 'birth_date', mr.birth_date, 'birth_year', mr.birth_year, 'p_korean', mr.p_korean,
            'name_hangul', mp.name_hangul, 'has_same_number', m.phones[1] = t.phones[1], 'is_in_hand', m.state = 'leased' and m.leased_to = t.leased_to)
            order by m.position)
          from phone_bank_target m join voter_record mr on mr.voter_id = m.voter_id
          left join lateral (select * from person o where o.organization_id = p_organization and o.voter_id = m.voter_id and o.merged_into is null offset 0) mp on true
          where m.organization_id = p_organization and m.phone_bank_id = p_phone_bank and m.voter_id = any(t.together) and m.state <> 'suppressed') end,
      (select jsonb_agg(jsonb_build_object('at', c.attempted_at, 'disposition', c.disposition, 'language', c.language))
        from (select attempted_at, disposition, language from contact_attempt c
          where c.organization_id = p_organization and c.voter_id = t.voter_id and c.undone_at is null and c.channel = 'phone'
          order by attempted_at desc limit 3) c)
    from unnest(p_voters) v (voter_id)
    join phone_bank_target t on t.organization_id = p_organization and t.phone_bank_id = p_phone_bank and t.voter_id = v.voter_id
    join voter_record r on r.voter_id = t.voter_id
    -- offset 0: one probe per voter, also in a plan made while the organization knew nobody yet
    left join lateral (select * from person o where o.organization_id = p_organization and o.voter_id = t.voter_id and o.merged_into is null offset 0) p on true;
end $$;

-- Puts voters into a phone bank, in this order; those already in it stay as they are. Zones: by state, and by county where a state has two.
create function add_targets(b phone_bank, p_voters integer[], p_from integer, p_state_zones jsonb, p_county_zones jsonb) returns integer language plpgsql as $$
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
        else (select s.reason from suppression s where s.organization_id = b.organization_id and s.phone is null and s.taken_back_at is null
          and s.voter_id = r.voter_id order by s.marked_at desc limit 1) end as reason) gone on true
    on conflict do nothing;
  get diagnostics v_added = row_count;
  return v_added;
end $$;

-- Finds out who belongs together: one household, or one line. Larger crowds (a building without apartment numbers, an office line) stay apart.
create function group_targets(b phone_bank) returns void language sql as $$
  with one as (
    select t.voter_id, t.position, t.phones[1] as phone,
      case when r.household_key is not null and count(*) over (partition by r.household_key) <= 8 then min(t.position) over (partition by r.household_key) else t.position end as home
    from phone_bank_target t join voter_record r using (voter_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.phones <> '{}' and t.state not in ('finished', 'suppressed')),
  two as (select *, case when count(*) over (partition by phone) <= 8 then min(home) over (partition by phone) else home end as line from one),
  three as (select voter_id, position, min(line) over (partition by home) as who from two),
  families as (select array_agg(voter_id order by voter_id) as ids from three group by who having count(*) between 2 and 10)
  update phone_bank_target t set together = array_remove(f.ids, t.voter_id)
    from (select ids, unnest(ids) as voter_id from families) f
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = f.voter_id
      and t.together is distinct from array_remove(f.ids, t.voter_id)
$$;
