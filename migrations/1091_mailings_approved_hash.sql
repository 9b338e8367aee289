-- What was approved when somebody let it go; null: nobody asked for a second person. What it became since is not sent.
alter table mailing add column approved_hash text check (approved_hash ~ '^[0-9a-f]{64}$');
