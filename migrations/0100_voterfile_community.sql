-- People by place and community, loaded by the installation beside or over those every installation has
-- (community/places-data.ts). Commons: read by all, written by the command line alone.
create table community_place (
  kind text not null check (kind in ('county', 'nyc-council')),
  name text not null,                                    -- county slug 'queens', number of the council district '20'
  within text,                                           -- slug of the county around it
  population integer not null check (population > 0),
  korean integer not null default 0 check (korean >= 0),
  chinese integer not null default 0 check (chinese >= 0),
  south_asian integer not null default 0 check (south_asian >= 0),
  vietnamese integer not null default 0 check (vietnamese >= 0),
  filipino integer not null default 0 check (filipino >= 0),
  japanese integer not null default 0 check (japanese >= 0),
  other_asian integer not null default 0 check (other_asian >= 0),
  source text not null,
  loaded_at timestamptz not null,
  loaded_by text not null,
  primary key (kind, name),
  check (korean + chinese + south_asian + vietnamese + filipino + japanese + other_asian <= population)
);

-- With which tables the estimates of a state's voters were made, and how far a new reckoning has come.
create table community_estimate (
  state char(2) primary key,
  version text not null,                                 -- 'names 2, places 1a2b3c4d'; '' something changed since
  has_council boolean not null default false,            -- council districts were joined to voters after their names were read
  refreshing text,                                       -- the version being written, null when none is
  refreshed_to integer not null default 0,               -- last voter_id that has it
  refreshed_changed integer not null default 0,          -- rows changed so far
  refreshed_at timestamptz
);
insert into community_estimate (state, version, has_council)
  select state, '', bool_or(layout = 'us-nyc') from voter_file where kind = 'registration' group by state;

grant select on community_place, community_estimate to hanpyo_app;
