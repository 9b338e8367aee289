-- Whoever was called a short time ago rests on every list, also on one they come to only now, and also where the call was made
-- elsewhere; a home in one hand is not rung by another.

-- How long a voter of a list rests after a result: as `spacingOf` (calling-rules/schema.ts) says it.
create function hours_of_rest(b phone_bank, p_disposition text) returns integer language sql immutable as $$
  select coalesce((b.spacing->p_disposition->>'hours')::integer, case p_disposition when 'busy' then 1 when 'not_available' then 4 end, b.retry_after_hours)
$$;

-- When the day after begins where somebody lives: as `nextDayAt` (rules.ts).
create function day_after(p_place text, p_at timestamptz) returns timestamptz language sql stable as $$
  select max(((p_at at time zone zone)::date + 1)::timestamp at time zone zone) from regexp_split_to_table(split_part(p_place, ' ', 1), '\+') zone
$$;

-- Voters who came to a list rest after the calls they had before, as those who stood on it then. p_now: null where nobody asks.
create function rest_newcomers(b phone_bank, p_voters integer[], p_now timestamptz) returns void language plpgsql
-- How many there are decides the plan.
set plan_cache_mode = force_custom_plan as $$
declare
  v_since timestamptz := p_now - make_interval(hours => greatest(b.retry_after_hours, 25,
    (select max((s.value->>'hours')::integer) from jsonb_each(b.spacing) s)));
begin
  if p_now is null or p_voters = '{}' or not exists (select from contact_attempt a where a.organization_id = b.organization_id and a.recorded_at > v_since) then
    return;
  end if;
  with called as materialized (
    select a.voter_id, a.phone, a.is_reached, a.attempted_at, a.attempted_at + make_interval(hours => hours_of_rest(b, a.disposition)) as rests_until
      from contact_attempt a
      where a.organization_id = b.organization_id and a.recorded_at > v_since and a.voter_id is not null
        and a.channel in ('phone', 'inbound_phone') and a.undone_at is null),
  new as materialized (
    select t.voter_id, t.phones[1] as phone, t.time_zone from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters)
        and (t.state = 'ready' or t.state = 'waiting' and t.why = 'resting')),
  hand as materialized (
    select p.voter_id, m.home from household_member m join person p on p.organization_id = m.organization_id and p.person_id = m.person_id
      where m.organization_id = b.organization_id and m.ended_at is null and p.merged_into is null and p.voter_id is not null),
  at_line as materialized (
    select n.voter_id, n.time_zone, c.voter_id as called, c.is_reached, c.attempted_at, c.rests_until from new n join called c on c.phone = n.phone),
  at_home as materialized (
    select n.voter_id, n.time_zone, n.home, c.attempted_at
      from (select c.voter_id, c.attempted_at, coalesce(h.home, r.household_key) as home
        from called c join voter_record r using (voter_id) left join hand h using (voter_id)) c
      join (select n.voter_id, n.time_zone, coalesce(h.home, r.household_key) as home
        from new n join voter_record r using (voter_id) left join hand h using (voter_id)) n on n.home = c.home and n.voter_id <> c.voter_id
      where b.is_household_once_a_day),
  -- A building without apartment numbers is no home.
  homes as materialized (
    select home from (select distinct home from at_home) each where cardinality(voters_of_home(b.organization_id, home, 9)) <= 8),
  -- As a result has it for those who are on the list: the voter, the line nobody answered; the others of line and home not before tomorrow.
  rests as (
    select n.voter_id, c.rests_until as until, 'resting' as why from new n join called c using (voter_id)
    union all
    select l.voter_id, l.rests_until, 'resting' from at_line l where not l.is_reached
    union all
    select o.voter_id, day_after(o.time_zone, o.attempted_at), 'household' from (
      select l.voter_id, l.time_zone, max(l.attempted_at) as attempted_at from (
        select l.voter_id, l.time_zone, l.attempted_at from at_line l where b.is_household_once_a_day and l.called <> l.voter_id
        union all
        select voter_id, time_zone, attempted_at from at_home join homes using (home)) l
      group by l.voter_id, l.time_zone) o),
  longest as (select distinct on (voter_id) voter_id, until, why from rests where until > p_now order by voter_id, until desc, why desc)
  update phone_bank_target t set state = 'waiting', why = l.why, next_at = l.until
    from longest l
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = l.voter_id and t.next_at < l.until;
end $$;

