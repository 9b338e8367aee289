-- Every number that a caller is shown is in one hand, the further ones of a voter too: `call_lease.line` is the first, these are the others.
-- One that somebody else has just now is not shown.
create table further_line (
  organization_id uuid not null,
  voter_id integer not null,                             -- in the hand of whoever has the lease of this voter
  line text not null,                                    -- the number, E.164
  primary key (voter_id, organization_id, line)
);
create index further_line_by_line on further_line (line, organization_id);
select own_by_organization('further_line');

-- Whose hand a number is in: a caller, or a sheet.
create function holder_of_line(p_organization uuid, p_line text) returns uuid language plpgsql stable as $$
begin
  return coalesce(
    (select l.caller_id from call_lease l where l.line = p_line and l.organization_id = p_organization),
    (select l.caller_id from further_line f
      cross join lateral (select o.caller_id from call_lease o where o.voter_id = f.voter_id and o.organization_id = f.organization_id offset 0) l
      where f.line = p_line and f.organization_id = p_organization limit 1));
end $$;

-- Has anybody else this number in hand, or takes it in this very moment? A no holds until the end of the transaction.
create function line_is_taken(p_organization uuid, p_line text, p_caller uuid, p_at timestamptz) returns boolean language plpgsql as $$
declare
  v_holder uuid := holder_of_line(p_organization, p_line);
begin
  if v_holder is not null then return v_holder <> p_caller; end if;
  perform pg_advisory_xact_lock_shared(hashtext('newcomer_lease'), hashtext(p_organization::text));
  if not pg_try_advisory_xact_lock(hashtext(p_organization || ' line'), hashtext(p_line)) then return true; end if;
  -- What was done before the locks were free shows only now.
  v_holder := holder_of_line(p_organization, p_line);
  return v_holder <> p_caller is true
    or exists (select from newcomer_lease n where n.line = p_line and n.organization_id = p_organization and n.leased_until > p_at);
end $$;

-- In the place of line_of_a_newcomer: neither a number that a caller of newcomers has, nor a further one of somebody in another hand.
drop trigger line_of_a_newcomer on call_lease;
drop function line_of_a_newcomer();
create function line_is_free() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('newcomer_lease'), hashtext(new.organization_id::text));
  if not pg_try_advisory_xact_lock(hashtext(new.organization_id || ' line'), hashtext(new.line)) then return null; end if;
  if exists (select from newcomer_lease n where n.line = new.line and n.organization_id = new.organization_id and n.leased_until > new.leased_at)
    or exists (select from further_line f where f.line = new.line and f.organization_id = new.organization_id
      and (select l.caller_id from call_lease l where l.voter_id = f.voter_id and l.organization_id = f.organization_id) <> new.caller_id) then
    return null;
  end if;
  return new;
end $$;
create trigger line_is_free before insert on call_lease for each row when (new.line is not null) execute function line_is_free();

-- The further numbers of those who were handed out. Of two who came into different hands together one has a number of both.
create function further_lines_in_hand() returns trigger language plpgsql as $$
begin
  insert into further_line (organization_id, voter_id, line)
    select h.organization_id, h.voter_id, h.line
      from (
        select l.organization_id, l.voter_id, l.caller_id, l.leased_at, n.line,
            first_value(l.caller_id) over (partition by l.organization_id, n.line order by l.voter_id) as first_caller
          from fresh l
          cross join lateral (select t.phones from phone_bank_target t
            where t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id offset 0) t
          cross join lateral unnest(t.phones[2:]) n (line)
          where not l.is_on_paper) h
      where h.caller_id = h.first_caller and not line_is_taken(h.organization_id, h.line, h.caller_id, h.leased_at)
    on conflict do nothing;
  return null;
end $$;
create trigger further_lines_in_hand after insert on call_lease referencing new table as fresh for each statement execute function further_lines_in_hand();

-- Those who are in a hand as this comes are shown theirs already.
insert into further_line (organization_id, voter_id, line)
  select l.organization_id, l.voter_id, n.line
    from call_lease l
    join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id
    cross join lateral unnest(t.phones[2:]) n (line)
    where not l.is_on_paper and not line_is_taken(l.organization_id, n.line, l.caller_id, l.leased_at)
  on conflict do nothing;

-- What a caller is shown of a voter in their hand.
create function numbers_shown(p_organization uuid, p_voter integer, p_phones text[]) returns text[] language plpgsql stable as $$
begin
  return array(select n.phone from unnest(p_phones) with ordinality n (phone, nth)
    where n.nth = 1 or exists (select from further_line f where f.voter_id = p_voter and f.organization_id = p_organization and f.line = n.phone)
    order by n.nth);
end $$;

