-- How often a mail was sent again because it was refused for what we are: a report of an earlier one is not of the last.
alter table mail_delivery add column resends smallint not null default 0;
