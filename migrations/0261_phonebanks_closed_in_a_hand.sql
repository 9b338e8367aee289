-- Closed while in a hand and opened again before the hand knew of it: a device without a connection may be ringing them, so nobody else
-- gets them until that lease would have ended.

-- As before, with that time.
create or replace function stand_by_marks(p_organization uuid, p_voters integer[], p_now timestamptz) returns void language plpgsql as $$
declare
  v_voter integer;
  v_reason text;
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
      update phone_bank_target set state = case when attempts = 0 and next_at <= p_now then 'ready' else 'waiting' end,
          why = case when attempts > 0 then 'resting' when next_at > p_now then 'elsewhere' end, next_at = greatest(next_at, p_now)
        where organization_id = p_organization and voter_id = v_voter and state = 'suppressed' and why <> 'not_in_universe';
    end if;
  end loop;
end $$;

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
    update phone_bank_target t set phones = phones || new.phone,
        state = case when state = 'finished' and why = 'no_number' then case when attempts = 0 and next_at <= new.taken_back_at then 'ready' else 'waiting' end
          else state end,
        why = case when state = 'finished' and why = 'no_number' then case when attempts > 0 then 'resting' when next_at > new.taken_back_at then 'elsewhere' end
          else why end
      where organization_id = new.organization_id and voter_id = any(v_voters) and not new.phone = any(phones)
        and not exists (select from suppression s where s.organization_id = t.organization_id and s.phone = new.phone
          and (s.voter_id is null or s.voter_id = t.voter_id) and s.taken_back_at is null);
  end if;
  return null;
end $$;
