-- Who an e-mail goes to, what became of each, and who wants none.
alter table mailing
  add column scheduled_at timestamptz,                   -- not before; the list is made then
  add column window_starts time,                         -- handed over at these hours alone, in the organization's zone
  add column window_ends time,
  add column per_minute integer check (per_minute between 1 and 100000), -- at most so many to one domain in a minute
  add column listed_at timestamptz,                      -- from then on the list is fixed
  add column finished_at timestamptz,
  add column problem text;                               -- what the mail server said when nothing could be handed over

-- One row for everybody who gets it, made before anything is sent; the row alone says whether it went out.
create table mail_delivery (
  organization_id uuid not null,
  mailing_id uuid not null,
  n integer not null,
  person_id uuid not null,
  address text not null,                                 -- as person_email has it
  domain text not null,                                  -- of the address
  language text not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'handing', 'sent', 'deferred', 'failed', 'unknown', 'left_out', 'bounced')),
  tries smallint not null default 0,
  first_tried_at timestamptz,
  next_at timestamptz,                                   -- of one that was deferred
  changed_at timestamptz,
  answer text,                                           -- the server's words
  code text,                                             -- RFC 3463, '5.1.1'
  left_out_for text,                                     -- why somebody on the list was not written to after all
  unsubscribed_at timestamptz,                           -- by the link in this one
  primary key (organization_id, mailing_id, n),
  unique (organization_id, mailing_id, address),
  foreign key (organization_id, mailing_id) references mailing
);
create index mail_delivery_due on mail_delivery (organization_id, mailing_id, next_at, n) where state in ('waiting', 'deferred');
create index mail_delivery_handing on mail_delivery (organization_id, mailing_id) where state = 'handing';
create index mail_delivery_person on mail_delivery (organization_id, person_id);
create index mail_delivery_paced on mail_delivery (organization_id, mailing_id, changed_at) where state in ('handing', 'sent', 'deferred', 'failed');
select own_by_organization('mail_delivery');

-- Mailboxes nothing more goes to, by SHA-256 alone: one that comes back with a spreadsheet is known, and none can be read.
create table mail_stop (
  organization_id uuid not null references organization,
  address_hash bytea not null,
  reason text not null check (reason in ('unsubscribed', 'complaint', 'hard_bounce', 'soft_bounces')),
  since timestamptz not null,
  mailing_id uuid,
  evidence text not null,
  primary key (organization_id, address_hash, reason)
);
select own_by_organization('mail_stop');

create function mail_address_hash(p_organization uuid, p_address text) returns bytea language sql immutable as
$$ select sha256(convert_to(p_organization::text || ' ' || lower(p_address), 'UTF8')) $$;

-- What people said of the e-mail they get, on their own page.
create table mail_wish (
  organization_id uuid not null references organization,
  person_id uuid not null,
  language text,                                         -- to be written to in this one
  paused_until date,                                     -- nothing before this day
  changed_at timestamptz not null,
  primary key (organization_id, person_id)
);
select own_by_organization('mail_wish');
