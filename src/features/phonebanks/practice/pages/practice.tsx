import type { z } from 'zod'
import { page } from '../../../../platform/http/page.tsx'
import type { Ctx } from '../../../../platform/http/room.ts'
import { Island } from '../../../../platform/ui/island.tsx'
import type { ConsoleData } from '../../islands/parts/console.tsx'
import { formatPhone } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { hasQuickWay, path, quickPath, scriptText, type Station } from '../../../scripts/rules.ts'
import '../../../scripts/walk/messages.ts'
import '../../console-messages.ts'
import type { Session } from '../../schema.ts'
import '../messages.ts'
import { nameAloud } from '../rules.ts'
import { Hears, repliesOf, replyTo, Verdict, wordOf } from '../parts.tsx'
import { practiceResults, practiceVoters, type PracticeVoter } from '../voters.ts'

type Result = (typeof practiceResults)[number]

interface Props {
  t: Translate
  session: z.infer<typeof Session>
  voter: PracticeVoter | null
  at: 'called' | 'result' | null
  result: Result | null
}

const island = 'src/features/phonebanks/islands/call-practice.tsx'

/** The caller's page to practice on; where it cannot run, the same by links. */
export function practicePage(c: Ctx, props: Omit<Props, 't'>) {
  const { t, language } = c.var
  const { session } = props
  const { phone_bank } = session
  const data: ConsoleData = { language, session: { ...session, recent: [] } }
  return page(
    c,
    <>
      <div className="mx-auto max-w-5xl">
        <p className="border-accent bg-base-100 mb-4 border-l-4 p-3 text-lg font-semibold" data-practice>
          {t('practice.mark')}
        </p>
        <Island name="call-practice" data={data}>
          <noscript>
            <PracticeByLinks t={t} {...props} />
          </noscript>
          <p className="noscript:hidden" role="status">
            {t('console.loading')}
          </p>
        </Island>
        {phone_bank.way_of_calling === 'practice' ? (
          // The island says it as long as it is true.
          <noscript>
            <p className="mt-8 text-lg">{t('practice.only')}</p>
          </noscript>
        ) : (
          <p className="mt-8 text-lg">
            <a className="btn btn-success min-h-12" href={`/call/${phone_bank.phone_bank_id}`}>
              {t('practice.to_calling')}
            </a>
          </p>
        )}
      </div>
    </>,
    { title: t('practice.title'), bare: true, islands: [island] },
  )
}

/** Everything by links, so that it works in every browser and leaves no trace. */
function PracticeByLinks({ t, session, voter, at, result }: Props) {
  const { phone_bank } = session
  const base = `/call/${phone_bank.phone_bank_id}/practice`
  return (
    <div className="mx-auto max-w-xl text-lg">
      {!voter ? (
        <Everybody t={t} base={base} />
      ) : at === 'result' && result ? (
        <Told t={t} base={base} voter={voter} result={result} />
      ) : at === 'called' ? (
        <Called t={t} base={base} voter={voter} session={session} />
      ) : (
        <Before t={t} base={base} voter={voter} />
      )}
      {voter && (
        <p className="mt-8">
          <a className="btn min-h-12" href={base}>
            {t('practice.others')}
          </a>
        </p>
      )}
    </div>
  )
}

