-- Who called us back and was talked with since waits for no call: the task is done by that conversation, and stands again where it is
-- taken back and there was no other.
alter table follow_up add column solved_attempt_id uuid;        -- the conversation that did it; null: somebody said so
create index follow_up_called_back on follow_up (organization_id, voter_id) where kind = 'return_call' and solved_at is null;
create index follow_up_by_solving_attempt on follow_up (organization_id, solved_attempt_id) where solved_attempt_id is not null;

-- The first conversation since, of those that were not taken back.
create function talked_since(f follow_up) returns contact_attempt language sql stable as $$
  select a from contact_attempt a
    where a.organization_id = f.organization_id and a.voter_id = f.voter_id and a.is_reached and a.undone_at is null
      and a.channel in ('phone', 'inbound_phone', 'door') and a.attempted_at >= f.made_at
    order by a.attempted_at limit 1
$$;

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
    with concerned as (
      select f.follow_up_id, t.attempt_id, t.attempted_at, t.made_by from follow_up f left join lateral talked_since(f) t on true
        where f.organization_id = new.organization_id and f.solved_attempt_id = new.attempt_id),
    changed as (
      update follow_up f set solved_at = c.attempted_at, solved_by = c.made_by, solved_attempt_id = c.attempt_id
        from concerned c where f.organization_id = new.organization_id and f.follow_up_id = c.follow_up_id
        returning f.follow_up_id, f.solved_at)
    insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id, after)
      select new.organization_id, 'system', coalesce(new.undone_by, new.made_by), 'follow_up.reopen', 'follow_up', follow_up_id::text,
          jsonb_build_object('kind', 'return_call', 'voter_id', new.voter_id, 'attempt_id', new.attempt_id)
        from changed where solved_at is null;
  end if;
  return null;
end $$;
create trigger called_back_is_over after insert on contact_attempt for each row
  when (new.is_reached and new.voter_id is not null and new.undone_at is null and new.channel in ('phone', 'inbound_phone', 'door'))
  execute function called_back_is_over();
create trigger called_back_stands_again after update of undone_at on contact_attempt for each row
  when (new.undone_at is not null and old.undone_at is null and new.is_reached) execute function called_back_is_over();

-- Who was talked with before this.
with talked as (
  select f.organization_id, f.follow_up_id, f.voter_id, t.attempt_id, t.attempted_at, t.made_by from follow_up f cross join lateral talked_since(f) t
    where f.kind = 'return_call' and f.solved_at is null and f.voter_id is not null and t.attempt_id is not null),
solved as (
  update follow_up f set solved_at = t.attempted_at, solved_by = t.made_by, solved_attempt_id = t.attempt_id
    from talked t where f.organization_id = t.organization_id and f.follow_up_id = t.follow_up_id)
insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id, after)
  select organization_id, 'system', made_by, 'follow_up.solve', 'follow_up', follow_up_id::text,
      jsonb_build_object('kind', 'return_call', 'voter_id', voter_id, 'attempt_id', attempt_id)
    from talked;
