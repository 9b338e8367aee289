-- Shapes of districts, one row per kind, replaced whole.
create table district_map (
  kind text primary key check (kind in ('congress', 'senate', 'assembly', 'nyc-council', 'county', 'borough', 'ed')),
  topology json not null,                                -- TopoJSON, WGS84, one object 'districts' with ids as typed in expressions
  shapes integer not null,
  as_of date,                                            -- day of the lines, where known
  source text not null,
  loaded_at timestamptz not null default now(),
  loaded_by text not null
);

-- Which crosswalks are loaded: from a state's election districts to one kind of district.
create table crosswalk (
  state char(2) not null,
  kind text not null check (kind in ('congress', 'senate', 'assembly', 'nyc-council')),
  as_of date,
  source text not null,
  loaded_at timestamptz not null default now(),
  loaded_by text not null,
  primary key (state, kind)
);

-- The parts: an election district that lies in two districts has two rows. ed within ad, as in voter_record.
create table crosswalk_part (
  state char(2) not null,
  kind text not null,
  ad smallint not null,
  ed smallint not null,
  district smallint not null,
  share real not null check (share > 0 and share <= 1),  -- of the election district's area or voters, as the source counts
  primary key (state, kind, ad, ed, district),
  foreign key (state, kind) references crosswalk on delete cascade
);
create index crosswalk_part_by_district on crosswalk_part (kind, district);

-- Election districts that lie wholly in one district: 99 % or more of them, the rest being lines drawn along the same street
-- a few feet apart. The column store and every query read this view.
create view crosswalk_whole as
  select state, kind, ad, ed, district from crosswalk_part where share >= 0.99;

grant select on district_map, crosswalk, crosswalk_part, crosswalk_whole to hanpyo_app;
