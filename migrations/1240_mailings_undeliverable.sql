-- 'undeliverable': never with the mail server; why stands in left_out_for.
alter table mail_delivery
  drop constraint mail_delivery_state_check,
  add constraint mail_delivery_state_check
    check (state in ('waiting', 'held', 'handing', 'sent', 'deferred', 'failed', 'unknown', 'left_out', 'bounced', 'undeliverable')) not valid;
alter table mail_delivery validate constraint mail_delivery_state_check;
