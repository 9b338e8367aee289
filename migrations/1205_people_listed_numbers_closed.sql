-- A number on a list has a row of the list's, whatever else is noted of it: a newcomer's wrong number closes it for nobody else, and
-- what a call closed is opened with the call.
create or replace function close_listed_number(p_organization uuid, p_phone text, p_list uuid) returns void language sql as $$
  insert into suppression (organization_id, phone, reason, marked_by, note, list_id)
  select p_organization, p_phone, 'do_not_call', l.imported_by, l.name, l.list_id
  from (select list_id, name, imported_by from suppression_list where organization_id = p_organization and list_id = p_list
    union all select list_id, name, imported_by from installation_suppression_list where list_id = p_list) l
  where not exists (select from suppression s where s.organization_id = p_organization and s.phone = p_phone
    and s.list_id is not null and s.taken_back_at is null)
$$;

-- As before but for that.
do $$
declare
  v_old constant text := 'and x.voter_id is null and x.taken_back_at is null';
  v_text text;
begin
  select pg_get_functiondef(oid) into strict v_text from pg_proc
    where proname = 'apply_suppressions' and pronamespace = current_schema()::text::regnamespace;
  if position(v_old in v_text) = 0 then raise exception 'apply_suppressions reads in another way'; end if;
  execute replace(v_text, v_old, 'and x.list_id is not null and x.taken_back_at is null');
end $$;

-- Those that another mark kept open, or kept without a row of its own, until now.
select close_listed_number(m.organization_id, m.phone, l.list_id)
  from (select distinct s.organization_id, s.phone from suppression s
    where s.phone is not null and s.voter_id is null and s.list_id is null and s.taken_back_at is null) m
  cross join lateral suppressed_by(m.organization_id, 'phone', m.phone) l (list_id)
  where l.list_id is not null;
