-- The rules of a phone bank as data, its target and done expressions, follow-ups that become tasks, words of the host, rounds.

alter table phone_bank
  add column is_live boolean not null default false,            -- the target is asked again by itself
  add column done_expression text,                              -- whoever fits it needs no call any more
  add column checked_at timestamptz,                            -- when target and done were last asked by themselves
  add column targeted_at timestamptz,                           -- when the target was
  add column weekdays jsonb not null default '{}',              -- other hours by weekday, '0' Sunday: ["12:00", "18:00"], null: none
  add column quiet_groups text[] not null default '{}',         -- calling-rules/quiet-days.ts
  add column quiet_days text[] not null default '{}',           -- of its own, 'YYYY-MM-DD'
  add column spacing jsonb not null default '{}',               -- by result: {"hours": 20, "most": 2, "ends": false}
  add column list_order text not null default 'random' check (list_order in ('random', 'newest', 'longest_silent')),
  add column seed integer not null default 0,
  add column priority text[] not null default '{}',             -- expressions: those who fit the first are called first
  add column skip_minutes smallint not null default 30,
  add column reassign_minutes smallint not null default 15,     -- a promised call is anybody's after that
  add column household text not null default 'together' check (household in ('together', 'apart')),
  add column is_household_once_a_day boolean not null default true,
  add column lines_per_household smallint not null default 4,   -- numbers of one home handed out together
  add column most_per_caller smallint,                          -- calls in twelve hours
  add column rest_minutes smallint not null default 50,         -- after so long without a break the caller is told
  add column quotas jsonb not null default '[]',                -- [{"question", "value", "count"}]
  add column has_leaderboard boolean not null default false,
  add column repeats text check (repeats in ('weekly')),        -- a template: another like it is made for the next week
  add column repeated_from uuid,
  add column round smallint not null default 1;

-- What a caller's own last calls are read by, and counted where a phone bank limits them.
create index contact_attempt_by_caller on contact_attempt (caller_id, organization_id, recorded_at) where caller_id is not null;

-- A home somebody called today rests until the next day ('household'). Waiting for the organizer ('organizer') is in no index:
-- nobody gets them.
drop index phone_bank_target_again;
create index phone_bank_target_again on phone_bank_target (organization_id, phone_bank_id, time_zone, language, is_language_known, next_at)
  where state = 'waiting' and why in ('resting', 'elsewhere', 'skipped', 'household');

-- What a call left to do, or for the organizer to look at.
create table follow_up (
  organization_id uuid not null references organization,
  follow_up_id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('volunteer', 'yard_sign', 'ride', 'mail_ballot', 'organizer', 'call_back_too_late')),
  voter_id integer,
  person_id uuid,
  phone_bank_id uuid,
  attempt_id uuid,
  caller_id uuid,
  note text,
  made_by text not null,
  made_at timestamptz not null,
  solved_at timestamptz,
  solved_by text,
  solution text,
  primary key (organization_id, follow_up_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete set null (phone_bank_id)
);
create index follow_up_open on follow_up (organization_id, made_at) where solved_at is null;
create index follow_up_by_attempt on follow_up (attempt_id, organization_id);
create index follow_up_by_bank on follow_up (phone_bank_id, organization_id);
select own_by_organization('follow_up');

