-- Voters handed out together: one of each home, whatever they are next for; a call promised to one caller waits for them where they have
-- another voter already; and only who finds too few looks far ahead.
create or replace function take_calls(b phone_bank, p_callers uuid[], p_languages text[], p_zones text[], p_now timestamptz, p_has_others boolean) returns uuid[]
language plpgsql as $$
declare
  v_main text := case when 'en' = any(b.languages) then 'en' else b.languages[1] end;
  v_languages text[] := case when v_main = any(p_languages) then p_languages || 'und'::text else p_languages end;
  v_organization integer := hashtext(b.organization_id::text);
  v_until timestamptz := p_now + make_interval(mins => b.lease_minutes);
  v_left uuid[] := p_callers;
  v_nth integer;
  v_families integer[] := '{}';
  v_is_first boolean;
  v_ahead integer;
  v_unmarked integer[];
  v_next integer[] := '{}';
  v_next_of uuid[] := '{}';
  v_ready integer[];
  v_leads integer[];
  v_leads_of uuid[];
  v_hand integer[];
  v_hand_of uuid[];
  v_first record;
begin
  for v_first in
    select t.voter_id, least(t.voter_id, t.together[1]) as family,
        case when t.next_at > p_now - make_interval(mins => b.reassign_minutes) then t.call_back_for end as promised_to from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'waiting'
        and t.why in ('call_back', 'next_number', 'handed_on') and t.next_at <= p_now and t.time_zone = any(p_zones)
        and (t.call_back_for is null or t.call_back_for = any(p_callers) or t.next_at <= p_now - make_interval(mins => b.reassign_minutes))
        and (not t.is_language_known or t.language = 'und' or t.language = any(v_languages))
        and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
      order by t.next_at limit cardinality(p_callers) + 20 for update skip locked
  loop
    exit when v_left = '{}';
    -- One of each home; and what was promised to a caller who has another voter already waits for them.
    continue when v_first.family = any(v_families);
    v_nth := case when v_first.promised_to is null then 1 else array_position(v_left, v_first.promised_to) end;
    continue when v_nth is null;
    v_families := v_families || v_first.family;
    v_next := v_next || v_first.voter_id;
    v_next_of := v_next_of || v_left[v_nth];
    v_left := v_left[:v_nth - 1] || v_left[v_nth + 1:];
  end loop;

  -- One of each family, the others come with them; only who is taken is locked. Another batch may have the first families in its hands.
  v_is_first := pg_try_advisory_xact_lock(hashtext(b.organization_id || ' take'), hashtext(b.phone_bank_id::text));
  foreach v_ahead in array case when v_is_first then array[10] else array[10, 300] end loop
    v_ahead := v_ahead + cardinality(v_left) * 2;
    v_ready := array(
      select t.voter_id from (
          select f.voter_id, f.family from (
            select distinct on (f.family) f.voter_id, f.position, f.family
              from unnest(p_zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
              cross join lateral (
                select t.voter_id, t.position, least(t.voter_id, t.together[1]) as family from phone_bank_target t
                  where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
                    and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                  order by t.position limit v_ahead) f
              where f.family <> all(v_families)
              order by f.family, f.position) f
            order by f.position, f.voter_id) f
        -- offset 0: by the key and one after the other, no further than the limit.
        cross join lateral (
          select t.voter_id, t.state from phone_bank_target t
            where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = f.voter_id
              and pg_try_advisory_xact_lock(v_organization, f.family)
            offset 0 for update skip locked) t
        where t.state = 'ready'
        limit cardinality(v_left));
    exit when cardinality(v_ready) >= cardinality(v_left);
  end loop;
  v_next := v_next || v_ready;
  v_next_of := v_next_of || v_left[:cardinality(v_ready)];

  -- Another phone bank may hand somebody at the same home out in this very moment. What it has done shows in the statements after this lock.
  if p_has_others and b.is_household_once_a_day then
    select coalesce(array_agg(u.voter_id order by u.nth), '{}'), coalesce(array_agg(u.caller_id order by u.nth), '{}') into v_next, v_next_of
      from (
        select w.voter_id, w.caller_id, w.nth, h.home, row_number() over (partition by h.home order by w.nth) as nth_at_home
          from unnest(v_next, v_next_of) with ordinality w (voter_id, caller_id, nth)
          cross join lateral (select home_of_voter(b.organization_id, w.voter_id) as home offset 0) h
          offset 0) u
      where u.home is null or u.nth_at_home = 1 and pg_try_advisory_xact_lock(hashtext(b.organization_id || ' home'), hashint8(u.home));
  end if;
  v_unmarked := unmarked_of(b.organization_id, array(
    select distinct m.voter_id from unnest(v_next) v (voter_id)
      cross join lateral (select t.together || t.voter_id as family from phone_bank_target t
        where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = v.voter_id offset 0) t
      cross join lateral unnest(t.family) m (voter_id)));
  with able as (
    select t.voter_id, u.caller_id, t.phones[1] as line, case when b.is_household_once_a_day then t.together || home.voters else '{}' end as home
      from unnest(v_next, v_next_of) u (voter_id, caller_id)
      cross join lateral (select t.voter_id, t.phones, t.together, t.attempts, t.why from phone_bank_target t
        where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = u.voter_id offset 0) t
      cross join lateral (select case when p_has_others and b.is_household_once_a_day then voters_at_home(b.organization_id, t.voter_id, 9) end as voters offset 0) home
      where (t.attempts < b.max_attempts or t.why in ('call_back', 'handed_on')) and t.together || t.voter_id <@ v_unmarked
        -- A building without apartment numbers is no home.
        and (home.voters is null or cardinality(home.voters) <= 8)),
    free as (
      select a.voter_id, a.caller_id, a.line from able a
        -- Looked up by key for each: as joins they would be read whole.
        where (select l.voter_id from call_lease l where l.organization_id = b.organization_id and l.voter_id = any(a.home || a.voter_id) limit 1) is null
          and (select l.voter_id from call_lease l where l.organization_id = b.organization_id and l.line = a.line limit 1) is null),
    leased as (
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        select b.organization_id, f.voter_id, b.phone_bank_id, f.caller_id, f.line, p_now, v_until from free f
        order by f.line, f.voter_id
        on conflict do nothing returning voter_id, caller_id)
  select array_agg(l.voter_id), array_agg(l.caller_id) into v_leads, v_leads_of from leased l;
  if v_leads is null then return p_callers; end if;

  -- The others at their homes: on their line, or each on a line of their own, as many lines as a household may be called on.
  with member as (
    select m.voter_id, lead.caller_id, m.phones[1] as line, lead.line as lead_line, lead.voter_id as lead
      from unnest(v_leads, v_leads_of) u (voter_id, caller_id)
      join lateral (select t.voter_id, u.caller_id, t.together, t.phones[1] as line, t.time_zone from phone_bank_target t
        where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = u.voter_id and t.together is not null offset 0) lead on true
      cross join lateral (
        select m.voter_id, m.phones from phone_bank_target m
          where m.organization_id = b.organization_id and m.phone_bank_id = b.phone_bank_id and m.voter_id = any(lead.together)
            and (m.state = 'ready' or m.state = 'waiting' and m.next_at <= p_now and m.why <> 'organizer')
            and (b.household = 'together' or m.phones[1] = lead.line)
            and (m.attempts < b.max_attempts or m.why in ('call_back', 'handed_on')) and m.phones <> '{}' and m.time_zone = lead.time_zone
            -- Passed on to a speaker: theirs alone, also at a home somebody else has in hand.
            and (m.why is distinct from 'handed_on' or m.language = any(p_languages))
          order by m.voter_id for update skip locked) m),
    open as (
      select m.*, row_number() over (partition by m.lead, m.line order by m.voter_id) as of_line, min(m.voter_id) over (partition by m.lead, m.line) as first_of_line
        from member m
        where (select l.voter_id from call_lease l where l.organization_id = b.organization_id and l.voter_id = m.voter_id) is null
          and (m.line = m.lead_line or (select l.voter_id from call_lease l where l.organization_id = b.organization_id and l.line = m.line) is null)),
    ranked as (
      select o.*, dense_rank() over (partition by o.lead order by o.line = o.lead_line desc, o.first_of_line) + case when bool_or(o.line = o.lead_line) over (partition by o.lead) then 0 else 1 end as nth_line
        from open o),
    own as (
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        select b.organization_id, r.voter_id, b.phone_bank_id, r.caller_id, r.line, p_now, v_until from ranked r
          where r.line <> r.lead_line and r.of_line = 1 and r.nth_line <= b.lines_per_household
          order by r.voter_id
        on conflict do nothing returning voter_id, caller_id, line),
    shared as (
      insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until)
        select b.organization_id, r.voter_id, b.phone_bank_id, r.caller_id, null, p_now, v_until from ranked r
          where r.line = r.lead_line or r.of_line > 1 and exists (select from own w where w.caller_id = r.caller_id and w.line = r.line)
          order by r.voter_id
        on conflict do nothing returning voter_id, caller_id)
  select v_leads || coalesce(array_agg(a.voter_id), '{}'), v_leads_of || coalesce(array_agg(a.caller_id), '{}') into v_hand, v_hand_of
    from (select voter_id, caller_id from own union all select voter_id, caller_id from shared) a;
  update phone_bank_target t set state = 'leased', leased_to = h.caller_id
    from unnest(v_hand, v_hand_of) h (voter_id, caller_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = h.voter_id;
  -- As often as they are there and were not served.
  return array(select w.caller_id from (select caller_id, count(*) from unnest(p_callers) caller_id group by caller_id) w
    where w.count > (select count(*) from unnest(v_leads_of) o where o = w.caller_id));
end $$;

-- What a sheet held ends after the line has passed on to whoever else of it is in that hand: strangers on it are told so.
create or replace function lease_of_paper_ends() returns trigger language plpgsql as $$
declare
  g call_lease;
  v_home integer[];
  v_line integer[];
  v_of_home integer[];
  v_until timestamptz;
  o phone_bank_target;
begin
  for g in select * from gone where is_on_paper order by voter_id loop
    v_home := voters_at_home(g.organization_id, g.voter_id, 9);
    v_line := voters_at_number(g.organization_id, coalesce(g.line, (select l.phone from phone_bank_sheet_line l where l.organization_id = g.organization_id and l.sheet_id = g.caller_id and l.voter_id = g.voter_id limit 1)));
    update phone_bank_target set on_paper_at = null
      where organization_id = g.organization_id and phone_bank_id = g.phone_bank_id and voter_id = g.voter_id
        and state = 'waiting' and why = 'elsewhere' and on_paper_at is not null;
    for o in select * from phone_bank_target
        where organization_id = g.organization_id and voter_id = any(v_home || v_line || g.voter_id)
          and state = 'waiting' and why = 'elsewhere' and next_at = g.leased_until and on_paper_at is null
        order by voter_id, phone_bank_id for update skip locked loop
      v_of_home := voters_at_home(o.organization_id, o.voter_id, 9);
      v_until := (select max(l.leased_until) from call_lease l join phone_bank b using (organization_id, phone_bank_id)
        where l.organization_id = o.organization_id and l.is_on_paper
          and (l.voter_id = o.voter_id or l.line = any(o.phones)
            or l.voter_id = any(v_of_home) and b.is_household_once_a_day and cardinality(v_of_home) <= 8));
      update phone_bank_target set
          state = case when v_until is null and o.next_before is not null and o.why_before is null
              or v_until is null and o.next_before is null and attempts = 0 then 'ready' else 'waiting' end,
          why = case when v_until is not null then 'elsewhere' when o.next_before is not null then o.why_before when attempts > 0 then 'resting' end,
          next_at = coalesce(v_until, o.next_before, g.leased_at),
          why_before = case when v_until is not null then o.why_before end,
          next_before = case when v_until is not null then o.next_before end
        where organization_id = o.organization_id and phone_bank_id = o.phone_bank_id and voter_id = o.voter_id;
    end loop;
  end loop;
  return null;
end $$;
drop trigger off_paper on call_lease;
create trigger off_paper after delete on call_lease referencing old table as gone for each statement execute function lease_of_paper_ends();

-- By voter first: a plan made while hardly anybody is in a hand must not read all of an organization's.
alter table call_lease drop constraint call_lease_pkey;
alter table call_lease add primary key (voter_id, organization_id);

-- Whoever is handed out leaves dead entries where the next are looked for, and in the hands.
alter table phone_bank_target set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
alter table call_lease set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
