-- Up to version 17 PostgreSQL takes a plan for dear where a kind of join is switched off (1300) and has no other, and compiles it:
-- for each batch anew, while its rows are locked.
alter function phone_bank_turns(uuid, uuid, timestamptz, boolean, text[], boolean, jsonb) set jit = off;
