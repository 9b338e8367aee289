-- A stop is kept by the hash of its mailbox: what the server said of it names it no more.
update mail_stop set evidence = regexp_replace(evidence, '[^[:space:]<>()\[\]:;,"'']+@', '…@', 'g') where evidence like '%@%';
update mailing set problem = regexp_replace(problem, '[^[:space:]<>()\[\]:;,"'']+@', '…@', 'g') where problem like '%@%';
update mail_journey set problem = regexp_replace(problem, '[^[:space:]<>()\[\]:;,"'']+@', '…@', 'g') where problem like '%@%';
