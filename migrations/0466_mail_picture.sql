-- A picture that a mail brings along (a code to be let in by), as a data: address, to be seen where mails are read in the browser.
alter table outbox_mail add column picture text;
