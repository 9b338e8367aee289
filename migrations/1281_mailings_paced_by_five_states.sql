-- What goes to a domain in a minute counts mails in doubt too: the index of it knew the other four states alone.
create index mail_delivery_paced_all on mail_delivery (organization_id, mailing_id, changed_at) where state in ('handing', 'sent', 'deferred', 'failed', 'unknown');
drop index mail_delivery_paced;
