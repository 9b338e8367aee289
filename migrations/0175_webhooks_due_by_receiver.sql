-- Due messages are taken receiver by receiver, so that a slow one keeps only its own waiting.
create index webhook_delivery_due_by_webhook on webhook_delivery (webhook_id, organization_id, next_at) where state = 'waiting';
drop index webhook_delivery_due;
