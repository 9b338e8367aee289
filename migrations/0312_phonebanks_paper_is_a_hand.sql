-- Who is on a printed sheet is in one hand as on a screen: no phone bank of the organization hands out the same voter, line or home
-- meanwhile. A sheet is made for the languages of whoever calls from it.

-- A sheet holds its voters and their lines by the lock the screens have; `caller_id` is then the sheet.
alter table call_lease add column is_on_paper boolean not null default false;
-- null: of before there were sheets for a language.
alter table phone_bank_sheet add column languages text[];

-- Sheets that are out now.
insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until, is_on_paper)
  select s.organization_id, l.voter_id, s.phone_bank_id, s.sheet_id,
      case when row_number() over (partition by s.organization_id, t.phones[1] order by s.made_at, l.line) = 1 then t.phones[1] end, s.made_at, t.next_at, true
    from phone_bank_sheet s join phone_bank_sheet_line l using (organization_id, sheet_id)
    join phone_bank_target t on t.organization_id = s.organization_id and t.phone_bank_id = s.phone_bank_id and t.voter_id = l.voter_id
    where t.state = 'waiting' and t.why = 'elsewhere' and t.on_paper_at = s.made_at and t.next_at = t.on_paper_at + interval '24 hours' and t.next_at > now()
  on conflict do nothing;

-- Nobody has them or their line in hand, and no phone bank promised them a call or passed them on.
create function paper_may_have(b phone_bank, p_voter integer, p_line text) returns boolean language plpgsql stable as $$
begin
  return not exists (select from call_lease l where l.organization_id = b.organization_id and l.voter_id = p_voter)
    and not exists (select from call_lease l where l.organization_id = b.organization_id and l.line = p_line)
    and not exists (select from phone_bank_target o where o.voter_id = p_voter and o.organization_id = b.organization_id
      and o.state = 'waiting' and o.why in ('call_back', 'next_number', 'handed_on', 'organizer'));
end $$;

-- Puts the next voters who speak these languages, those never called first and homes together, on this sheet for a day. Answers who, in order.
drop function put_on_paper(phone_bank, integer, timestamptz);
create function put_on_paper(b phone_bank, p_sheet uuid, p_count integer, p_languages text[], p_now timestamptz) returns integer[] language plpgsql as $$
declare
  v_until timestamptz := p_now + interval '24 hours';
  v_languages text[] := case when (case when 'en' = any(b.languages) then 'en' else b.languages[1] end) = any(p_languages)
    then p_languages || 'und'::text else p_languages end;
  v_chosen integer[] := '{}';
  v_lines text[] := '{}';
  v_others integer[] := '{}';
  v_home integer[];
  v_line text;
  r record;
begin
  for r in
    with first as (
      select t.voter_id, t.together, row_number() over (order by t.is_again, t.position) as nth from (
        select t.voter_id, t.together, t.position, t.is_again
          from unnest(b.zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
          cross join lateral (
            (select t.voter_id, t.together, t.position, false as is_again from phone_bank_target t
              where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
                and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                and paper_may_have(b, t.voter_id, t.phones[1])
              order by t.position limit p_count)
            union all
            (select t.voter_id, t.together, t.position, true from phone_bank_target t
              where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'waiting'
                and t.why in ('resting', 'elsewhere', 'skipped', 'household') and t.next_at <= p_now
                and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                and paper_may_have(b, t.voter_id, t.phones[1])
              order by t.next_at limit p_count)) t
          order by t.is_again, t.position limit p_count) t)
    select m.voter_id, min(f.nth) as nth from first f cross join lateral unnest(f.together || f.voter_id) m (voter_id)
      group by m.voter_id order by min(f.nth), m.voter_id
  loop
    exit when cardinality(v_chosen) >= p_count;
    -- Whoever is busy with them has them.
    select t.phones[1] into v_line from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = r.voter_id
        and t.phones <> '{}' and t.attempts < b.max_attempts and t.language = any(v_languages)
        and (t.state = 'ready' or t.state = 'waiting' and t.why in ('resting', 'elsewhere', 'skipped', 'household') and t.next_at <= p_now)
        and pg_try_advisory_xact_lock(hashtext(b.organization_id::text), least(t.voter_id, t.together[1]))
      for update skip locked;
    continue when not found or closed_to_calls(b.organization_id, r.voter_id) is not null;
    insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until, is_on_paper)
      values (b.organization_id, r.voter_id, b.phone_bank_id, p_sheet, case when v_line = any(v_lines) then null else v_line end, p_now, v_until, true)
      on conflict do nothing;
    continue when not found;
    v_chosen := v_chosen || r.voter_id;
    if not v_line = any(v_lines) then
      v_lines := v_lines || v_line;
      v_others := v_others || voters_at_number(b.organization_id, v_line);
    end if;
    if b.is_household_once_a_day then
      v_home := voters_at_home(b.organization_id, r.voter_id, 9);
      -- A building without apartment numbers is no home.
      if cardinality(v_home) <= 8 then v_others := v_others || v_home; end if;
    end if;
  end loop;
  update phone_bank_target t set state = 'waiting', why = 'elsewhere', on_paper_at = p_now, next_at = v_until, not_for = null
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_chosen);
  -- The same people on other lists, their lines and homes: not before the sheet is over. Who is in a hand stays there.
  update phone_bank_target t set state = 'waiting', why = 'elsewhere', next_at = v_until
    from (select o.phone_bank_id, o.voter_id from phone_bank_target o
      where o.organization_id = b.organization_id and o.voter_id = any(v_chosen || v_others)
        and not (o.phone_bank_id = b.phone_bank_id and o.voter_id = any(v_chosen))
        and (o.state = 'ready' or o.state = 'waiting' and o.why in ('resting', 'elsewhere', 'skipped', 'household') and o.next_at < v_until)
      for update skip locked) o
    where t.organization_id = b.organization_id and t.phone_bank_id = o.phone_bank_id and t.voter_id = o.voter_id;
  return v_chosen;
