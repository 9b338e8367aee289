-- What somebody who took something on was last told by mail: what differs from it is told once, however often it was changed meanwhile.
create table task_told (
  organization_id uuid not null,
  task_id uuid not null,
  owner_id uuid,                                         -- a member's user id, as it was told
  due_on date,
  is_off boolean not null default false,                 -- that it is not needed any more
  told_at timestamptz not null,
  primary key (organization_id, task_id),
  foreign key (organization_id, task_id) references task on delete cascade
);
select own_by_organization('task_told');

-- Of before: they were told when they took it on. A mail may still wait for the youngest, which are told from the start.
insert into task_told (organization_id, task_id, owner_id, due_on, is_off, told_at)
select organization_id, task_id, owner_id, due_on, coalesce(ended_as = 'moved_on', false), now()
from task where taken_on and made_at < now() - interval '1 hour';
