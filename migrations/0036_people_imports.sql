-- Ids other systems gave our people, by which their spreadsheets find them again.
create table person_external_id (
  organization_id uuid not null,
  external_id text not null,
  person_id uuid not null,
  primary key (organization_id, external_id),
  foreign key (organization_id, person_id) references person on delete cascade
);
select own_by_organization('person_external_id');
create index person_external_id_by_person on person_external_id (organization_id, person_id);

-- The same headers again get the mapping they had.
create index person_import_by_headers on person_import (organization_id, (mapping->>'headers'), created_at desc);
