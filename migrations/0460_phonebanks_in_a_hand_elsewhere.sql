-- Somebody in a hand of one phone bank whose number is learned to be another, or none, is in that caller's conversation until
-- their time is over: the other phone banks of the organization wait as this one does.
create or replace function stand_by_person(p_organization uuid, p_voters integer[], p_was text) returns void language plpgsql as $$
declare
  v_voter integer;
  v_person uuid;
  v_language text;
  v_phones text[];
  v_spoken text;
  v_is_known boolean;
  v_holder uuid;
  t phone_bank_target;
  l call_lease;
begin
  foreach v_voter in array p_voters loop
    -- Most are on no list.
    continue when not exists (select from phone_bank_target g where g.voter_id = v_voter and g.organization_id = p_organization);
    v_person := null;
    v_language := null;
    select p.person_id, p.language into v_person, v_language from person p
      where p.organization_id = p_organization and p.voter_id = v_voter and p.merged_into is null;
    v_phones := numbers_to_call(p_organization, v_voter, v_person);
    for t in select * from phone_bank_target g where g.voter_id = v_voter and g.organization_id = p_organization order by g.phone_bank_id loop
      v_spoken := coalesce(v_language, t.language);
      v_is_known := v_language is not null or t.is_language_known;
      if v_language is null and t.is_language_known and t.language = p_was then
        v_is_known := false;
        select coalesce(case when guess.language = any(b.languages) then guess.language end, 'und') into v_spoken
          from (select case when r.p_korean >= 50 then 'ko' when r.p_chinese >= 50 then 'zh' when r.p_vietnamese >= 50 then 'vi'
              when r.p_filipino >= 50 then 'tl' when r.p_japanese >= 50 then 'ja' end as language from voter_record r where r.voter_id = v_voter) guess
          cross join (select k.languages from phone_bank k where k.organization_id = p_organization and k.phone_bank_id = t.phone_bank_id) b;
      end if;
      -- Somebody at home who is talked with is on no list: their row has the line of the home until the talk is over.
      continue when t.state = 'leased' and t.why = 'talk' and t.closed_as = 'not_in_universe';
      if t.why = 'no_number' and t.is_number_invalid <> has_invalid_number(p_organization, v_voter, v_person) then
        update phone_bank_target set is_number_invalid = not is_number_invalid
          where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter and why = 'no_number';
      end if;
      -- Most are as they should be: whoever records a result for them does not wait.
      continue when (t.phones, t.language, t.is_language_known) is not distinct from (v_phones, v_spoken, v_is_known);
      select * into t from phone_bank_target where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter for update;
      continue when not found;

      update phone_bank_target set phones = v_phones, language = v_spoken, is_language_known = v_is_known,
          state = case when v_phones = '{}' and state in ('ready', 'waiting', 'leased') then 'finished'
            when v_phones <> '{}' and state = 'finished' and why = 'no_number' then
              case when attempts = 0 and next_at = '-infinity' and closed_as is null then 'ready' else 'waiting' end
            else state end,
          why = case when v_phones = '{}' and state in ('ready', 'waiting', 'leased') then 'no_number'
            when v_phones <> '{}' and state = 'finished' and why = 'no_number' then
              case when closed_as in ('call_back', 'organizer', 'handed_on', 'next_number') then closed_as
                when attempts > 0 then 'resting' when next_at > '-infinity' then 'elsewhere' end
            else why end,
          -- Closed while in a hand: as in 0261.
          next_at = greatest(next_at, case when v_phones = '{}' and state = 'leased' then (select k.leased_until from call_lease k
            where k.organization_id = p_organization and k.voter_id = v_voter and k.phone_bank_id = t.phone_bank_id) end),
          -- A promise, or an organizer who has to look first, outlasts the moment without a number.
          closed_as = case when v_phones = '{}' then case when state in ('ready', 'waiting', 'leased')
                and why in ('call_back', 'organizer', 'handed_on', 'next_number') then why end
              when state = 'finished' and why = 'no_number' then null else closed_as end,
          leased_to = case when v_phones <> '{}' then leased_to end
        where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter;
      continue when t.state <> 'leased';

      -- In a hand: the caller gets the card again, with the line of its number, unless somebody else is busy with that.
      select * into l from call_lease where organization_id = p_organization and voter_id = v_voter and phone_bank_id = t.phone_bank_id;
      continue when not found;
      if v_phones = '{}' then
        delete from call_lease where organization_id = p_organization and voter_id = v_voter;
        -- Whoever has them on the screen hears of it at the next contact: no other phone bank hands them out before that either.
        update phone_bank_target o set next_at = greatest(o.next_at, l.leased_until)
          where o.organization_id = p_organization and o.voter_id = v_voter and o.phone_bank_id <> l.phone_bank_id
            and (o.state in ('ready', 'waiting') or o.state = 'finished' and o.why = 'no_number');
        continue;
      end if;
      if v_phones[1] = t.phones[1] then
        update call_lease set is_changed = true where organization_id = p_organization and voter_id = v_voter;
        continue;
      end if;
      -- The line held so far passes on to whoever else of it is in this hand (line_stays_in_hand).
      delete from call_lease where organization_id = p_organization and voter_id = v_voter;
      v_holder := (select o.caller_id from call_lease o where o.organization_id = p_organization and o.line = v_phones[1]);
      if v_holder <> l.caller_id then
        update phone_bank_target set leased_to = null, closed_as = null, next_at = greatest(next_at, l.leased_until),
            state = case when why = 'talk' then 'finished' else 'waiting' end,
            why = case when why = 'talk' then closed_as else coalesce(why, 'elsewhere') end
          where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter;
        -- Whoever had them in hand may be talking with them this very moment: no other phone bank hands them out meanwhile.
        update phone_bank_target o set state = 'waiting', why = coalesce(o.why, 'elsewhere'), next_at = greatest(o.next_at, l.leased_until)
          where o.organization_id = p_organization and o.voter_id = v_voter and o.phone_bank_id <> l.phone_bank_id and o.state in ('ready', 'waiting');
      else
        insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until, is_changed)
          values (p_organization, v_voter, l.phone_bank_id, l.caller_id, case when v_holder is null then v_phones[1] end, l.leased_at, l.leased_until, true);
      end if;
      -- They may be talking on it this very moment.
      if l.line is not null and not exists (select from call_lease o where o.organization_id = p_organization and o.line = l.line) then
        update phone_bank_target o set state = 'waiting', why = coalesce(o.why, 'elsewhere'), next_at = greatest(o.next_at, l.leased_until)
          where o.organization_id = p_organization and o.voter_id = any(voters_at_number(p_organization, l.line)) and o.voter_id <> v_voter
            and o.phones[1] = l.line and o.state in ('ready', 'waiting');
      end if;
    end loop;
  end loop;
end $$;

-- Who ran out and is in the same hand again is shown anew: all of a home, not only the one they were asked by.
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
      left join lateral (select o.caller_id, o.languages, o.removed_at, o.last_seen_at from phone_bank_caller o
        where o.organization_id = p_organization and o.phone_bank_id = p_phone_bank and o.caller_id = (t.value->>'caller_id')::uuid offset 0) k on true
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
        perform lease_call(b, c.caller_id, r.voter_id, p_now, false) where door = 'open';
      end loop;
      -- What the device still shows of them may be old, of who came back with somebody at home too.
      update call_lease l set is_changed = true where l.organization_id = p_organization and l.caller_id = c.caller_id
        and l.voter_id = any(v_wished) and not l.voter_id = any(v_hand);
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
