-- Mail of an installation without SMTP: readable in the browser by stewards, and by anybody in the demo.
create table outbox_mail (
  mail_id uuid primary key default gen_random_uuid(),
  to_address text not null,
  subject text not null,
  body_text text not null,
  body_html text,
  language text not null,
  sent_at timestamptz not null default now()
);
