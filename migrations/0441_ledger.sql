-- Money that came in and was given back. Rows are added, never changed: what was wrong is put right by a further row.
create table ledger_entry (
  organization_id uuid not null references organization,
  entry_id uuid not null,                                -- made by the form, so that what is sent twice is one
  year integer not null,
  number integer not null check (number > 0),            -- of the receipt, without gaps within a year
  kind text not null check (kind in ('payment', 'refund', 'void')), -- void: the payment was recorded by mistake
  of_entry uuid,                                         -- the payment given back or recorded by mistake
  purpose text not null check (purpose in ('dues', 'ticket')),
  amount_cents integer not null check (case when kind = 'payment' then amount_cents > 0 else amount_cents < 0 end),
  way text not null check (way in ('cash', 'check', 'transfer', 'card')),
  reference text,                                        -- number of the check, of the transfer
  on_date date not null,                                 -- when the money changed hands
  person_id uuid not null,                               -- as it was then; after a merge the row it points to
  payer text not null,                                   -- name on the receipt, as it was then
  what jsonb not null,                                   -- what it was for, in the words of the receipt: {"en": …, "ko": …}
  dues_id uuid,
  note text,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (organization_id, entry_id),
  unique (organization_id, year, number),
  foreign key (organization_id, person_id) references person,
  foreign key (organization_id, of_entry) references ledger_entry,
  check ((kind = 'payment') = (of_entry is null))
);
create index ledger_entry_by_day on ledger_entry (organization_id, on_date);
create index ledger_entry_by_person on ledger_entry (organization_id, person_id);
create index ledger_entry_by_entry on ledger_entry (organization_id, of_entry) where of_entry is not null;
select own_by_organization('ledger_entry');
revoke update, delete on ledger_entry from hanpyo_app;

create function ledger_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'ledger entries are never changed';
end $$;
create trigger is_kept before update or delete on ledger_entry for each row execute function ledger_is_kept();

-- Lines of the bank's own file, to be compared with the ledger.
create table bank_line (
  organization_id uuid not null references organization,
  line_id uuid not null default gen_random_uuid(),
  on_date date not null,
  amount_cents integer not null check (amount_cents <> 0),
  text text not null,
  reference text,                                        -- number of the check, where the bank gives it apart
  nth integer not null,                                  -- of several lines alike
  file_name text not null,
  imported_by text not null,
  imported_at timestamptz not null default now(),
  set_aside_by text,                                     -- nothing of ours: rent, a fee
  set_aside_at timestamptz,
  primary key (organization_id, line_id),
  unique (organization_id, on_date, amount_cents, text, nth)
);
select own_by_organization('bank_line');

-- One line may be the deposit of several checks.
create table bank_match (
  organization_id uuid not null references organization,
  entry_id uuid not null,
  line_id uuid not null,
  how text not null check (how in ('rule', 'hand')),
  matched_by text not null,
  matched_at timestamptz not null default now(),
  primary key (organization_id, entry_id),
  foreign key (organization_id, entry_id) references ledger_entry,
  foreign key (organization_id, line_id) references bank_line
);
create index bank_match_by_line on bank_match (organization_id, line_id);
select own_by_organization('bank_match');
