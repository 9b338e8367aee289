-- One contact attempt with everything that follows from it, in one place for every channel: numbers, person, suppression.
-- In SQL because five hundred callers at once are answered in batches inside the database.

-- The person row of a voter, made at the first thing we learn ourselves.
create function person_of_voter(p_organization uuid, p_voter integer, p_now timestamptz) returns uuid language plpgsql as $$
declare
  v_person uuid;
begin
  select person_id into v_person from person
    where organization_id = p_organization and voter_id = p_voter and merged_into is null;
  if v_person is null then
    insert into person (organization_id, voter_id, matched_by, created_at, updated_at)
      values (p_organization, p_voter, 'contact', p_now, p_now)
      on conflict (organization_id, voter_id) where voter_id is not null and merged_into is null do nothing
      returning person_id into v_person;
    if v_person is null then
      select person_id into v_person from person
        where organization_id = p_organization and voter_id = p_voter and merged_into is null;
    end if;
  end if;
  return v_person;
end $$;

-- What `a` (one attempt, as phonebanks/turns.ts builds it) teaches about number and person. Answers what it changed, for taking it back.
create function learn_from_contact(p_organization uuid, a jsonb, p_now timestamptz) returns jsonb language plpgsql as $$
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
      update person set language = v_language, updated_at = p_now where organization_id = p_organization and person_id = v_person;
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

-- Takes back what learn_from_contact changed, where nobody changed it since.
create function unlearn_from_contact(p_organization uuid, e jsonb, p_by text, p_now timestamptz) returns void language plpgsql as $$
declare
  v_person uuid := (e->>'person_id')::uuid;
begin
  if v_person is null then return; end if;
  update suppression set taken_back_at = p_now, taken_back_by = p_by
    where organization_id = p_organization and taken_back_at is null
      and suppression_id in (select value::uuid from jsonb_array_elements_text(coalesce(e->'suppressions', '[]')));
  if e ? 'quality' then
    if e->>'quality_before' is null then
      delete from person_phone where organization_id = p_organization and person_id = v_person and phone = e->>'phone'
        and quality = e->>'quality' and source = 'call';
    else
      update person_phone set quality = e->>'quality_before'
        where organization_id = p_organization and person_id = v_person and phone = e->>'phone' and quality = e->>'quality';
    end if;
  end if;
  if e ? 'language' then
    update person set language = e->>'language_before', updated_at = p_now
      where organization_id = p_organization and person_id = v_person and language = e->>'language';
  end if;
  if e ? 'deceased' then
    update person set deceased_at = null, deceased_note = null, updated_at = p_now
      where organization_id = p_organization and person_id = v_person;
  end if;
  if e ? 'consent_id' then
    delete from consent where organization_id = p_organization and consent_id = (e->>'consent_id')::uuid;
  end if;
end $$;

