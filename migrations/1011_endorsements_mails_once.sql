-- Mails of a cycle go out once: from `handed_at` on one may have gone out, and is not sent again by itself.
alter table endorsement_mail add column handed_at timestamptz;
update endorsement_mail set handed_at = sent_at;
alter table endorsement_letter add column handed_at timestamptz;
update endorsement_letter set handed_at = sent_at;
-- Of a link that is mailed: the day it went to the mail server, and whether that took it.
alter table endorsement_credential
  add column handed_on date,
  add column is_sent boolean not null default false,
  add check (handed_on is not null or not is_sent);
