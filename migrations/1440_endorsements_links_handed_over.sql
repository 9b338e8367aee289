-- When a link was handed over that was not mailed, and who said so.
alter table endorsement_invitation
  add handed_on date,
  add handed_by text,
  add constraint handed_by_somebody check ((handed_on is null) = (handed_by is null));

-- A draft whose scoring was closed goes with it.
alter table endorsement_scoring_closed
  drop constraint endorsement_scoring_closed_organization_id_cycle_id_fkey,
  add foreign key (organization_id, cycle_id) references endorsement_cycle on delete cascade;
