-- Two or three subjects tried on a part of the list; the better one goes to the rest.
create table mailing_subject_test (
  organization_id uuid not null,
  mailing_id uuid not null,
  subjects jsonb not null,                               -- beside the mailing's own, each by language
  share integer not null check (share between 1 and 100), -- percent of the list it is tried on; of 100 nobody is left for the better one
  rule text not null check (rule in ('replies', 'person')), -- by what it is decided, fixed before anything goes out
  after_hours integer not null check (after_hours between 1 and 336),
  least integer not null check (least between 1 and 1000000), -- of each subject, or a person decides
  decided_at timestamptz,
  winner integer,                                        -- 0: the mailing's own
  decided_by text,
  decided_for text check (decided_for in ('rule', 'equal', 'person')),
  primary key (organization_id, mailing_id),
  foreign key (organization_id, mailing_id) references mailing
);
select own_by_organization('mailing_subject_test');

-- 'held': waits until the better subject is known.
alter table mail_delivery
  add column variant integer,
  add column is_rest boolean not null default false,       -- got the better one, was no part of the trial
  add column replied_at timestamptz,
  drop constraint mail_delivery_state_check,
  add constraint mail_delivery_state_check
    check (state in ('waiting', 'held', 'handing', 'sent', 'deferred', 'failed', 'unknown', 'left_out', 'bounced')) not valid;
alter table mail_delivery validate constraint mail_delivery_state_check;
