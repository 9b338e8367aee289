-- Whoever puts a newcomer into a hand wants the lock that turns of the queue, lists of numbers and spreadsheets share, some of them for
-- minutes. It is tried, not queued for: behind a request that waits, nobody else's hand would be filled either. false: not just now.
create function lock_newcomers(p_organization uuid) returns boolean language plpgsql as $$
begin
  for i in 1..20 loop
    if pg_try_advisory_xact_lock(hashtext('newcomer_lease'), hashtext(p_organization::text)) then return true; end if;
    perform pg_sleep(0.01);
  end loop;
  return false;
end $$;
