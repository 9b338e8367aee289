-- A freeze or refresh may take at most so many of those who fit: those of the lowest hash of voter id and seed, see hash.ts.
alter table universe_version
  add column at_most integer check (at_most > 0),        -- null: all who fit
  add column seed text check (length(seed) between 1 and 60); -- null: the usual draw
