-- Counties of other states bear the same names (Richmond, in North Carolina too): a place is one of its state.
alter table community_place add column if not exists state char(2) not null default 'NY';
alter table community_place drop constraint community_place_pkey, add primary key (state, kind, name);
