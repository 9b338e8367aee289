-- Mail that an SMTP server did not take: whom it was for and why, never what it said (it may hold a sign-in link).
create table mail_unsent (
  -- sha256 of the mail, so that each new try of the same one is the same row
  mail_key text primary key,
  to_address text not null,
  subject text not null,
  language text not null,
  problem text not null check (problem in ('refused', 'busy', 'away', 'sign_in', 'encryption', 'other')),
  -- the server's own answer
  answer text not null,
  is_final boolean not null,
  tries integer not null default 1,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now()
);
