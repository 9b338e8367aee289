-- As every table of an organization: first whose, then which.
alter table person_mail drop constraint person_mail_pkey, add primary key (organization_id, mail_id);
