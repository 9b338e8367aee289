import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Field, Figure, Figures, PageHead } from '../../../platform/ui/components.tsx'
import type { FieldErrors } from '../../../platform/http/form.ts'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import { heldName } from '../cycles/words.ts'
import './paper-messages.ts'
import { Choosing, type FilledContest } from './public-pages.tsx'
import { paperReceipt } from './paper-commands.ts'
import type { PaperCounts, PaperWaiting, Vote } from './queries.ts'
import { optionsOf, shownReceipt } from './rules.ts'
import { optionLabel } from './words.ts'

export const struckField = (contest_id: number): string => `struck_${contest_id}`

interface PaperPageProps {
  t: Translate
  cycle: Cycle
  vote: Vote
  contests: readonly ContestHeld[]
  counts: PaperCounts
  waiting: readonly PaperWaiting[]
  filled: readonly (FilledContest & { is_struck: boolean })[]
  typed: Record<string, string>
  errors: FieldErrors
  said: 'first' | 'differs' | 'agreed' | null
  problem: 'taken' | 'too_many' | 'over' | null
  may_edit: boolean
}

/** Typing in ballots on paper: two people, each on their own. */
export function PaperPage({ t, cycle, vote, contests, counts, waiting, filled, typed, errors, said, problem, may_edit }: PaperPageProps) {
  const vote_path = `/endorsements/${cycle.cycle_id}/vote`
  const here = `${vote_path}/paper`
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('ballots.paper')}
        lead={t('ballots.paper_lead')}
        back={{ href: vote_path, label: t('ballots.title') }}
        actions={
          may_edit && (
            <a className="btn" href={`${here}/print`}>
              {t('ballots.paper_print')}
            </a>
          )
        }
      />
      {said && <Alert kind={said === 'differs' ? 'warning' : 'success'}>{t(`ballots.paper_said.${said}`)}</Alert>}
      {problem && <Alert kind="error">{t(`ballots.paper_problem.${problem}`)}</Alert>}
      {!vote.counted_at && (
        <Figures>
          <Figure label={t('ballots.paper_given')} value={counts.given} />
          <Figure label={t('ballots.paper_in_box')} value={counts.in_box} />
          <Figure label={t('ballots.paper_waiting')} value={waiting.length} />
        </Figures>
      )}
      {waiting.length > 0 && (
        <Card title={t('ballots.paper_waiting')} lead={t('ballots.paper_waiting_lead')} id="waiting">
          <ul className="divide-base-300 divide-y">
            {waiting.map(({ number, people }) => (
              <li key={number} className="flex flex-wrap items-center gap-3 py-3">
                <span className="font-mono">{shownReceipt(number)}</span>
                <Badge kind={people.length > 1 ? 'warning' : 'neutral'}>
                  {people.length > 1 ? t('ballots.paper_differs') : t('ballots.paper_once')}
                </Badge>
                <span className="text-sm">{people.join(', ')}</span>
                <form method="post" action={`${here}/discard`}>
                  <input type="hidden" name="number" value={number} />
                  <button className="btn btn-sm min-h-11">{t('ballots.paper_discard')}</button>
                </form>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {!vote.counted_at && (
        <Card title={t('ballots.paper_type')} lead={t('ballots.paper_type_lead')} id="type">
          <form method="post" action={here} autoComplete="off">
            <Field
              t={t}
              label={t('ballots.paper_number')}
              hint={t('ballots.paper_number_hint')}
              name="number"
              required
              maxLength={30}
              typed={typed}
              errors={errors}
            />
            {filled.map(({ is_struck, ...each }) => {
              const { contest_id } = each.contest
              const held = contests.find(({ contest }) => contest.contest_id === contest_id)
              return (
                <section key={contest_id} className="border-base-300 mb-4 border-t pt-4">
                  <h3 className="mb-3 font-bold">{held ? heldName(t, held) : contest_id}</h3>
                  {each.problem && (
                    <p role="alert" className="text-error mb-3 font-semibold">
                      {t(`ballots.problem.${each.problem}`)}
                    </p>
                  )}
                  <Choosing t={t} rules={vote.rules} {...each} />
                  <Choices
                    t={t}
                    name={struckField(contest_id)}
                    kind="checkbox"
                    chosen={is_struck ? ['yes'] : []}
                    options={[{ value: 'yes', label: t('ballots.paper_struck') }]}
                  />
                </section>
              )
            })}
            <button className="btn btn-primary">{t('ballots.paper_enter')}</button>
          </form>
        </Card>
      )}
    </div>
  )
} // prettier-ignore

interface PaperSheetsProps {
  t: Translate
  cycle: Cycle
  vote: Vote
  contests: readonly ContestHeld[]
  organization: string
  numbers: readonly string[]
}

/** Ballots to be printed, each with a slip that the voter keeps. */
export function PaperSheets({ t, cycle, vote, contests, organization, numbers }: PaperSheetsProps) {
  const { rules, slate } = vote
  const words = (['yes', 'no', 'abstain'] as const).map((word) => t(`ballots.word.${word}`))
  return (
    <>
      <div className="print:hidden">
        <PageHead
          title={t('ballots.paper_print')}
          lead={t('ballots.paper_print_lead')}
          back={{ href: `/endorsements/${cycle.cycle_id}/vote/paper`, label: t('ballots.paper') }}
        />
      </div>
      {numbers.map((number) => (
        <article key={number} className="mb-10 break-after-page border-2 border-black bg-white p-6 text-black">
          <p>{organization}</p>
          <h2 className="text-xl font-bold">{localized(cycle.name, t.language).text}</h2>
          <p className="mb-4">
            {t(`ballots.how.${rules.method}`)} {t('ballots.paper_until', { date: formatDate(t.language, rules.vote_until_on) })}
          </p>
          {slate.map((contest) => {
            const held = contests.find((each) => each.contest.contest_id === contest.contest_id)
            return (
              <section key={contest.contest_id} className="mb-5 break-inside-avoid">
                <h3 className="mb-2 font-bold">{held ? heldName(t, held) : contest.contest_id}</h3>
                <table className="w-full border-collapse">
                  <tbody>
                    {optionsOf(contest, rules.method).map((option) => (
                      <tr key={option.name} className="border-t border-black">
                        <th scope="row" className="py-2 pr-3 text-left font-normal">
                          {optionLabel(t, option)}
                        </th>
                        <td className="py-2 text-right whitespace-nowrap">
                          {rules.method === 'yes_no' ? (
                            words.map((word) => <span key={word} className="ml-4">☐ {word}</span>)
                          ) : rules.method === 'ranked' ? (
                            <span>{t('ballots.paper_rank')} ______</span>
                          ) : (
                            <span className="text-xl">☐</span>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            )
          })}
          <p>{t('ballots.paper_number')}: <span className="font-mono">{shownReceipt(number)}</span></p>
          <footer className="mt-4 border-t border-dashed border-black pt-3 text-sm">
            <p>✂ {t('ballots.paper_slip')}</p>
            <ul>
              {slate.map(({ contest_id }) => {
                const held = contests.find((each) => each.contest.contest_id === contest_id)
                return (
                  <li key={contest_id}>
                    {held ? heldName(t, held) : contest_id}: <span className="font-mono">{shownReceipt(paperReceipt(number, contest_id))}</span>
                  </li>
                )
              })}
            </ul>
          </footer>
        </article>
      ))}
    </>
  )
} // prettier-ignore
