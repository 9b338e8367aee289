-- The list follows what is known of its voters: a corrected number is the one that is dialed, a corrected language decides who calls.

-- The newest import of voters or telephones the list was compared with.
alter table phone_bank add column numbers_at timestamptz;

-- The numbers of a voter that may be dialed, the best first.
create function numbers_to_call(p_organization uuid, p_voter integer, p_person uuid) returns text[] language plpgsql stable as $$
begin
  return array(
    select n.phone from (
      select k.phone, max(k.rank) as rank from (
        select f.phone, f.quality::integer as rank from voter_phone f where f.voter_id = p_voter
        union all
        select f.phone, case when f.is_preferred then 300 when f.quality = 'good' then 200 when f.quality = 'unknown' then 101 else -1 end from person_phone f
          where f.organization_id = p_organization and f.person_id = p_person and p_person is not null) k
      group by k.phone
      having min(k.rank) >= 0) n
    where (select s.suppression_id from suppression s where s.organization_id = p_organization and s.phone = n.phone
      and (s.voter_id is null or s.voter_id = p_voter) and s.taken_back_at is null limit 1) is null
    order by n.rank desc, n.phone);
end $$;

-- Brings these voters up to date on every list of the organization. `p_was`: the language they spoke before, where it was taken away.
create function stand_by_person(p_organization uuid, p_voters integer[], p_was text) returns void language plpgsql as $$
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

-- Whoever writes a number: a caller, the profile, a merge. A spreadsheet (hanpyo.list_later) holds what it writes until all is written; it comes
-- to the lists afterwards, in small pieces. What calls find out about the number they dialed changes
-- only `quality`; that they note themselves.
create function person_phone_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  f person_phone := case when tg_op = 'DELETE' then old else new end;
  v_voter integer;
begin
  select p.voter_id into v_voter from person p where p.organization_id = f.organization_id and p.person_id = f.person_id and p.merged_into is null;
  if v_voter is not null then perform stand_by_person(f.organization_id, array[v_voter], null); end if;
  return null;
end $$;
create trigger acts_on_phone_banks_in after insert on person_phone for each row
  when (new.source <> 'call' and current_setting('hanpyo.list_later', true) is distinct from 'on') execute function person_phone_acts_on_phone_banks();
create trigger acts_on_phone_banks_out after delete on person_phone for each row
  when (current_setting('hanpyo.list_later', true) is distinct from 'on') execute function person_phone_acts_on_phone_banks();
create trigger acts_on_phone_banks after update of person_id, phone, kind, is_preferred on person_phone for each row
  when (old.person_id <> new.person_id or old.phone <> new.phone or old.is_preferred <> new.is_preferred or old.quality <> new.quality)
  execute function person_phone_acts_on_phone_banks();
-- One is usable again; where one no longer is, a mark goes with it.
create trigger acts_on_phone_banks_usable after update of quality on person_phone for each row
  when (old.quality in ('wrong', 'disconnected') and new.quality not in ('wrong', 'disconnected')) execute function person_phone_acts_on_phone_banks();

-- The language an answered call was held in (hanpyo.is_heard) comes to the other lists when they are brought up to date: while results are
-- recorded nothing else may take time.
-- As before, also for numbers and languages that come and go with the link to the voter record.
create or replace function person_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  v_voters integer[] := array(select distinct each from unnest(array[old.voter_id, new.voter_id]) each where each is not null);
begin
  if old.voter_id is distinct from new.voter_id or old.deceased_at is distinct from new.deceased_at or old.merged_into is distinct from new.merged_into then
    perform stand_by_marks(new.organization_id, v_voters, new.updated_at);
  end if;
  if old.voter_id is distinct from new.voter_id or old.merged_into is distinct from new.merged_into or old.language is distinct from new.language then
    perform stand_by_person(new.organization_id, v_voters, old.language);
  end if;
  return null;
end $$;
drop trigger acts_on_phone_banks on person;
create trigger acts_on_phone_banks after update of voter_id, deceased_at, merged_into, language on person for each row
  when (old.voter_id is distinct from new.voter_id or old.deceased_at is distinct from new.deceased_at or old.merged_into is distinct from new.merged_into
    or old.language is distinct from new.language and current_setting('hanpyo.is_heard', true) is distinct from 'on'
      and current_setting('hanpyo.list_later', true) is distinct from 'on')
  execute function person_acts_on_phone_banks();
