-- Each mail changes its row twice, and each change writes into every index of it. Two had the address, in which neighbors of a list
-- lie far apart: one that begins with it serves both, that nobody stands on a list twice and what went to a mailbox.
create unique index mail_delivery_mailbox on mail_delivery (organization_id, address, mailing_id);
alter table mail_delivery drop constraint mail_delivery_organization_id_mailing_id_address_key;
alter table mail_delivery add constraint mail_delivery_mailbox unique using index mail_delivery_mailbox;
drop index mail_delivery_address;
