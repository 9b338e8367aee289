-- Voters who call the organization's number back: each call once, found by the number, and a task for the host.
alter table follow_up drop constraint follow_up_kind_check;
alter table follow_up add constraint follow_up_kind_check
  check (kind in ('volunteer', 'yard_sign', 'ride', 'mail_ballot', 'organizer', 'call_back_too_late', 'return_call'));

create table inbound_call (
  organization_id uuid not null references organization,
  inbound_call_id uuid not null default gen_random_uuid(),
  carrier text not null,
  call_sid text not null,
  phone text,                                            -- E.164; null: withheld
  voter_id integer,                                      -- null: nobody we called, or several
  phone_bank_id uuid,                                    -- whose call they answer
  follow_up_id uuid,                                     -- null: no call was promised
  called_at timestamptz not null,
  primary key (organization_id, inbound_call_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete set null (phone_bank_id),
  foreign key (organization_id, follow_up_id) references follow_up on delete set null (follow_up_id)
);
create unique index inbound_call_once on inbound_call (organization_id, carrier, call_sid);
create index inbound_call_by_voter on inbound_call (voter_id, organization_id);
select own_by_organization('inbound_call');
