-- Phone banks know the household as people put it right by hand (0280).

-- As before; a home is the one that was said by hand, where there is one, and closed ones count too: a home stays as large as it is on the list,
-- whoever of it was called already.
create or replace function group_targets(b phone_bank) returns void language sql as $$
  with hand as (
    select p.voter_id, m.home from household_member m join person p on p.organization_id = m.organization_id and p.person_id = m.person_id
      where m.organization_id = b.organization_id and m.ended_at is null and p.merged_into is null and p.voter_id is not null),
  lived as (
    select t.voter_id, t.position, t.phones[1] as phone, coalesce(hand.home, r.household_key) as household
    from phone_bank_target t join voter_record r using (voter_id) left join hand using (voter_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.phones <> '{}'),
  one as (
    select voter_id, position, phone,
      case when household is not null and count(*) over (partition by household) <= 8 then min(position) over (partition by household) else position end as home
    from lived),
  two as (select *, case when count(*) over (partition by phone) <= 8 then min(home) over (partition by phone) else home end as line from one),
  three as (select voter_id, position, min(line) over (partition by home) as who from two),
  families as (select array_agg(voter_id order by voter_id) as ids from three group by who having count(*) between 2 and 10)
  update phone_bank_target t set together = array_remove(f.ids, t.voter_id)
    from (select ids, unnest(ids) as voter_id from families) f
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = f.voter_id
      and t.together is distinct from array_remove(f.ids, t.voter_id)
$$;

-- The same for these voters alone, who are everybody that could belong together; also takes apart. The homes and lines with more than eight on
-- the list hold nobody together.
create function group_these(b phone_bank, p_voters integer[], p_large_homes bigint[], p_large_lines text[]) returns void language plpgsql as $$
begin
  perform t.voter_id from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters) order by t.voter_id for update;
  with lived as (
    select t.voter_id, t.position, t.phones[1] as phone, home_of_voter(b.organization_id, t.voter_id) as household
    from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters) and t.phones <> '{}'),
  one as (
    select voter_id, phone, case when household is null or household = any(p_large_homes) then position else min(position) over (partition by household) end as home
    from lived),
  two as (select *, case when phone = any(p_large_lines) then home else min(home) over (partition by phone) end as line from one),
  three as (select voter_id, min(line) over (partition by home) as who from two),
  families as (select array_agg(voter_id order by voter_id) as ids from three group by who having count(*) between 2 and 10),
  each as (select ids, unnest(ids) as voter_id from families)
  update phone_bank_target t set together = array_remove(e.ids, t.voter_id)
    from unnest(p_voters) v (voter_id) left join each e using (voter_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = v.voter_id
      and t.together is distinct from array_remove(e.ids, t.voter_id);
end $$;

-- These voters belong to nobody, and nobody to them.
create function part_these(b phone_bank, p_voters integer[]) returns void language plpgsql as $$
declare
  v_those integer[] := p_voters || array(select unnest(t.together) from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters));
begin
  perform t.voter_id from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_those) order by t.voter_id for update;
  update phone_bank_target t
    set together = case when t.voter_id <> all(p_voters) then nullif(array(select o from unnest(t.together) o where o <> all(p_voters) order by o), '{}') end
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_those) and t.together is not null;
end $$;

-- The household of these voters is another now: finds out anew who belongs together, on every list that is called. `p_homes`: those they left
-- and came to.
create function regroup_homes(p_organization uuid, p_voters integer[], p_homes bigint[]) returns void language plpgsql as $$
declare
  b phone_bank;
  v_those integer[];
  v_edge integer[];
  v_found integer[];
  v_at integer[];
  v_home bigint;
  v_homes bigint[];
  v_large_homes bigint[];
  v_line text;
  v_lines text[];
  v_large_lines text[];
  v_is_whole boolean;
