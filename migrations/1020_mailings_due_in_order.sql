-- The next that may go, in the order they are asked for: without this each question sorted all that wait.
create index mail_delivery_next on mail_delivery (organization_id, mailing_id, next_at nulls first, n) where state in ('waiting', 'deferred');
drop index mail_delivery_due;
