-- An invitation made on the command line was made by no user.
alter table invitation alter column invited_by drop not null;
