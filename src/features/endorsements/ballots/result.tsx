import type { ReactNode } from 'react'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Bars, Table } from '../../../platform/ui/components.tsx'
import { heldName } from '../cycles/words.ts'
import type { ContestHeld } from '../cycles/queries.ts'
import type { Rules } from '../cycles/schema.ts'
import type { Counted } from './queries.ts'
import { shownReceipt } from './rules.ts'
import type { ContestOnBallot } from './schema.ts'
import { commandOf, labelOf, outcomeLines, roundsInWords, runoffLine, votesText } from './words.ts'
import { csvRows } from '../../../platform/csv.ts'

export interface CountedContest extends Pick<Counted, 'contest_id' | 'account' | 'ballots'> {
  contest: ContestOnBallot
}

interface ResultProps {
  t: Translate
  counts: readonly CountedContest[]
  contests: readonly ContestHeld[]
  rules: Rules
  /** false: who is endorsed, and nothing of how many votes they got. */
  is_whole: boolean
  /** Where the list of a contest is had as a file; null: nowhere. */
  file: ((contest_id: number) => string) | null
  /** What is to be said of a contest besides. */
  after?: (counted: CountedContest) => ReactNode
}

/** What came out, contest by contest: in words, round by round, and ballot by ballot. */
export function Result({ t, counts, contests, rules, is_whole, file, after }: ResultProps) {
  return counts.map((counted) => {
    const { contest_id, contest, account, ballots } = counted
    const held = contests.find((each) => each.contest.contest_id === contest_id)
    const [said = '', ...more] = outcomeLines(t, rules, contest, account)
    const runoff = runoffLine(t, rules, contest, account)
    return (
      <section
        key={contest_id}
        aria-labelledby={`contest-${contest_id}`}
        className="bg-base-100 rounded-box border-base-300 mb-6 min-w-0 border p-4 sm:p-6"
      >
        <h2 id={`contest-${contest_id}`} className="text-lg font-bold">
          {held ? heldName(t, held) : contest_id}
        </h2>
        <p className="mt-2 text-xl font-bold text-balance">{said}</p>
        {runoff && <p className="mt-1 font-semibold">{runoff}</p>}
        {after?.(counted)}
        {is_whole && (
          <>
            <ul className="mt-2 list-disc pl-5">
              {more.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <Rounds t={t} contest={contest} account={account} />
            <Ballots t={t} ballots={ballots} contest_id={contest_id} contest={contest} />
            <p className="mt-4 text-sm">{t('ballots.recount')}</p>
            <p className="font-mono text-sm wrap-anywhere">{commandOf(account, `ballots-${contest_id}.csv`)}</p>
            {file && (
              <p className="mt-2">
                <a className="btn" href={file(contest_id)}>
                  {t('ballots.file')}
                </a>
              </p>
            )}
          </>
        )}
      </section>
    )
  })
}

type Of = Pick<CountedContest, 'account' | 'contest'> & { t: Translate }

function Rounds({ t, contest, account }: Of) {
  const { words } = account
  return (
    <div className="mt-4 grid gap-5">
      {roundsInWords(t, contest, account).map(({ round, caption, rows }) => (
        <Bars key={round} caption={caption} rows={rows} format={(value) => votesText(t, value)} />
      ))}
      {words && (
        <ul className="list-disc pl-5 text-sm">
          {Object.entries(words).map(([name, { yes, no, abstain }]) => (
            <li key={name}>
              {labelOf(t, contest, name)}: {t('tally.words', { yes, no, abstain })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** The list as published, for whoever looks for the number of their ballot. */
function Ballots({ t, ballots, contest_id, contest }: { t: Translate; ballots: string; contest_id: number; contest: ContestOnBallot }) {
  const [head = [], ...rows] = csvRows(ballots)
  const words: Record<string, string> = { yes: t('ballots.word.yes'), no: t('ballots.word.no'), abstain: t('ballots.word.abstain') } // prettier-ignore
  const isByWord = head.slice(1).some((each) => contest.candidates.some(({ name }) => name === each))
  const text = (cell: string): string => (isByWord ? (words[cell] ?? '') : cell === '' ? '' : labelOf(t, contest, cell))
  const columns = head.slice(1).map((each, at) => (isByWord ? labelOf(t, contest, each) : t('ballots.choice', { number: at + 1 }))) // prettier-ignore
  return (
    <details className="mt-5" id={`ballots-${contest_id}`}>
      <summary className="link inline-flex min-h-11 cursor-pointer items-center">
        {t('ballots.list', { count: rows.length })}
      </summary>
      <p className="mb-2 text-sm">{t('ballots.list_lead')}</p>
      <Table caption={t('ballots.list', { count: rows.length })} head={[t('ballots.receipt'), ...columns]}>
        {rows.map(([receipt = '', ...cells]) => (
          <tr key={receipt} id={receipt}>
            <th scope="row" className="font-mono font-normal whitespace-nowrap">
              {shownReceipt(receipt)}
            </th>
            {cells.map((cell, at) => (
              <td key={columns[at]}>{text(cell)}</td>
            ))}
          </tr>
        ))}
      </Table>
    </details>
  )
} // prettier-ignore
