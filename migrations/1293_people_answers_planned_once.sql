-- For few people the question whether they may be contacted was planned ten times as long as it was answered, at each sign-up and
-- four times on each profile. For few it is planned once now; for many, as before, for just those who are asked about.
do $$
declare
  v_before text := '
  return query
  with asked as materialized (';
  v_text text;
begin
  select pg_get_functiondef(p.oid) into strict v_text from pg_proc p where p.proname = 'contact_answers' and p.pronamespace = current_schema()::text::regnamespace;
  if position(v_before in v_text) = 0 then raise exception 'contact_answers reads in another way'; end if;
  execute replace(v_text, v_before, '
  -- Until the end of this function, which chooses the other way.
  if greatest(cardinality(p_people), cardinality(p_voters)) <= 20 then perform set_config(''plan_cache_mode'', ''force_generic_plan'', true); end if;' || v_before);
end $$;
