-- Contests, who runs in them, and the people behind candidates and officials: public record, one commons of the installation
-- (decision 100). Stewards write it; every organization reads it.

-- An election as voters are told of it. `election` (0002) says in which ones somebody voted: its ids are packed into voter
-- records by imports that run for minutes, so nothing else gives them; state, kind and day are the same in both.
create table scheduled_election (
  election_id integer generated always as identity primary key,
  state char(2) not null,
  kind text not null check (kind in ('general', 'primary', 'presidential_primary', 'special', 'runoff')),
  held_on date not null,
  district_kind text check (district_kind in ('congress', 'senate', 'assembly', 'nyc-council', 'county', 'city', 'state')),
  district text,                                         -- both null: the whole state
  method text check (method in ('plurality', 'ranked_choice')),  -- where it holds for every contest
  source_url text,
  as_of date not null,
  unique nulls not distinct (state, kind, held_on, district_kind, district)
);

-- The days the program knows with their deadlines (src/features/elections/calendar.ts).
insert into scheduled_election (state, kind, held_on, district_kind, district, method, as_of) values
('NY', 'primary', '2025-06-24', null, null, null, '2026-11-23'),
('NY', 'general', '2025-11-04', null, null, 'plurality', '2026-11-23'),
('NY', 'special', '2026-04-28', 'nyc-council', '3', 'ranked_choice', '2026-11-23'),
('NY', 'primary', '2026-06-23', null, null, null, '2026-11-23'),
('NY', 'general', '2026-11-03', null, null, 'plurality', '2026-11-23'),
('NY', 'primary', '2027-06-22', null, null, null, '2026-11-23'),
('NY', 'general', '2027-11-02', null, null, 'plurality', '2026-11-23'),
('NY', 'primary', '2028-06-27', null, null, null, '2026-11-23'),
('NY', 'general', '2028-11-07', null, null, 'plurality', '2026-11-23');

-- Who runs or holds office: one row for a person, whatever they run for and whatever they become.
create table public_figure (
  figure_id integer generated always as identity primary key,
  name text not null,                                    -- in Latin letters, as on the ballot
  names jsonb not null default '{}',                     -- in other scripts: {"ko":"이서연","zh":"李書妍"}
  links jsonb not null default '[]',                     -- ["https://…"]
  ids jsonb not null default '{}',                       -- in other lists: {"bioguide":"M001188","openstates":"ocd-person/…"}
  source_url text,
  as_of date not null
);

-- Made anew from what was uploaded, so that nothing of the file but the picture is kept.
create table public_figure_photo (
  figure_id integer primary key references public_figure on delete cascade,
  content bytea not null,                                -- PNG
  sha256 text not null,
  width smallint not null,
  height smallint not null,
  alt jsonb not null,                                    -- what is to be seen, by language
  credit text not null,
  license text not null check (license in ('public_domain', 'cc0', 'cc_by', 'cc_by_sa', 'with_permission')),
  source_url text
);

create table contest (
  contest_id integer generated always as identity primary key,
  election_id integer not null references scheduled_election,
  office text not null check (office in ('president', 'us_representative', 'us_senator', 'governor', 'lieutenant_governor',
    'attorney_general', 'state_comptroller', 'state_senator', 'assembly_member', 'mayor', 'public_advocate', 'comptroller',
    'council_member', 'borough_president', 'district_attorney', 'supreme_court_justice', 'surrogate', 'civil_court_judge',
    'district_leader', 'other')),
  title jsonb not null default '{}',                     -- of an office without a word of its own, by language
  district_kind text not null check (district_kind in ('congress', 'senate', 'assembly', 'nyc-council', 'county', 'city', 'state')),
  district text not null default '',                     -- number or county slug as geography names it; empty: the whole city or state
  party text check (party in ('dem', 'rep', 'con', 'wor', 'oth')),  -- whose primary
  seats smallint not null default 1 check (seats between 1 and 100),
  method text not null check (method in ('plurality', 'ranked_choice')),
  term_from date,
  term_until date check (term_until >= term_from),
  source_url text,
  as_of date not null
);
create unique index contest_once on contest (election_id, office, district_kind, district, coalesce(party, ''), coalesce(title ->> 'en', ''));

create table candidate (
  candidate_id integer generated always as identity primary key,
  contest_id integer not null references contest,
  figure_id integer not null references public_figure,
  lines text[] not null default '{}',                    -- ballot lines in order: codes of parties, or the body's own name
  is_incumbent boolean not null default false,
  position smallint,                                     -- on the ballot
  website text,
  status text not null check (status in ('declared', 'on_ballot', 'withdrawn', 'removed')),
  status_on date not null,
  source_url text,
  as_of date not null,
  unique (contest_id, figure_id)
);
create index candidate_by_figure on candidate (figure_id);

grant select on scheduled_election, public_figure, public_figure_photo, contest, candidate to hanpyo_app;
