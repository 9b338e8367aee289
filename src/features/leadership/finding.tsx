import { audit } from '../../platform/audit.ts'
import type { FieldErrors } from '../../platform/http/form.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Alert, Choices, Select } from '../../platform/ui/components.tsx'
import { addressLine, ageOf, effectiveName, shownName, whoName } from '../people/rules.ts'
import { search, type SearchResult } from '../people/search/queries.ts'
import './messages.ts'

/** Whom the address of a page looks for (`?q=`), and who was found. */
export interface Sought {
  query: string
  found: readonly SearchResult[]
}

export async function soughtIn(c: Ctx): Promise<Sought> {
  const actor = actorOf(c)
  const query = (c.req.query('q') ?? '').trim().slice(0, 100)
  const found = query ? (await search(c.var.db, actor.organization_id, query)).results.slice(0, 20) : []
  if (found.length > 0)
    await audit(c.var.db, actor, {
      action: 'voter.search',
      subject: 'voter_record',
      after: { query, found: found.length },
      request_id: c.var.request_id,
    })
  return { query, found }
}

/** The question to carry along where a form is sent to. */
export const queryOf = ({ query }: Sought): string => (query ? `?${new URLSearchParams({ q: query })}` : '')

interface FoundProps {
  t: Translate
  legend: string
  name: string
  sought: Sought
  today: string
  typed: Record<string, string>
  errors: FieldErrors
}

/** Those who were found, to choose one of them. */
export function FoundChoices({ t, legend, name, sought: { found }, today, typed, errors }: FoundProps) {
  return (
    <Choices
      t={t}
      legend={legend}
      name={name}
      kind="radio"
      chosen={[typed[name] ?? (found.length === 1 ? nameOfFound(found[0]) : '')]}
      errors={errors}
      options={found.map((each) => ({
        value: nameOfFound(each),
        label: shownName(effectiveName(each.person, each.voter), each.person?.name_hangul ?? null, t.language).main,
        hint: hintOf(t, each, today),
      }))}
    />
  )
}

/** Whom a form means: somebody found by the box above it, else one of those on the ladder. */
export function WhoChoice({ known, ...props }: FoundProps & { known: readonly { person_id: string; name: string }[] }) {
  const { t, legend, name, sought, typed, errors } = props
  if (sought.found.length > 0) return <FoundChoices {...props} />
  return (
    <>
      {sought.query && <Alert kind="info" title={t('people.search.none', { query: sought.query })} />}
      <Select
        {...{ t, name, typed, errors }}
        label={legend}
        hint={t('leadership.who_hint')}
        required
        options={[{ value: '', label: '–' }, ...known.map((each) => ({ value: each.person_id, label: each.name }))]}
      />
    </>
  )
}

const nameOfFound = (found: SearchResult | undefined): string =>
  found ? whoName({ voter_id: found.voter?.voter_id ?? null, person_id: found.person?.person_id ?? null }) : ''

const hintOf = (t: Translate, { voter, person }: SearchResult, today: string): string => {
  const age = ageOf(today, person, voter)
  return [
    age === null ? '' : t('people.age', { age }),
    voter ? addressLine(voter) : (person?.address ?? ''),
    voter?.city ?? person?.city ?? '',
  ]
    .filter(Boolean)
    .join(' · ')
}
