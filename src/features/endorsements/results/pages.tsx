import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, languages as ourLanguages, localized, type Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { Vote } from '../ballots/queries.ts'
import type { CountedContest } from '../ballots/result.tsx'
import type { OnBallot } from '../ballots/schema.ts'
import { runoffIn } from '../ballots/runoff-rules.ts'
import { labelOf, outcomeLine, runoffLine } from '../ballots/words.ts'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import './messages.ts'
import type { Letter, LetterText, Revision, Statement } from './queries.ts'
import { endorsedOf, lacks } from './rules.ts'
import { letterKinds, longest, type LetterKind } from './schema.ts'
import { usualLetters } from './usual-letters.ts'
import { nameIn } from './words.ts'

export const resultPath = (cycle_id: string): string => `/endorsements/${cycle_id}/result`

const named = (language: string): { language: string } => ({ language: languageNames[language] ?? language })

interface Around {
  t: Translate
  cycle: Cycle
}
interface Typed {
  typed: Record<string, string>
  errors: FieldErrors
}

const Frame = ({ t, cycle, title, lead, children }: Around & { title: string; lead?: ReactNode; children: ReactNode }) => (
  <div className="max-w-3xl">
    <PageHead title={title} lead={lead} back={{ href: resultPath(cycle.cycle_id), label: t('outcome.title') }} />
    {children}
  </div>
) // prettier-ignore

/** Before the count there is nothing to announce. */
export const NotCountedPage = ({ t, cycle }: Around) => (
  <div className="max-w-3xl">
    <PageHead
      title={t('outcome.title')}
      back={{ href: `/endorsements/${cycle.cycle_id}`, label: localized(cycle.name, t.language).text }}
    />
    <EmptyState
      icon="ballot"
      title={t('outcome.not_counted')}
      action={
        <a className="btn btn-primary" href={`/endorsements/${cycle.cycle_id}/vote`}>
          {t('outcome.to_vote')}
        </a>
      }
    >
      <p>{t('outcome.not_counted_text')}</p>
    </EmptyState>
  </div>
)

interface ResultsPageProps extends Around {
  vote: Vote
  counts: readonly CountedContest[]
  contests: readonly ContestHeld[]
  statements: readonly Statement[]
  revisions: readonly Revision[]
  announced: { announced_by: string; announced_at: Date } | null
  letters: readonly Letter[]
  languages: readonly string[]
  public_path: string
  time_zone: string
  may: {
    edit: boolean
    roll: boolean
    phonebanks: boolean
    scripts: boolean
    mailings: boolean
    postal: boolean
    guides: boolean
    campaigns: boolean
    contributions: boolean
  }
}