-- A call made with another tool: the telephone rang all the same.
create function call_elsewhere_rests() returns trigger language plpgsql as $$
declare
  v_line integer[] := case when new.phone is null then '{}' else voters_at_number(new.organization_id, new.phone) end;
  v_home integer[] := voters_at_home(new.organization_id, new.voter_id, 9);
begin
  if cardinality(v_home) > 8 then v_home := '{}'; end if;
  perform t.voter_id from phone_bank_target t
    where t.organization_id = new.organization_id and t.voter_id = any(new.voter_id || v_line || v_home) order by t.voter_id, t.phone_bank_id for update;
  with rests as (
    select t.phone_bank_id, t.voter_id, r.*
      from phone_bank_target t join phone_bank b on b.organization_id = t.organization_id and b.phone_bank_id = t.phone_bank_id and b.ended_at is null
      cross join lateral (values
        ('resting', new.attempted_at + make_interval(hours => hours_of_rest(b, new.disposition)),
          t.voter_id = new.voter_id or t.phones[1] = new.phone and not new.is_reached),
        ('household', day_after(t.time_zone, new.attempted_at), t.voter_id <> new.voter_id and b.is_household_once_a_day)) r (why, until, applies)
      where t.organization_id = new.organization_id and t.voter_id = any(new.voter_id || v_line || v_home)),
  longest as (
    select distinct on (phone_bank_id, voter_id) * from rests where applies and until > new.recorded_at order by phone_bank_id, voter_id, until desc, why desc)
  -- Whoever is in a hand stays there, and rests as they are given back.
  update phone_bank_target t set state = case when t.state = 'leased' then 'leased' else 'waiting' end, why = l.why, next_at = l.until
    from longest l
    where t.organization_id = new.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id and t.next_at < l.until
      and t.state in ('ready', 'waiting', 'leased') and (t.why is null or t.why in ('resting', 'elsewhere', 'skipped', 'household'));
  return null;
end $$;
create trigger rests_on_lists after insert on contact_attempt for each row
  when (new.phone_bank_id is null and new.voter_id is not null and new.channel in ('phone', 'inbound_phone') and new.undone_at is null
    -- Nobody rests longer; whole years come in from other programs.
    and new.attempted_at > new.recorded_at - interval '336 hours')
  execute function call_elsewhere_rests();

-- A call that ended in a mark was a try like any other: whoever is open again, as the mark is taken back, rests after it.
create function marked_call_rests() returns trigger language plpgsql as $$
begin
  update phone_bank_target t set next_at = r.until
    from phone_bank b cross join lateral (select new.attempted_at + make_interval(hours => hours_of_rest(b, new.disposition)) as until) r
    where b.organization_id = new.organization_id and b.ended_at is null and r.until > new.recorded_at
      and t.organization_id = new.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = new.voter_id
      and t.state = 'suppressed' and t.next_at < r.until;
  return null;
end $$;
create trigger rests_behind_mark after insert on contact_attempt for each row
  when (new.disposition in ('do_not_call', 'deceased', 'moved', 'hostile') and new.voter_id is not null and new.channel in ('phone', 'inbound_phone')
    and new.undone_at is null)
  execute function marked_call_rests();

-- As before, and says of those called on another list that they rest.
create or replace function stand_by_marks(p_organization uuid, p_voters integer[], p_now timestamptz) returns void language plpgsql as $$
declare
  v_voter integer;
  v_reason text;
  v_was_called boolean;
