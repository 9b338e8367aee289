-- Wrong and disconnected numbers are noted with the other results of their moment: the twentieth of all results took the database as long
-- as a third of the others.
create or replace function note_calls(b phone_bank, p_turns jsonb, p_now timestamptz, p_has_others boolean) returns table (n integer, made jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  v_calls noted_call[];
  v_voters integer[];
  v_rested jsonb;
  v_rested_elsewhere jsonb;
  v_home jsonb;
  v_home_elsewhere jsonb;
  v_marks jsonb;
begin
  -- In the order of their voters, so that two batches do not wait for each other.
  select array_agg(row(s.n, s.caller_id, s.a, (s.a->>'attempt_id')::uuid, s.t, s.a->>'phone', (s.a->>'reached')::boolean, s.a->>'number',
      s.a->>'language', (s.a->>'retry_at')::timestamptz, null, null, null, null, '{}', (s.t).voter_id, null)::noted_call order by (s.t).voter_id) into v_calls
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
          and (u.a->>'queue' in ('done', 'retry') and u.a->>'number' in ('unchanged', 'good')
            or u.a->>'queue' = 'next_number' and u.a->>'number' in ('wrong', 'disconnected') and u.a->>'phone' is not null)
          and u.a->>'suppress' is null
          and u.a->>'most' is null and u.a->'follow_ups' = '[]'
          and (t.target).state = 'leased' and (t.target).leased_to = u.caller_id and (t.target).why is distinct from 'talk'
          and (select k.removed_at is null or k.removed_at >= (u.a->>'attempted_at')::timestamptz from phone_bank_caller k
            where k.organization_id = b.organization_id and k.phone_bank_id = b.phone_bank_id and k.caller_id = u.caller_id)) s;
  if v_calls is null then return; end if;

  -- After the locks: what was sent twice at once is found here. And everybody at the numbers and the homes.
  select array_agg(row(c.n, c.caller_id, c.a, c.attempt_id, c.t, c.phone, c.is_reached, c.number, c.language, c.retry_at,
      (c.a->'home_until'->>(c.t).time_zone)::timestamptz,
      case when c.phone is null then '{}' else voters_at_number(b.organization_id, c.phone) end,
      case when p_has_others and c.a->'home_until' <> 'null' then voters_at_home(b.organization_id, c.voter_id, 9) else '{}' end,
      (select p.person_id from person p where p.organization_id = b.organization_id and p.voter_id = c.voter_id and p.merged_into is null),
      '{}', c.voter_id, null)::noted_call order by c.voter_id) into v_calls
    from unnest(v_calls) c
    where (select k.attempt_id from contact_attempt k where k.organization_id = b.organization_id and k.attempt_id = c.attempt_id) is null
      and (select k.attempt_id from call_taken_back k where k.organization_id = b.organization_id and k.attempt_id = c.attempt_id) is null
      -- A number that is closed is taken from everybody who has it; somebody of them has a result of their own in this very batch.
      and (c.number in ('unchanged', 'good') or not exists (
        select from unnest(v_calls) o where o.voter_id <> c.voter_id and c.phone = any((o.t).phones)));
  if v_calls is null then return; end if;

  -- What was learned: the person, the number that is good, the language spoken. As learn_from_contact.
  if exists (select from unnest(v_calls) c where c.number <> 'unchanged' or c.is_reached) then
    perform set_config('hanpyo.is_heard', 'on', true);
    with new as (
      insert into person (organization_id, voter_id, matched_by, language, created_at, updated_at)
        select b.organization_id, c.voter_id, 'contact', case when c.is_reached then c.language end, p_now, p_now
          from unnest(v_calls) c where c.person_id is null and (c.number <> 'unchanged' or c.is_reached)
        on conflict (organization_id, voter_id) where voter_id is not null and merged_into is null do nothing
        returning voter_id, person_id),
      told as (
        update person p set updated_at = p_now, language = (select c.language from unnest(v_calls) c where c.person_id = p.person_id)
          where p.organization_id = b.organization_id and p.language is null and p.person_id = any(array(
            select c.person_id from unnest(v_calls) c where c.person_id is not null and c.is_reached and c.language is not null))
          returning p.person_id)
    select array_agg(row(c.n, c.caller_id, c.a, c.attempt_id, c.t, c.phone, c.is_reached, c.number, c.language, c.retry_at, c.home_until, c.line, c.family,
        coalesce(c.person_id, new.person_id),
        case when c.language is not null and c.is_reached and (new.person_id is not null or told.person_id is not null)
          then jsonb_build_object('language', c.language, 'language_before', null) else '{}' end, c.voter_id,
        case when c.phone is not null and c.number <> 'unchanged' then (select f.quality from person_phone f
          where f.organization_id = b.organization_id and f.person_id = c.person_id and f.phone = c.phone) end)::noted_call order by c.voter_id) into v_calls
      from unnest(v_calls) c left join new on new.voter_id = c.voter_id left join told on told.person_id = c.person_id
      -- Where somebody else made the person in this very moment, note_call finds them.
      where c.person_id is not null or new.person_id is not null or c.number = 'unchanged' and not c.is_reached;
    perform set_config('hanpyo.is_heard', 'off', true);
    if v_calls is null then return; end if;
    insert into person_phone (organization_id, person_id, phone, quality, source, added_at)
      select b.organization_id, c.person_id, c.phone, c.number, 'call', p_now from unnest(v_calls) c
        where c.phone is not null and c.number <> 'unchanged' and c.quality is distinct from c.number
      on conflict (organization_id, person_id, phone) do update set quality = excluded.quality;
    -- Nobody is called there again, on whatever list.
    if exists (select from unnest(v_calls) c where c.number in ('wrong', 'disconnected')) then
      with mark as materialized (
        select c.n, gen_random_uuid() as suppression_id, c.voter_id, c.person_id, c.phone, c.number = 'wrong' as is_wrong, c.a->>'made_by' as marked_by
          from unnest(v_calls) c where c.number in ('wrong', 'disconnected') order by c.voter_id),
        marked as (
          insert into suppression (organization_id, suppression_id, voter_id, person_id, phone, reason, marked_by, marked_at)
            select b.organization_id, m.suppression_id, case when m.is_wrong then m.voter_id end, case when m.is_wrong then m.person_id end, m.phone,
              case when m.is_wrong then 'wrong_number' else 'disconnected' end, m.marked_by, p_now from mark m)
      select jsonb_object_agg(m.n::text, jsonb_build_array(m.suppression_id)) into v_marks from mark m;
    end if;
  end if;
  select array_agg(c.voter_id) into v_voters from unnest(v_calls) c;

  -- The phone rang: the voter, and where nobody answered the line, rests on every list.
  with other as (
    select distinct on (o.voter_id) o.voter_id, c.n, c.voter_id as own, c.caller_id, c.phone, c.is_reached, c.retry_at
      from unnest(v_calls) c cross join lateral unnest((c.t).together || c.voter_id || c.line) o (voter_id)
      order by o.voter_id, o.voter_id = c.voter_id desc, c.retry_at desc),
    rested as (
      update phone_bank_target o set state = 'waiting', why = 'resting', next_at = greatest(o.next_at, other.retry_at), leased_to = null
        from other
        where o.organization_id = b.organization_id and o.voter_id = other.voter_id
          and not (o.phone_bank_id = b.phone_bank_id and o.voter_id = other.own)
          and (o.voter_id = other.own or o.phones[1] = other.phone and not other.is_reached)
          and (o.state in ('ready', 'waiting') or o.state = 'leased' and o.leased_to = other.caller_id)
          and (o.why is null or o.why in ('resting', 'elsewhere', 'skipped', 'household'))
        returning o.voter_id, o.phone_bank_id, other.n)
  select jsonb_object_agg(r.n::text, r.voters) filter (where r.voters is not null), jsonb_object_agg(r.n::text, r.others) filter (where r.others is not null)
    into v_rested, v_rested_elsewhere
    from (select n, jsonb_agg(voter_id) filter (where phone_bank_id = b.phone_bank_id) as voters,
        jsonb_agg(jsonb_build_array(phone_bank_id, voter_id) order by phone_bank_id, voter_id) filter (where phone_bank_id <> b.phone_bank_id) as others
      from rested group by n) r;

  -- Somebody at this home was called: the others not before tomorrow, unless they are in the same conversation.
  if exists (select from unnest(v_calls) c where c.home_until is not null and ((c.t).together is not null or cardinality(c.line) > 1 or c.family <> '{}')) then
    with other as (
      select distinct on (o.voter_id) o.voter_id, c.n, c.caller_id, c.home_until
        from unnest(v_calls) c
        cross join lateral unnest((c.t).together || c.line || case when cardinality(c.family) > 8 then '{}' else c.family end) o (voter_id)
        where c.home_until is not null and o.voter_id <> c.voter_id
        order by o.voter_id, c.home_until desc),
      home as (
        update phone_bank_target o set why = 'household', next_at = other.home_until, state = case when o.state = 'leased' then 'leased' else 'waiting' end
          from other
          where o.organization_id = b.organization_id and o.voter_id = other.voter_id
            and (o.state in ('ready', 'waiting') or o.state = 'leased' and o.leased_to = other.caller_id)
            and (o.why is null or o.why in ('resting', 'elsewhere', 'skipped', 'household')) and o.next_at < other.home_until
          returning o.voter_id, o.phone_bank_id, other.n)
    select jsonb_object_agg(r.n::text, r.voters) filter (where r.voters is not null), jsonb_object_agg(r.n::text, r.others) filter (where r.others is not null)
      into v_home, v_home_elsewhere
      from (select n, jsonb_agg(voter_id) filter (where phone_bank_id = b.phone_bank_id) as voters,
          jsonb_agg(jsonb_build_array(phone_bank_id, voter_id) order by phone_bank_id, voter_id) filter (where phone_bank_id <> b.phone_bank_id) as others
        from home group by n) r;
  end if;

  -- A wrong number was no attempt at a voter who has another.
  update phone_bank_target t set attempts = (c.t).attempts + 1, next_at = c.retry_at, call_back_for = null, not_for = null, leased_to = null,
      closed_as = null, last_attempt_id = c.attempt_id,
      state = case when c.a->>'queue' = 'done' or (c.t).attempts + 1 >= b.max_attempts then 'finished' else 'waiting' end,
      why = case when c.a->>'queue' = 'done' then c.a->>'disposition' when (c.t).attempts + 1 >= b.max_attempts then 'max_attempts' else 'resting' end
    from unnest(v_calls) c
    where c.number in ('unchanged', 'good') and t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = c.voter_id;
  if v_marks is not null then
    update phone_bank_target t set phones = array_remove(t.phones, c.phone), attempts = (c.t).attempts + case when o.has_other then 0 else 1 end,
        next_at = case when o.has_other then p_now else (c.t).next_at end, call_back_for = case when o.has_other then c.caller_id end, not_for = null, leased_to = null,
        closed_as = null, last_attempt_id = c.attempt_id, state = case when o.has_other then 'waiting' else 'finished' end,
        why = case when o.has_other then 'next_number' else 'no_number' end
      from unnest(v_calls) c cross join lateral (select array_remove((c.t).phones, c.phone) <> '{}' as has_other) o
      where c.number in ('wrong', 'disconnected') and t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = c.voter_id;
  end if;
  delete from call_lease l where l.organization_id = b.organization_id and l.voter_id = any(v_voters) and l.phone_bank_id = b.phone_bank_id;
  if v_rested is not null then
    delete from call_lease l
      where l.organization_id = b.organization_id
        and l.voter_id = any(array(select r.value::integer from jsonb_each(v_rested) e cross join jsonb_array_elements_text(e.value) r))
        and (select bool_or(v_rested->c.n::text @> to_jsonb(l.voter_id)) from unnest(v_calls) c where c.caller_id = l.caller_id);
  end if;

  return query select c.n, jsonb_build_object('a', c.a, 'caller_id', c.caller_id, 'was_lost', false, 'call_back_at', null, 'is_too_late', false,
      'effects', c.learned
        || case when c.number <> 'unchanged' or c.is_reached then jsonb_build_object('person_id', c.person_id) else '{}' end
        || case when c.phone is not null and c.number <> 'unchanged' and c.quality is distinct from c.number
          then jsonb_build_object('phone', c.phone, 'quality_before', c.quality, 'quality', c.number) else '{}' end
        || case when v_marks ? c.n::text then jsonb_build_object('suppressions', v_marks->c.n::text) else '{}' end
        || jsonb_build_object('target', jsonb_build_object('why', (c.t).why, 'next_at', (c.t).next_at, 'attempts', (c.t).attempts,
          'phones', to_jsonb((c.t).phones), 'call_back_for', (c.t).call_back_for, 'not_for', (c.t).not_for, 'language', (c.t).language,
          'is_language_known', (c.t).is_language_known, 'closed_as', (c.t).closed_as))
        || case when v_rested ? c.n::text then jsonb_build_object('rested', v_rested->c.n::text, 'rested_until', c.retry_at) else '{}' end
        || case when v_rested_elsewhere ? c.n::text
          then jsonb_build_object('rested_elsewhere', v_rested_elsewhere->c.n::text, 'rested_until', c.retry_at) else '{}' end
        || case when v_home ? c.n::text then jsonb_build_object('home', v_home->c.n::text, 'home_until', c.home_until) else '{}' end
        || case when v_home_elsewhere ? c.n::text
          then jsonb_build_object('home_elsewhere', v_home_elsewhere->c.n::text, 'home_until', c.home_until) else '{}' end)
    from unnest(v_calls) c;
end $$;

-- As before; a caller's calls of the day are counted only where a day has a limit. And a result that is taken back gives the
-- voter back to their caller, also where somebody else at their home was called before.
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
      case when d.made >= b.most_per_caller then 0 else greatest(a.want - greatest(h.lines, least(cardinality(h.hand), 1)), 0) end,
      coalesce(d.made >= b.most_per_caller and a.want > greatest(h.lines, least(cardinality(h.hand), 1)), false))::asked_turn order by a.nth) into v_asks
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
      withdrawn := lost_of_hand(p_organization, p_phone_bank, v_holding, v_hand);
    end if;
    return next;
  end loop;
end $$;