/** From the count to what everybody reads, in the order in which it is done. */
export function ResultsPage(props: ResultsPageProps) {
  const { t, cycle, vote, counts, contests, statements, revisions, announced, letters, languages, time_zone, may } = props
  const here = resultPath(cycle.cycle_id)
  const isWithdrawn = (candidate_id: number): boolean => revisions.some((each) => each.candidate_id === candidate_id)
  const saidOf = (contest_id: number) => statements.find((each) => each.contest_id === contest_id)?.statement ?? {}
  const isMissing = counts.some(({ contest_id }) => lacks(saidOf(contest_id), languages).length > 0)
  const isHidden = !vote.rules.public_parts.includes('totals')
  const standing = counts.flatMap(({ contest_id, contest, account }) =>
    endorsedOf(contest, account)
      .filter(({ candidate_id }) => !isWithdrawn(candidate_id))
      .map((candidate) => ({ contest_id, candidate, name: labelOf(t, contest, candidate.name) })),
  )
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('outcome.title')}
        lead={t('outcome.lead')}
        back={{ href: `/endorsements/${cycle.cycle_id}`, label: localized(cycle.name, t.language).text }}
        actions={
          <a className="btn" href={`/endorsements/${cycle.cycle_id}/vote/result`}>
            {t('ballots.see_result')}
          </a>
        }
      />
      <Card title={t('outcome.statements')} lead={t('outcome.statements_lead')} id="statements">
        <ul className="divide-base-300 divide-y">
          {counts.map(({ contest_id, contest, account }) => {
            const name = nameIn(t, contests, contest_id)
            const said = outcomeLine(t, contest, account)
            const outcome = runoffLine(t, vote.rules, contest, account) ?? said
            const missing = lacks(saidOf(contest_id), languages)
            const write = missing.length < languages.length ? 'rewrite' : 'write'
            return (
              <li key={contest_id} className="py-4">
                <h3 className="font-semibold">{name}</h3>
                <p className="my-1">{outcome}</p>
                <p className="my-2 flex flex-wrap gap-2">
                  {languages.map((language) => {
                    const isThere = !missing.includes(language)
                    return (
                      <Badge key={language} kind={isThere ? 'success' : 'warning'}>
                        {t(isThere ? 'outcome.written_in' : 'outcome.missing_in', named(language))}
                      </Badge>
                    )
                  })}
                </p>
                {may.edit && (
                  <a className="btn" href={`${here}/statements/${contest_id}`} aria-label={t(`outcome.${write}_of`, { contest: name })}>
                    {t(`outcome.${write}`)}
                  </a>
                )}
              </li>
            )
          })}
        </ul>
      </Card>
      <Card title={t('outcome.announcement')} id="announcement">
        {announced ? (
          <>
            <p className="mb-3">
              {t('outcome.announced_at', { name: announced.announced_by, when: formatDateTime(t.language, announced.announced_at, time_zone) })}
            </p>
            <a className="btn" href={`${props.public_path}/announcement?lang=${t.language}`}>
              {t('outcome.public_page')}
            </a>
          </>
        ) : (
          <>
            <p className="mb-3">{t('outcome.announce_lead')}</p>
            {isMissing && <Alert kind="warning">{t('outcome.announce_missing')}</Alert>}
            {may.edit && (
              <form method="post" action={`${here}/announce`}>
                <button className="btn btn-primary">{t('outcome.announce')}</button>
              </form>
            )}
          </>
        )}
      </Card>
      <Card title={t('outcome.minutes')} lead={t('outcome.minutes_lead')} id="minutes">
        {may.roll && (
          <>
            <p className="mb-3">{t('outcome.minutes_whole_lead')}</p>
            <p className="mb-4 flex flex-wrap gap-3">
              {ourLanguages.map((language) => (
                <a key={language} className="btn" href={`${here}/minutes?language=${language}`}>
                  {t('outcome.minutes_in', named(language))}
                </a>
              ))}
            </p>
          </>
        )}
        <p className="mb-3">{t(isHidden ? 'outcome.minutes_public_few_lead' : 'outcome.minutes_public_lead')}</p>
        <p className="flex flex-wrap gap-3">
          {ourLanguages.map((language) => (
            <a key={language} className="btn" href={`${here}/minutes?language=${language}&for=everybody`}>
              {t('outcome.minutes_public_in', named(language))}
            </a>
          ))}
        </p>
      </Card>
      {may.edit && (
        <Card title={t('outcome.letters')} lead={t('outcome.letters_lead')} id="letters">
          <ul className="divide-base-300 divide-y">
            {counts.flatMap(({ contest, account }) =>
              contest.candidates.map(({ candidate_id, name }) => {
                const letter = letters.find((each) => each.candidate_id === candidate_id)
                const state = letter ? (`letter_${letterState(letter)}` as const) : 'letter_open'
                // Whoever is in a run-off is written to once that is counted.
                const isInRunoff = runoffIn(vote.rules, contest, account).some((each) => each.candidate_id === candidate_id)
                if (!letter?.sent_at && (isWithdrawn(candidate_id) || isInRunoff)) return null
                return (
                  <li key={candidate_id} className="relative flex flex-wrap items-center gap-3 py-3">
                    <a className="link font-semibold after:absolute after:inset-0" href={`${here}/letters/${candidate_id}`}>
                      {t('outcome.letter_of', { name: labelOf(t, contest, name) })}
                    </a>
                    <Badge kind={letter?.sent_at ? 'success' : 'neutral'}>
                      {t(`outcome.${state}`, { when: letter?.sent_at ? formatDateTime(t.language, letter.sent_at, time_zone) : '' })}
                    </Badge>
                  </li>
                )
              }),
            )}
          </ul>
          <p className="mt-4 flex flex-wrap gap-3">
            {letterKinds.map((kind) => (
              <a key={kind} className="btn" href={`${here}/letters/texts/${kind}`}>
                {t(`outcome.letter_text.${kind}`)}
              </a>
            ))}
          </p>
        </Card>
      )}
      {(may.campaigns || may.contributions || may.phonebanks || may.scripts || may.mailings || may.postal || may.guides) && (
        <Card title={t('outcome.next')} lead={t('outcome.next_lead')} id="next">
          <p className="mb-5 flex flex-wrap gap-3">
            {may.guides && (
              <a className="btn h-auto min-h-11 py-2" href={`/voterguides/new?cycle=${cycle.runoff_of ?? cycle.cycle_id}`}>
                {t('outcome.next_guide')}
              </a>
            )}
          </p>
          {standing.map(({ contest_id, candidate, name }) => (
            <div key={candidate.candidate_id} className="mb-4">
              <h3 className="mb-2 font-semibold">{name}</h3>
              <p className="flex flex-wrap gap-3">
                {may.campaigns && (
                  <a
                    className="btn btn-primary"
                    href={`/campaigns/new?${new URLSearchParams({ contest: String(contest_id), cycle: cycle.cycle_id, candidate: String(candidate.candidate_id) })}`}
                    aria-label={t('outcome.next_campaign_of', { name })}
                  >
                    {t('outcome.next_campaign')}
                  </a>
                )}
                {may.phonebanks && (
                  <a
                    className="btn"
                    href={`/phonebanks/new?${new URLSearchParams(phoneBankFields(candidate))}`}
                    aria-label={t('outcome.next_phonebank_of', { name })}
                  >
                    {t('outcome.next_phonebank')}
                  </a>
                )}
                {may.scripts && (
                  <a
                    className="btn"
                    href={`/scripts/new?${new URLSearchParams({ name: t('outcome.script_name', { name }), starter: 'id_persuasion' })}`}
                    aria-label={t('outcome.next_script_of', { name })}
                  >
                    {t('outcome.next_script')}
                  </a>
                )}
                {may.contributions && (
                  <a
                    className="btn"
                    href={`/contributions/new?${new URLSearchParams({ candidate: String(candidate.candidate_id), cycle: cycle.cycle_id })}`}
                    aria-label={t('outcome.next_contribution_of', { name })}
                  >
                    {t('outcome.next_contribution')}
                  </a>
                )}
                {may.mailings && (
                  <a
                    className="btn"
                    href={`/mailings/new?${new URLSearchParams({ name: t('outcome.mailing_name', { name }), endorsement: `${cycle.cycle_id}/${contest_id}` })}`}
                    aria-label={t('outcome.next_mailing_of', { name })}
                  >
                    {t('outcome.next_mailing')}
                  </a>
                )}
                {may.postal && (
                  <a
                    className="btn"
                    href={`/postal/new?${new URLSearchParams({ name: t('outcome.mailing_name', { name }) })}`}
                    aria-label={t('outcome.next_postal_of', { name })}
                  >
                    {t('outcome.next_postal')}
                  </a>
                )}
              </p>
            </div>
          ))}
        </Card>
      )}
      {may.edit && announced && standing.length > 0 && (
        <Card title={t('outcome.later')} lead={t('outcome.later_lead')} id="later">
          <ul>
            {standing.map(({ candidate, name }) => (
              <li key={candidate.candidate_id}>
                <a className="link inline-flex min-h-11 items-center" href={`${here}/withdraw/${candidate.candidate_id}`}>
                  {t('outcome.withdraw_of', { name })}
                </a>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
} // prettier-ignore

/** The candidate's name in each language, as the form for phone banks takes it. */
const phoneBankFields = ({ name, names }: OnBallot): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ en: name, ...names }).map(([language, text]) => [`candidate_${language}`, text ?? '']),
  )

/** A text in each language of the organization: `statement_en`, `statement_ko`. */
function Texts({ t, typed, errors, name, label, hint, languages, values, rows, most }: Typed & {
  t: Translate
  name: string
  label: (language: string) => string
  hint?: string
  languages: readonly string[]
  values: FormValues
  rows?: number
  most: number
}) {
  return languages.map((language, at) => (
    <Field
      key={language}
      t={t}
      label={label(language)}
      hint={at === 0 ? hint : undefined}
      name={`${name}_${language}`}
      lang={language}
      {...(rows && { rows })}
      maxLength={most}
      is_one_of_several={languages.length > 1}
      value={values[`${name}_${language}`] ?? ''}
      typed={typed}
      errors={at === 0 && errors[name] ? { ...errors, [`${name}_${language}`]: errors[name] } : errors}
    />
  ))
} // prettier-ignore

interface StatementPageProps extends Around, Typed {
  contest: CountedContest
  contests: readonly ContestHeld[]
  values: FormValues
  languages: readonly string[]
  is_announced: boolean
}

/** What the organization says of one contest. */
export function StatementPage(props: StatementPageProps) {
  const { t, cycle, contest, contests, values, languages, is_announced, typed, errors } = props
  const form = { t, typed, errors, languages, values }
  const outcome = outcomeLine(t, contest.contest, contest.account)
  return (
    <Frame t={t} cycle={cycle} title={nameIn(t, contests, contest.contest_id)} lead={outcome}>
      <form method="post" action={`${resultPath(cycle.cycle_id)}/statements/${contest.contest_id}`}>
        <Seen values={values} typed={typed} />
        <Card>
          <Texts
            {...form}
            name="statement"
            label={(language) => t('outcome.statement_in', named(language))}
            hint={t('outcome.statement_hint')}
            rows={4}
            most={longest.statement}
          />
        </Card>
        <Card>
          <Texts
            {...form}
            name="reasons"
            label={(language) => t('outcome.reasons_in', named(language))}
            rows={6}
            most={longest.reasons}
          />
        </Card>
        {is_announced && (
          <Card title={t('outcome.revise')} lead={t('outcome.revise_lead')} id="reason">
            <Reasons {...form} />
          </Card>
        )}
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </Frame>
  )
}

const Reasons = (form: Omit<Parameters<typeof Texts>[0], 'name' | 'label' | 'most'>) => (
  <Texts {...form} name="reason" label={(language) => form.t('outcome.reason_in', named(language))} rows={3} most={longest.reason} />
) // prettier-ignore

interface WithdrawPageProps extends Around, Typed {
  candidate_id: number
  name: string
  languages: readonly string[]
}

/** Taking an endorsement back, with why. */
export const WithdrawPage = ({ t, cycle, candidate_id, name, ...form }: WithdrawPageProps) => (
  <Frame t={t} cycle={cycle} title={t('outcome.withdraw_of', { name })} lead={t('outcome.withdraw_lead')}>
    <form method="post" action={`${resultPath(cycle.cycle_id)}/withdraw/${candidate_id}`}>
      <Card>
        <Reasons t={t} {...form} values={{}} />
        <button className="btn btn-primary">{t('outcome.withdraw')}</button>
      </Card>
    </form>
  </Frame>
)

interface LetterTextPageProps extends Around, Typed {
  kind: LetterKind
  values: FormValues
}

/** What a form of a kind of letter holds: the organization's words, else the usual ones. */
export const letterTextValues = (kind: LetterKind, own: LetterText | null): FormValues =>
  Object.fromEntries(
    ourLanguages.flatMap((language) => {
      const usual = usualLetters[kind][language]
      return [
        [`subject_${language}`, own?.subject[language] ?? usual.subject],
        [`body_${language}`, own?.body[language] ?? usual.body],
      ]
    }),
  )

/** The words of all letters of a kind. */
export const LetterTextPage = ({ t, cycle, kind, values, typed, errors }: LetterTextPageProps) => (
  <Frame t={t} cycle={cycle} title={t(`outcome.letter_text.${kind}`)} lead={t('outcome.letter_text_lead')}>
    <form method="post" action={`${resultPath(cycle.cycle_id)}/letters/texts/${kind}`}>
      <Seen values={values} typed={typed} />
      {ourLanguages.map((language) => {
        const form = { t, typed, errors, values, languages: [language] }
        return (
          <Card key={language} title={languageNames[language] ?? language} id={language}>
            <Texts {...form} name="subject" label={(each) => t('outcome.letter_subject_in', named(each))} most={longest.subject} />
            <Texts {...form} name="body" label={(each) => t('outcome.letter_body_in', named(each))} rows={14} most={longest.body} />
          </Card>
        )
      })}
      <button className="btn btn-primary">{t('action.save')}</button>
    </form>
  </Frame>
) // prettier-ignore

interface LetterPageProps extends Around, Typed {
  candidate_id: number
  name: string
  language: Language
  letter: { subject: string; body: string }
  email: string
  /** As it was sent, or waits. */
  sent: Letter | null
  time_zone: string
}

/** Of one that was handed over and nobody knows whether the mail server took it, somebody has to ask. */
const letterState = ({ handed_at, sent_at }: Letter): 'sent' | 'unknown' | 'waits' =>
  sent_at ? 'sent' : handed_at ? 'unknown' : 'waits'

/** One candidate's letter: how it reads, on paper, by mail. */
export function LetterPage(props: LetterPageProps) {
  const { t, cycle, candidate_id, name, language, letter, email, sent, time_zone, typed, errors } = props
  const here = `${resultPath(cycle.cycle_id)}/letters/${candidate_id}`
  const when = sent?.sent_at ? formatDateTime(t.language, sent.sent_at, time_zone) : ''
  return (
    <Frame t={t} cycle={cycle} title={t('outcome.letter_of', { name })}>
      {sent && (
        <Alert kind={({ sent: 'success', unknown: 'warning', waits: 'info' } as const)[letterState(sent)]}>
          {t(`outcome.letter_${letterState(sent)}_to`, { to: sent.sent_to, when })}
        </Alert>
      )}
      <Card
        title={letter.subject}
        id="letter"
        actions={
          <a className="btn" href={`${here}/pdf?language=${language}`}>
            {t('outcome.letter_pdf')}
          </a>
        }
      >
        <p className="whitespace-pre-line wrap-anywhere" lang={language}>
          {letter.body}
        </p>
        {!sent?.sent_at && (
          <p className="mt-4 flex flex-wrap gap-3">
            {ourLanguages
              .filter((each) => each !== language)
              .map((each) => (
                <a key={each} className="link inline-flex min-h-11 items-center" href={`${here}?language=${each}`}>
                  {t('outcome.letter_show', named(each))}
                </a>
              ))}
          </p>
        )}
      </Card>
      {!sent?.sent_at && (
        <Card title={t('outcome.letter_send')} lead={t('outcome.letter_send_lead')} id="send">
          <form method="post" action={here}>
            <Field
              {...{ t, typed, errors }}
              label={t('endorsements.email_of')}
              name="email"
              type="email"
              required
              value={sent?.sent_to ?? email}
            />
            <Select
              {...{ t, typed, errors }}
              label={t('endorsements.email_language')}
              name="language"
              required
              value={language}
              options={ourLanguages.map((value) => ({ value, label: languageNames[value] ?? value, lang: value }))}
            />
            {sent?.handed_at && <input type="hidden" name="is_again" value="yes" />}
            <button className="btn btn-primary">
              {t(sent?.handed_at ? 'outcome.letter_send_again' : 'outcome.letter_send')}
            </button>
          </form>
        </Card>
      )}
    </Frame>
  )
}
