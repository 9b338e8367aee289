-- How an organization's e-mails look: its colours and its logo, which is one of its pictures.
create table mail_look (
  organization_id uuid primary key references organization,
  color text not null check (color ~ '^#[0-9a-f]{6}$'),       -- of buttons and links
  page_color text not null check (page_color ~ '^#[0-9a-f]{6}$'), -- behind the mail
  logo text,                                                  -- sha256 of mailing_picture
  foreign key (organization_id, logo) references mailing_picture (organization_id, sha256)
);
select own_by_organization('mail_look');
