-- A voter in the file twice gets one piece; where a piece lies is kept with it, so that marks fit the stack that is printed.
alter table postal_recipient add column same_as integer;   -- the record of the same person that stands for both; null: this one
alter table postal_drop add column duplicates integer not null default 0;
alter table postal_piece add column tray text, add column bundle text;   -- null: the list was made before these were kept