end $$;

-- Whoever has no result of this sheet is the screens' again, with everybody who waited for it. Answers how many of its lines.
create function give_back_sheet(p_organization uuid, p_sheet uuid, p_now timestamptz) returns integer language plpgsql as $$
declare
  s phone_bank_sheet;
  v_voters integer[];
  v_others integer[] := '{}';
  v_back integer;
  r record;
begin
  select * into s from phone_bank_sheet where organization_id = p_organization and sheet_id = p_sheet;
  with back as (
    update phone_bank_target t set state = case when t.attempts = 0 then 'ready' else 'waiting' end, why = case when t.attempts > 0 then 'resting' end,
        next_at = p_now, on_paper_at = null
      from phone_bank_sheet_line l
      where l.organization_id = p_organization and l.sheet_id = p_sheet and t.organization_id = p_organization and t.phone_bank_id = s.phone_bank_id
        and t.voter_id = l.voter_id and t.state = 'waiting' and t.why = 'elsewhere' and t.on_paper_at = s.made_at
        and t.next_at = t.on_paper_at + interval '24 hours'
      returning t.voter_id)
  select coalesce(array_agg(voter_id), '{}') into v_voters from back;
  v_back := cardinality(v_voters);
  delete from call_lease where organization_id = p_organization and caller_id = p_sheet and is_on_paper;
  for r in select l.voter_id, l.phone from phone_bank_sheet_line l
      where l.organization_id = p_organization and l.sheet_id = p_sheet and l.voter_id = any(v_voters) loop
    v_others := v_others || r.voter_id || voters_at_number(p_organization, r.phone) || voters_at_home(p_organization, r.voter_id, 9);
  end loop;
  update phone_bank_target t set state = case when attempts = 0 then 'ready' else 'waiting' end, why = case when attempts > 0 then 'resting' end, next_at = p_now
    where organization_id = p_organization and voter_id = any(v_others) and state = 'waiting' and why = 'elsewhere'
      and next_at = s.made_at + interval '24 hours' and on_paper_at is distinct from s.made_at;
  return v_back;
end $$;

create or replace function lease_call(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz, p_is_alone boolean) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
  m phone_bank_target;
  v_until timestamptz := p_now + make_interval(mins => b.lease_minutes);
  v_other record;
  v_is_leased boolean;
  v_lines text[];
  v_reason text;
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

create or replace function take_for_talk(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if not found or b.ended_at is not null or b.paused_at is not null or t.phones = '{}' or t.state = 'waiting' and t.why = 'organizer' then return false; end if;
  if t.state = 'finished' then
    update phone_bank_target set state = 'waiting', why = 'talk', closed_as = t.why, next_at = greatest(next_at, p_now)
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter;
  elsif t.state not in ('ready', 'waiting') then
    return false;
  end if;
  -- They are on the telephone now: a sheet somebody may call from later gives way.
  delete from call_lease where organization_id = b.organization_id and is_on_paper
    and voter_id = any(voters_at_number(b.organization_id, t.phones[1]) || p_voter);
  if lease_call(b, p_caller, p_voter, p_now, true) then return true; end if;
  update phone_bank_target set state = 'finished', why = closed_as, closed_as = null, next_at = t.next_at
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter and state = 'waiting' and why = 'talk';
  return false;
end $$;
