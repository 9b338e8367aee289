-- A pause is of what goes out to many. What somebody asked for goes on, and what being a member brings with it: dues, votes.
alter table contact_rule add column heeds_pause boolean not null default true;
update contact_rule set heeds_pause = purpose not in ('asked', 'membership');

-- As in 1241, with that.
create or replace function contact_answers(p_organization uuid, p_channel text, p_purpose text, p_at timestamptz, p_people uuid[], p_voters integer[], p_topic uuid default null)
returns table (nth bigint, person_id uuid, voter_id integer, reason text, since timestamptz, evidence text, said_by text)
language plpgsql stable set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  r contact_rule;
  -- Of the organization: a pause ends on a day, and a rule begins on one.
  day date := (coalesce(p_at, now()) at time zone (select o.time_zone from organization o where o.organization_id = p_organization))::date;
begin
  select * into r from contact_rule
    where channel = p_channel and purpose = p_purpose and valid_from <= day
      and (valid_until is null or valid_until >= day)
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
  -- The one mail goes to: what was said of it, is said of e-mail.
  mailbox as (
    select distinct on (a.nth) a.nth, e.email, e.quality = 'bouncing' as is_bouncing
    from asked a join person_email e on e.organization_id = p_organization and e.person_id = a.person_id
    where p_channel = 'email' and e.quality not in ('wrong', 'suppressed') and e.claimed_at is null
    order by a.nth, e.quality = 'bouncing', e.is_preferred desc, e.quality = 'good' desc, e.email),
  stopped as (
    select distinct on (b.nth) b.nth, s.reason in ('unsubscribed', 'complaint') as is_refused, s.since, s.evidence
    from mailbox b left join said c on c.nth = b.nth
    join mail_stop s on s.organization_id = p_organization and s.address_hash = mail_address_hash(p_organization, b.email)
    where (p_at is null or s.since <= p_at)
      -- By the link of a mail it holds until they agree anew.
      and (s.reason <> 'unsubscribed' or c.is_given is not true or c.recorded_at < s.since)
      and (r.heeds_refusal or s.reason not in ('unsubscribed', 'complaint'))
    order by b.nth, s.reason in ('unsubscribed', 'complaint') desc, s.since desc),
  -- Numbers and mailboxes that are not known to be wrong.
  reached as (
    select a.nth, false as is_bouncing from asked a join person_phone f on f.organization_id = p_organization and f.person_id = a.person_id
      where p_channel in ('phone', 'text') and f.quality not in ('wrong', 'disconnected')
        and not exists (select from suppression s where s.organization_id = p_organization and s.phone = f.phone and s.taken_back_at is null
          and (s.voter_id is null or s.voter_id = a.voter_id)
          and not (s.voter_id is null and s.reason = 'wrong_number' and s.person_id is distinct from a.person_id))
    union all
    select a.nth, false from asked a join voter_phone f on f.voter_id = a.voter_id
      where p_channel in ('phone', 'text')
        and not exists (select from suppression s where s.organization_id = p_organization and s.phone = f.phone and s.taken_back_at is null
          and (s.voter_id is null or s.voter_id = a.voter_id)
          and not (s.voter_id is null and s.reason = 'wrong_number' and s.person_id is distinct from a.person_id))
        and not exists (select from person_phone w where w.organization_id = p_organization and w.person_id = a.person_id and w.phone = f.phone
          and w.quality in ('wrong', 'disconnected'))
    union all
    select b.nth, b.is_bouncing or s.nth is not null from mailbox b left join stopped s on s.nth = b.nth),
  reach as (select n.nth, bool_and(n.is_bouncing) as is_bouncing from reached n group by n.nth),
  -- No e-mail until a day, by their own wish.
  paused as (
    select a.nth, w.paused_until, w.changed_at from asked a join mail_wish w on w.organization_id = p_organization and w.person_id = a.person_id
      where p_channel = 'email' and r.heeds_pause and w.paused_until > day and (p_at is null or w.changed_at <= p_at)),
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
        when r.heeds_refusal and not c.is_given or s.is_refused then 'opted_out'
        when u.nth is not null then 'paused'
        when p_channel = 'email' and r.heeds_refusal and p_topic is not null and not mail_topic_wanted(p_organization, a.person_id, p_topic) then 'not_topic'
        when r.needs_record and a.voter_id is not null and d.nth is null then 'not_a_voter'
        when p_channel = 'email' and h.nth is null and exists (select from person_email x
          where x.organization_id = p_organization and x.person_id = a.person_id and x.quality = 'suppressed') then 'suppressed'
        when p_channel <> 'post' and h.nth is null then 'no_address'
        when h.is_bouncing then 'bouncing'
        when r.needs_consent and c.is_given is not true then 'no_consent'
      end as reason,
      m.nth is not null as is_marked, a.deceased_at, m.marked_at, m.note, m.marked_by, c.recorded_at, c.evidence, c.recorded_by,
      -- Where they said so themselves, that is what counts.
      s.nth is not null and not (r.heeds_refusal and c.is_given is false) as is_stopped, s.since as stopped_at, s.evidence as stopped_by,
      u.changed_at as paused_at, u.paused_until
    from asked a left join said c on c.nth = a.nth left join marked m on m.nth = a.nth left join stopped s on s.nth = a.nth
      left join reach h on h.nth = a.nth left join records d on d.nth = a.nth left join paused u on u.nth = a.nth)
  select w.nth, w.person_id, w.voter_id, w.reason,
    case when w.is_marked then w.marked_at when w.reason = 'deceased' then w.deceased_at
      when w.reason in ('opted_out', 'bouncing') and w.is_stopped then w.stopped_at when w.reason = 'paused' then w.paused_at when w.reason = 'not_topic' then null else w.recorded_at end,
    case when w.is_marked then w.note when w.reason = 'deceased' then null
      when w.reason in ('opted_out', 'bouncing') and w.is_stopped then w.stopped_by when w.reason = 'paused' then w.paused_until::text when w.reason = 'not_topic' then null else w.evidence end,
    case when w.is_marked then w.marked_by when w.reason = 'deceased' then null
      when w.reason in ('opted_out', 'bouncing') and w.is_stopped then null when w.reason in ('paused', 'not_topic') then null else w.recorded_by end
  from answer w;
end $$;
