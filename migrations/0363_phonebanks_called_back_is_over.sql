-- Who called us back and was talked with since waits for no call: the task is done by that conversation, and stands again where it is
-- taken back.
alter table follow_up add column solved_attempt_id uuid;        -- the conversation that did it; null: somebody said so
create index follow_up_called_back on follow_up (organization_id, voter_id) where kind = 'return_call' and solved_at is null;
create index follow_up_by_solving_attempt on follow_up (organization_id, solved_attempt_id) where solved_attempt_id is not null;

create function called_back_is_over() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    with solved as (
      update follow_up set solved_at = new.attempted_at, solved_by = new.made_by, solved_attempt_id = new.attempt_id
        where organization_id = new.organization_id and voter_id = new.voter_id and kind = 'return_call' and solved_at is null
          and made_at <= new.attempted_at
        returning follow_up_id)
    insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id, after)
      select new.organization_id, 'system', new.made_by, 'follow_up.solve', 'follow_up', follow_up_id::text,
          jsonb_build_object('kind', 'return_call', 'voter_id', new.voter_id, 'attempt_id', new.attempt_id)
        from solved;
  else
    with opened as (
      update follow_up set solved_at = null, solved_by = null, solved_attempt_id = null
        where organization_id = new.organization_id and solved_attempt_id = new.attempt_id
        returning follow_up_id)
    insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id, after)
      select new.organization_id, 'system', coalesce(new.undone_by, new.made_by), 'follow_up.reopen', 'follow_up', follow_up_id::text,
          jsonb_build_object('kind', 'return_call', 'voter_id', new.voter_id, 'attempt_id', new.attempt_id)
        from opened;
  end if;
  return null;
end $$;
create trigger called_back_is_over after insert on contact_attempt for each row
  when (new.is_reached and new.voter_id is not null and new.undone_at is null and new.channel in ('phone', 'inbound_phone', 'door'))
  execute function called_back_is_over();
create trigger called_back_stands_again after update of undone_at on contact_attempt for each row
  when (new.undone_at is not null and old.undone_at is null and new.is_reached) execute function called_back_is_over();

-- Who was talked with before this.
update follow_up f set solved_at = a.attempted_at, solved_by = a.made_by, solved_attempt_id = a.attempt_id
  from (select distinct on (o.organization_id, o.follow_up_id) o.organization_id, o.follow_up_id, t.attempted_at, t.made_by, t.attempt_id
      from follow_up o join contact_attempt t on t.organization_id = o.organization_id and t.voter_id = o.voter_id and t.is_reached
        and t.undone_at is null and t.channel in ('phone', 'inbound_phone', 'door') and t.attempted_at >= o.made_at
      where o.kind = 'return_call' and o.solved_at is null
      order by o.organization_id, o.follow_up_id, t.attempted_at) a
  where f.organization_id = a.organization_id and f.follow_up_id = a.follow_up_id;
