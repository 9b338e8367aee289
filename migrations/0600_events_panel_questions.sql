-- Questions put to the panel of an event beforehand, as its team edits them. The first one of a sign-up has the sign-up's id;
-- others were taken out of the same answer, or are the team's own.
create table event_panel_question (
  organization_id uuid not null,
  question_id uuid not null,
  event_id uuid not null,
  signup_id uuid,                                        -- who asked; null: the team
  asked text not null,                                   -- the answer as it was when it was edited
  language text not null,                                -- it was asked in
  text jsonb not null default '{}',                      -- one per language
  state text not null check (state in ('open', 'kept', 'dropped')),
  into_id uuid,                                          -- the one of the event that asks the same
  position integer,                                      -- of those kept
  made_at timestamptz not null,
  made_by text not null,
  primary key (organization_id, question_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  foreign key (organization_id, signup_id) references event_signup on delete cascade,
  foreign key (organization_id, into_id) references event_panel_question
);
create index event_panel_question_of on event_panel_question (organization_id, event_id);
select own_by_organization('event_panel_question');
