import { useEffect, useMemo, useState } from 'react'
import { translator, type Translate } from '../../../../platform/i18n/messages.ts'
import { session as sessionEndpoint } from '../../endpoints.ts'
import { Hears, Replies, Verdict } from '../../practice/parts.tsx'
import { practiceVoters } from '../../practice/voters.ts'
import { CallConsole, type ConsoleData } from './console.tsx'
import { focusNew } from './focus.ts'
import { practiceServer, practiceSession, type Judged } from './practice-server.ts'
import { theServer } from './server.ts'
import { inMemory } from './store.ts'

/** The caller's page with voters who do not exist: the same buttons, no telephone, no trace. */
export function PracticeConsole({ language, session: real }: ConsoleData) {
  const t = useMemo(() => translator(language), [language])
  const [judged, setJudged] = useState<Judged | null>(null)
  const [{ session, server }] = useState(() => {
    const of = practiceSession(real)
    return { session: of, server: practiceServer(of, practiceVoters, setJudged) }
  })
  const hears = new Map(
    practiceVoters.map((voter, index) => [
      index + 1,
      <Hears key={voter.key} t={t} voter={voter}>
        {voter.listens === 'to_script' && <Replies t={t} steps={session.script.content.steps} />}
      </Hears>,
    ]),
  )
  const isReal = useRealCalls(real.phone_bank)
  return (
    <>
      {isReal && (
        <div className="alert alert-success mb-4 text-lg" role="alert" data-practice-ends>
          <p className="grow font-semibold">{t('practice.real_now')}</p>
          <a className="btn min-h-12" href={`/call/${real.phone_bank.phone_bank_id}`}>
            {t('practice.to_calling')}
          </a>
        </div>
      )}
      <CallConsole
        language={language}
        session={session}
        practice={{
          server,
          openStore: forgetful,
          verdict: judged && <Said t={t} judged={judged} onClose={() => setJudged(null)} />,
          hears,
          over: <Over t={t} />,
        }}
      />
      {real.phone_bank.way_of_calling === 'practice' && !isReal && <p className="mt-8 text-lg">{t('practice.only')}</p>}
    </>
  )
}

/** Whether real calls began while everybody practiced: the host turned practice off. */
function useRealCalls({ phone_bank_id, way_of_calling }: ConsoleData['session']['phone_bank']): boolean {
  const [isReal, setReal] = useState(false)
  const isForAll = way_of_calling === 'practice'
  useEffect(() => {
    if (!isForAll) return undefined
    const look = (): void =>
      void theServer.call(sessionEndpoint, { phone_bank: phone_bank_id }, {}).then((answer) => {
        if (answer.ok) setReal(answer.value.phone_bank.way_of_calling !== 'practice')
      })
    // Practicing asks the server nothing: where the line was down, it is looked at when the page comes back.
    const unlisten = theServer.listen(phone_bank_id, look)
    const shown = (): void => void (document.visibilityState === 'visible' && look())
    document.addEventListener('visibilitychange', shown)
    return () => {
      unlisten()
      document.removeEventListener('visibilitychange', shown)
    }
  }, [phone_bank_id, isForAll])
  return isReal
}

/** Nothing is to be kept: what the page forgets is no loss. */
const forgetful = async () => ({ ...inMemory(), is_durable: true })

function Said({ t, judged, onClose }: { t: Translate; judged: Judged; onClose: () => void }) {
  const { voter, given } = judged
  return (
    <section
      className={`bg-base-100 rounded-box mb-4 border-2 p-5 ${given === voter.right ? 'border-success' : 'border-warning'}`}
      data-practice-told={given === voter.right ? 'right' : 'almost'}
      role="status"
    >
      <Verdict t={t} voter={voter} given={given} />
      <button type="button" className="btn mt-3 min-h-12 text-lg" onClick={onClose}>
        {t('practice.understood')}
      </button>
    </section>
  )
}

const Over = ({ t }: { t: Translate }) => (
  <div className="bg-base-100 border-base-300 rounded-box mx-auto max-w-xl space-y-5 border px-5 py-10 text-center text-lg">
    <h1 ref={focusNew} tabIndex={-1} className="text-2xl font-bold text-balance outline-none" data-practice-over>
      {t('practice.done')}
    </h1>
    <button type="button" className="btn min-h-14 w-full text-lg" onClick={() => location.reload()}>
      {t('practice.again')}
    </button>
  </div>
)
