-- What files said of an address before that moment does not come back when a later file is taken back: it was to be asked anew.
alter table postal_address add column asked_again_at timestamptz;
update postal_address a set asked_again_at = now()
where a.found is null
  and exists (select from postal_checked_row r where r.organization_id = a.organization_id and r.address_id = a.address_id and r.applied_at is not null);
create index postal_checked_row_address on postal_checked_row (organization_id, address_id) where address_id is not null;
