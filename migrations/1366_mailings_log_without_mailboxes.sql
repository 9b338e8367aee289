-- What 1320 took out of the rows themselves stands in the activity log too, and what came with complaints was still kept whole.
update audit_entry set after = jsonb_set(after, '{problem}', to_jsonb(regexp_replace(after ->> 'problem', '[^[:space:]<>()\[\]:;,"'']+@', '…@', 'g')))
where action in ('mailing.pause', 'mail_journey.pause') and after ->> 'problem' like '%@%';
update mail_stop set evidence = regexp_replace(evidence, '[^[:space:]<>()\[\]:;,"'']+@', '…@', 'g') where evidence like '%@%';
