-- Maps are of one state each; those loaded until now are New York's.
alter table district_center drop constraint district_center_kind_fkey, drop constraint district_center_pkey;
alter table district_map drop constraint district_map_pkey;
alter table district_map add state char(2) not null default 'NY', add primary key (state, kind);
alter table district_center add state char(2) not null default 'NY', add primary key (state, kind, district),
  add foreign key (state, kind) references district_map on delete cascade;
alter table district_map alter state drop default;
alter table district_center alter state drop default;
