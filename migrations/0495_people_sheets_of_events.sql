-- Sign-in sheets of an event: whoever is typed in was there, in the shift the sheet was made for.
alter table sign_in_sheet add column event_id uuid, add column shift_id uuid,
  add check ((event_id is null) = (shift_id is null)),
  add foreign key (organization_id, event_id) references event,
  add foreign key (organization_id, shift_id) references event_shift;
create index sign_in_sheet_of_event on sign_in_sheet (organization_id, event_id, number) where event_id is not null;

-- The mark a line made; none where somebody was marked as there before.
create table event_sheet_mark (
  organization_id uuid not null,
  sheet_id uuid not null,
  line integer not null,
  attendance_id bigint not null,
  primary key (organization_id, sheet_id, line),
  foreign key (organization_id, sheet_id, line) references sign_in_line (organization_id, sheet_id, line) on delete cascade,
  foreign key (organization_id, attendance_id) references event_attendance on delete cascade
);
select own_by_organization('event_sheet_mark');