-- As before, and let go of with whoever has them.
create or replace function line_stays_in_hand() returns trigger language plpgsql as $$
begin
  delete from further_line f using gone g where f.voter_id = g.voter_id and f.organization_id = g.organization_id;
  if not exists (select from gone where line is not null) then return null; end if;
  update call_lease l set line = w.line
    from (
      select distinct on (o.organization_id, o.line) o.organization_id, o.line, m.voter_id
        from gone o
        cross join lateral (
          select m.voter_id, m.phone_bank_id from call_lease m
            where m.caller_id = o.caller_id and m.organization_id = o.organization_id and coalesce(m.line, '') = '' offset 0) m
        cross join lateral (
          select t.phones[1] as line from phone_bank_target t
            where t.organization_id = o.organization_id and t.phone_bank_id = m.phone_bank_id and t.voter_id = m.voter_id offset 0) t
        where o.line is not null and t.line = o.line
        order by o.organization_id, o.line, m.voter_id) w
    where l.organization_id = w.organization_id and l.voter_id = w.voter_id
      and (select o.voter_id from call_lease o where o.organization_id = w.organization_id and o.line = w.line) is null;
  return null;
end $$;

-- As before, with the numbers that are shown.
create or replace function call_cards(p_organization uuid, p_phone_bank uuid, p_voters integer[]) returns table (voter_id integer, attempts smallint, phones text[], kinds text[], language text, is_language_known boolean, call_back_at timestamptz, is_next_number boolean, first_name text, middle_name text, last_name text, suffix text, birth_date date, birth_year smallint, p_korean smallint, city text, ccd smallint, ad smallint, sd smallint, cd smallint, name_hangul text, preferred_title text, members jsonb, past jsonb, time_zone text, home jsonb) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select t.voter_id, t.attempts, shown.phones,
      array(select coalesce(nullif(pp.kind, 'unknown'), vp.kind, 'unknown') from unnest(shown.phones) with ordinality n (phone, nth)
        left join voter_phone vp on vp.voter_id = t.voter_id and vp.phone = n.phone
        left join person_phone pp on pp.organization_id = p_organization and pp.person_id = p.person_id and pp.phone = n.phone order by nth),
      t.language, t.is_language_known, case when t.why = 'call_back' then t.next_at end, t.why = 'next_number',
      coalesce(p.first_name, r.first_name), coalesce(p.middle_name, r.middle_name), coalesce(p.last_name, r.last_name), r.suffix,
      case when p.birth_year is null then r.birth_date end, coalesce(p.birth_year, r.birth_year), r.p_korean, coalesce(p.city, r.city),
      -- As geography/crosswalk.ts: what the state does not say, by the election district, where that lies in one district whole.
      coalesce(r.ccd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'nyc-council' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)),
      r.ad,
      coalesce(r.sd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'senate' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)),
      coalesce(r.cd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'congress' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)), p.name_hangul, p.preferred_title,
      case when t.together is null then null else (
        select jsonb_agg(jsonb_build_object('voter_id', m.voter_id, 'first_name', coalesce(mp.first_name, mr.first_name), 'middle_name', mr.middle_name,
            'last_name', coalesce(mp.last_name, mr.last_name), 'birth_date', case when mp.birth_year is null then mr.birth_date end, 'birth_year', coalesce(mp.birth_year, mr.birth_year), 'p_korean', mr.p_korean,
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
    cross join lateral (select case when cardinality(t.phones) < 2 then t.phones else numbers_shown(p_organization, t.voter_id, t.phones) end as phones offset 0) shown
    -- offset 0: one probe per voter, also in a plan made while the organization knew nobody yet
    left join lateral (select * from person o where o.organization_id = p_organization and o.voter_id = t.voter_id and o.merged_into is null offset 0) p on true;
end $$;

-- As before, and who waits for a further number of somebody in another hand knows until when.
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
  v_hand integer[] := array[p_voter];
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
    -- Or it is a further number of somebody in another hand.
    if not found then
      select l.caller_id, l.leased_until, l.voter_id into v_other from further_line f
        cross join lateral (select l.caller_id, l.leased_until, l.voter_id from call_lease l
          where l.organization_id = f.organization_id and l.voter_id = f.voter_id offset 0) l
        where f.organization_id = b.organization_id and f.line = t.phones[1] and l.caller_id <> p_caller limit 1;
    end if;
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
        v_hand := v_hand || m.voter_id;
      end if;
    end loop;
  end if;
  update phone_bank_target set state = 'leased', leased_to = p_caller
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = any(v_hand);
  return true;
end $$;

-- As before.
create or replace function paper_may_have(b phone_bank, p_voter integer, p_line text) returns boolean language plpgsql stable as $$
begin
  return not exists (select from call_lease l where l.organization_id = b.organization_id and l.voter_id = p_voter)
    and holder_of_line(b.organization_id, p_line) is null
    and not exists (select from phone_bank_target o where o.voter_id = p_voter and o.organization_id = b.organization_id
      and o.state = 'waiting' and o.why in ('call_back', 'next_number', 'handed_on', 'organizer'));
end $$;

-- As before: a number somebody else has in hand, as a further one or of a newcomer, is none to go on with.
create or replace function stand_by_person(p_organization uuid, p_voters integer[], p_was text) returns void language plpgsql as $$
declare
  v_voter integer;
  v_person uuid;
  v_language text;
  v_phones text[];
  v_spoken text;
  v_is_known boolean;
  v_is_taken boolean;
  v_is_held boolean;
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
        insert into further_line (organization_id, voter_id, line)
          select p_organization, v_voter, n.line from unnest(v_phones[2:]) n (line)
            where not l.is_on_paper and not line_is_taken(p_organization, n.line, l.caller_id, l.leased_at)
          on conflict do nothing;
        continue;
      end if;
      v_is_taken := line_is_taken(p_organization, v_phones[1], l.caller_id, l.leased_at);
      -- The line held so far passes on to whoever else of it is in this hand (line_stays_in_hand).
      delete from call_lease where organization_id = p_organization and voter_id = v_voter;
      v_is_held := exists (select from call_lease o where o.organization_id = p_organization and o.line = v_phones[1]);
      if not v_is_taken then
        insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until, is_changed)
          values (p_organization, v_voter, l.phone_bank_id, l.caller_id, case when not v_is_held then v_phones[1] end, l.leased_at, l.leased_until, true);
        v_is_taken := not found;
      end if;
      if v_is_taken then
        update phone_bank_target set leased_to = null, closed_as = null, next_at = greatest(next_at, l.leased_until),
            state = case when why = 'talk' then 'finished' else 'waiting' end,
            why = case when why = 'talk' then closed_as else coalesce(why, 'elsewhere') end
          where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter;
        -- Whoever had them in hand may be talking with them this very moment: no other phone bank hands them out meanwhile.
        update phone_bank_target o set state = 'waiting', why = coalesce(o.why, 'elsewhere'), next_at = greatest(o.next_at, l.leased_until)
          where o.organization_id = p_organization and o.voter_id = v_voter and o.phone_bank_id <> l.phone_bank_id and o.state in ('ready', 'waiting');
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

-- As before.
create or replace function suppression_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  v_voters integer[];
  v_out integer[];
  v_out_of uuid[];
  h call_lease;
  v_line text;
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
    with out as (
      update phone_bank_target t set phones = n.phones,
          state = case when n.is_out then 'finished' else t.state end, why = case when n.is_out then 'no_number' else t.why end,
          leased_to = case when not n.is_out then t.leased_to end,
          next_at = case when n.is_out then greatest(t.next_at, n.leased_until) else t.next_at end
        from (select o.phone_bank_id, o.voter_id, array_remove(o.phones, new.phone) as phones,
              array_remove(o.phones, new.phone) = '{}' and o.state in ('ready', 'waiting', 'leased') as is_out,
              (select l.leased_until from call_lease l where l.organization_id = o.organization_id and l.voter_id = o.voter_id) as leased_until
            from phone_bank_target o
            where o.organization_id = new.organization_id and o.voter_id = any(v_voters) and new.phone = any(o.phones) for update) n
        where t.organization_id = new.organization_id and t.phone_bank_id = n.phone_bank_id and t.voter_id = n.voter_id
        returning t.voter_id, t.phone_bank_id, n.is_out, n.leased_until)
    select array_agg(voter_id) filter (where is_out and leased_until is not null), array_agg(phone_bank_id) filter (where is_out and leased_until is not null)
      into v_out, v_out_of from out;
    if v_out is not null then
      delete from call_lease l
        where l.organization_id = new.organization_id and l.voter_id = any(v_out)
          and exists (select from unnest(v_out, v_out_of) o (voter_id, phone_bank_id) where o.voter_id = l.voter_id and o.phone_bank_id = l.phone_bank_id);
    end if;
    if not exists (select from call_lease l where l.organization_id = new.organization_id and l.voter_id = any(v_voters)) then return null; end if;
    -- The next number of those in a hand, unless somebody else is busy with it.
    for h in select * from call_lease where organization_id = new.organization_id and voter_id = any(v_voters) order by voter_id for update loop
      v_line := null;
      select t.phones[1] into v_line from phone_bank_target t
        where t.organization_id = h.organization_id and t.phone_bank_id = h.phone_bank_id and t.voter_id = h.voter_id;
      continue when not found;
      if v_line is distinct from h.line and v_line is not null and line_is_taken(h.organization_id, v_line, h.caller_id, h.leased_at) then
        update phone_bank_target set leased_to = null, closed_as = null, next_at = greatest(next_at, h.leased_until),
            state = case when why = 'talk' then 'finished' else 'waiting' end,
            why = case when why = 'talk' then closed_as else coalesce(why, 'elsewhere') end
          where organization_id = h.organization_id and phone_bank_id = h.phone_bank_id and voter_id = h.voter_id;
        delete from call_lease where organization_id = h.organization_id and voter_id = h.voter_id;
      else
        update call_lease set is_changed = true, line = case when line <> new.phone then line
            when not exists (select from call_lease o where o.organization_id = h.organization_id and o.line = v_line) then v_line end
          where organization_id = h.organization_id and voter_id = h.voter_id;
      end if;
    end loop;
  else
    perform stand_by_person(new.organization_id, v_voters, null);
  end if;
  return null;
end $$;
