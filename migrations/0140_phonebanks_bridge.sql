-- How a phone bank calls: from the caller's own phone, over a bridge (a carrier rings caller and voter), or practice.
alter table phone_bank add column way_of_calling text not null default 'own_phone'
  check (way_of_calling in ('own_phone', 'bridge', 'practice'));

-- One caller's time on the bridge: their telephone stays in one conference, voters come and go.
create table bridge_shift (
  organization_id uuid not null references organization,
  bridge_shift_id uuid not null default gen_random_uuid(),
  phone_bank_id uuid not null,
  caller_id uuid not null,
  caller_phone text,                                     -- the caller's own; forgotten when the shift ends
  carrier text not null,
  call_sid text,                                         -- the carrier's name for the call to the caller
  state text not null default 'calling' check (state in ('calling', 'joined', 'ended')),
  started_at timestamptz not null,
  joined_at timestamptz,
  ended_at timestamptz,
  why_ended text,
  number bigint generated always as identity,            -- the order in which shifts began, clocks aside
  primary key (organization_id, bridge_shift_id),
  foreign key (organization_id, phone_bank_id) references phone_bank,
  check ((state = 'ended') = (ended_at is not null)),
  check (ended_at is null or caller_phone is null)
);
create unique index bridge_shift_open on bridge_shift (organization_id, caller_id) where ended_at is null;
create index bridge_shift_by_caller on bridge_shift (organization_id, caller_id, number desc);
select own_by_organization('bridge_shift');

-- One call to one voter over the bridge, begun by the caller's press.
create table bridge_call (
  organization_id uuid not null,
  bridge_call_id uuid not null default gen_random_uuid(),
  bridge_shift_id uuid not null,
  voter_id integer not null,
  phone text not null,
  call_sid text,
  state text not null default 'dialing'
    check (state in ('dialing', 'ringing', 'answered', 'busy', 'no_answer', 'failed', 'canceled', 'ended')),
  problem text,                                          -- the carrier's code, where it refused
  dialed_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  number bigint generated always as identity,            -- the order in which calls began
  primary key (organization_id, bridge_call_id),
  foreign key (organization_id, bridge_shift_id) references bridge_shift
);
-- One call at a time for a caller, and one for a number: whatever is pressed twice.
create unique index bridge_call_open on bridge_call (organization_id, bridge_shift_id) where ended_at is null;
create unique index bridge_call_of_number on bridge_call (organization_id, phone) where ended_at is null;
create index bridge_call_by_shift on bridge_call (organization_id, bridge_shift_id, number desc);
select own_by_organization('bridge_call');

-- Everything a carrier told us, as it came; the same message twice is one row.
create table carrier_event (
  organization_id uuid not null references organization,
  carrier_event_id uuid not null default gen_random_uuid(),
  bridge_shift_id uuid not null,
  bridge_call_id uuid,                                   -- null: about the call to the caller
  call_sid text not null,
  state text not null,                                   -- the carrier's word
  sequence_number integer not null default -1,           -- -1: the carrier gave none
  happened_at timestamptz,                               -- by the carrier's clock
  received_at timestamptz not null,
  is_used boolean not null,                              -- false: late, or of another call; nothing followed from it
  primary key (organization_id, carrier_event_id),
  foreign key (organization_id, bridge_shift_id) references bridge_shift
);
create unique index carrier_event_once on carrier_event (organization_id, call_sid, sequence_number, state);
create index carrier_event_by_shift on carrier_event (organization_id, bridge_shift_id, received_at);
select own_by_organization('carrier_event');
