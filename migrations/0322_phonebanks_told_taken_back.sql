-- What a caller noted of a voter can be taken back by them: what stood there before.
alter table phone_bank_told add column before jsonb;           -- null: noted earlier than this, or nothing to bring back
alter table phone_bank_told add column undone_at timestamptz;
