-- Sent by the clock of each reader instead of the organization's.
alter table mailing
  add column goes_by text not null default 'organization' check (goes_by in ('organization', 'reader')),
  add column scheduled_local text check (scheduled_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d$'); -- not before this hour of each reader's clock; null: no hour was named
alter table mail_delivery add column time_zone text;     -- of a reader with one of their own; null: the organization's
