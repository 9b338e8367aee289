-- Somebody entered by mistake is taken out of a cohort, with the reason.
alter table cohort_application drop constraint if exists cohort_application_state_check;
alter table cohort_application add constraint cohort_application_state_check
  check (state in ('applied', 'wait_listed', 'accepted', 'declined', 'withdrawn', 'left', 'alumni', 'removed'));

-- Newcomers: those who came by the web lately are found without walking over all attempts.
create index if not exists contact_attempt_from_web on contact_attempt (organization_id, attempted_at) where channel = 'web';
