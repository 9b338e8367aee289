import { formatDateTime, formatPhone } from '../../../platform/i18n/formats.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  Field,
  PageHead,
  Pagination,
  Table,
} from '../../../platform/ui/components.tsx'
import type { Candidate } from '../../people/matching/queries.ts'
import { addressLine, profilePath } from '../../people/rules.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Form, FormVersion } from '../queries.ts'
import { consentChannels, shownAs, type Petition, type Said } from '../schema.ts'
import { saidName, whereText } from '../words.ts'
import { signatureFilters, type SignatureCounts, type SignatureFilter, type SignatureRow } from './queries.ts'

export const signatures_shown = 50
/** A PDF of more would take minutes; it says what it leaves out. */
export const signatures_printed = 20_000

interface SignaturesPageProps {
  t: Translate
  form: Form
  petition: Petition
  counts: SignatureCounts
  rows: readonly SignatureRow[]
  total: number
  from: number
  only: SignatureFilter
  may_edit: boolean
  time_zone: string
}

export function SignaturesPage({
  t,
  form,
  petition,
  counts,
  rows,
  total,
  from,
  only,
  may_edit,
  time_zone,
}: SignaturesPageProps) {
  const here = `/forms/${form.form_id}`
  return (
    <>
      <PageHead
        title={t('signatures.title')}
        lead={t('signatures.sentence', {
          signatures: counts.signatures,
          confirmed: counts.confirmed,
          registered: counts.registered,
          where: whereText(t, petition),
        })}
        back={{ href: here, label: form.name }}
        actions={
          may_edit && (
            <a className="btn" href={`${here}/signatures.pdf`}>
              {t('signatures.print')}
            </a>
          )
        }
      />
      {only === 'all' && total > signatures_printed && (
        <p className="mb-4 max-w-prose text-sm">{t('signatures.print_most', { count: signatures_printed })}</p>
      )}
      <nav className="mb-4 flex flex-wrap gap-2" aria-label={t('signatures.title')}>
        {signatureFilters.map((each) => (
          <a
            key={each}
            className="btn btn-sm min-h-11 aria-[current=page]:btn-primary"
            aria-current={each === only ? 'page' : undefined}
            href={`${here}/signatures?only=${each}`}
          >
            {each === 'all' ? t('common.all') : t(`signatures.filter.${each}`)}
          </a>
        ))}
      </nav>
      {rows.length === 0 ? (
        <EmptyState icon="sheet" title={t('signatures.none')} />
      ) : (
        <Table
          caption={t('signatures.title')}
          head={[t('forms.col.name'), t('signatures.mail'), t('signatures.file'), t('forms.col.when')]}
        >
          {rows.map((row) => (
            <SignatureLine
              key={row.response_id}
              t={t}
              row={row}
              here={here}
              may_edit={may_edit}
              time_zone={time_zone}
            />
          ))}
        </Table>
      )}
      <Pagination
        t={t}
        from={from}
        shown={rows.length}
        total={total}
        size={signatures_shown}
        href={(at) => `${here}/signatures?only=${only}&from=${at}`}
      />
    </>
  )
}

const mailState = (row: SignatureRow): 'confirmed' | 'paper' | 'waiting' | 'none' =>
  row.confirmed_at ? 'confirmed' : row.source === 'paper' ? 'paper' : row.said.email ? 'waiting' : 'none'

const fileState = (row: SignatureRow): 'here' | 'elsewhere' | 'unsure' | 'no' => {
  if (row.registered !== 'sure') return row.registered
  return row.is_there ? 'here' : row.is_found ? 'elsewhere' : 'no'
}

interface LineProps {
  t: Translate
  row: SignatureRow
  here: string
  may_edit: boolean
  time_zone: string
}

function SignatureLine({ t, row, here, may_edit, time_zone }: LineProps) {
  const [mail, file] = [mailState(row), fileState(row)]
  return (
    <tr>
      <th scope="row" className="min-w-52 font-semibold">
        <a
          href={row.person_id ? profilePath({ person_id: row.person_id, voter_id: null }) : '/people'}
          className={row.withdrawn_at ? 'line-through' : ''}
        >
          {saidName(row.said)}
        </a>
        <span className="block text-sm font-normal">
          {[row.said.address, row.said.city, row.said.zip5].filter(Boolean).join(', ')}
        </span>
      </th>
      <td>
        <Badge kind={mail === 'confirmed' ? 'success' : 'neutral'}>{t(`signatures.mail.${mail}`)}</Badge>
      </td>
      <td>
        <p className="flex flex-wrap items-center gap-2">
          <Badge kind={file === 'here' ? 'success' : file === 'unsure' ? 'warning' : 'neutral'}>
            {t(`signatures.file.${file}`)}
          </Badge>
          {may_edit && !row.withdrawn_at && (
            <a className="inline-flex min-h-11 items-center" href={`${here}/signatures/${row.response_id}`}>
              {t('signatures.decide')}
            </a>
          )}
        </p>
        {row.decided_by && <p className="text-sm">{t('signatures.by', { name: row.decided_by })}</p>}
      </td>
      <td className="whitespace-nowrap">
        {formatDateTime(t.language, row.received_at, time_zone)}
        {row.withdrawn_at && <p className="text-sm">{t('signatures.took_back', { name: row.withdrawn_by ?? '' })}</p>}
        {row.is_again && !row.withdrawn_at && <p className="text-sm">{t('signatures.again')}</p>}
      </td>
    </tr>
  )
}

