-- What repeats can rest for a while, and says why the next one could not be made. A form that is sent again is the phone bank it made.
alter table phone_bank
  add column repeats_paused_at timestamptz,
  add column repeat_problem text,                        -- why the next one was not made (rounds/repeating.ts); null: nothing stands against it
  add column form_key text;                              -- of what was typed and by whom; null: not made by the form
