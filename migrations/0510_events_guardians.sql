-- Minors at events that ask for it: their own word that they are under 18, and the guardian who agrees.
alter table event_signup add column is_minor boolean not null default false;
create table event_guardian (
  organization_id uuid not null,
  signup_id uuid not null,
  name text not null,
  phone text not null,                                   -- E.164
  relation text not null default '',
  how text not null check (how in ('online', 'paper', 'spoken')),
  at timestamptz not null,
  made_by text not null,
  primary key (organization_id, signup_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
select own_by_organization('event_guardian');
