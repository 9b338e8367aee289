import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Language } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import '../../console-messages.ts'
import { KeptResults } from './kept.ts'
import { forgetOffline } from './offline.ts'
import { Stuck } from './stuck.tsx'

export interface KeptData {
  language: Language
  phone_bank_id: string
}

const again_ms = 10_000

/** On the page that says a phone bank is closed: what this device still holds is sent, and the caller is told. */
export function KeptOnDevice({ language, phone_bank_id }: KeptData) {
  const t = useMemo(() => translator(language), [language])
  const [kept] = useState(() => new KeptResults(phone_bank_id))
  const { unsent, saved, undo_lost, stuck } = useSyncExternalStore(kept.subscribe, kept.now)
  useEffect(() => {
    const send = async () => {
      const isDone = await kept.send()
      // Nothing is left to send: nothing of the phone bank need stay on the device.
      if (isDone) await forgetOffline(`/call/${phone_bank_id}`)
    }
    void send()
    const timer = setInterval(() => void (kept.now().unsent !== 0 && send()), again_ms)
    const online = () => void send()
    addEventListener('online', online)
    return () => {
      clearInterval(timer)
      removeEventListener('online', online)
    }
  }, [kept, phone_bank_id])
  return (
    <div className="mx-auto max-w-xl text-lg">
      <div role="status" data-kept={unsent ?? undefined} data-saved={saved} className="text-center">
        {unsent !== null && unsent > 0 && (
          <p className="font-semibold">{t('console.kept_waiting', { count: unsent })}</p>
        )}
        {saved > 0 && <p className="font-semibold">{t('console.kept_saved', { count: saved })}</p>}
        {undo_lost > 0 && <p className="font-semibold">{t('console.undo_too_late')}</p>}
      </div>
      <div className="mt-4">
        <Stuck
          t={t}
          entries={stuck.map((each) => each.entry)}
          onTryAgain={(entry) => {
            const found = stuck.find((each) => each.entry === entry)
            if (found) void kept.tryAgain(found.caller_id, entry)
          }}
          onRemove={(entry) => {
            const found = stuck.find((each) => each.entry === entry)
            if (found) void kept.remove(found.caller_id, entry)
          }}
        />
      </div>
    </div>
  )
}