begin
  foreach v_voter in array p_voters loop
    -- Most of those marked are on no list.
    continue when not exists (select from phone_bank_target t where t.voter_id = v_voter and t.organization_id = p_organization);
    v_reason := closed_to_calls(p_organization, v_voter);
    if v_reason is not null then
      update phone_bank_target set state = 'suppressed', why = v_reason, leased_to = null,
          next_at = greatest(next_at, (select l.leased_until from call_lease l where l.organization_id = p_organization and l.voter_id = v_voter))
        where organization_id = p_organization and voter_id = v_voter
          and (state in ('ready', 'waiting', 'leased') or state = 'suppressed' and why not in (v_reason, 'not_in_universe'));
      delete from call_lease where organization_id = p_organization and voter_id = v_voter;
    else
      v_was_called := exists (select from contact_attempt a where a.organization_id = p_organization and a.voter_id = v_voter
        and a.channel in ('phone', 'inbound_phone') and a.undone_at is null and a.attempted_at > p_now - interval '336 hours');
      update phone_bank_target set state = case when attempts = 0 and next_at <= p_now then 'ready' else 'waiting' end,
          why = case when attempts > 0 then 'resting' when next_at > p_now then case when v_was_called then 'resting' else 'elsewhere' end end, next_at = greatest(next_at, p_now)
        where organization_id = p_organization and voter_id = v_voter and state = 'suppressed' and why <> 'not_in_universe';
    end if;
  end loop;
end $$;

-- As before, and whoever comes to the list rests after the calls they had.
drop function add_targets(phone_bank, integer[], integer, jsonb, jsonb);
create function add_targets(b phone_bank, p_voters integer[], p_from integer, p_state_zones jsonb, p_county_zones jsonb,
    p_now timestamptz default null) returns integer language plpgsql as $$
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
  if v_added > 0 then perform rest_newcomers(b, array(select v from unnest(p_voters) v where v <> all(v_known)), p_now); end if;
  perform renew_targets(b, v_known);
  return v_added;
end $$;

-- As before, and whoever comes back to the list rests after the calls they had meanwhile.
drop function withdraw_targets(phone_bank, integer[]);
create function withdraw_targets(b phone_bank, p_voters integer[], p_now timestamptz) returns integer language plpgsql as $$
declare
  v_back integer[];
  v_out integer[];
begin
  with back as (
    update phone_bank_target set state = case when attempts = 0 then 'ready' else 'waiting' end, why = case when attempts > 0 then 'resting' end
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state = 'suppressed' and why = 'not_in_universe'
        and voter_id in (select unnest(p_voters))
      returning voter_id)
  select coalesce(array_agg(voter_id), '{}') into v_back from back;
  perform rest_newcomers(b, v_back, p_now);
  with out as (
    update phone_bank_target t set state = 'suppressed', why = 'not_in_universe', on_paper_at = null, call_back_for = null
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id
        and (state = 'ready' or state = 'waiting' and why not in ('call_back', 'organizer', 'handed_on'))
        and not exists (select from unnest(p_voters) v (voter_id) where v.voter_id = t.voter_id)
      returning voter_id)
  select coalesce(array_agg(voter_id), '{}') into v_out from out;
  delete from call_lease where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and is_on_paper and voter_id = any(v_out);
  return cardinality(v_out);
end $$;

