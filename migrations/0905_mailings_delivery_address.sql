-- Bounces and complaints ask what went to one mailbox.
create index mail_delivery_address on mail_delivery (organization_id, address, changed_at);
