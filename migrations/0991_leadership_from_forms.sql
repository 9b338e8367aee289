-- Who answers a form so is asked this next: of the rules of a form, in their order, the first that fits.
create table form_next_step (
  organization_id uuid not null references organization,
  rule_id uuid not null default gen_random_uuid(),
  form_id uuid not null,
  position bigint not null generated always as identity,
  question text,                                         -- null: whatever was answered
  answer text,                                           -- as conditions of forms name it
  title text not null,
  owner_id uuid not null,                                -- a member's user id
  due_days integer not null check (due_days between 1 and 365), -- after the day it was answered
  made_by text not null,
  made_at timestamptz not null,
  removed_at timestamptz,
  primary key (organization_id, rule_id),
  foreign key (organization_id, form_id) references form,
  check ((question is null) = (answer is null))
);
create index form_next_step_of_form on form_next_step (organization_id, form_id) where removed_at is null;
select own_by_organization('form_next_step');

-- By which response it was set: once.
alter table task add column response_id uuid;
create unique index task_of_response on task (organization_id, response_id) where response_id is not null;

-- Forms without such rules cost one look into an index.
create function form_answer_asks_next() returns trigger language plpgsql as $$
begin
  if exists (select from form_next_step r where r.organization_id = new.organization_id and r.form_id = new.form_id and r.removed_at is null) then
    perform enqueue_job('leadership.form_answered', json_build_object('organization_id', new.organization_id, 'response_id', new.response_id),
      null, null, null, null);
  end if;
  return null;
end $$;
create trigger form_answer_asks_next after insert on form_response for each row execute function form_answer_asks_next();
