-- What is made like something of a campaign behind a wall stays behind it, also once that campaign is archived.
do $$
declare
  v_old constant text := 'and c.archived_at is null';
  v_text text;
begin
  select pg_get_functiondef(oid) into strict v_text from pg_proc where proname = 'link_copy' and pronamespace = current_schema()::text::regnamespace;
  if position(v_old in v_text) = 0 then raise exception 'link_copy reads in another way'; end if;
  execute replace(v_text, v_old, 'and (c.archived_at is null or is_walled(c.lane, p_now))');
end $$;
