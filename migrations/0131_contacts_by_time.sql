-- Reading contact attempts in the order they were recorded, page by page.
create index contact_attempt_by_time on contact_attempt (recorded_at, attempt_id, organization_id);
