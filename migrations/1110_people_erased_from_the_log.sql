-- What a note says, why an application was decided so and what its readers gave stand in their own tables, for those who may read
-- them there: the activity log has other readers, and says that it was written, by whom and when.
update audit_entry set after = after - 'body' where action = 'note.create' and after ? 'body';
update audit_entry set before = before - '{said}'::text[], after = after - '{said,why,scores}'::text[] where subject = 'cohort_application';

-- Of an entry that is about somebody, what is no one's words: codes, days, ids and numbers.
create function codes_alone(p_value jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(key, value) filter (where jsonb_typeof(value) in ('number', 'boolean', 'null')
      or jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^[a-z0-9_:.TZ-]{0,40}$'), '{}'::jsonb)
    from jsonb_each(p_value)
$$;

-- A row's own id is whatever its key has beside the organization, whatever its name; and an entry that names somebody as the one
-- it is about (person_id) keeps nobody's words on them.
do $$
declare
  v_body text := pg_get_functiondef('forget_in_audit(uuid, uuid[])'::regprocedure);
  v_new text;
begin
  v_new := replace(v_body,
    $old$and k.attname in (c.relname || '_id', regexp_replace(c.relname, '^(event|person|contact|help)_', '') || '_id')$old$,
    $new$and k.attname <> 'person_id' and (k.attname in (c.relname || '_id', regexp_replace(c.relname, '^(event|person|contact|help)_', '') || '_id')
        or exists (select from pg_index i join pg_attribute o on o.attrelid = c.oid and o.attname = 'organization_id'
          where i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 2 and o.attnum = any(i.indkey) and k.attnum = any(i.indkey)
            and not exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and k.attnum = any(f.conkey))
            and k.attname <> o.attname))$new$);
  if v_new = v_body then raise exception 'forget_in_audit is another function now'; end if;
  v_body := v_new;
  v_new := replace(v_body, $old$  v_signups := array($old$,
    $new$  v_ids := v_ids || array(select mentoring_id::text from mentoring_person where organization_id = p_organization and person_id = any(p_people));
  v_signups := array($new$);
  if v_new = v_body then raise exception 'forget_in_audit is another function now'; end if;
  v_body := v_new;
  v_new := replace(v_body, $old$  -- Short names are parts of other words.$old$,
    $new$  update audit_entry e set before = codes_alone(e.before), after = codes_alone(e.after)
    where e.organization_id = p_organization and e.subject not in ('ledger_entry', 'card_checkout')
      and exists (select from unnest(p_people) id where e.before ->> 'person_id' = id::text or e.after ->> 'person_id' = id::text);
  -- Short names are parts of other words.$new$);
  if v_new = v_body then raise exception 'forget_in_audit is another function now'; end if;
  execute v_new;
end $$;

-- Of whoever was erased before.
update audit_entry e set before = case when before is not null then '{}'::jsonb end, after = case when after is not null then '{}'::jsonb end
  where (subject = 'cohort_application' and not exists (select from cohort_application a where a.organization_id = e.organization_id and a.application_id::text = e.subject_id)
      or subject = 'training_passed' and not exists (select from training_passed a where a.organization_id = e.organization_id and a.passed_id::text = e.subject_id)
      or subject = 'mentoring' and exists (select from mentoring m where m.organization_id = e.organization_id and m.mentoring_id::text = e.subject_id)
        and (select count(*) from mentoring_person p where p.organization_id = e.organization_id and p.mentoring_id::text = e.subject_id) < 2)
    and (before is not null or after is not null);
