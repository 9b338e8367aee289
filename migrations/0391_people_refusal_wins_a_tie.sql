-- Of two statements on consent at one moment the refusal counts, as everywhere (people/consent.ts); here the one with
-- the higher id did, which is chance. Everything else of these functions stays as it is.
do $$
declare
  v_name text;
  v_function oid;
  v_was constant text := 'order by k.recorded_at desc, k.consent_id desc';
begin
  foreach v_name in array array['closed_to_calls', 'add_targets'] loop
    select oid into strict v_function from pg_proc where proname = v_name and pronamespace = current_schema()::text::regnamespace;
    if position(v_was in pg_get_functiondef(v_function)) = 0 then raise exception '% orders consent in another way', v_name; end if;
    execute replace(pg_get_functiondef(v_function), v_was, 'order by k.recorded_at desc, k.is_given');
  end loop;
end $$;
