-- As before, and who takes several voters at once, for the way to a place without a connection, gets no more than they may call in a day.
create or replace function phone_bank_turns(p_organization uuid, p_phone_bank uuid, p_now timestamptz, p_is_in_season boolean, p_zones text[], p_end_leases boolean, p_turns jsonb) returns table (n integer, door text, outcome text, problem text, was_lost boolean, new_in_hand integer[], withdrawn jsonb, leased_until timestamptz, wants_more boolean, is_at_limit boolean, call_back_at timestamptz) language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  b phone_bank;
  c record;
  i jsonb;
  v_asks asked_turn[];
  v_plain integer[];
  v_unserved uuid[] := '{}';
  r record;
  v_hand integer[];
  v_holding integer[];
  v_changed integer[];
  v_wished integer[];
  v_lines integer;
  v_missing integer;
  v_left integer;
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

  -- Whoever only wants the next voter is served together with the others who do. Whose page and hand differ, or who gives back,
  -- is over, or asks twice at once, comes after them, one by one.
  select array_agg(row(a.n, a.nth, k.caller_id, k.languages, a.holding, h.first_end,
      greatest(least(a.want - greatest(h.lines, least(cardinality(h.hand), 1)), b.most_per_caller - d.made), 0),
      b.most_per_caller is not null and a.want - greatest(h.lines, least(cardinality(h.hand), 1)) > greatest(b.most_per_caller - d.made, 0))::asked_turn order by a.nth) into v_asks
    from (
      select (t.value->>'n')::integer as n, t.nth::integer, (t.value->>'caller_id')::uuid as caller_id, (t.value->>'want')::integer as want,
          array(select e::integer from jsonb_array_elements_text(t.value->'holding') e) as holding,
          count(*) over (partition by t.value->>'caller_id') as of_caller,
          jsonb_array_length(coalesce(t.value->'release', '[]')) = 0 and jsonb_array_length(coalesce(t.value->'take', '[]')) = 0 as is_plain
        from jsonb_array_elements(p_turns) with ordinality t (value, nth)) a
    cross join lateral (select o.caller_id, o.languages from phone_bank_caller o
      where o.organization_id = p_organization and o.phone_bank_id = p_phone_bank and o.caller_id = a.caller_id and o.removed_at is null offset 0) k
    cross join lateral (select coalesce(array_agg(l.voter_id), '{}') as hand, count(l.line) as lines, min(l.leased_until) as first_end
      from call_lease l where l.organization_id = p_organization and l.caller_id = a.caller_id) h
    -- A caller's day is long enough: what is in hand may be finished, nothing new comes.
    -- The condition stands inside: beside the join it would be asked after a caller's calls of the day are counted, without a limit all of them.
    cross join lateral (select cardinality(h.hand) + count(*) as made from (select from contact_attempt m
      where b.most_per_caller is not null and m.caller_id = a.caller_id and m.organization_id = p_organization
        and m.recorded_at > p_now - interval '12 hours' and m.undone_at is null
      limit b.most_per_caller) m) d
    where p_is_in_season and b.ended_at is null and b.paused_at is null and a.of_caller = 1 and a.is_plain
      -- What the page shows is in hand, or cannot come back to it.
      and (a.holding <@ h.hand or not exists (select from unnest(a.holding) held cross join lateral (
          select t.state, t.next_at, t.why from phone_bank_target t
            where t.organization_id = p_organization and t.phone_bank_id = p_phone_bank and t.voter_id = held offset 0) t
        where not held = any(h.hand) and (t.state = 'ready' or t.state = 'waiting' and t.next_at <= p_now and t.why <> 'organizer')));
  if v_asks is not null then
    update phone_bank_caller set last_seen_at = p_now
      where organization_id = p_organization and phone_bank_id = p_phone_bank and caller_id = any(array(
        select o.caller_id from phone_bank_caller o
          where o.organization_id = p_organization and o.phone_bank_id = p_phone_bank and o.last_seen_at < p_now - interval '20 seconds'
            and o.caller_id = any(array(select a.caller_id from unnest(v_asks) a)) for update skip locked));
    for c in
      select a.languages, array_agg(a.caller_id order by a.nth, w) as callers from unnest(v_asks) a cross join lateral generate_series(1, a.missing) w
        group by a.languages order by a.languages
    loop
      v_unserved := v_unserved || take_calls(b, c.callers, c.languages, p_zones, p_now, v_has_others);
    end loop;
    v_asks := array(select a from unnest(v_asks) a where not a.caller_id = any(v_unserved));
    update call_lease l set leased_until = greatest(l.leased_until, p_now + make_interval(mins => b.lease_minutes))
      from unnest(v_asks) a
      where l.organization_id = p_organization and l.caller_id = a.caller_id and a.first_end < p_now + make_interval(secs => b.lease_minutes * 45);
    return query
      select a.n, 'open', v_results[a.n + 1]->>'outcome', v_results[a.n + 1]->>'problem', (v_results[a.n + 1]->>'was_lost')::boolean,
          array(select each from unnest(h.hand) each where not each = any(a.holding) or each = any(h.changed)),
          case when a.holding <@ h.hand then '[]' else lost_of_hand(p_organization, p_phone_bank, a.holding, h.hand) end,
          h.leased_until, a.is_at_limit, a.is_at_limit, (v_results[a.n + 1]->>'call_back_at')::timestamptz
        from unnest(v_asks) a
        cross join lateral (select coalesce(array_agg(l.voter_id order by l.leased_at, l.line nulls last, l.voter_id), '{}') as hand,
            min(l.leased_until) as leased_until, coalesce(array_agg(l.voter_id) filter (where l.is_changed), '{}') as changed
          from call_lease l where l.organization_id = p_organization and l.caller_id = a.caller_id) h;
    v_plain := array(select a.n from unnest(v_asks) a);
  end if;

  -- Those who speak the same languages follow one another, each in the order they came.
  for c in
    select t.value as item, k.caller_id, k.languages, k.removed_at, k.last_seen_at,
        row_number() over (partition by k.languages order by t.nth desc) as alike
      from jsonb_array_elements(p_turns) with ordinality t (value, nth)
      left join lateral (select o.caller_id, o.languages, o.removed_at, o.last_seen_at from phone_bank_caller o
        where o.organization_id = p_organization and o.phone_bank_id = p_phone_bank and o.caller_id = (t.value->>'caller_id')::uuid offset 0) k on true
      where v_plain is null or not (t.value->>'n')::integer = any(v_plain)
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
          and (t.state = 'ready' or t.state = 'waiting' and t.next_at <= p_now and t.why <> 'organizer'
            -- Whose result was taken back, or who called back: that somebody at their home was called today is no reason then.
            or t.state = 'waiting' and t.why = 'household' and not t.voter_id = any(v_holding))
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
        v_left := b.most_per_caller - cardinality(v_hand) - (select count(*) from (select from contact_attempt a
          where a.caller_id = c.caller_id and a.organization_id = p_organization and a.recorded_at > p_now - interval '12 hours' and a.undone_at is null
          limit b.most_per_caller) made);
        is_at_limit := v_missing > greatest(v_left, 0);
        if is_at_limit then v_missing := greatest(v_left, 0); wants_more := true; end if;
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
      withdrawn := lost_of_hand(p_organization, p_phone_bank, v_holding, v_hand);
    end if;
    return next;
  end loop;
end $$;
