-- The middle of each shape of a map, so that voters of an election district have a place. Written with the map.
create table district_center (
  kind text not null references district_map on delete cascade,
  district text not null,                                -- as typed in expressions
  longitude double precision not null,                   -- WGS84
  latitude double precision not null,
  primary key (kind, district)
);
grant select on district_center to hanpyo_app;
