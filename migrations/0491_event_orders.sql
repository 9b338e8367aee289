-- Tickets with a price. An event without kinds of tickets asks for no money.
alter table event add column hold_minutes integer not null default 30 check (hold_minutes between 10 and 2880); -- a seat waits so long for its payment
alter table event add column pays_at_door boolean not null default true;   -- cash or a check at the door
alter table event add column refund_days integer check (refund_days between 0 and 365); -- before the beginning, until then money back; null: never

create table event_ticket_kind (
  organization_id uuid not null,
  ticket_kind_id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  name jsonb not null,                                   -- {"en": …, "ko": …}
  price_cents integer not null check (price_cents between 0 and 1000000),
  most integer check (most > 0),                         -- sold in all
  from_on date,                                          -- sold from that day on, of the event's time zone
  until_on date,                                         -- and until the end of that one
  buyers text not null check (buyers in ('everybody', 'members', 'code')),
  code text check (code ~ '^[A-Z0-9]{3,20}$'),        -- who has it sees this kind
  added bigint generated always as identity,
  archived_at timestamptz,                               -- sold no longer
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, ticket_kind_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  check ((buyers = 'code') = (code is not null))
);
create index event_ticket_kind_of_event on event_ticket_kind (event_id, organization_id);
select own_by_organization('event_ticket_kind');

create table event_discount (
  organization_id uuid not null,
  discount_id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  code text check (code ~ '^[A-Z0-9]{3,20}$'),        -- null: for members in good standing, by itself
  percent integer check (percent between 1 and 100),
  amount_cents integer check (amount_cents > 0),         -- off the sum of one sign-up
  uses_most integer check (uses_most > 0),
  until_on date,
  ticket_kind_ids uuid[] not null default '{}',          -- empty: of all kinds
  ended_at timestamptz,
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, discount_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  check ((percent is null) <> (amount_cents is null))
);
create unique index event_discount_code on event_discount (event_id, coalesce(code, ''), organization_id) where ended_at is null;
select own_by_organization('event_discount');

-- What a sign-up comes to, as it was when it was sent: prices may change, what was said holds.
create table event_order (
  organization_id uuid not null,
  signup_id uuid not null,
  full_cents integer not null check (full_cents >= 0),
  discount_id uuid,
  discount_cents integer not null default 0 check (discount_cents between 0 and full_cents),
  pays text not null check (pays in ('card', 'door')),   -- card: the seat is held until it is paid
  primary key (organization_id, signup_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade,
  foreign key (organization_id, discount_id) references event_discount
);
create index event_order_by_discount on event_order (discount_id, organization_id) where discount_id is not null;
select own_by_organization('event_order');

create table event_order_line (
  organization_id uuid not null,
  signup_id uuid not null,
  ticket_kind_id uuid not null,
  count integer not null check (count > 0),
  price_cents integer not null check (price_cents >= 0),
  primary key (organization_id, signup_id, ticket_kind_id),
  foreign key (organization_id, signup_id) references event_order on delete cascade,
  foreign key (organization_id, ticket_kind_id) references event_ticket_kind
);
create index event_order_line_of_kind on event_order_line (ticket_kind_id, organization_id);
select own_by_organization('event_order_line');

alter table event_response drop constraint event_response_why_check;
alter table event_response add constraint event_response_why_check
  check (why in ('moved_up', 'not_accepted', 'not_approved', 'event_canceled', 'merged', 'not_paid', 'paid_late'));

-- Money for a sign-up came in or went back, by whatever way: a job looks what that means for the seat, and doors hear of it.
create function event_ticket_paid() returns trigger language plpgsql as $$
begin
  update event_signup set changed_in = pg_current_xact_id()
  where organization_id = new.organization_id and signup_id = new.for_id;
  perform enqueue_job('events.paid', json_build_object('organization_id', new.organization_id, 'signup_id', new.for_id),
    null, null, null, null);
  return null;
end $$;
create trigger event_ticket_paid after insert on ledger_entry for each row when (new.for_id is not null) execute function event_ticket_paid();
