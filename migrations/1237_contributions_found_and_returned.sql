-- A limit that somebody found is an amount with its source and day, and is checked; what was paid is always recorded, with what spoke
-- against it; one that was called off says why; and what comes back may come in parts.
alter table contribution add checked_limit_cents integer check (checked_limit_cents > 0);
alter table contribution add checked_basis text check (checked_basis in ('per_election', 'per_cycle'));
alter table contribution add checked_on date;            -- when somebody looked it up, in checked_limit: where
alter table contribution add check ((checked_limit_cents is null) = (checked_basis is null)
  and (checked_limit_cents is null or (checked_limit is not null and checked_on is not null)));
alter table contribution add given_though text check (given_though in ('prohibited', 'over_limit', 'limit_unknown'));
alter table contribution add drop_reason text;

create table contribution_refund (
  organization_id uuid not null,
  contribution_id uuid not null,
  n integer not null check (n > 0),
  refunded_on date not null,
  refunded_cents integer not null check (refunded_cents > 0),
  refund_reference text not null,
  refunded_by text not null,
  primary key (organization_id, contribution_id, n),
  foreign key (organization_id, contribution_id) references contribution
);
select own_by_organization('contribution_refund');
insert into contribution_refund
select organization_id, contribution_id, 1, refunded_on, refunded_cents, coalesce(refund_reference, ''), coalesce(refunded_by, '')
from contribution where refunded_on is not null;
