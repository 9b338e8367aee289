-- Whatever an organization holds about a person goes; who they were is kept as hashes that close their numbers and mailboxes.

-- Set: nobody any more. The row stays where something hangs on it that has to stay, such as a receipt.
alter table person add column erased_at timestamptz;

-- The list of those who were erased, one of each organization; it is not taken back.
alter table suppression_list add column is_of_erased boolean not null default false;
create unique index suppression_list_of_erased on suppression_list (organization_id) where is_of_erased;

-- Takes out of the activity log what it says of somebody who was erased; who did what and when stays. The application's role
-- may not change the log otherwise. `p_rows`: ids of their rows in other tables.
create function forget_in_audit(p_organization uuid, p_people uuid[], p_rows text[]) returns bigint
language plpgsql security definer set search_path from current as $$
declare
  v_ids text[] := p_rows || array(select id::text from unnest(p_people) id);
  v_done bigint;
begin
  if p_organization is distinct from current_organization() then raise exception 'of another organization'; end if;
  if exists (select from unnest(p_people) id where not exists (select from person p
      where p.organization_id = p_organization and p.person_id = id and p.erased_at is not null)) then
    raise exception 'only of people who were erased';
  end if;
  update audit_entry e set before = case when e.before is not null then '{}'::jsonb end, after = case when e.after is not null then '{}'::jsonb end
    where e.organization_id = p_organization and (e.before is not null or e.after is not null)
      and (e.subject_id = any(v_ids)
        or exists (select from unnest(p_people) id where e.before::text like '%' || id || '%' or e.after::text like '%' || id || '%'));
  get diagnostics v_done = row_count;
  return v_done;
end $$;
