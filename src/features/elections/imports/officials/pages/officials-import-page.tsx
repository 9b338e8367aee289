import { formatDate, formatNumber } from '../../../../../platform/i18n/formats.ts'
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
import { nameFor } from '../../../figures/pages/figure-name.tsx'
import '../../../officials/messages.ts'
import { seatText } from '../../../officials/pages/which-figure.tsx'
import type { ElectionImport } from '../../kept.ts'
import '../../messages.ts'
import { StateBadge } from '../../pages/imports-pages.tsx'
import { doesAnything } from '../commands.ts'
import { changeText } from '../line-text.ts'
import type { Said } from '../plan.ts'
import type { OfficialsReport, Question, TermEffect, TermLine } from '../schema.ts'

interface Props {
  t: Translate
  run: ElectionImport
  report: OfficialsReport
  problems: readonly string[]
  /** As it was sent. */
  said: Said
}

const lines_shown = 300

/** What a list of officials would do, or did: who somebody is, which terms begin, change and end. */
export function OfficialsImportPage({ t, run, report, problems, said }: Props) {
  const at = `/elections/imports/${run.import_id}`
  const number = (value: number): string => formatNumber(t.language, value)
  const isOpen = run.state === 'checked'
  const { terms, people, lines, questions } = report
  const missing = lines.filter((each) => each.entry === null && !each.is_followed)
  const others = lines.filter((each) => !missing.includes(each))
  return (
    <>
      <PageHead
        title={run.name}
        lead={
          <>
            <StateBadge t={t} state={run.state} /> {t(`lists.list.${report.list}`)}
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
      {isOpen && report.swaps_most && <Alert kind="warning" title={t('lists.swaps_most')} />}
      <h2 className="mb-3 text-lg font-bold">{run.state === 'done' ? t('ballot.did') : t('ballot.would')}</h2>
      {!doesAnything(report) && questions.length === 0 && <Alert kind="info" title={t('ballot.nothing')} />}
      <Figures>
        <Figure label={t('lists.begins')} value={number(terms.begins)} />
        <Figure
          label={t('lists.changed')}
          value={number(terms.changed)}
          note={t('lists.same', { count: terms.same })}
        />
        <Figure label={t('lists.ends')} value={number(terms.ends)} />
        <Figure
          label={t('ballot.things.person')}
          value={number(people.added + people.linked + people.same)}
          note={t('lists.people', { added: people.added, linked: people.linked })}
        />
      </Figures>
      {report.elsewhere > 0 && <p className="mb-2">{t('lists.elsewhere', { count: report.elsewhere })}</p>}
      {report.partly.length > 0 && (
        <p className="mb-2">
          {t('lists.partly', { offices: report.partly.map((office) => t(`officials.office.${office}`)).join(', ') })}
        </p>
      )}
      {isOpen ? (
        <form method="post" action={`${at}/run`} className="mb-6">
          {questions.length > 0 && (
            <Card id="questions" title={t('lists.questions')} lead={t('lists.questions_lead')}>
              {questions.map((question) => (
                <Who key={question.key} {...{ t, question }} answer={said.answers[question.key]} />
              ))}
            </Card>
          )}
          {missing.length > 0 && (
            <Card id="missing" title={t('lists.missing')} lead={t('lists.missing_lead')}>
              <Choices
                t={t}
                name="stay[]"
                kind="checkbox"
                chosen={said.stay.map(String)}
                options={missing.map((line) => ({
                  value: String(line.official_id),
                  label: t('lists.stays_box', { name: line.name }),
                  hint: [seatText(t, line), line.day && t('lists.ends_on', { date: formatDate(t.language, line.day) })]
                    .filter(Boolean)
                    .join(' · '),
                }))}
              />
            </Card>
          )}
          <div className="flex flex-wrap gap-2">
            <button className="btn btn-primary">{t('ballot.run')}</button>
            <button className="btn" formAction={`${at}/discard`}>
              {t('ballot.discard')}
            </button>
          </div>
        </form>
      ) : (
        missing.length > 0 && (
          <>
            <h3 className="mb-2 font-bold">{t('lists.missing')}</h3>
            <Lines {...{ t, lines: missing }} />
          </>
        )
      )}
      {others.length > 0 && <Lines {...{ t, lines: others.slice(0, lines_shown) }} />}
      {others.length > lines_shown && (
        <p className="mt-2 text-sm">{t('ballot.shown_of', { shown: lines_shown, total: others.length })}</p>
      )}
    </>
  )
}

function Who({ t, question, answer }: { t: Translate; question: Question; answer: number | 'new' | undefined }) {
  const { key, name, seat, options } = question
  return (
    <Choices
      t={t}
      legend={t('lists.who', { name, seat: seatText(t, seat) })}
      name={`who.${key}`}
      kind="radio"
      chosen={answer === undefined ? [] : [String(answer)]}
      options={[
        ...options.map((each) => ({
          value: String(each.figure_id),
          label: t('lists.who_this', { name: nameFor(t, each) }),
          hint: each.offices.map((one) => seatText(t, one)).join(' · '),
        })),
        { value: 'new', label: t('lists.who_new') },
      ]}
    />
  )
}

function Lines({ t, lines }: { t: Translate; lines: readonly TermLine[] }) {
  return (
    <Table
      caption={t('ballot.would')}
      head={[t('officials.name_short'), t('officials.office'), t('ballot.effect'), t('lists.what')]}
    >
      {lines.map((line) => (
        <tr key={`${line.entry ?? ''} ${line.official_id ?? ''} ${line.office} ${line.effect}`}>
          <td className="min-w-40">
            {line.name}
            {line.taken_for && <span className="block text-sm">{t('ballot.taken_for', { name: line.taken_for })}</span>}
          </td>
          <td className="min-w-36">{seatText(t, line)}</td>
          <td className="whitespace-nowrap">
            <Badge kind={kindOf[line.effect]}>{t(`lists.effect.${line.effect}`)}</Badge>
          </td>
          <td className="min-w-48 wrap-anywhere">
            {line.day && formatDate(t.language, line.day)}
            {line.changes.map((change) => (
              <span key={change.field} className="block text-sm">
                {changeText(t, change)}
              </span>
            ))}
          </td>
        </tr>
      ))}
    </Table>
  )
}

const kindOf: Record<TermEffect, 'success' | 'info' | 'warning' | 'neutral'> = {
  begins: 'success',
  changed: 'info',
  same: 'neutral',
  ends: 'warning',
  stays: 'neutral',
}
