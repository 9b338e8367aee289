-- An evening of calls changes these tables so fast that their statistics are made anew every minute. Lists of numbers and what a call
-- changed elsewhere took most of that, a third of a second of a processor each time, and no plan is made by them; of the rest a
-- smaller sample tells as much. Cleaning up is spread over more time: calls do not wait for it.
do $$
declare
  c record;
begin
  for c in select a.attrelid::regclass as hot, a.attname from pg_attribute a
      where a.attrelid in ('phone_bank_target'::regclass, 'contact_attempt'::regclass, 'contact_answer'::regclass) and a.attnum > 0 and not a.attisdropped loop
    execute format('alter table %s alter column %I set statistics %s', c.hot, c.attname,
      case when c.attname in ('phones', 'together', 'effects', 'note') then 0 else 30 end);
  end loop;
end $$;
alter table phone_bank_target set (autovacuum_vacuum_cost_delay = 10);
alter table contact_attempt set (autovacuum_vacuum_cost_delay = 10);
alter table contact_answer set (autovacuum_vacuum_cost_delay = 10);
