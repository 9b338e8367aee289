-- Texts may go from a carrier's own choice among the organization's numbers instead of the one voters see (Twilio: a messaging service).
alter table organization add column text_service text;    -- the carrier's name for it, 'MG…' at Twilio; null: the number voters see
