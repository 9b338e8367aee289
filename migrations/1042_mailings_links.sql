-- What the addresses in mails answered when they were tried last.
create table mail_link (
  organization_id uuid not null references organization,
  address text not null,
  result text not null check (result in ('good', 'dead', 'inside', 'unsure')),
  status integer,                                        -- HTTP; null: no answer
  tried_at timestamptz not null,
  primary key (organization_id, address)
);
select own_by_organization('mail_link');
