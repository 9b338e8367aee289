-- What was decided about an application, each time: whoever is alumni was accepted first, and the thread of a person tells both.
create table cohort_decision (
  organization_id uuid not null,
  decision_id bigint not null generated always as identity,  -- in the order they were made
  application_id uuid not null,
  state text not null check (state in ('applied', 'wait_listed', 'accepted', 'declined', 'withdrawn', 'left', 'alumni', 'removed')),
  why text,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (organization_id, decision_id),
  foreign key (organization_id, application_id) references cohort_application on delete cascade
);
create index cohort_decision_of_application on cohort_decision (organization_id, application_id, decision_id);
select own_by_organization('cohort_decision');

-- Those of before, as the activity log has them; how cohorts that ended left each application stands in the application alone.
insert into cohort_decision (organization_id, application_id, state, why, decided_by, decided_at)
select organization_id, application_id, state, why, decided_by, decided_at from (
  select a.organization_id, a.application_id, e.after ->> 'decision' as state, nullif(e.after ->> 'why', '') as why,
    e.actor_name as decided_by, e.at as decided_at
  from cohort_application a
  join audit_entry e on e.organization_id = a.organization_id and e.subject = 'cohort_application'
    and e.subject_id = a.application_id::text and e.action = 'cohort.decide' and e.after ? 'decision'
  union all
  select a.organization_id, a.application_id, a.state, a.decided_why, coalesce(a.decided_by, a.made_by), a.decided_at
  from cohort_application a
  where a.decided_at is not null and not exists (select from audit_entry e where e.organization_id = a.organization_id
    and e.subject = 'cohort_application' and e.subject_id = a.application_id::text and e.action = 'cohort.decide'
    and e.after ->> 'decision' = a.state and e.at >= a.decided_at - interval '1 minute')) before
order by decided_at;
