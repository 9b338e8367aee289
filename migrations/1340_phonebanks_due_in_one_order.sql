-- Voters who are due in the same minute are called in one order, wherever their rows lie: callbacks at full hours are many.
drop index phone_bank_target_first;
create index phone_bank_target_first on phone_bank_target (organization_id, phone_bank_id, next_at, voter_id)
  where state = 'waiting' and why in ('call_back', 'next_number', 'handed_on');
drop index phone_bank_target_again;
create index phone_bank_target_again on phone_bank_target (organization_id, phone_bank_id, time_zone, language, is_language_known, next_at, voter_id)
  where state = 'waiting' and why in ('resting', 'elsewhere', 'skipped', 'household');
