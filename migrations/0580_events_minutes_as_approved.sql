-- Who is recused from a motion stays in the room: the quorum counts those present, not those who may vote.
alter table event_motion_count add column if not exists present integer;
update event_motion_count set present = entitled where present is null;
alter table event_motion_count alter column present set not null;
alter table event_motion_count drop constraint if exists event_motion_count_present;
alter table event_motion_count add constraint event_motion_count_present check (present >= entitled);
-- What minutes said when they were approved; null: not approved, or approved before that was kept.
alter table event_minutes add column if not exists as_approved jsonb;
