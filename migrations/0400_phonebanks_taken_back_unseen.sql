-- Results a caller took back that had not come: one that is still under way then, as after a request that took too long, is never recorded.
create table call_taken_back (
  organization_id uuid not null references organization,
  attempt_id uuid not null,                    -- made on the device
  phone_bank_id uuid not null,
  caller_id uuid not null,
  taken_back_at timestamptz not null,
  primary key (organization_id, attempt_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
select own_by_organization('call_taken_back');
create index call_taken_back_by_bank on call_taken_back (phone_bank_id, organization_id);

-- As before, but what was taken back stays so, and those of other lists who rest by it are kept with it, each with its list (0395). Whoever takes it back holds the voter's row meanwhile, for which this waits.
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

-- As before, with those of other lists; what was taken back is left for note_call, which says why.
create or replace function note_calls(b phone_bank, p_turns jsonb, p_now timestamptz, p_has_others boolean) returns table (n integer, made jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  v_calls noted_call[];
  v_voters integer[];
  v_rested jsonb;
  v_rested_elsewhere jsonb;
  v_home jsonb;
  v_home_elsewhere jsonb;
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
          and u.a->>'queue' in ('done', 'retry') and u.a->>'suppress' is null and u.a->>'number' in ('unchanged', 'good')
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
      and (select k.attempt_id from call_taken_back k where k.organization_id = b.organization_id and k.attempt_id = c.attempt_id) is null;
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

  update phone_bank_target t set attempts = (c.t).attempts + 1, next_at = c.retry_at, call_back_for = null, not_for = null, leased_to = null,
      closed_as = null, last_attempt_id = c.attempt_id,
      state = case when c.a->>'queue' = 'done' or (c.t).attempts + 1 >= b.max_attempts then 'finished' else 'waiting' end,
      why = case when c.a->>'queue' = 'done' then c.a->>'disposition' when (c.t).attempts + 1 >= b.max_attempts then 'max_attempts' else 'resting' end
    from unnest(v_calls) c
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = c.voter_id;
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

-- As before; a correction that was dropped takes nothing back.
create or replace function correct_call(b phone_bank, p_caller uuid, p_by text, p_voter integer, p_first uuid, p_corrected uuid, p_since timestamptz, p_made_at timestamptz, p_now timestamptz)
returns text language plpgsql as $$
declare
  a contact_attempt;
  v_is_last boolean;
begin
  select last_attempt_id is not distinct from p_first into v_is_last from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if not found then return 'not_yours'; end if;
  -- After the lock: of the same correction sent twice at once, the second waits above and finds the first here.
  if exists (select from contact_attempt where organization_id = b.organization_id and attempt_id = p_corrected) then return 'new'; end if;
  if exists (select from call_taken_back where organization_id = b.organization_id and attempt_id = p_corrected) then return 'taken_back'; end if;
  select * into a from contact_attempt where organization_id = b.organization_id and attempt_id = p_first;
  if not found then return 'new'; end if;
  if a.caller_id is distinct from p_caller or a.phone_bank_id is distinct from b.phone_bank_id or a.voter_id is distinct from p_voter then
    return 'not_yours';
  end if;
  if a.undone_at is not null then return 'taken_back'; end if;
  if a.recorded_at < p_since then return 'too_late'; end if;
  if exists (select from phone_bank_caller where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and caller_id = p_caller
      and removed_at < p_made_at) then
    return 'closed';
  end if;
  if not undo_call(b.organization_id, p_first, p_by, p_now) then return 'taken_back'; end if;
  -- Called again since: where they stand now comes from the later call.
  if v_is_last then
    update phone_bank_target set state = 'leased', leased_to = p_caller
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter and state in ('ready', 'waiting');
  end if;
  return 'ready';
end $$;