function Everybody({ t, base }: { t: Translate; base: string }) {
  return (
    <>
      <h1 className="text-2xl font-bold">{t('practice.title')}</h1>
      <p className="mt-2 mb-4">{t('practice.lead')}</p>
      <ul className="grid gap-3">
        {practiceVoters.map((voter) => (
          <li key={voter.key}>
            <a
              className="btn h-auto min-h-16 w-full flex-col items-start gap-0 py-3 text-left text-lg"
              href={`${base}?voter=${voter.key}`}
            >
              {voter.name[t.language]}
              <span className="text-base font-normal">{voter.about[t.language]}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function Head({ t, voter }: { t: Translate; voter: PracticeVoter }) {
  return (
    <>
      <h1 className="text-3xl font-bold">{voter.name[t.language]}</h1>
      <p className="mt-1 mb-4">{voter.about[t.language]}</p>
    </>
  )
}

function Before({ t, base, voter }: { t: Translate; base: string; voter: PracticeVoter }) {
  return (
    <section className="bg-base-100 border-base-300 rounded-box border p-5">
      <Head t={t} voter={voter} />
      <p>{t('practice.before')}</p>
      <a
        className="btn btn-primary mt-4 min-h-16 w-full text-xl"
        href={`${base}?voter=${voter.key}&at=called`}
        data-practice-call
      >
        {t('practice.call')}
      </a>
    </section>
  )
}

/** In the voter's language where the script has it, else the reader's. */
function languageFor(voter: PracticeVoter, { script }: Props['session'], reader: string): string {
  const spoken = voter.hears[0]?.speaks
  return spoken && script.content.languages.includes(spoken) ? spoken : reader
}

function Called({
  t,
  base,
  voter,
  session,
}: {
  t: Translate
  base: string
  voter: PracticeVoter
  session: Props['session']
}) {
  const { content } = session.script
  const language = languageFor(voter, session, t.language)
  const name = nameAloud(voter.name[language === 'ko' ? 'ko' : 'en'])
  const values = {
    'voter.name': name,
    'voter.first_name': name,
    'voter.last_name': name,
    'voter.title': { ko: '선생님', en: '' },
    'caller.name': session.caller.name,
    organization: session.organization.name,
    candidate: session.candidate,
    phone: session.organization.phone ? formatPhone(session.organization.phone) : null,
  }
  const said = (text: Parameters<typeof scriptText>[0]) => scriptText(text, language, values)
  const has_voicemail = localized(content.voicemail, language).text !== ''
  return (
    <>
      <Head t={t} voter={voter} />
      <Hears t={t} voter={voter} />
      {voter.listens === 'to_script' && (
        <ol className="bg-base-100 border-base-300 rounded-box mb-4 space-y-4 border p-5">
          {stationsFor(voter, content).map((station) => (
            <Line
              key={station.part === 'step' ? station.step.key : station.part}
              t={t}
              {...said(station.text)}
              reply={station.part === 'step' ? replyTo(t, station.step.kind) : null}
            />
          ))}
        </ol>
      )}
      {voter.listens === 'to_script' && content.objections.length > 0 && (
        <details className="bg-base-100 border-base-300 rounded-box mb-4 border px-5 py-1">
          <summary className="flex min-h-12 items-center font-semibold underline">
            {t('walk.objections')} ({content.objections.length})
          </summary>
          <ul className="divide-base-300 divide-y">
            {content.objections.map(({ key, objection, reply }) => (
              <li key={key} className="py-3">
                <p className="text-base font-bold">“{said(objection).text}”</p>
                <p className="text-xl leading-relaxed" lang={said(reply).language}>
                  {said(reply).text}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
      {voter.listens === 'to_voicemail' && (
        <section className="bg-base-100 border-base-300 rounded-box mb-4 border p-5">
          {has_voicemail ? (
            <ul>
              <Line t={t} {...said(content.voicemail)} />
            </ul>
          ) : (
            <p>{t('practice.no_voicemail')}</p>
          )}
        </section>
      )}
      <h2 className="mb-2 font-bold">{t('practice.which')}</h2>
      <ul className="grid grid-cols-2 gap-2">
        {practiceResults.map((result) => (
          <li key={result}>
            <a
              className="btn bg-base-100 border-base-content/30 h-auto min-h-16 w-full px-2 py-2 text-lg leading-tight"
              href={`${base}?voter=${voter.key}&at=result&result=${result}`}
              data-practice-result={result}
            >
              {wordOf(t, result)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The way their answers lead; the short one where the script has it and they are in a hurry. */
function stationsFor(voter: PracticeVoter, content: Props['session']['script']['content']): Station[] {
  const whole = path(content, repliesOf(content.steps))
  return voter.is_hurried && hasQuickWay(content) ? quickPath(whole, {}) : whole
}

function Line({ t, text, language, reply }: { t: Translate; text: string; language: string; reply?: string | null }) {
  return (
    <li className="list-none">
      <p className="text-base font-semibold">{t('practice.say')}</p>
      <p className="text-xl leading-relaxed" lang={language}>
        {text}
      </p>
      {reply && (
        <p className="mt-1 text-base">
          {t('practice.reply')}: “{reply}”
        </p>
      )}
    </li>
  )
}

function Told({ t, base, voter, result }: { t: Translate; base: string; voter: PracticeVoter; result: Result }) {
  const is_right = result === voter.right
  const next = practiceVoters[practiceVoters.indexOf(voter) + 1]
  return (
    <section
      className="bg-base-100 border-base-300 rounded-box border p-5"
      data-practice-told={is_right ? 'right' : 'almost'}
    >
      <Head t={t} voter={voter} />
      <Verdict t={t} voter={voter} given={result} />
      <p className="mt-5 flex flex-wrap gap-3">
        {next ? (
          <a className="btn btn-primary min-h-14 text-lg" href={`${base}?voter=${next.key}`}>
            {t('practice.next', { name: next.name[t.language] })}
          </a>
        ) : (
          <span className="font-semibold">{t('practice.done')}</span>
        )}
        <a className="btn min-h-14 text-lg" href={`${base}?voter=${voter.key}`}>
          {t('practice.again')}
        </a>
      </p>
    </section>
  )
}
