-- The door of events can be delegated: of all events within its days, or of those named here alone.
alter table delegation drop constraint delegation_what_check;
alter table delegation add constraint delegation_what_check check (what in ('host_phone_banks', 'read_responses', 'door'));

create table delegation_event (
  organization_id uuid not null,
  delegation_id uuid not null,
  event_id uuid not null,
  primary key (organization_id, delegation_id, event_id),
  foreign key (organization_id, delegation_id) references delegation on delete cascade,
  foreign key (organization_id, event_id) references event on delete cascade
);
create index delegation_event_by_event on delegation_event (organization_id, event_id);
select own_by_organization('delegation_event');
