-- A result taken back lets go of whoever rested by it on other lists too: the same voter, the others at their number and at their home. Until
-- now only those of its own list were kept with it; from 0400 on the others are as well.

-- As before, on every list. Results from before know those of their own list alone.
create or replace function undo_call(p_organization uuid, p_attempt uuid, p_by text, p_now timestamptz) returns boolean language plpgsql as $$
declare
  a contact_attempt;
  e jsonb;
  v_person uuid;
  v_phones text[];
  v_language text;
  v_banks uuid[];
  v_voters integer[];
  o phone_bank;
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
  -- Whoever rested by it, here and on other lists.
  with resting as (
    select a.phone_bank_id as bank, value::integer as voter, 'resting' as why, (a.effects->>'rested_until')::timestamptz as until
      from jsonb_array_elements_text(coalesce(a.effects->'rested', '[]'))
    union all
    select (value->>0)::uuid, (value->>1)::integer, 'resting', (a.effects->>'rested_until')::timestamptz
      from jsonb_array_elements(coalesce(a.effects->'rested_elsewhere', '[]'))
    union all
    select a.phone_bank_id, value::integer, 'household', (a.effects->>'home_until')::timestamptz
      from jsonb_array_elements_text(coalesce(a.effects->'home', '[]'))
    union all
    select (value->>0)::uuid, (value->>1)::integer, 'household', (a.effects->>'home_until')::timestamptz
      from jsonb_array_elements(coalesce(a.effects->'home_elsewhere', '[]'))),
  opened as (
    update phone_bank_target t set why = case when t.attempts > 0 then 'resting' end, next_at = '-infinity',
        state = case when t.state = 'leased' then 'leased' when t.attempts = 0 then 'ready' else 'waiting' end
      from resting r
      where t.organization_id = p_organization and t.phone_bank_id = r.bank and t.voter_id = r.voter and t.why = r.why and t.next_at = r.until
        and (t.state = 'waiting' or t.state = 'leased' and r.why = 'household')
      returning t.phone_bank_id, t.voter_id)
  select array_agg(phone_bank_id), array_agg(voter_id) into v_banks, v_voters from opened;
  -- Another call may hold them still.
  for o in select b.* from phone_bank b where b.organization_id = p_organization and b.phone_bank_id = any(v_banks) and b.ended_at is null loop
    perform rest_newcomers(o, array(select u.voter from unnest(v_banks, v_voters) u (bank, voter) where u.bank = o.phone_bank_id), p_now);
  end loop;
  delete from follow_up where organization_id = p_organization and attempt_id = p_attempt and solved_at is null;
  return true;
end $$;