create function new_person_acts_on_phone_banks() returns trigger language plpgsql as $$
begin
  perform stand_by_person(new.organization_id, array[new.voter_id], null);
  return null;
end $$;
create trigger acts_on_phone_banks_in after insert on person for each row
  when (new.voter_id is not null and new.language is not null and current_setting('hanpyo.is_heard', true) is distinct from 'on'
    and current_setting('hanpyo.list_later', true) is distinct from 'on') execute function new_person_acts_on_phone_banks();
-- An import taken back takes its people with it: their numbers and languages leave the lists.
create function gone_person_acts_on_phone_banks() returns trigger language plpgsql as $$
begin
  perform stand_by_person(old.organization_id, array[old.voter_id], old.language);
  return null;
end $$;
create trigger acts_on_phone_banks_out after delete on person for each row
  when (old.voter_id is not null and old.merged_into is null) execute function gone_person_acts_on_phone_banks();
create function person_import_acts_on_phone_banks() returns trigger language plpgsql as $$
begin
  update phone_bank set numbers_at = '-infinity' where organization_id = new.organization_id and ended_at is null;
  return null;
end $$;
create trigger acts_on_phone_banks after update of state on person_import for each row
  when (new.state = 'done' and old.state <> 'done') execute function person_import_acts_on_phone_banks();

-- As before; a number that is open again comes back to its place, where nothing else speaks against it.
create or replace function suppression_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  v_voters integer[];
begin
  if new.voter_id is not null then v_voters := array[new.voter_id];
  elsif new.phone is null then
    select array_agg(voter_id) into v_voters from person where organization_id = new.organization_id and person_id = new.person_id and voter_id is not null;
  else
    select array_agg(distinct voter_id) into v_voters from (
      select voter_id from voter_phone where phone = new.phone
      union all
      select p.voter_id from person_phone f join person p using (organization_id, person_id)
        where f.organization_id = new.organization_id and f.phone = new.phone and p.voter_id is not null) those;
  end if;
  if v_voters is null then return null; end if;

  if new.phone is null then
    perform stand_by_marks(new.organization_id, v_voters, coalesce(new.taken_back_at, new.marked_at));
  elsif new.taken_back_at is null then
    update phone_bank_target set phones = array_remove(phones, new.phone)
      where organization_id = new.organization_id and voter_id = any(v_voters) and new.phone = any(phones);
    with out as (
      update phone_bank_target t set state = 'finished', why = 'no_number', leased_to = null,
          next_at = greatest(next_at, (select l.leased_until from call_lease l where l.organization_id = t.organization_id and l.voter_id = t.voter_id))
        where organization_id = new.organization_id and voter_id = any(v_voters) and phones = '{}' and state in ('ready', 'waiting', 'leased')
        returning voter_id, phone_bank_id)
    delete from call_lease l using out where l.organization_id = new.organization_id and l.voter_id = out.voter_id and l.phone_bank_id = out.phone_bank_id;
    -- The next number of those in a hand, unless somebody else is busy with it.
    with other as (
      select l.voter_id, l.phone_bank_id, l.leased_until, t.phones[1] as line,
          exists (select from call_lease o where o.organization_id = l.organization_id and o.line = t.phones[1] and o.caller_id <> l.caller_id) as is_taken,
          exists (select from call_lease o where o.organization_id = l.organization_id and o.line = t.phones[1] and o.voter_id <> l.voter_id) as is_held
        from call_lease l join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id
        where l.organization_id = new.organization_id and l.voter_id = any(v_voters)),
      back as (
        update phone_bank_target t set state = 'waiting', why = coalesce(t.why, 'elsewhere'), leased_to = null, next_at = greatest(t.next_at, other.leased_until)
          from other
          where other.is_taken and t.organization_id = new.organization_id and t.phone_bank_id = other.phone_bank_id and t.voter_id = other.voter_id
          returning t.voter_id),
      given as (delete from call_lease l using back where l.organization_id = new.organization_id and l.voter_id = back.voter_id)
    update call_lease l set is_changed = true, line = case when l.line = new.phone then case when other.is_held then null else other.line end else l.line end
      from other where not other.is_taken and l.organization_id = new.organization_id and l.voter_id = other.voter_id;
  else
    perform stand_by_person(new.organization_id, v_voters, null);
  end if;
  return null;
end $$;

