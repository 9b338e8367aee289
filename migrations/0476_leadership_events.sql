-- Which training whoever signs up for an event of a kind should have passed: who lacks it is shown to the host.
create table event_kind_training (
  organization_id uuid not null references organization,
  kind text not null,
  training_id uuid not null,
  primary key (organization_id, kind),
  foreign key (organization_id, training_id) references training
);
select own_by_organization('event_kind_training');

-- What was agreed on at an event.
alter table task add column event_id uuid;
alter table task add constraint task_of_event foreign key (organization_id, event_id) references event;
create index task_by_event on task (organization_id, event_id) where event_id is not null;
