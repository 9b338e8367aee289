-- Refusals for what we are: in a row by domain of the mailbox, as the server says them, and those that come back later.
alter table mailing
  add column refused_in_a_row jsonb not null default '{}',
  add column refused_later jsonb not null default '{}';
