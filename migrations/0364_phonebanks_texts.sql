-- Over the bridge a link goes by text from the organization's own number, where that is registered for texts: one for each press of a
-- caller, after the voter agreed. What comes back to that number is kept, and STOP ends texts at once.
alter table organization add column sends_texts boolean not null default false;

create table phone_bank_text (
  organization_id uuid not null references organization,
  text_id uuid not null,                                 -- of phone_bank_told: the same word sent twice is one text
  phone_bank_id uuid not null,
  voter_id integer not null,
  phone text not null,                                   -- E.164
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'delivered', 'failed', 'withheld')),
  problem text,                                          -- withheld: why; else the carrier's code
  carrier text,
  message_id text,
  made_at timestamptz not null,
  state_at timestamptz not null,
  primary key (organization_id, text_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
create index phone_bank_text_by_bank on phone_bank_text (phone_bank_id, organization_id);
create index phone_bank_text_by_phone on phone_bank_text (phone, organization_id);
select own_by_organization('phone_bank_text');

create table inbound_text (
  organization_id uuid not null references organization,
  inbound_text_id uuid not null default gen_random_uuid(),
  carrier text not null,
  message_id text not null,
  phone text,                                            -- E.164; null: no telephone number
  body text not null,
  means text not null check (means in ('stop', 'start', 'other')),
  follow_up_id uuid,                                     -- null: there is nothing to answer, or nobody we know
  received_at timestamptz not null,
  primary key (organization_id, inbound_text_id),
  foreign key (organization_id, follow_up_id) references follow_up on delete set null (follow_up_id)
);
create unique index inbound_text_once on inbound_text (organization_id, carrier, message_id);
create index inbound_text_by_phone on inbound_text (phone, organization_id, received_at);
select own_by_organization('inbound_text');

alter table follow_up drop constraint follow_up_kind_check;
alter table follow_up add constraint follow_up_kind_check
  check (kind in ('volunteer', 'yard_sign', 'ride', 'mail_ballot', 'organizer', 'call_back_too_late', 'return_call', 'text_reply'));
