-- The activity log is read by pages and by what its filters may be set to, never whole.
create index audit_by_action on audit_entry (organization_id, action, audit_id desc);
create index audit_by_actor on audit_entry (organization_id, actor_name, audit_id desc);