-- Compares these voters of a list with what is known of them by now.
create function renew_targets(b phone_bank, p_voters integer[]) returns void language plpgsql as $$
begin
  perform stand_by_person(b.organization_id, array(
    select t.voter_id from phone_bank_target t
      left join lateral (select * from person o where o.organization_id = b.organization_id and o.voter_id = t.voter_id and o.merged_into is null offset 0) p on true
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters)
        and (t.phones <> numbers_to_call(b.organization_id, t.voter_id, p.person_id)
          or p.language is not null and (t.language <> p.language or not t.is_language_known))
      order by t.voter_id), null);
end $$;

-- As before; says that the language is only heard, unless it is corrected (hand_on).
create or replace function learn_from_contact(p_organization uuid, a jsonb, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_voter integer := (a->>'voter_id')::integer;
  v_phone text := a->>'phone';
  v_number text := a->>'number';
  v_reason text := a->>'suppress';
  v_language text := a->>'language';
  v_by text := a->>'made_by';
  v_person uuid;
  v_old record;
  v_id uuid;
  v_suppressions uuid[] := '{}';
  v_effects jsonb := '{}';
begin
  if v_number = 'unchanged' and v_reason is null and not (a->>'reached')::boolean then
    return v_effects;
  end if;
  v_person := person_of_voter(p_organization, v_voter, p_now);
  v_effects := jsonb_build_object('person_id', v_person);

  if v_phone is not null and v_number <> 'unchanged' then
    select quality into v_old from person_phone where organization_id = p_organization and person_id = v_person and phone = v_phone;
    if v_old.quality is distinct from v_number then
      insert into person_phone (organization_id, person_id, phone, quality, source, added_at)
        values (p_organization, v_person, v_phone, v_number, 'call', p_now)
        on conflict (organization_id, person_id, phone) do update set quality = excluded.quality;
      v_effects := v_effects || jsonb_build_object('phone', v_phone, 'quality_before', v_old.quality, 'quality', v_number);
    end if;
  end if;
  if v_phone is not null and v_number in ('wrong', 'disconnected') then
    insert into suppression (organization_id, voter_id, person_id, phone, reason, marked_by, marked_at)
      values (p_organization, case when v_number = 'wrong' then v_voter end, case when v_number = 'wrong' then v_person end, v_phone,
        case when v_number = 'wrong' then 'wrong_number' else 'disconnected' end, v_by, p_now)
      returning suppression_id into v_id;
    v_suppressions := v_suppressions || v_id;
  end if;

  if v_language is not null and (a->>'reached')::boolean then
    select language into v_old from person where organization_id = p_organization and person_id = v_person;
    -- What somebody heard on the phone replaces nothing the person said before, unless it kept them from understanding.
    if v_old.language is null or (a->>'queue' = 'hand_on' and v_old.language <> v_language) then
      if a->>'queue' <> 'hand_on' then perform set_config('hanpyo.is_heard', 'on', true); end if;
      update person set language = v_language, updated_at = p_now where organization_id = p_organization and person_id = v_person;
      perform set_config('hanpyo.is_heard', 'off', true);
      v_effects := v_effects || jsonb_build_object('language', v_language, 'language_before', v_old.language);
    end if;
  end if;

  if v_reason is not null then
    insert into suppression (organization_id, voter_id, person_id, reason, marked_by, marked_at, note)
      values (p_organization, v_voter, v_person, v_reason, v_by, p_now, a->>'spoke_with')
      returning suppression_id into v_id;
    v_suppressions := v_suppressions || v_id;
    if v_reason = 'do_not_call' then
      if v_phone is not null then
        insert into suppression (organization_id, phone, reason, marked_by, marked_at)
          values (p_organization, v_phone, v_reason, v_by, p_now) returning suppression_id into v_id;
        v_suppressions := v_suppressions || v_id;
      end if;
      insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at)
        values (p_organization, v_person, 'phone', false, 'call ' || (a->>'attempt_id'), v_by, p_now) returning consent_id into v_id;
      v_effects := v_effects || jsonb_build_object('consent_id', v_id);
    elsif v_reason = 'deceased' then
      update person set deceased_at = p_now, deceased_note = v_by, updated_at = p_now
        where organization_id = p_organization and person_id = v_person and deceased_at is null;
      if found then v_effects := v_effects || '{"deceased":true}'; end if;
    end if;
  end if;
  if cardinality(v_suppressions) > 0 then
    v_effects := v_effects || jsonb_build_object('suppressions', to_jsonb(v_suppressions));
  end if;
  return v_effects;
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
      case when p_has_others and c.a->'home_until' <> 'null' then array(select o.voter_id from voter_record r join voter_record o on o.household_key = r.household_key
        where r.voter_id = c.voter_id and r.household_key is not null limit 9) else '{}' end,
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

