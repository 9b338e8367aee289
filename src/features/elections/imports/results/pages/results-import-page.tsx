import { formatNumber } from '../../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  Figure,
  Figures,
  PageHead,
  Table,
} from '../../../../../platform/ui/components.tsx'
import { districtName } from '../../../../geography/rules.ts'
import { contestName } from '../../../contests/pages/words.tsx'
import { nameFor } from '../../../figures/pages/figure-name.tsx'
import type { ElectionImport } from '../../kept.ts'
import '../../messages.ts'
import { StateBadge } from '../../pages/imports-pages.tsx'
import '../../../results/messages.ts'
import type { ContestSum, ResultAnswers, ResultsReport } from '../schema.ts'

interface Props {
  t: Translate
  run: ElectionImport
  report: ResultsReport
  problems: readonly string[]
  /** As they were sent. */
  answers: ResultAnswers
}

/** What a file of results would do, or did: the sums of each contest beside who runs in it. */
export function ResultsImportPage({ t, run, report, problems, answers }: Props) {
  const at = `/elections/imports/${run.import_id}`
  const number = (value: number): string => formatNumber(t.language, value)
  const { contests, questions, left_out } = report
  const isNew = contests.some(({ effect }) => effect !== 'same')
  return (
    <>
      <PageHead
        title={run.name}
        lead={
          <>
            <StateBadge t={t} state={run.state} /> {t('results.title')}
          </>
        }
        back={{ href: '/elections/imports', label: t('ballot.title') }}
      />
      {problems.length > 0 && (
        <Alert kind="error" title={t('ballot.refused')}>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Alert>
      )}
      <h2 className="mb-3 text-lg font-bold">{run.state === 'done' ? t('ballot.did') : t('ballot.would')}</h2>
      {!isNew && questions.length === 0 && <Alert kind="info" title={t('ballot.nothing')} />}
      <Figures>
        <Figure
          label={t('ballot.things.contest')}
          value={number(new Set(contests.map(({ contest_id }) => contest_id)).size)}
          note={t('results.left_out_count', { count: left_out.length })}
        />
        <Figure
          label={t('results.precincts')}
          value={number(report.precincts)}
          note={report.unplaced > 0 ? t('results.unplaced', { count: report.unplaced }) : undefined}
        />
        <Figure label={t('results.votes')} value={number(contests.reduce((sum, { votes }) => sum + votes, 0))} />
      </Figures>
      {report.totals > 0 && <p className="mb-2">{t('results.totals', { count: report.totals })}</p>}
      {report.columns_left.length > 0 && (
        <p className="mb-2">{t('results.columns_left', { columns: report.columns_left.join(', ') })}</p>
      )}
      {run.state === 'checked' && (
        <form method="post" action={`${at}/run`} className="mb-6">
          {questions.length > 0 && (
            <Card id="questions" title={t('results.questions')} lead={t('results.questions_lead')}>
              {questions.map(({ key, name, contest, votes, options }) => (
                <Choices
                  key={key}
                  t={t}
                  legend={t('results.who', { name, label: contestName(t, contest), votes: number(votes) })}
                  name={`candidate.${key}`}
                  kind="radio"
                  chosen={answers[key] === undefined ? [] : [String(answers[key])]}
                  options={[
                    ...options.map((each) => ({ value: String(each.candidate_id), label: nameFor(t, each) })),
                    { value: 'none', label: t('results.who_none') },
                  ]}
                />
              ))}
            </Card>
          )}
          <div className="flex flex-wrap gap-2">
            <button className="btn btn-primary">{t('ballot.run')}</button>
            <button className="btn" formAction={`${at}/discard`}>
              {t('ballot.discard')}
            </button>
          </div>
        </form>
      )}
      {contests.map((contest) => (
        <Sums key={`${contest.contest_id} ${contest.county}`} {...{ t, contest }} />
      ))}
      {left_out.length > 0 && (
        <Card id="left-out" title={t('results.left_out')} lead={t('results.left_out_lead')}>
          <ul className="list-disc pl-5">
            {left_out.slice(0, 60).map(({ office, district, party, lines }) => (
              <li key={`${office} ${district} ${party}`}>
                <span lang="en">{[office, district, party].filter(Boolean).join(' ')}</span> (
                {t('results.lines', { count: lines })})
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function Sums({ t, contest }: { t: Translate; contest: ContestSum }) {
  const number = (value: number): string => formatNumber(t.language, value)
  const { contest_id, county, effect, choices, missing } = contest
  const label = contestName(t, contest.contest)
  return (
    <Card
      id={`contest-${contest_id}-${county}`}
      title={`${label} · ${districtName(t, 'county', county)}`}
      lead={<Badge kind={kindOf[effect]}>{t(`ballot.effect.${effect}`)}</Badge>}
    >
      <Table caption={label} head={[t('results.in_file'), t('results.votes'), t('results.candidate')]}>
        {choices.map(({ name, kind, candidate, votes }) => (
          <tr key={name}>
            <td className="min-w-28">{kind === 'candidate' || kind === 'other' ? name : t(`results.kind.${kind}`)}</td>
            <td className="text-right tabular-nums">{number(votes)}</td>
            <td className="min-w-28">{candidate ?? '–'}</td>
          </tr>
        ))}
      </Table>
      {missing.length > 0 && <p className="mt-2 text-sm">{t('results.missing', { names: missing.join(', ') })}</p>}
    </Card>
  )
}

const kindOf = { added: 'success', changed: 'info', same: 'neutral' } as const
