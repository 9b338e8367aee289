-- A receiver that answered 410 was paused without anybody being able to see why.
alter table webhook add column is_gone boolean not null default false;
