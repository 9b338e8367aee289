-- Parts of election districts that lie wholly in no district. A crosswalk may name the sliver beside a part of 99 % too: its voters
-- are those of crosswalk_whole, and in doubt nowhere.
create view crosswalk_divided as
  select p.state, p.kind, p.ad, p.ed, p.district, p.share from crosswalk_part p
  where not exists (select from crosswalk_whole w where (w.state, w.kind, w.ad, w.ed) = (p.state, p.kind, p.ad, p.ed));

grant select on crosswalk_divided to hanpyo_app;