interface DecidePageProps {
  t: Translate
  form: Form
  response_id: string
  said: Said
  candidates: readonly Candidate[]
  is_withdrawn: boolean
}

/** What was written beside what the file has. */
export function DecidePage({ t, form, response_id, said, candidates, is_withdrawn }: DecidePageProps) {
  const here = `/forms/${form.form_id}/signatures`
  const act = `${here}/${response_id}`
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('signatures.decide_title')}
        lead={t('signatures.decide_lead')}
        back={{ href: `${here}?only=unsure`, label: t('signatures.title') }}
      />
      <Card title={t('signatures.wrote')}>
        <p className="text-lg font-bold">{saidName(said)}</p>
        <p>{[said.address, said.city, said.zip5].filter(Boolean).join(', ')}</p>
        <p>{[said.phone ? formatPhone(said.phone) : '', said.email].filter(Boolean).join(' · ')}</p>
      </Card>
      {!is_withdrawn && (
        <>
          <h2 className="mb-3 text-xl font-bold">{t('signatures.may_be')}</h2>
          {candidates.length === 0 && <p className="mb-4">{t('signatures.nobody')}</p>}
          {candidates.map(({ voter }) => (
            <Card key={voter.voter_id}>
              <form method="post" action={act} className="flex flex-wrap items-center gap-4">
                <div className="min-w-0 flex-1 basis-60">
                  <p className="font-bold">
                    {[voter.first_name, voter.middle_name, voter.last_name].filter(Boolean).join(' ')}
                    {voter.birth_year && (
                      <span className="font-normal"> · {t('signatures.born', { year: String(voter.birth_year) })}</span>
                    )}
                  </p>
                  <p>{[addressLine(voter), voter.city, voter.zip5].filter(Boolean).join(', ')}</p>
                </div>
                <button className="btn" name="voter" value={voter.voter_id}>
                  {t('signatures.is_this')}
                </button>
              </form>
            </Card>
          ))}
          <div className="flex flex-wrap gap-3">
            <form method="post" action={act}>
              <button className="btn" name="voter" value="">
                {t('signatures.is_none')}
              </button>
            </form>
            <form method="post" action={`${act}/withdraw`}>
              <button className="btn btn-ghost">{t('signatures.take_back')}</button>
            </form>
          </div>
        </>
      )}
    </div>
  )
}

interface PaperPageProps {
  t: Translate
  form: Form
  version: FormVersion
  page_key: string
  typed: Record<string, string>
  chosen: Record<string, string[]>
  errors: FieldErrors
  last: readonly SignatureRow[]
  saved: string | null
}

/** One signer after the other, by keyboard alone. */
export function PaperPage({ t, form, version, page_key, typed, chosen, errors, last, saved }: PaperPageProps) {
  const here = `/forms/${form.form_id}`
  const field = (
    name: 'first_name' | 'last_name' | 'name_hangul' | 'address' | 'city' | 'zip5' | 'email' | 'phone',
    required = false,
  ) => (
    <Field
      t={t}
      label={t(`forms.csv.${name}`)}
      name={name}
      required={required}
      maxLength={200}
      typed={typed}
      errors={errors}
      autoComplete="off"
    />
  )
  const consent = version.content.blocks.find((block) => block.block === 'consent')
  const asked = consent?.block === 'consent' ? consentChannels.filter((channel) => consent.wording[channel]) : []
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('signatures.paper')}
        lead={t('signatures.paper_lead')}
        back={{ href: here, label: form.name }}
      />
      {saved && <Alert kind="success" title={t('signatures.typed', { name: saved })} />}
      <form method="post" action={`${here}/paper`}>
        <input type="hidden" name="page_key" value={page_key} />
        <input type="hidden" name="version" value={version.version} />
        <Card>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {field('first_name', true)}
            {field('last_name', true)}
            {field('name_hangul')}
            {field('address')}
            {field('city')}
            {field('zip5')}
            {field('email')}
            {field('phone')}
            <Field
              t={t}
              label={t('signatures.sheet')}
              name="sheet"
              maxLength={20}
              typed={typed}
              errors={errors}
              autoComplete="off"
            />
          </div>
          {asked.length > 0 && (
            <Choices
              t={t}
              legend={t('forms.block.consent')}
              name="consent"
              kind="checkbox"
              options={asked.map((channel) => ({
                value: channel,
                label: t.dynamic(`people.channel.${channel}`),
                hint: localized(consent?.block === 'consent' ? consent.wording[channel] : {}, t.language).text,
              }))}
              chosen={chosen.consent ?? []}
            />
          )}
          <Choices
            t={t}
            legend={t('signatures.shown')}
            name="shown_as"
            kind="radio"
            options={shownAs.map((value) => ({ value, label: t(`signatures.shown.${value}`) }))}
            chosen={[typed.shown_as ?? 'none']}
          />
          <button className="btn btn-primary">{t('signatures.save_next')}</button>
        </Card>
      </form>
      {last.length > 0 && (
        <Card title={t('signatures.last_typed')}>
          <ol className="list-decimal pl-5">
            {last.map((row) => (
              <li key={row.response_id}>
                {saidName(row.said)} · {t(`signatures.file.${fileState(row)}`)}
                {row.sheet && ` · ${row.sheet}`}
              </li>
            ))}
          </ol>
        </Card>
      )}
    </div>
  )
}