begin
  for b in select k.* from phone_bank k where k.organization_id = p_organization and k.ended_at is null and k.prepared_at is not null
      and k.phone_bank_id in (select t.phone_bank_id from phone_bank_target t where t.voter_id = any(p_voters) and t.organization_id = p_organization)
      order by k.phone_bank_id loop
    v_those := p_voters;
    v_edge := p_voters;
    v_homes := '{}';
    v_large_homes := '{}';
    v_lines := '{}';
    v_large_lines := '{}';
    v_is_whole := true;
    -- Those they belonged to, those of their homes and lines now, and theirs in turn, until nobody comes. Each home and each line is asked once.
    while v_edge <> '{}' and v_is_whole loop
      v_found := array(select unnest(t.together) from phone_bank_target t
        where t.organization_id = p_organization and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_edge));
      for v_home in select h.home from (select home_of_voter(p_organization, e.voter_id) as home from unnest(v_edge) e (voter_id) union select unnest(p_homes)) h
          where h.home is not null and h.home <> all(v_homes) loop
        v_homes := v_homes || v_home;
        v_at := voters_of_home(p_organization, v_home, 201);
        v_is_whole := v_is_whole and cardinality(v_at) <= 200;
        exit when not v_is_whole;
        v_at := array(select t.voter_id from phone_bank_target t
          where t.organization_id = p_organization and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_at) and t.phones <> '{}');
        if cardinality(v_at) > 8 then v_large_homes := v_large_homes || v_home; end if;
        -- The ninth who came takes the eight apart.
        if cardinality(v_at) <= 8 or cardinality(v_at) = 9 and v_home = any(p_homes) then v_found := v_found || v_at; end if;
      end loop;
      for v_line in select distinct t.phones[1] from phone_bank_target t
          where t.organization_id = p_organization and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_edge) and t.phones <> '{}'
            and t.phones[1] <> all(v_lines) loop
        v_lines := v_lines || v_line;
        v_at := voters_at_number(p_organization, v_line);
        v_is_whole := v_is_whole and cardinality(v_at) < 50;
        exit when not v_is_whole;
        v_at := array(select t.voter_id from phone_bank_target t
          where t.organization_id = p_organization and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_at) and t.phones[1] = v_line);
        if cardinality(v_at) > 8 then v_large_lines := v_large_lines || v_line; else v_found := v_found || v_at; end if;
      end loop;
      v_edge := array(select distinct f.voter_id from unnest(v_found) f (voter_id) where f.voter_id <> all(v_those));
      v_those := v_those || v_edge;
      v_is_whole := v_is_whole and cardinality(v_those) <= 500;
    end loop;
    if v_is_whole then
      perform group_these(b, v_those, v_large_homes, v_large_lines);
    else
      -- Nobody can say quickly who belongs together: who moved is called alone until the list is brought up to date.
      perform part_these(b, p_voters);
    end if;
  end loop;
end $$;

create function household_member_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  v_people uuid[] := array[case when tg_op <> 'INSERT' then old.person_id end, case when tg_op <> 'DELETE' then new.person_id end];
  v_organization uuid := case when tg_op = 'DELETE' then old.organization_id else new.organization_id end;
  v_voters integer[];
  v_homes bigint[];
begin
  v_voters := array(select p.voter_id from person p where p.organization_id = v_organization and p.person_id = any(v_people) and p.voter_id is not null);
  if v_voters = '{}' then return null; end if;
  v_homes := array(select r.household_key from voter_record r where r.voter_id = any(v_voters) and r.household_key is not null);
  if tg_op <> 'INSERT' then v_homes := v_homes || old.home; end if;
  if tg_op <> 'DELETE' then v_homes := v_homes || new.home; end if;
  perform regroup_homes(v_organization, v_voters, v_homes);
  return null;
end $$;
create trigger acts_on_phone_banks_in after insert on household_member for each row when (new.ended_at is null)
  execute function household_member_acts_on_phone_banks();
create trigger acts_on_phone_banks after update of person_id, home, ended_at on household_member for each row
  when (old.person_id <> new.person_id or old.home <> new.home or old.ended_at is distinct from new.ended_at)
  execute function household_member_acts_on_phone_banks();
create trigger acts_on_phone_banks_out after delete on household_member for each row when (old.ended_at is null)
  execute function household_member_acts_on_phone_banks();

-- Another voter record, or none: what was said by hand goes with the person.
create function person_takes_household_along() returns trigger language plpgsql as $$
declare
  v_voters integer[];
  v_homes bigint[] := array(select m.home from household_member m where m.organization_id = new.organization_id and m.person_id = new.person_id and m.ended_at is null);
begin
  if v_homes = '{}' then return null; end if;
  v_voters := array(select distinct each from unnest(array[old.voter_id, new.voter_id]) each where each is not null);
  v_homes := v_homes || array(select r.household_key from voter_record r where r.voter_id = any(v_voters) and r.household_key is not null);
  perform regroup_homes(new.organization_id, v_voters, v_homes);
  return null;
end $$;
create trigger takes_household_along after update of voter_id, merged_into on person for each row
  when (old.voter_id is distinct from new.voter_id or old.merged_into is distinct from new.merged_into)
  execute function person_takes_household_along();

-- Who is deleted takes it with them. While the person is still there, so that the lists learn of which voter.
create function gone_person_takes_household_along() returns trigger language plpgsql as $$
begin
  delete from household_member m where m.organization_id = old.organization_id and m.person_id = old.person_id;
  return old;
end $$;
create trigger takes_household_along_out before delete on person for each row when (old.voter_id is not null)
  execute function gone_person_takes_household_along();

-- As before; the family of a home is that of voters_at_home.
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

-- As before, the same.
create or replace function note_calls(b phone_bank, p_turns jsonb, p_now timestamptz, p_has_others boolean) returns table (n integer, made jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  v_calls noted_call[];
  v_voters integer[];
  v_rested jsonb;
  v_home jsonb;
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
    where (select k.attempt_id from contact_attempt k where k.organization_id = b.organization_id and k.attempt_id = c.attempt_id) is null;
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
  select jsonb_object_agg(r.n::text, r.voters) into v_rested
    from (select n, jsonb_agg(voter_id) as voters from rested where phone_bank_id = b.phone_bank_id group by n) r;

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
    select jsonb_object_agg(r.n::text, r.voters) into v_home
      from (select n, jsonb_agg(voter_id) as voters from home where phone_bank_id = b.phone_bank_id group by n) r;
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
        || case when v_home ? c.n::text then jsonb_build_object('home', v_home->c.n::text, 'home_until', c.home_until) else '{}' end)
    from unnest(v_calls) c;
