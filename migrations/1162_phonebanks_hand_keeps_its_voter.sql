-- Where the number of somebody in a hand changes to one that a caller of newcomers has just now, they stay in that hand without the
-- line: dropped, they would stand as handed out with nobody who has them.
create or replace function line_of_a_newcomer() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('newcomer_lease'), hashtext(new.organization_id::text));
  if exists (select from newcomer_lease n where n.line = new.line and n.organization_id = new.organization_id and n.leased_until > new.leased_at) then
    if not new.is_changed then return null; end if;
    new.line := null;
  end if;
  return new;
end $$;
