-- Results of a batch are noted together: what PostgreSQL did for one call after another was most of what a call cost.

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

-- As before; of a family only one is looked for.
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

-- As before; the usual results together first.
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
    select coalesce(array_agg(l.voter_id order by l.leased_at, l.line nulls last, l.voter_id), '{}'), min(l.leased_until) into v_hand, leased_until
      from call_lease l where l.organization_id = p_organization and l.caller_id = c.caller_id;
    new_in_hand := array(select each from unnest(v_hand) each where not each = any(v_holding)
      or exists (select from call_lease l where l.organization_id = p_organization and l.voter_id = each and l.is_changed));
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
