-- A hand whose voter has no number left is found by its key: as a join, planned while hardly anybody was in a hand, it read all of an
-- organization's hands for each closed number, a sixth of what a result cost the database.
create or replace function suppression_acts_on_phone_banks() returns trigger language plpgsql as $$
declare
  v_voters integer[];
  v_out integer[];
  v_out_of uuid[];
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
