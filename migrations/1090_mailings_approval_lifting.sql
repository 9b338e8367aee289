-- Who lifts the rule of a second person: one asks, another one agrees.
alter table mail_approval_rule
  add column lifting_by text,
  add column lifting_id text,
  add column lifting_at timestamptz;