-- As before; the numbers are those known now, also what was told in the call that is taken back.
create or replace function undo_call(p_organization uuid, p_attempt uuid, p_by text, p_now timestamptz) returns boolean language plpgsql as $$
declare
  a contact_attempt;
  e jsonb;
  v_person uuid;
  v_phones text[];
  v_language text;
begin
  select * into a from contact_attempt where organization_id = p_organization and attempt_id = p_attempt for update;
  if not found or a.undone_at is not null then return false; end if;
  update contact_attempt set undone_at = p_now, undone_by = p_by where organization_id = p_organization and attempt_id = p_attempt;
  perform unlearn_from_contact(p_organization, a.effects, p_by, p_now);
  e := a.effects->'target';
  select p.person_id, p.language into v_person, v_language from person p
    where p.organization_id = p_organization and p.voter_id = a.voter_id and p.merged_into is null;
  v_phones := numbers_to_call(p_organization, a.voter_id, v_person);
  update phone_bank_target set
      attempts = greatest((e->>'attempts')::smallint, 0), why = case when state = 'suppressed' and why = 'not_in_universe' then why when e->>'why' = 'talk' and state <> 'leased' then e->>'closed_as' else e->>'why' end,
      closed_as = case when e->>'why' = 'talk' and state = 'leased' then e->>'closed_as' end, next_at = (e->>'next_at')::timestamptz,
      phones = v_phones, call_back_for = (e->>'call_back_for')::uuid, not_for = (e->>'not_for')::uuid,
      language = coalesce(v_language, e->>'language'), is_language_known = v_language is not null or (e->>'is_language_known')::boolean,
      state = case when state = 'leased' then 'leased' when state = 'suppressed' and why = 'not_in_universe' then state
        when e->>'why' = 'talk' then 'finished' when e->>'why' is null then 'ready' else 'waiting' end,
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
  update phone_bank_target set why = case when attempts > 0 then 'resting' end, next_at = '-infinity',
      state = case when state = 'leased' then 'leased' when attempts = 0 then 'ready' else 'waiting' end
    where organization_id = p_organization and phone_bank_id = a.phone_bank_id and state in ('waiting', 'leased') and why = 'household'
      and voter_id in (select value::integer from jsonb_array_elements_text(coalesce(a.effects->'home', '[]')))
      and next_at = (a.effects->>'home_until')::timestamptz;
  delete from follow_up where organization_id = p_organization and attempt_id = p_attempt and solved_at is null;
  return true;
end $$;

-- As before; those on the list already are brought up to date.
create or replace function add_targets(b phone_bank, p_voters integer[], p_from integer, p_state_zones jsonb, p_county_zones jsonb) returns integer language plpgsql as $$
declare
  v_added integer;
  v_known integer[] := array(select t.voter_id from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters));
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
    cross join lateral (select numbers_to_call(b.organization_id, r.voter_id, p.person_id) as phones offset 0) numbers
    left join lateral (
      select case when r.gone_in is not null or r.status not in ('active', 'inactive', 'military', 'federal', 'overseas') then 'not_contactable'
        when p.deceased_at is not null then 'deceased'
        else coalesce(
          (select s.reason from suppression s where s.organization_id = b.organization_id and s.phone is null and s.taken_back_at is null
            and s.voter_id = r.voter_id order by s.marked_at desc limit 1),
          case when p.person_id is not null then (select s.reason from suppression s where s.organization_id = b.organization_id and s.phone is null
            and s.taken_back_at is null and s.person_id = p.person_id order by s.marked_at desc limit 1) end,
          case when p.person_id is not null then (select case when not k.is_given then 'do_not_call' end from consent k where k.organization_id = b.organization_id
            and k.person_id = p.person_id and k.channel = 'phone' order by k.recorded_at desc, k.consent_id desc limit 1) end) end as reason) gone on true
    where v.voter_id <> all(v_known)
    on conflict do nothing;
  get diagnostics v_added = row_count;
  perform renew_targets(b, v_known);
  return v_added;
end $$;

-- Lists that were put together before.
select renew_targets(b, array(select t.voter_id from phone_bank_target t where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id))
  from phone_bank b where b.ended_at is null and b.prepared_at is not null;
