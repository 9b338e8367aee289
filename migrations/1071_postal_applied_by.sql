-- Who said that a file of checked addresses is to be taken over; of those before it, nobody knows but the activity log.
alter table postal_checked_file add column applied_by text, add column applied_by_id text;
