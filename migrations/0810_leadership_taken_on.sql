-- What somebody who came to an event said there they do themselves; without it a task is about them, and done by its owner.

alter table task add column taken_on boolean not null default false;
alter table task add constraint task_taken_on check (not taken_on or (person_id is not null and event_id is not null));
