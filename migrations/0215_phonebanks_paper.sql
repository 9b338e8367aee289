-- Printed call sheets as facts, with what was typed from them; what a phone bank cost.

alter table phone_bank add column cost_cents integer check (cost_cents >= 0);
-- Called from a printed sheet: no screen of theirs is open, whatever was typed for them last.
alter table phone_bank_caller add column is_on_paper boolean not null default false;
create unique index phone_bank_caller_on_paper on phone_bank_caller (organization_id, phone_bank_id, name) where is_on_paper and removed_at is null;

create table phone_bank_sheet (
  organization_id uuid not null references organization,
  sheet_id uuid not null default gen_random_uuid(),
  phone_bank_id uuid not null,
  number smallint not null,                    -- counted within the phone bank; printed on every page
  script_version integer not null,             -- what is printed on it
  purpose text not null,                       -- in the words of who printed it
  law_accepted_at timestamptz not null,        -- New York Election Law 3-103(5)
  made_by text not null,
  made_at timestamptz not null,                -- on_paper_at of its voters
  caller_id uuid,                              -- who called, once it is typed
  called_at timestamptz,                       -- the day and hour written on it
  primary key (organization_id, sheet_id),
  unique (organization_id, phone_bank_id, number),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
select own_by_organization('phone_bank_sheet');

create table phone_bank_sheet_line (
  organization_id uuid not null,
  sheet_id uuid not null,
  line smallint not null,
  voter_id integer not null,
  phone text not null,
  revision smallint not null default 0,        -- how often it was corrected; with sheet and line it makes the id of the attempt
  typed jsonb,                                 -- paper/schema.ts LineResult
  typed_by text,
  typed_at timestamptz,
  primary key (organization_id, sheet_id, line),
  foreign key (organization_id, sheet_id) references phone_bank_sheet on delete cascade
);
select own_by_organization('phone_bank_sheet_line');
create index phone_bank_sheet_line_by_voter on phone_bank_sheet_line (voter_id, organization_id);
