-- Members who moved away get their post in another state; null: not said, which usually is the organization's own.
alter table person_address add column state text check (state ~ '^[A-Z]{2}$');
