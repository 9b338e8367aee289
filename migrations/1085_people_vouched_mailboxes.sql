-- Who says that a mailbox is somebody's: one of ours, or a list that was imported. Null: whoever wrote it on a page. What is held of
-- somebody is mailed only where it is vouched for.
alter table person_email add column vouched_at timestamptz;
-- What people are, and whom they reach, stays the same.
alter table person_email disable trigger user;
update person_email e set vouched_at = e.added_at
where e.claimed_at is null and (e.source like 'import: %' or exists (select from audit_entry a
  where a.organization_id = e.organization_id and a.subject = 'person' and a.subject_id = e.person_id::text
    and a.actor_kind in ('user', 'cli') and a.actor_name = e.source and a.action in ('person.create', 'person.email')));
alter table person_email enable trigger user;

-- A voter record that was found by what somebody wrote of themselves.
alter table person drop constraint person_matched_by_check;
alter table person add constraint person_matched_by_check check (matched_by in ('contact', 'hand', 'certain', 'said', 'import'));
alter table person disable trigger user;
update person p set matched_by = 'said' where p.matched_by = 'certain'
  and exists (select from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id)
  and not exists (select from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id and e.vouched_at is not null);
alter table person enable trigger user;
