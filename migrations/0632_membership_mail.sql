-- What a mail carries beside its text, for the page of an installation without SMTP: [{name, type, content (base64)}].
alter table outbox_mail add column files jsonb;

-- Why somebody pays the reduced dues by card, in their words.
alter table card_checkout add column reason text;