-- As before, and a home that is called once a day is in one hand: nobody else rings somebody there meanwhile.
create or replace function lease_call(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz, p_is_alone boolean) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
  m phone_bank_target;
  v_until timestamptz := p_now + make_interval(mins => b.lease_minutes);
  v_other record;
  v_is_leased boolean;
  v_lines text[];
  v_reason text;
  v_home_key bigint;
  v_home integer[];
  v_home_until timestamptz;
  v_paper_until timestamptz;
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if t.state not in ('ready', 'waiting') then return false; end if; -- taken while we waited for the row
  -- Put on a sheet while we waited for the row.
  if t.on_paper_at is not null and t.state = 'waiting' and t.why = 'elsewhere' and t.next_at > p_now and not p_is_alone then return false; end if;
  v_reason := closed_to_calls(b.organization_id, p_voter);
  if v_reason is not null then
    update phone_bank_target set state = 'suppressed', why = v_reason
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
    return false;
  end if;
  if b.is_household_once_a_day and not p_is_alone then
    if exists (select from phone_bank o where o.organization_id = b.organization_id and o.phone_bank_id <> b.phone_bank_id and o.ended_at is null) then
      v_home_key := home_of_voter(b.organization_id, p_voter);
      v_home := voters_of_home(b.organization_id, v_home_key, 9);
      -- A building without apartment numbers is no home.
      if cardinality(v_home) > 8 then v_home := '{}';
      -- Another phone bank hands somebody there out in this very moment.
      elsif not pg_try_advisory_xact_lock(hashtext(b.organization_id || ' home'), hashint8(v_home_key)) then
        v_home_until := p_now + interval '1 minute';
      end if;
    end if;
    v_home := v_home || t.together;
    if v_home is not null then
      -- Looked at again soon: most calls are over long before their hand is.
      select greatest(v_home_until, max(least(l.leased_until, p_now + interval '5 minutes'))) into v_home_until from call_lease l
        where l.organization_id = b.organization_id and l.voter_id = any(v_home) and l.voter_id <> p_voter and l.caller_id <> p_caller and not l.is_on_paper;
      -- On a sheet: as those who were on a list when it was made. A promise is kept all the same.
      if v_home_until is null and (t.why is null or t.why in ('resting', 'elsewhere', 'skipped', 'household')) then
        v_paper_until := (select max(l.leased_until) from call_lease l
          where l.organization_id = b.organization_id and l.voter_id = any(v_home) and l.voter_id <> p_voter and l.is_on_paper and l.leased_until > p_now);
        if v_paper_until is not null then
          update phone_bank_target set state = 'waiting', why = 'elsewhere', next_at = v_paper_until, why_before = t.why, next_before = t.next_at
            where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
          return false;
        end if;
      end if;
    end if;
    if v_home_until is not null then
      update phone_bank_target set state = 'waiting', why = coalesce(why, 'household'),
          next_at = greatest(next_at, v_home_until, p_now + interval '1 minute')
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
      return false;
    end if;
  end if;
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

  if t.together is not null and not p_is_alone then
    v_lines := array[t.phones[1]];
    for m in
      select * from phone_bank_target
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = any(t.together)
          and (state = 'ready' or state = 'waiting' and next_at <= p_now and why <> 'organizer')
          and (b.household = 'together' or phones[1] = t.phones[1]) and (attempts < b.max_attempts or why in ('call_back', 'handed_on')) and phones <> '{}'
          and time_zone = t.time_zone
          -- Passed on to a speaker: theirs alone, also at a home somebody else has in hand.
          and (why is distinct from 'handed_on' or language = any((select k.languages from phone_bank_caller k
            where k.organization_id = b.organization_id and k.phone_bank_id = b.phone_bank_id and k.caller_id = p_caller)::text[]))
        order by voter_id for update skip locked
    loop
      continue when not m.phones[1] = any(v_lines) and cardinality(v_lines) >= b.lines_per_household;
      continue when closed_to_calls(b.organization_id, m.voter_id) is not null;
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        values (b.organization_id, m.voter_id, b.phone_bank_id, p_caller, case when m.phones[1] = any(v_lines) then null else m.phones[1] end, p_now, v_until)
        on conflict do nothing;
      if found then
        if not m.phones[1] = any(v_lines) then v_lines := v_lines || m.phones[1]; end if;
        update phone_bank_target set state = 'leased', leased_to = p_caller
          where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = m.voter_id;
      end if;
    end loop;
  end if;
  return true;
end $$;
