-- Results of a contest by election district, from files in the form of OpenElections: public record of the commons, written by
-- stewards. A file has one county or several, so where they are from is kept for each.
create table contest_result (
  contest_id integer not null references contest,
  county text not null,                                  -- slug as geography names it
  file text not null,
  sha256 text not null,                                  -- of the lines taken, so that the same again changes nothing
  source_url text not null,
  as_of date not null,
  loaded_at timestamptz not null,
  loaded_by text not null,
  primary key (contest_id, county)
);

-- Whom or what a vote was for, as the files write it.
create table result_choice (
  choice_id integer generated always as identity primary key,
  contest_id integer not null references contest,
  name text not null,
  kind text not null check (kind in ('candidate', 'write_in', 'blank', 'other')),
  candidate_id integer references candidate on delete set null,
  unique (contest_id, name)
);
create index result_choice_by_candidate on result_choice (candidate_id) where candidate_id is not null;

create table result_vote (
  choice_id integer not null references result_choice,
  county text not null,
  precinct text not null,                                -- as the file has it
  ad smallint,                                           -- of New York City: assembly district and election district
  ed smallint,
  line text not null default '',                         -- party of the ballot line
  votes integer not null check (votes >= 0),
  by_kind jsonb not null default '{}',                   -- {"election_day":10,"absentee":2}, where the file says so
  primary key (choice_id, county, precinct, line)
);

grant select on contest_result, result_choice, result_vote to hanpyo_app;
