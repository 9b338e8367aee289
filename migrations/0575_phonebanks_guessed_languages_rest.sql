-- Who is only thought to speak a language comes to speakers of others last: also after they rested, not for the first try alone.

create or replace function take_call(b phone_bank, p_caller uuid, p_languages text[], p_zones text[], p_now timestamptz, p_ahead integer, inout p_pool integer[], out is_taken boolean)
language plpgsql as $$
declare
  v_voter integer;
  v_attempts smallint;
  v_why text;
  -- Nobody knows which language they speak: it is the phone bank's main one, and who speaks only others has them last.
  v_main text := case when 'en' = any(b.languages) then 'en' else b.languages[1] end;
  v_languages text[] := case when v_main = any(p_languages) then p_languages || 'und'::text else p_languages end;
  v_organization integer := hashtext(b.organization_id::text);
begin
  for i in 1..50 loop
    select t.voter_id, t.attempts, t.why into v_voter, v_attempts, v_why from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id
        and t.state = 'waiting' and t.why in ('call_back', 'next_number', 'handed_on') and t.next_at <= p_now
        and t.time_zone = any(p_zones)
        and (t.call_back_for is null or t.call_back_for = p_caller or t.next_at <= p_now - make_interval(mins => b.reassign_minutes))
        and (not t.is_language_known or t.language = 'und' or t.language = any(v_languages))
        and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
      order by t.next_at limit 1 for update skip locked;
    if v_voter is null then
      if p_pool = '{}' then
        select coalesce(array_agg(e.each order by f.position, f.voter_id, e.nth), '{}') into p_pool from (
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
    if v_voter is null and b.language_fallback and not v_main = any(p_languages) then
      select t.voter_id, t.attempts into v_voter, v_attempts
        from unnest(p_zones) zone cross join (values (true), (false)) known (is_known)
        cross join lateral (
          select t.voter_id, t.attempts from phone_bank_target t
            where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'ready'
              and t.time_zone = zone and t.language = 'und' and t.is_language_known = known.is_known
              and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
            order by t.position limit 1 for update skip locked) t
        limit 1;
      if v_voter is null then
        select t.voter_id, t.attempts into v_voter, v_attempts
          from unnest(p_zones) zone cross join (values (true), (false)) known (is_known)
          cross join lateral (
            select t.voter_id, t.attempts from phone_bank_target t
              where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'waiting'
                and t.why in ('resting', 'elsewhere', 'skipped', 'household') and t.time_zone = zone and t.language = 'und'
                and t.is_language_known = known.is_known and t.next_at <= p_now and t.not_for is distinct from p_caller
                and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
              order by t.next_at limit 1 for update skip locked) t
          limit 1;
      end if;
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
    if v_voter is null and b.language_fallback then
      select t.voter_id, t.attempts into v_voter, v_attempts
        from unnest(p_zones) zone cross join unnest(b.languages) spoken
        cross join lateral (
          select t.voter_id, t.attempts from phone_bank_target t
            where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state = 'waiting'
              and t.why in ('resting', 'elsewhere', 'skipped', 'household') and t.time_zone = zone and t.language = spoken
              and not t.is_language_known and t.next_at <= p_now and t.not_for is distinct from p_caller
              and pg_try_advisory_xact_lock(v_organization, least(t.voter_id, t.together[1]))
            order by t.next_at limit 1 for update skip locked) t
        where not spoken = any(p_languages) limit 1;
    end if;
    if v_voter is null then is_taken := false; return; end if;

    -- Who is passed on to a speaker is not done with the last try: that speaker calls.
    if v_attempts >= b.max_attempts and (v_why is null or v_why not in ('call_back', 'handed_on')) then
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
