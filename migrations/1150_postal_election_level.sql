-- What office or measure a mailing is about, by which the law wants other words on it; null: about none, or it was not asked yet.
alter table postal_drop add column level text check (level in ('federal', 'state', 'city'));
