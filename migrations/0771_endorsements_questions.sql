-- What candidates are asked, in order; a 'section' is the heading of those that follow.
create table endorsement_question (
  organization_id uuid not null,
  cycle_id uuid not null,
  question_id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('section', 'position', 'text', 'ranking', 'record', 'pledge')),
  text jsonb not null,                                   -- {"en": …, "ko": …}
  hint jsonb not null default '{}',
  choices jsonb not null default '[]',                   -- what is ranked, each by language
  words_most integer check (words_most between 10 and 5000),
  is_needed boolean not null default true,
  office text,                                           -- asked of candidates for it alone
  contest_id integer references contest,                 -- asked in it alone
  position integer not null,
  primary key (organization_id, question_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle,
  check (office is null or contest_id is null),
  check ((kind = 'ranking') = (jsonb_array_length(choices) > 0))
);
create index endorsement_question_of on endorsement_question (organization_id, cycle_id, position);
create index endorsement_question_contest on endorsement_question (contest_id) where contest_id is not null;
select own_by_organization('endorsement_question');
