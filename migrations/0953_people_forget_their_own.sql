-- What the activity log says of somebody who was erased is found from their rows, not from ids that the caller names; an entry
-- about somebody else loses their id and names alone, and the books lose nothing.

-- A value of the log without the words, which are in small letters.
create function without_words(p_value jsonb, p_words text[]) returns jsonb language plpgsql immutable as $$
begin
  case jsonb_typeof(p_value)
  when 'string' then
    return case when exists (select from unnest(p_words) w where strpos(lower(p_value #>> '{}'), w) > 0) then '""'::jsonb else p_value end;
  when 'array' then
    return (select coalesce(jsonb_agg(without_words(e, p_words) order by nth)
        filter (where jsonb_typeof(e) <> 'string' or without_words(e, p_words) = e), '[]'::jsonb)
      from jsonb_array_elements(p_value) with ordinality as each (e, nth));
  when 'object' then
    return (select coalesce(jsonb_object_agg(key, without_words(value, p_words)) filter (where lower(key) <> all(p_words)), '{}'::jsonb)
      from jsonb_each(p_value));
  else return p_value;
  end case;
end $$;

drop function forget_in_audit(uuid, uuid[], text[]);

-- Called once they are marked as erased and before their rows go. The application's role may not change the log otherwise.
create function forget_in_audit(p_organization uuid, p_people uuid[]) returns bigint
language plpgsql security definer set search_path from current as $$
declare
  v_voters integer[] := array(select voter_id from person where organization_id = p_organization and person_id = any(p_people) and voter_id is not null);
  v_ids text[] := array(select id::text from unnest(p_people) id);
  v_signups uuid[];
  v_questions text[];
  v_words text[];
  v_more text[];
  v_done bigint;
  v_also bigint;
  t record;
begin
  if p_organization is distinct from current_organization() then raise exception 'of another organization'; end if;
  if coalesce(cardinality(p_people), 0) = 0 then raise exception 'of nobody'; end if;
  if exists (select from unnest(p_people) id where not exists (select from person p
      where p.organization_id = p_organization and p.person_id = id and p.erased_at is not null)) then
    raise exception 'only of people who were erased';
  end if;
  -- The ids by which the log names rows of theirs. The books are kept.
  for t in
    select c.relname, k.attname as id,
      exists (select from pg_attribute v where v.attrelid = c.oid and v.attname = 'voter_id' and not v.attisdropped) as has_voter
    from pg_class c join pg_attribute k on k.attrelid = c.oid and not k.attisdropped
      and k.attname in (c.relname || '_id', regexp_replace(c.relname, '^(event|person|contact)_', '') || '_id')
    where c.relnamespace = (select relnamespace from pg_class where oid = 'person'::regclass) and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('person', 'ledger_entry', 'card_checkout')
      and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id' and not o.attisdropped)
      and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'person_id' and not o.attisdropped)
  loop
    execute format('select array(select x.%I::text from %I x where x.organization_id = $1 and (x.person_id = any($2)%s))',
      t.id, t.relname, case when t.has_voter then ' or x.voter_id = any($3)' else '' end)
      into v_more using p_organization, p_people, v_voters;
    v_ids := v_ids || v_more;
  end loop;
  v_signups := array(select signup_id from event_signup where organization_id = p_organization and person_id = any(p_people));
  v_questions := array(select question_id::text from event_panel_question where organization_id = p_organization and signup_id = any(v_signups));
  update audit_entry e set before = case when e.before is not null then '{}'::jsonb end, after = case when e.after is not null then '{}'::jsonb end
    where e.organization_id = p_organization and (e.before is not null or e.after is not null)
      and e.subject not in ('ledger_entry', 'card_checkout')
      and (e.subject_id = any(v_ids) or e.action = 'event.question_edit' and e.after ->> 'question_id' = any(v_questions));
  get diagnostics v_done = row_count;
  -- Short names are parts of other words.
  v_words := array(
    select distinct lower(w) from (
      select unnest(array[p.person_id::text, p.name_hangul, p.first_name || ' ' || p.last_name, p.last_name || ' ' || p.first_name,
        case when length(p.first_name) > 3 then p.first_name end]) as w
        from person p where p.organization_id = p_organization and p.person_id = any(p_people)
      union all select f.phone from person_phone f where f.organization_id = p_organization and f.person_id = any(p_people)
      union all select f.email from person_email f where f.organization_id = p_organization and f.person_id = any(p_people)) known
    where length(w) > 1);
  update audit_entry e set before = without_words(e.before, v_words), after = without_words(e.after, v_words)
    where e.organization_id = p_organization and e.subject not in ('ledger_entry', 'card_checkout')
      and exists (select from unnest(p_people) id where e.before::text like '%' || id || '%' or e.after::text like '%' || id || '%');
  get diagnostics v_also = row_count;
  return v_done + v_also;
end $$;
