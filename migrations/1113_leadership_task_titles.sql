-- What is to be done, in each language it was written in: of what a kind of help begins with.
alter table task add column titles jsonb;
