-- Callers of one moment cost less together: what their calls leave is inserted once for the batch, and the next voters of those
-- who speak the same languages are looked for together. What is decided, and in which order, stays as it was.

drop function take_call(phone_bank, uuid, text[], text[], timestamptz);
-- `p_pool`: voters of the first pass found already for callers of these languages and locked by us, each followed by attempts made;
-- `p_ahead`: for how many callers to look at once.
create function take_call(b phone_bank, p_caller uuid, p_languages text[], p_zones text[], p_now timestamptz, p_ahead integer, inout p_pool integer[], out is_taken boolean)
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
          select f.voter_id, f.attempts, f.position
            from unnest(p_zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
            cross join lateral (
              select t.voter_id, t.position, t.attempts from phone_bank_target t
                where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
                  and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                  and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
                order by t.position limit p_ahead for update skip locked) f
            order by f.position limit p_ahead) f
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
    elsif not exists (select from voter_record r where r.voter_id = v_voter and r.gone_in is null
        and r.status in ('active', 'inactive', 'military', 'federal', 'overseas')) then
      update phone_bank_target set state = 'suppressed', why = 'not_contactable'
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = v_voter;
    elsif lease_call(b, p_caller, v_voter, p_now) then
      is_taken := true; return;
    end if;
    v_voter := null;
    v_why := null;
  end loop;
  is_taken := false;
end $$;

-- What a result does to the queue and to what is known. `made`: the attempt to be stored with it in the same transaction (store_calls).
create function note_call(b phone_bank, p_caller uuid, a jsonb, p_now timestamptz, out outcome text, out problem text, out was_lost boolean, out call_back_at timestamptz, out made jsonb)
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
    'language', t.language, 'is_language_known', t.is_language_known));

  -- The phone rang: nobody of the organization rings the same voter or the same line again before the rest is over.
  with rested as (
    update phone_bank_target o set state = 'waiting', why = 'resting', next_at = greatest(o.next_at, v_retry_at), leased_to = null
      where o.organization_id = b.organization_id
        and o.voter_id = any(t.together || t.voter_id)
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
  if v_home_until is not null and t.together is not null then
    with home as (
      update phone_bank_target o set why = 'household', next_at = v_home_until, state = case when o.state = 'leased' then 'leased' else 'waiting' end
        where o.organization_id = b.organization_id and o.voter_id = any(t.together)
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

  made := jsonb_build_object('a', a, 'caller_id', p_caller, 'effects', v_effects, 'was_lost', was_lost, 'call_back_at', note_call.call_back_at,
    'is_too_late', v_is_too_late);
end $$;

-- Attempts noted in this transaction, with answers and tasks.
create function store_calls(b phone_bank, p_made jsonb[], p_now timestamptz) returns void language plpgsql as $$
begin
  insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, phone, language, phone_bank_id,
      caller_id, made_by, started_at, attempted_at, recorded_at, call_back_at, spoke_with, note, script_id, script_version, was_lost, effects)
    select b.organization_id, (a->>'attempt_id')::uuid, (a->>'voter_id')::integer, (m->'effects'->>'person_id')::uuid,
      case when (a->>'is_inbound')::boolean then 'inbound_phone' else 'phone' end, a->>'disposition',
      (a->>'reached')::boolean, a->>'phone', a->>'language', b.phone_bank_id, (m->>'caller_id')::uuid, a->>'made_by', (a->>'started_at')::timestamptz,
      (a->>'attempted_at')::timestamptz, p_now, coalesce((m->>'call_back_at')::timestamptz, (a->>'call_back_at')::timestamptz), a->>'spoke_with',
      nullif(a->>'note', ''), b.script_id, (a->>'script_version')::integer, (m->>'was_lost')::boolean, m->'effects'
    from unnest(p_made) m cross join lateral (select m->'a' as a) named;
  if exists (select from unnest(p_made) m where m->'a'->'answers' <> '{}') then
    insert into contact_answer (organization_id, attempt_id, question, value)
      select b.organization_id, (m->'a'->>'attempt_id')::uuid, key, value from unnest(p_made) m cross join jsonb_each(m->'a'->'answers');
  end if;
  if exists (select from unnest(p_made) m where m->'a'->'follow_ups' <> '[]' or (m->>'is_too_late')::boolean) then
    insert into follow_up (organization_id, kind, voter_id, person_id, phone_bank_id, attempt_id, caller_id, note, made_by, made_at)
      select b.organization_id, f.kind, (a->>'voter_id')::integer, (m->'effects'->>'person_id')::uuid, b.phone_bank_id, (a->>'attempt_id')::uuid,
          (m->>'caller_id')::uuid, f.note, a->>'made_by', p_now
        from unnest(p_made) m cross join lateral (select m->'a' as a) named cross join lateral (
          select kind, nullif(note, '') as note from jsonb_to_recordset(a->'follow_ups') each (kind text, note text)
          union all select 'call_back_too_late', a->>'note' where (m->>'is_too_late')::boolean) f;
  end if;
end $$;

drop function record_call(phone_bank, uuid, jsonb, timestamptz);
create or replace function phone_bank_turns(p_organization uuid, p_phone_bank uuid, p_now timestamptz, p_is_in_season boolean, p_zones text[], p_end_leases boolean, p_turns jsonb)
returns table (n integer, door text, outcome text, problem text, was_lost boolean, new_in_hand integer[], withdrawn jsonb, leased_until timestamptz, wants_more boolean,
  is_at_limit boolean, call_back_at timestamptz) language plpgsql
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
  v_made jsonb[] := '{}';
  v_made_of integer[] := '{}';
  v_made_ids text[] := '{}';
  v_results jsonb[] := '{}'; -- of each item by n + 1, what became of its record
  v_pool integer[] := '{}';
  v_pool_for text[];
begin
  select * into b from phone_bank where organization_id = p_organization and phone_bank_id = p_phone_bank;
  if not found then return; end if;
  if p_end_leases then perform end_old_leases(p_organization, p_now); end if;

  -- All records first: they wait for rows others are busy with, which nobody may who has locked voters to hand out.
  for i in select value from jsonb_array_elements(p_turns) where value->'record' <> 'null' loop
    n := (i->>'n')::integer;
    if not exists (select from phone_bank_caller where organization_id = p_organization and phone_bank_id = p_phone_bank
        and caller_id = (i->>'caller_id')::uuid and removed_at is null) then
      v_results[n + 1] := '{"outcome": "refused", "problem": "closed", "was_lost": false}';
      continue;
    end if;
    -- The same result twice, the same voter twice: the second must find the first.
    if i->'record'->>'attempt_id' = any(v_made_ids) or (i->'record'->>'voter_id')::integer = any(v_made_of) then
      perform store_calls(b, v_made, p_now);
      v_made := '{}'; v_made_of := '{}'; v_made_ids := '{}';
    end if;
    select * into r from note_call(b, (i->>'caller_id')::uuid, i->'record', p_now);
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
    -- Ran out, but nobody else took them: theirs again.
    if not v_wished <@ v_hand then
      for r in select t.voter_id from phone_bank_target t where t.organization_id = p_organization and t.phone_bank_id = p_phone_bank
          and t.voter_id = any(v_wished) and not t.voter_id = any(v_hand)
          and (t.state = 'ready' or t.state = 'waiting' and t.next_at <= p_now and t.why <> 'organizer') loop
        if door = 'open' then perform lease_call(b, c.caller_id, r.voter_id, p_now); end if;
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
