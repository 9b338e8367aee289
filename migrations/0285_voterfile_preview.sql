-- An import may be looked at before it runs: its row then waits and runs as a preview, and keeps what that found.

alter table voter_import
  add column is_preview boolean not null default false,  -- queued or running only to see what would change
  add column preview jsonb;                              -- what the last such look found; null: none, or no longer true
