-- A city's list may come before the state's file: its voters have no state id yet. Both null cost no room.
alter table voter_record
  add column id_kind text,                               -- null: state_voter_id is the state's own; 'county': made of the county's number, until the state's file tells the voter's own
  add column unmatched_in integer;                       -- of those: first file of the state that speaks of their county and has nobody they could be
