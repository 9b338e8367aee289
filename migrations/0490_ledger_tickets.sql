-- Money for tickets: which sign-up it is for, in the words of the room that sells them.
alter table ledger_entry add column for_id uuid;
create index ledger_entry_by_ticket on ledger_entry (organization_id, for_id) where for_id is not null;

-- A page of the service's to pay on may be for tickets.
alter table card_checkout alter column kind drop not null;
alter table card_checkout add column for_id uuid;             -- the sign-up, of tickets
alter table card_checkout add column what jsonb;              -- of tickets: what the receipt will say
alter table card_checkout add column url text;                -- the service's page, to be opened again while it is open
alter table card_checkout add column expires_at timestamptz;  -- no payment there from then on
alter table card_checkout add constraint card_checkout_is_for
  check ((kind is null) = (for_id is not null) and (for_id is null) = (what is null));
create index card_checkout_by_ticket on card_checkout (organization_id, for_id) where for_id is not null;
