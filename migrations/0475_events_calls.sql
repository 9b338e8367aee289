-- Phone banks of an event: whose callers sign up for its shifts, and those that ask whether people come.
create table event_phone_bank (
  organization_id uuid not null,
  event_id uuid not null,
  phone_bank_id uuid not null,
  what text not null check (what in ('shift', 'confirming')),
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, event_id, phone_bank_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  foreign key (organization_id, phone_bank_id) references phone_bank
);
create unique index event_phone_bank_of_shifts on event_phone_bank (organization_id, event_id) where what = 'shift';
create index event_phone_bank_of_bank on event_phone_bank (phone_bank_id, organization_id);
select own_by_organization('event_phone_bank');

-- What somebody said when asked by telephone whether they come, the newest last.
create table event_confirming (
  organization_id uuid not null,
  attempt_id uuid not null,                              -- the call
  signup_id uuid not null,
  said text not null check (said in ('yes', 'no', 'maybe', 'message')),
  at timestamptz not null,
  made_by text not null,
  taken_back_at timestamptz,                             -- the call was undone
  primary key (organization_id, attempt_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
create index event_confirming_of_signup on event_confirming (signup_id, organization_id, at);
select own_by_organization('event_confirming');

-- An answer to that question, from whatever phone bank, is taken over at once; other answers cost nothing.
create function event_answer_told() returns trigger language plpgsql as $$
begin
  perform enqueue_job('events.answered', json_build_object('organization_id', new.organization_id, 'attempt_id', new.attempt_id),
    null, null, null, null);
  return null;
end $$;
create trigger event_answer_told after insert on contact_answer
  for each row when (new.question = 'event_confirm') execute function event_answer_told();

-- The call was a mistake: what followed from the answer is taken back.
create function event_answer_untold() returns trigger language plpgsql as $$
begin
  if exists (select from contact_answer a where a.organization_id = new.organization_id and a.attempt_id = new.attempt_id
      and a.question = 'event_confirm') then
    perform enqueue_job('events.answered', json_build_object('organization_id', new.organization_id, 'attempt_id', new.attempt_id),
      null, null, null, null);
  end if;
  return null;
end $$;
create trigger event_answer_untold after update of undone_at on contact_attempt
  for each row when (old.undone_at is null and new.undone_at is not null) execute function event_answer_untold();
