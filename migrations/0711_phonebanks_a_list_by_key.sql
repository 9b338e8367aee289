-- As before; each voter is looked up by key, however many records the voter file has. A plan that read the file in its order asked for the numbers of
-- everybody in it, for every five thousand voters that came to a list.
do $$
declare
  v_function regprocedure := 'add_targets(phone_bank, integer[], integer, jsonb, jsonb, timestamptz)';
  v_was text := 'join voter_record r on r.voter_id = v.voter_id';
begin
  if position(v_was in pg_get_functiondef(v_function)) = 0 then raise exception 'add_targets reads voters in another way'; end if;
  execute replace(pg_get_functiondef(v_function), v_was,
    'cross join lateral (select * from voter_record each where each.voter_id = v.voter_id offset 0) r');
end $$;
