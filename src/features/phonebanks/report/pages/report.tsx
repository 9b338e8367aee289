import type { FieldErrors } from '../../../../platform/http/form.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Card, EmptyState, Field, Figure, Figures, PageHead, Table } from '../../../../platform/ui/components.tsx'
import type { Step } from '../../../scripts/schema.ts'
import type { PhoneBank } from '../../dashboard.ts'
import type { GroupsAsked } from '../../host/groups.ts'
import { CompareBy } from '../../host/pages/compare-by.tsx'
import { ResultsFile } from '../../pages/results-file.tsx'
import { importLayouts } from '../import-layouts.ts'
import type { Section, WordedReport } from '../words.ts'
import { BarChart } from './bar-chart.tsx'

interface Props {
  t: Translate
  bank: PhoneBank
  worded: WordedReport
  asked: GroupsAsked
  questions: readonly Step[]
  may_edit: boolean
  may_export: boolean
  typed: Record<string, string>
  errors: FieldErrors
}

export function ReportPage({ t, bank, worded, asked, questions, may_edit, may_export, typed, errors }: Props) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  const name = localized(bank.name, t.language).text
  const address = new URLSearchParams({
    ...(asked.question ? { question: asked.question } : {}),
    district: asked.district,
  })
  return (
    <>
      <PageHead
        title={t('report.of', { name })}
        lead={t('report.lead')}
        back={{ href: base, label: name }}
        actions={
          worded.sections.length > 0 && (
            <a className="btn btn-primary" href={`${base}/report/pdf?${address}`}>
              {t('report.pdf')}
            </a>
          )
        }
      />
      {worded.sections.length === 0 ? (
        <EmptyState icon="phone" title={t('report.none')} />
      ) : (
        <>
          <Figures>
            {worded.figures.map((each) => (
              <Figure key={each.label} {...each} />
            ))}
          </Figures>
          <div className="print:hidden">
            <CompareBy t={t} bank={bank} action={`${base}/report`} asked={asked} questions={questions} />
            <a className="btn btn-sm mb-4" href={`${base}/report/groups.csv?${address}`}>
              {t('report.groups_csv')}
            </a>
          </div>
          {worded.sections.map((section) => (
            <Card
              key={section.id}
              id={section.id}
              title={section.title}
              {...(section.lead ? { lead: section.lead } : {})}
            >
              <SectionBody section={section} />
            </Card>
          ))}
        </>
      )}
      {may_export && worded.sections.length > 0 && (
        <Card title={t('report.layouts')} lead={t('report.layouts_lead')} id="layouts">
          <ResultsFile
            t={t}
            base={base}
            forms={importLayouts.map((form) => ({ form, label: t(`report.layout.${form}`) }))}
          />
        </Card>
      )}
      {may_edit && (
        <div className="print:hidden">
          <Card title={t('report.cost_title')} id="cost-card">
            <form method="post" action={`${base}/report/cost`} className="max-w-md">
              <Field
                t={t}
                label={t('report.cost')}
                hint={t('report.cost_hint')}
                name="cost"
                inputMode="decimal"
                value={bank.cost_cents === null ? '' : (bank.cost_cents / 100).toFixed(2)}
                typed={typed}
                errors={errors}
              />
              <button className="btn">{t('action.save')}</button>
            </form>
          </Card>
        </div>
      )}
    </>
  )
}

function SectionBody({ section }: { section: Section }) {
  if (section.kind === 'bars') {
    return (
      <div className="grid items-start gap-8 lg:grid-cols-2 print:grid-cols-1">
        {section.charts.map((chart) => (
          <BarChart key={chart.caption} {...chart} />
        ))}
      </div>
    )
  }
  if (section.kind === 'hours') return section.hours.length > 0 ? <Hours {...section} /> : null
  return (
    <Table caption={section.title} head={section.head}>
      {section.rows.map(([first = '', ...rest]) => (
        <tr key={first + rest.join()}>
          <th scope="row" className="min-w-32 font-normal">
            {first}
          </th>
          {rest.map((cell, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- columns have their place
            <td key={index} className="whitespace-nowrap tabular-nums">
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}

const cell = { width: 56, height: 30, left: 48, top: 22 }

/** Days down, hours across; the darker, the more calls became a conversation. */
function Hours({ title, weekdays, hours, cells }: Extract<Section, { kind: 'hours' }>) {
  const width = cell.left + hours.length * cell.width
  const height = cell.top + 7 * cell.height
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={title}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={cells.map((each) => each.title).join('; ')}
      >
        {hours.map(({ hour, label }, index) => (
          <text
            key={hour}
            x={cell.left + (index + 0.5) * cell.width}
            y={14}
            textAnchor="middle"
            className="fill-base-content"
            fontSize="12"
          >
            {label}
          </text>
        ))}
        {weekdays.map((day, index) => (
          <text
            key={day}
            x={cell.left - 8}
            y={cell.top + (index + 0.65) * cell.height}
            textAnchor="end"
            className="fill-base-content"
            fontSize="13"
          >
            {day}
          </text>
        ))}
        {cells.map((each) => {
          const x = cell.left + hours.findIndex(({ hour }) => hour === each.hour) * cell.width
          const y = cell.top + each.weekday * cell.height
          return (
            <g key={`${each.weekday} ${each.hour}`}>
              <title>{each.title}</title>
              <rect
                x={x + 1}
                y={y + 1}
                width={cell.width - 2}
                height={cell.height - 2}
                rx="3"
                className="fill-base-200"
              />
              <rect
                x={x + 1}
                y={y + 1}
                width={cell.width - 2}
                height={cell.height - 2}
                rx="3"
                className="fill-primary"
                fillOpacity={each.rate * 0.45}
              />
              <text
                x={x + cell.width / 2}
                y={y + cell.height * 0.65}
                textAnchor="middle"
                fontSize="12"
                className="fill-base-content font-semibold"
              >
                {each.text}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
