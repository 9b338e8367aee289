-- What is to be done and what came of it stand in the task, for those who may read it there: the activity log has other readers,
-- and says who did what, and when.
update audit_entry set after = after - '{title,outcome}'::text[] where subject = 'task' and after ?| '{title,outcome}';
update audit_entry set after = after - 'title' where subject = 'event' and action = 'task.add' and after ? 'title';
