-- A run-off is a cycle of its own, with roll, credentials, boxes and count of its own; by the rules of the one it follows.
alter table endorsement_cycle
  add column runoff_of uuid,
  add column runoff_candidate_ids integer[],             -- who stands in it
  add check ((runoff_of is null) = (runoff_candidate_ids is null)),
  add check (runoff_of <> cycle_id),
  add foreign key (organization_id, runoff_of) references endorsement_cycle,
  add unique (organization_id, runoff_of);
