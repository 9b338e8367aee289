-- What somebody told when they asked for help stays in their case: the activity log has other readers. Whoever is erased leaves
-- nothing of their cases there either.
update audit_entry set before = before - '{title,about,outcome}'::text[], after = after - '{title,about,outcome}'::text[]
  where subject = 'help_case' and action in ('case.open', 'case.update', 'case.close', 'case.reopen');

-- The id of help_case is case_id.
do $$ begin
  execute replace(pg_get_functiondef('forget_in_audit(uuid, uuid[])'::regprocedure), '^(event|person|contact)_', '^(event|person|contact|help)_');
  if strpos(pg_get_functiondef('forget_in_audit(uuid, uuid[])'::regprocedure), '|help)_') = 0 then raise exception 'forget_in_audit is another function now'; end if;
end $$;
