-- What a session of a cohort is held as (an event: whoever was there then was at the session), which training it teaches, what
-- it is about; and until when a milestone should be reached.
alter table cohort_session add column event_id uuid;
alter table cohort_session add column training_id uuid;
alter table cohort_session add column about text;
alter table cohort_session add foreign key (organization_id, event_id) references event;
alter table cohort_session add foreign key (organization_id, training_id) references training;
create index cohort_session_of_event on cohort_session (organization_id, event_id) where event_id is not null;
alter table cohort_milestone add column due_on date;

-- What is read or brought along.
create table cohort_material (
  organization_id uuid not null,
  material_id uuid not null default gen_random_uuid(),
  session_id uuid not null,
  title text not null,
  link text,                                             -- https; null: on paper
  added_by text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (organization_id, material_id),
  foreign key (organization_id, session_id) references cohort_session on delete cascade
);
create index cohort_material_of_session on cohort_material (organization_id, session_id);
select own_by_organization('cohort_material');
