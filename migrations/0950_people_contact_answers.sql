-- Whether a person may be contacted, by which channel, for what: one question with one answer, from the rows that say why.

-- What somebody is contacted for.
create table contact_purpose (
  purpose text primary key,
  position smallint not null unique
);
grant select on contact_purpose to hanpyo_app;
insert into contact_purpose (purpose, position) values
  ('campaign', 1),                                       -- candidates, issues, getting out the vote
  ('news', 2),                                           -- what the organization writes to those who read it
  ('invitation', 3),                                     -- to events
  ('membership', 4),                                     -- dues, votes of the members, the roll
  ('fundraising', 5),
  ('asked', 6);                                          -- what they asked for: a confirmation, a receipt, a reminder of their own seat

-- What law and practice ask for on a channel, from a day to a day. A change of the law is a further row.
create table contact_rule (
  channel text not null check (channel in ('phone', 'text', 'email', 'post')),
  purpose text not null references contact_purpose,
  valid_from date not null,
  valid_until date,                                      -- the last day; null: still
  needs_consent boolean not null,                        -- contacted only after they agreed
  heeds_refusal boolean not null,                        -- what they refused last counts
  needs_record boolean not null,                         -- a voter only as long as the state's file has them
  source text not null,
  checked_on date not null,
  primary key (channel, purpose, valid_from)
);
grant select on contact_rule to hanpyo_app;

insert into contact_rule (channel, purpose, valid_from, needs_consent, heeds_refusal, needs_record, source, checked_on)
-- Calls dialed by a person need no consent, and the national registry leaves political calls out; a list of one's own is
-- kept all the same.
select 'phone', purpose, date '1991-12-20', false, true, purpose = 'campaign',
  '47 USC 227(a)(4), (b)(1); 47 CFR 64.1200(c)(2), (d)', date '2026-11-23' from contact_purpose
union all
-- Whether a message counts as sent by an autodialer is for courts to say, each for itself: nobody is texted without consent.
select 'text', purpose, date '1991-12-20', true, true, purpose = 'campaign',
  '47 USC 227(b)(1)(A)(iii); 47 CFR 64.1200(a)(1), (a)(10)-(12)', date '2026-11-23' from contact_purpose
union all
-- Political mail is no commercial message; it is treated as one. What relates to something they asked for goes out after an
-- opt-out too.
select 'email', purpose, date '2004-01-01', false, purpose <> 'asked', false,
  '15 USC 7702(2), (17), 7704(a)(3)-(4); 16 CFR 316.3', date '2026-11-23' from contact_purpose
union all
select 'post', purpose, date '1970-08-12', false, purpose <> 'asked', purpose = 'campaign',
  '39 USC 3008 (Rowan v. Post Office Department, 397 US 728)', date '2026-11-23' from contact_purpose;

-- Which channels a mark on somebody closes; the lightest weight is named where several do. Marks on a number close that number.
create table contact_closing (
  reason text not null,
  channel text not null check (channel in ('phone', 'text', 'email', 'post')),
  weight smallint not null,
  primary key (reason, channel)
);
grant select on contact_closing to hanpyo_app;
insert into contact_closing (reason, channel, weight)
select reason, channel, weight from (values
  ('deceased', 1, '{phone,text,email,post}'::text[]),
  ('legal', 2, '{phone,text,email,post}'),
  ('hostile', 3, '{phone,text,email,post}'),
  ('do_not_call', 4, '{phone,text}'),
  ('moved', 5, '{phone,text,post}')) closing (reason, weight, channels), unnest(channels) channel;

-- Marks that were taken back, for what held earlier.
create index suppression_taken_back_voter on suppression (organization_id, voter_id) where taken_back_at is not null and voter_id is not null;
create index suppression_taken_back_person on suppression (organization_id, person_id) where taken_back_at is not null and person_id is not null;

