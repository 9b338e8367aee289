-- As before; who of them is on the list already is asked by key, one by one. A plan that was kept from when the list was short read
-- all of it, for every five thousand voters that came to it.
do $$
declare
  v_add regprocedure := 'add_targets(phone_bank, integer[], integer, jsonb, jsonb, timestamptz)';
  v_add_was text := 'array(select t.voter_id from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters))';
  v_renew regprocedure := 'renew_targets(phone_bank, integer[])';
  v_renew_was text := 'select t.voter_id from phone_bank_target t
      left join';
  v_renew_where text := 'where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters)
        and';
begin
  if position(v_add_was in pg_get_functiondef(v_add)) = 0 then raise exception 'add_targets finds the known in another way'; end if;
  execute replace(pg_get_functiondef(v_add), v_add_was,
    'array(select t.voter_id from unnest(p_voters) v (voter_id)
    cross join lateral (select k.voter_id from phone_bank_target k
      where k.organization_id = b.organization_id and k.phone_bank_id = b.phone_bank_id and k.voter_id = v.voter_id offset 0) t)');
  if position(v_renew_was in pg_get_functiondef(v_renew)) = 0 or position(v_renew_where in pg_get_functiondef(v_renew)) = 0 then
    raise exception 'renew_targets reads the list in another way';
  end if;
  execute replace(replace(pg_get_functiondef(v_renew), v_renew_was,
    'select t.voter_id from unnest(p_voters) v (voter_id)
      cross join lateral (select * from phone_bank_target k
        where k.organization_id = b.organization_id and k.phone_bank_id = b.phone_bank_id and k.voter_id = v.voter_id offset 0) t
      left join'), v_renew_where, 'where');
end $$;