end $$;

-- What is known of a voter's home beside who is on the list: its note, its language, and who lives there by hand without a voter record.
create function home_as_known(p_organization uuid, p_voter integer) returns jsonb language plpgsql stable as $$
declare
  v_home bigint;
  h household;
  v_others jsonb;
begin
  if not exists (select from household o where o.organization_id = p_organization) then return null; end if;
  v_home := home_of_voter(p_organization, p_voter);
  select * into h from household o where o.organization_id = p_organization and o.home = v_home;
  if not found then return null; end if;
  select jsonb_agg(jsonb_build_object('first_name', p.first_name, 'last_name', p.last_name, 'name_hangul', p.name_hangul) order by m.changed_at) into v_others
    from household_member m join lateral (select * from person o where o.organization_id = p_organization and o.person_id = m.person_id offset 0) p on true
    where m.organization_id = p_organization and m.home = v_home and m.ended_at is null and p.voter_id is null and p.merged_into is null and p.deceased_at is null;
  return jsonb_build_object('note', h.note, 'language', h.language, 'others', coalesce(v_others, '[]'));
end $$;

-- As before, with the home.
drop function call_cards(uuid, uuid, integer[]);
create function call_cards(p_organization uuid, p_phone_bank uuid, p_voters integer[])
returns table (voter_id integer, attempts smallint, phones text[], kinds text[], language text, is_language_known boolean, call_back_at timestamptz,
  is_next_number boolean, first_name text, middle_name text, last_name text, suffix text, birth_date date, birth_year smallint, p_korean smallint,
  city text, ccd smallint, ad smallint, sd smallint, cd smallint, name_hangul text, preferred_title text, members jsonb, past jsonb, time_zone text, home jsonb)
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
      r.birth_date, coalesce(p.birth_year, r.birth_year), r.p_korean, coalesce(p.city, r.city),
      -- As geography/crosswalk.ts: what the state does not say, by the election district, where that lies in one district whole.
      coalesce(r.ccd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'nyc-council' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)),
      r.ad,
      coalesce(r.sd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'senate' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)),
      coalesce(r.cd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'congress' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)), p.name_hangul, p.preferred_title,
      case when t.together is null then null else (
        select jsonb_agg(jsonb_build_object('voter_id', m.voter_id, 'first_name', coalesce(mp.first_name, mr.first_name), 'middle_name', mr.middle_name,
            'last_name', coalesce(mp.last_name, mr.last_name), 'birth_date', mr.birth_date, 'birth_year', mr.birth_year, 'p_korean', mr.p_korean,
            'name_hangul', mp.name_hangul, 'has_same_number', m.phones[1] = t.phones[1], 'is_in_hand', m.state = 'leased' and m.leased_to = t.leased_to)
            order by m.position)
          from phone_bank_target m join voter_record mr on mr.voter_id = m.voter_id
          left join lateral (select * from person o where o.organization_id = p_organization and o.voter_id = m.voter_id and o.merged_into is null offset 0) mp on true
          where m.organization_id = p_organization and m.phone_bank_id = p_phone_bank and m.voter_id = any(t.together) and m.state <> 'suppressed') end,
      (select jsonb_agg(jsonb_build_object('at', c.attempted_at, 'disposition', c.disposition, 'is_inbound', c.channel = 'inbound_phone',
          'result_name', case when c.result_code is not null then (select n.name from result_code n where n.organization_id = p_organization and n.code = c.result_code) end, 'language', c.language, 'note', c.note,
          'script_id', c.script_id, 'script_version', c.script_version, 'answers', case when c.disposition = 'canvassed' then (
            select jsonb_object_agg(w.question, w.value) from contact_answer w where w.organization_id = p_organization and w.attempt_id = c.attempt_id) end))
        from (select attempt_id, attempted_at, disposition, channel, result_code, language, note, script_id, script_version from contact_attempt c
          where c.organization_id = p_organization and c.voter_id = t.voter_id and c.undone_at is null and c.channel in ('phone', 'inbound_phone')
          order by attempted_at desc limit 3) c),
      t.time_zone,
      home_as_known(p_organization, t.voter_id)
    from unnest(p_voters) v (voter_id)
    join phone_bank_target t on t.organization_id = p_organization and t.phone_bank_id = p_phone_bank and t.voter_id = v.voter_id
    join voter_record r on r.voter_id = t.voter_id
    -- offset 0: one probe per voter, also in a plan made while the organization knew nobody yet
    left join lateral (select * from person o where o.organization_id = p_organization and o.voter_id = t.voter_id and o.merged_into is null offset 0) p on true;
end $$;