-- For each of the people and voters asked about (side by side: a person, a voter, or both), in their order: may this
-- organization contact them by this channel for this purpose? `reason` null: yes. `since`, `evidence` and `said_by` are of
-- what decided it, a consent given included. `p_at` null: as everything stands now, else by what had been said by then.
-- Whether post has somewhere to go is for whoever chooses its address.
create function contact_answers(p_organization uuid, p_channel text, p_purpose text, p_at timestamptz, p_people uuid[], p_voters integer[])
returns table (nth bigint, person_id uuid, voter_id integer, reason text, since timestamptz, evidence text, said_by text)
language plpgsql stable set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  r contact_rule;
begin
  select * into r from contact_rule
    where channel = p_channel and purpose = p_purpose and valid_from <= coalesce(p_at, now())::date
      and (valid_until is null or valid_until >= coalesce(p_at, now())::date)
    order by valid_from desc limit 1;
  return query
  with asked as materialized (
    select u.nth, coalesce(k.person_id, a.person_id, b.person_id) as person_id,
      coalesce(k.voter_id, a.voter_id, u.voter_id) as voter_id, coalesce(k.deceased_at, a.deceased_at, b.deceased_at) as deceased_at,
      u.person_id is not null and a.person_id is null as is_unknown
    from unnest(p_people, p_voters) with ordinality u (person_id, voter_id, nth)
    left join person a on a.organization_id = p_organization and a.person_id = u.person_id
    left join person b on b.organization_id = p_organization and b.voter_id = u.voter_id and b.merged_into is null and u.person_id is null
    -- Whoever was joined with somebody else is that one now.
    left join lateral (
      with recursive chain as (
        select m.person_id, m.voter_id, m.deceased_at, m.merged_into, 1 as step from person m
          where m.organization_id = p_organization and m.person_id = a.merged_into
        union all
        select m.person_id, m.voter_id, m.deceased_at, m.merged_into, c.step + 1 from chain c
          join person m on m.organization_id = p_organization and m.person_id = c.merged_into where c.step < 50)
      select c.person_id, c.voter_id, c.deceased_at from chain c where c.merged_into is null limit 1) k on a.merged_into is not null),
  said as (
    select distinct on (a.nth) a.nth, c.is_given, c.recorded_at, c.evidence, c.recorded_by
    from asked a join consent c on c.organization_id = p_organization and c.person_id = a.person_id
    where c.channel = p_channel and (p_at is null or c.recorded_at <= p_at)
    order by a.nth, c.recorded_at desc, c.is_given),
  marked as (
    select distinct on (m.nth) m.nth, m.reason, m.marked_at, m.note, m.marked_by
    from (
      select a.nth, s.reason, s.marked_at, s.note, s.marked_by from asked a join suppression s
        on s.organization_id = p_organization and s.person_id = a.person_id where s.phone is null and s.taken_back_at is null
      union all
      select a.nth, s.reason, s.marked_at, s.note, s.marked_by from asked a join suppression s
        on s.organization_id = p_organization and s.voter_id = a.voter_id where s.phone is null and s.taken_back_at is null
      union all
      select a.nth, s.reason, s.marked_at, s.note, s.marked_by from asked a join suppression s
        on s.organization_id = p_organization and s.person_id = a.person_id where s.phone is null and s.taken_back_at > p_at
      union all
      select a.nth, s.reason, s.marked_at, s.note, s.marked_by from asked a join suppression s
        on s.organization_id = p_organization and s.voter_id = a.voter_id where s.phone is null and s.taken_back_at > p_at) m
    join contact_closing z on z.reason = m.reason and z.channel = p_channel
    where p_at is null or m.marked_at <= p_at
    order by m.nth, z.weight, m.marked_at desc),
  -- Numbers and mailboxes that are not known to be wrong.
  reached as (
    select a.nth, false as is_bouncing from asked a join person_phone f on f.organization_id = p_organization and f.person_id = a.person_id
      where p_channel in ('phone', 'text') and f.quality not in ('wrong', 'disconnected')
        and not exists (select from suppression s where s.organization_id = p_organization and s.phone = f.phone and s.taken_back_at is null
          and (s.voter_id is null or s.voter_id = a.voter_id))
    union all
    select a.nth, false from asked a join voter_phone f on f.voter_id = a.voter_id
      where p_channel in ('phone', 'text')
        and not exists (select from suppression s where s.organization_id = p_organization and s.phone = f.phone and s.taken_back_at is null
          and (s.voter_id is null or s.voter_id = a.voter_id))
        and not exists (select from person_phone w where w.organization_id = p_organization and w.person_id = a.person_id and w.phone = f.phone
          and w.quality in ('wrong', 'disconnected'))
    union all
    select a.nth, e.quality = 'bouncing' from asked a join person_email e on e.organization_id = p_organization and e.person_id = a.person_id
      where p_channel = 'email' and e.quality <> 'wrong' and e.claimed_at is null),
  reach as (select n.nth, bool_and(n.is_bouncing) as is_bouncing from reached n group by n.nth),
  records as (
    select a.nth from asked a join voter_record v on v.voter_id = a.voter_id
      where r.needs_record and v.gone_in is null and v.status in ('active', 'inactive', 'military', 'federal', 'overseas')),
  answer as (
    select a.nth, a.person_id, a.voter_id,
      case
        when a.is_unknown or a.person_id is null and a.voter_id is null then 'unknown'
        when m.reason is not null then m.reason
        when a.deceased_at is not null and (p_at is null or a.deceased_at <= p_at) then 'deceased'
        when r.channel is null then 'no_rule'
        when r.heeds_refusal and not c.is_given then 'opted_out'
        when r.needs_record and a.voter_id is not null and d.nth is null then 'not_a_voter'
        when p_channel <> 'post' and h.nth is null then 'no_address'
        when h.is_bouncing then 'bouncing'
        when r.needs_consent and c.is_given is not true then 'no_consent'
      end as reason,
      m.nth is not null as is_marked, a.deceased_at, m.marked_at, m.note, m.marked_by, c.recorded_at, c.evidence, c.recorded_by
    from asked a left join said c on c.nth = a.nth left join marked m on m.nth = a.nth
      left join reach h on h.nth = a.nth left join records d on d.nth = a.nth)
  select w.nth, w.person_id, w.voter_id, w.reason,
    case when w.is_marked then w.marked_at when w.reason = 'deceased' then w.deceased_at else w.recorded_at end,
    case when w.is_marked then w.note when w.reason = 'deceased' then null else w.evidence end,
    case when w.is_marked then w.marked_by when w.reason = 'deceased' then null else w.recorded_by end
  from answer w;
end $$;
