-- Cards, taken by a service on its own pages: no number of a card is ever here. Without a row cards are not set up.
create table card_account (
  organization_id uuid primary key references organization,
  secret_key text not null,                              -- sealed; opens the service's interface; never shown again
  webhook_secret text not null,                          -- sealed; signs what the service reports
  api_url text not null default 'https://api.stripe.com', -- another only for trying
  set_by text not null,
  set_at timestamptz not null default now(),
  closed_at timestamptz                                  -- no cards from then on; what was under way is still reported
);
select own_by_organization('card_account');

-- Somebody was sent to the service to pay their dues.
create table card_checkout (
  organization_id uuid not null references organization,
  checkout_id uuid not null,                             -- ours, and the entry's in the ledger
  session_id text,                                       -- the service's; null until it opened its page
  person_id uuid not null,
  kind text not null,
  amount_cents integer not null check (amount_cents > 0),
  opened_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'paid', 'held', 'settled')), -- held: paid there, but not to be booked by itself
  problem text,                                          -- why held
  payment_intent text,                                   -- the service's name of the payment
  settled_how text check (settled_how in ('recorded', 'refunded')), -- of what was held
  settled_by text,
  settled_at timestamptz,
  primary key (organization_id, checkout_id),
  unique (organization_id, session_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, kind) references membership_kind
);
create index card_checkout_by_payment on card_checkout (organization_id, payment_intent);
select own_by_organization('card_checkout');

-- What the service reported, each once, in whatever order it came.
create table card_event (
  organization_id uuid not null references organization,
  event_id text not null,
  type text not null,
  received_at timestamptz not null,
  state text not null check (state in ('done', 'waits', 'ignored', 'failed')), -- waits: of a payment we have not heard of yet; failed: for the treasurer to see
  payment_intent text,
  refunded_cents integer,                                -- all that was given back of it until then
  on_date date not null,
  primary key (organization_id, event_id)
);
create index card_event_waiting on card_event (organization_id, payment_intent) where state = 'waits';
select own_by_organization('card_event');