-- What the host tells one caller, or all of them.
create table phone_bank_message (
  organization_id uuid not null,
  phone_bank_id uuid not null,
  message_id uuid not null default gen_random_uuid(),
  caller_id uuid,                                               -- null: all
  text text not null check (length(text) between 1 and 500),
  sent_by text not null,
  sent_at timestamptz not null,
  primary key (organization_id, phone_bank_id, message_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
create index phone_bank_message_by_time on phone_bank_message (phone_bank_id, organization_id, sent_at);
select own_by_organization('phone_bank_message');

-- Each pass through the list.
create table phone_bank_round (
  organization_id uuid not null,
  phone_bank_id uuid not null,
  round smallint not null,
  voters integer not null,                                      -- whom it began with
  started_at timestamptz not null,
  started_by text not null,
  primary key (organization_id, phone_bank_id, round),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
select own_by_organization('phone_bank_round');

-- As before, with the phone bank's rules of the household: together or one by one, so many numbers at once.
create or replace function lease_call(b phone_bank, p_caller uuid, p_voter integer, p_now timestamptz) returns boolean language plpgsql as $$
declare
  t phone_bank_target;
  m phone_bank_target;
  v_until timestamptz := p_now + make_interval(mins => b.lease_minutes);
  v_other record;
  v_is_leased boolean;
  v_lines text[];
begin
  select * into t from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if t.state not in ('ready', 'waiting') then return false; end if; -- taken while we waited for the row
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

  if t.together is not null then
    v_lines := array[t.phones[1]];
    for m in
      select * from phone_bank_target
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = any(t.together)
          and (state = 'ready' or state = 'waiting' and next_at <= p_now and why <> 'organizer')
          and (b.household = 'together' or phones[1] = t.phones[1]) and attempts < b.max_attempts and phones <> '{}'
        order by voter_id for update skip locked
    loop
      continue when not m.phones[1] = any(v_lines) and cardinality(v_lines) >= b.lines_per_household;
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

-- As before; promised calls are anybody's after the time the phone bank says, a home that rested comes back, and callers of one
-- moment who speak the same languages are looked for together.
drop function take_call(phone_bank, uuid, text[], text[], timestamptz);
-- `p_pool`: voters of the first pass found already for callers of these languages and locked by us, each followed by attempts made;
-- `p_ahead`: for how many callers to look at once.
create function take_call(b phone_bank, p_caller uuid, p_languages text[], p_zones text[], p_now timestamptz, p_ahead integer, inout p_pool integer[], out is_taken boolean)
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
          select f.voter_id, f.attempts, f.position
            from unnest(p_zones) zone cross join unnest(v_languages) spoken cross join (values (true), (false)) known (is_known)
            cross join lateral (
              select t.voter_id, t.position, t.attempts from phone_bank_target t
                where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
                  and t.time_zone = zone and t.language = spoken and t.is_language_known = known.is_known
                  and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
                order by t.position limit p_ahead for update skip locked) f
            order by f.position limit p_ahead) f
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
    elsif not exists (select from voter_record r where r.voter_id = v_voter and r.gone_in is null
        and r.status in ('active', 'inactive', 'military', 'federal', 'overseas')) then
      update phone_bank_target set state = 'suppressed', why = 'not_contactable'
        where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = v_voter;
    elsif lease_call(b, p_caller, v_voter, p_now) then
      is_taken := true; return;
    end if;
    v_voter := null;
    v_why := null;
  end loop;
  is_taken := false;
end $$;

drop function record_call(phone_bank, uuid, jsonb, timestamptz);
-- One result: what it does to the queue and to what is known. As record_call before, and: the home rests until tomorrow, promised calls
-- are kept within the voter's hours. `made`: the attempt to be stored with it in the same transaction (store_calls).
create function note_call(b phone_bank, p_caller uuid, a jsonb, p_now timestamptz, out outcome text, out problem text, out was_lost boolean, out call_back_at timestamptz, out made jsonb)
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
    'language', t.language, 'is_language_known', t.is_language_known));

  -- The phone rang: nobody of the organization rings the same voter or the same line again before the rest is over.
  with rested as (
    update phone_bank_target o set state = 'waiting', why = 'resting', next_at = greatest(o.next_at, v_retry_at), leased_to = null
      where o.organization_id = b.organization_id
        and o.voter_id = any(t.together || t.voter_id)
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
  if v_home_until is not null and t.together is not null then
    with home as (
      update phone_bank_target o set why = 'household', next_at = v_home_until, state = case when o.state = 'leased' then 'leased' else 'waiting' end
        where o.organization_id = b.organization_id and o.voter_id = any(t.together)
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
      -- So often this result and no further, whatever else is left.
      -- By voter and nothing else (offset 0): a plan made while the table was empty would read the whole phone bank at every call.
      elsif (case when a->>'most' is null then false else (a->>'most')::integer <= (select count(*) + 1 from (
          select o.phone_bank_id, o.disposition, o.undone_at from contact_attempt o
            where o.voter_id = t.voter_id and o.organization_id = b.organization_id offset 0) o
          where o.phone_bank_id = b.phone_bank_id and o.disposition = a->>'disposition' and o.undone_at is null) end) then
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
        call_back_for = v_for, not_for = null, leased_to = null, last_attempt_id = v_attempt,
        language = case when v_queue = 'hand_on' then a->>'language' else language end,
        is_language_known = is_language_known or v_queue = 'hand_on'
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = t.voter_id;
    delete from call_lease where organization_id = b.organization_id and voter_id = t.voter_id and phone_bank_id = b.phone_bank_id;
    if found and t.together is not null then
      -- The line stays closed to others while its other people are in this caller's hand.
      update call_lease set line = t.phones[1] where organization_id = b.organization_id and caller_id = p_caller and voter_id = (
        select l.voter_id from call_lease l where l.organization_id = b.organization_id and l.caller_id = p_caller
          and l.voter_id = any(t.together) and l.line is null order by l.voter_id limit 1)
        and not exists (select from call_lease o where o.organization_id = b.organization_id and o.line = t.phones[1]);
    end if;
  end if;
  if v_rested is not null then
    delete from call_lease where organization_id = b.organization_id and voter_id = any(v_rested) and caller_id = p_caller;
  end if;

  made := jsonb_build_object('a', a, 'caller_id', p_caller, 'effects', v_effects, 'was_lost', was_lost, 'call_back_at', note_call.call_back_at,
    'is_too_late', v_is_too_late);
end $$;

-- Attempts noted in this transaction, with answers and tasks.
create function store_calls(b phone_bank, p_made jsonb[], p_now timestamptz) returns void language plpgsql as $$
begin
  insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, phone, language, phone_bank_id,
      caller_id, made_by, started_at, attempted_at, recorded_at, call_back_at, spoke_with, note, script_id, script_version, was_lost, effects)
    select b.organization_id, (a->>'attempt_id')::uuid, (a->>'voter_id')::integer, (m->'effects'->>'person_id')::uuid,
      case when (a->>'is_inbound')::boolean then 'inbound_phone' else 'phone' end, a->>'disposition',
      (a->>'reached')::boolean, a->>'phone', a->>'language', b.phone_bank_id, (m->>'caller_id')::uuid, a->>'made_by', (a->>'started_at')::timestamptz,
      (a->>'attempted_at')::timestamptz, p_now, coalesce((m->>'call_back_at')::timestamptz, (a->>'call_back_at')::timestamptz), a->>'spoke_with',
      nullif(a->>'note', ''), b.script_id, (a->>'script_version')::integer, (m->>'was_lost')::boolean, m->'effects'
    from unnest(p_made) m cross join lateral (select m->'a' as a) named;
  if exists (select from unnest(p_made) m where m->'a'->'answers' <> '{}') then
    insert into contact_answer (organization_id, attempt_id, question, value)
      select b.organization_id, (m->'a'->>'attempt_id')::uuid, key, value from unnest(p_made) m cross join jsonb_each(m->'a'->'answers');
  end if;
  if exists (select from unnest(p_made) m where m->'a'->'follow_ups' <> '[]' or (m->>'is_too_late')::boolean) then
    insert into follow_up (organization_id, kind, voter_id, person_id, phone_bank_id, attempt_id, caller_id, note, made_by, made_at)
      select b.organization_id, f.kind, (a->>'voter_id')::integer, (m->'effects'->>'person_id')::uuid, b.phone_bank_id, (a->>'attempt_id')::uuid,
          (m->>'caller_id')::uuid, f.note, a->>'made_by', p_now
        from unnest(p_made) m cross join lateral (select m->'a' as a) named cross join lateral (
          select kind, nullif(note, '') as note from jsonb_to_recordset(a->'follow_ups') each (kind text, note text)
          union all select 'call_back_too_late', a->>'note' where (m->>'is_too_late')::boolean) f;
  end if;
end $$;

drop function phone_bank_turns(uuid, uuid, timestamptz, boolean, text[], boolean, jsonb);
-- A batch of callers. Each item: {n, caller_id, record, release, skip_until, holding, take, want}; `take`: these, if free. One row for each, in order.
create function phone_bank_turns(p_organization uuid, p_phone_bank uuid, p_now timestamptz, p_is_in_season boolean, p_zones text[], p_end_leases boolean, p_turns jsonb)
returns table (n integer, door text, outcome text, problem text, was_lost boolean, new_in_hand integer[], withdrawn jsonb, leased_until timestamptz, wants_more boolean,
  is_at_limit boolean, call_back_at timestamptz) language plpgsql
-- Planning these statements again for each caller would take longer than running them.
set plan_cache_mode = force_generic_plan as $$
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
begin
  select * into b from phone_bank where organization_id = p_organization and phone_bank_id = p_phone_bank;
  if not found then return; end if;
  if p_end_leases then perform end_old_leases(p_organization, p_now); end if;

  -- All records first: they wait for rows others are busy with, which nobody may who has locked voters to hand out.
  for i in select value from jsonb_array_elements(p_turns) where value->'record' <> 'null' loop
    n := (i->>'n')::integer;
    if not exists (select from phone_bank_caller where organization_id = p_organization and phone_bank_id = p_phone_bank
        and caller_id = (i->>'caller_id')::uuid and removed_at is null) then
      v_results[n + 1] := '{"outcome": "refused", "problem": "closed", "was_lost": false}';
      continue;
    end if;
    -- The same result twice, the same voter twice: the second must find the first.
    if i->'record'->>'attempt_id' = any(v_made_ids) or (i->'record'->>'voter_id')::integer = any(v_made_of) then
      perform store_calls(b, v_made, p_now);
      v_made := '{}'; v_made_of := '{}'; v_made_ids := '{}';
    end if;
    select * into r from note_call(b, (i->>'caller_id')::uuid, i->'record', p_now);
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
    -- Ran out, but nobody else took them: theirs again.
    if not v_wished <@ v_hand then
      for r in select t.voter_id from phone_bank_target t where t.organization_id = p_organization and t.phone_bank_id = p_phone_bank
          and t.voter_id = any(v_wished) and not t.voter_id = any(v_hand)
          and (t.state = 'ready' or t.state = 'waiting' and t.next_at <= p_now and t.why <> 'organizer') loop
        if door = 'open' then perform lease_call(b, c.caller_id, r.voter_id, p_now); end if;
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
    new_in_hand := array(select each from unnest(v_hand) each where not each = any(v_holding));
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

-- Takes a result back with all that followed from it, tasks too unless somebody did them.
create or replace function undo_call(p_organization uuid, p_attempt uuid, p_by text, p_now timestamptz) returns boolean language plpgsql as $$
declare
  a contact_attempt;
  e jsonb;
begin
  select * into a from contact_attempt where organization_id = p_organization and attempt_id = p_attempt for update;
  if not found or a.undone_at is not null then return false; end if;
  update contact_attempt set undone_at = p_now, undone_by = p_by where organization_id = p_organization and attempt_id = p_attempt;
  perform unlearn_from_contact(p_organization, a.effects, p_by, p_now);
  e := a.effects->'target';
  update phone_bank_target set
      attempts = greatest((e->>'attempts')::smallint, 0), why = e->>'why', next_at = (e->>'next_at')::timestamptz,
      phones = array(select jsonb_array_elements_text(e->'phones')), call_back_for = (e->>'call_back_for')::uuid, not_for = (e->>'not_for')::uuid,
      language = e->>'language', is_language_known = (e->>'is_language_known')::boolean,
      state = case when state = 'leased' then 'leased' when e->>'why' is null then 'ready' else 'waiting' end,
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

-- Those of the list who need no call any more, by the phone bank's done expression; who does again comes back.
create function apply_done(b phone_bank, p_done integer[]) returns integer language plpgsql as $$
declare
  v_done integer;
begin
  update phone_bank_target t set why = case when attempts > 0 then 'resting' end,
      state = case when attempts >= b.max_attempts then 'finished' when attempts = 0 then 'ready' else 'waiting' end
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state = 'finished' and why = 'done'
      and not exists (select from unnest(p_done) d (voter_id) where d.voter_id = t.voter_id);
  update phone_bank_target set why = 'max_attempts'
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state = 'finished' and why = 'resting';
  update phone_bank_target t set state = 'finished', why = 'done', call_back_for = null
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state in ('ready', 'waiting')
      and voter_id in (select unnest(p_done));
  get diagnostics v_done = row_count;
  return v_done;
end $$;

-- The next pass through the list: whoever was not reached may be tried again, with all attempts; the others stay as they are.
create function start_round(b phone_bank, p_by text, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_voters integer;
begin
  update phone_bank_target set attempts = 0, not_for = null, state = case when next_at > p_now then 'waiting' else 'ready' end,
      why = case when next_at > p_now then coalesce(nullif(why, 'max_attempts'), 'resting') end
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and phones <> '{}' and attempts > 0
      and (state = 'finished' and why = 'max_attempts' or state = 'waiting' and why in ('resting', 'skipped', 'household'));
  -- A message was left: nobody was reached.
  update phone_bank_target set attempts = 0, not_for = null, state = case when next_at > p_now then 'waiting' else 'ready' end,
      why = case when next_at > p_now then 'resting' end
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and phones <> '{}' and state = 'finished' and why = 'left_message';
  select count(*) into v_voters from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state in ('ready', 'leased', 'waiting');
  update phone_bank set round = b.round + 1 where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id;
  insert into phone_bank_round (organization_id, phone_bank_id, round, voters, started_at, started_by)
    values (b.organization_id, b.phone_bank_id, b.round + 1, v_voters, p_now, p_by);
  return v_voters;
end $$;

-- Puts the list into this order. Those in hand or done keep their place.
create function order_targets(b phone_bank, p_voters integer[]) returns void language sql as $$
  update phone_bank_target t set position = v.nth::integer
    from unnest(p_voters) with ordinality v (voter_id, nth)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = v.voter_id and t.position <> v.nth::integer
$$;

-- Somebody comes to the phone who was not handed out: another person at the home in this caller's hand, or a voter who calls back.
-- They may be talked to though they rest or their tries are used up; not if they are closed, done, or in another hand.
create function open_for_talk(b phone_bank, p_voter integer, p_now timestamptz) returns boolean language plpgsql as $$
begin
  update phone_bank_target set why = case when why in ('call_back', 'handed_on', 'next_number') then why else 'resting' end, next_at = p_now, state = 'waiting'
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter and phones <> '{}'
      and (state = 'waiting' and why <> 'organizer' or state = 'finished' and why in ('max_attempts', 'left_message', 'no_answer', 'busy', 'not_available'));
  return found or exists (select from phone_bank_target where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id
    and voter_id = p_voter and state = 'ready');
end $$;
