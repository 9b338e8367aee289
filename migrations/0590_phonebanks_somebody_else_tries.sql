-- As before; who is passed on in a language nobody could tell is not done with the last try.
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
  v_others jsonb;
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
  v_not_for uuid;
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
  -- Under way when it was taken back.
  if exists (select from call_taken_back where organization_id = b.organization_id and attempt_id = v_attempt) then
    outcome := 'refused'; problem := 'taken_back'; return;
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
  select array_agg(voter_id) filter (where phone_bank_id = b.phone_bank_id),
      jsonb_agg(jsonb_build_array(phone_bank_id, voter_id) order by phone_bank_id, voter_id) filter (where phone_bank_id <> b.phone_bank_id)
    into v_rested, v_others from rested;
  if v_rested is not null or v_others is not null then
    v_effects := v_effects || jsonb_build_object('rested_until', v_retry_at)
      || case when v_rested is not null then jsonb_build_object('rested', to_jsonb(v_rested)) else '{}' end
      || case when v_others is not null then jsonb_build_object('rested_elsewhere', v_others) else '{}' end;
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
    select array_agg(voter_id) filter (where phone_bank_id = b.phone_bank_id),
        jsonb_agg(jsonb_build_array(phone_bank_id, voter_id) order by phone_bank_id, voter_id) filter (where phone_bank_id <> b.phone_bank_id)
      into v_home, v_others from home;
    if v_home is not null or v_others is not null then
      v_effects := v_effects || jsonb_build_object('home_until', v_home_until)
        || case when v_home is not null then jsonb_build_object('home', to_jsonb(v_home)) else '{}' end
        || case when v_others is not null then jsonb_build_object('home_elsewhere', v_others) else '{}' end;
    end if;
  end if;

  v_phones := case when a->>'number' in ('wrong', 'disconnected') then array_remove(t.phones, v_phone) else t.phones end;
  v_attempts := t.attempts + case when v_queue = 'next_number' and v_phones <> '{}' then 0 else 1 end;
  -- The first time nobody can tell which language it was is not the last try: somebody else has one.
  if v_queue = 'hand_on' and a->>'language' is null and v_attempts >= b.max_attempts and not exists (
      select from contact_attempt o where o.voter_id = t.voter_id and o.organization_id = b.organization_id
        and o.phone_bank_id = b.phone_bank_id and o.disposition = a->>'disposition' and o.undone_at is null
        and o.attempted_at >= round_began(b)) then
    v_attempts := greatest(t.attempts, b.max_attempts - 1);
  end if;
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
      -- Which language it was nobody knows: somebody else tries.
      if a->>'language' is null then v_why := 'skipped'; v_not_for := p_caller; end if;
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
        call_back_for = v_for, not_for = v_not_for, leased_to = null, closed_as = null, last_attempt_id = v_attempt,
        language = case when v_queue = 'hand_on' then coalesce(a->>'language', 'und') else language end,
        is_language_known = case when v_queue = 'hand_on' then a->>'language' is not null else is_language_known end
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = t.voter_id;
    delete from call_lease where organization_id = b.organization_id and voter_id = t.voter_id and phone_bank_id = b.phone_bank_id;
  end if;
  if v_rested is not null then
    delete from call_lease where organization_id = b.organization_id and voter_id = any(v_rested) and caller_id = p_caller;
  end if;

  made := jsonb_build_object('a', a, 'caller_id', p_caller, 'effects', v_effects, 'was_lost', was_lost, 'call_back_at', note_call.call_back_at,
    'is_too_late', v_is_too_late);
end $$;
