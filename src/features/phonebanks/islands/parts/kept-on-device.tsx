import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { call } from '../../../../platform/http/endpoint.ts'
import type { Language } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import '../../console-messages.ts'
import { next } from '../../endpoints.ts'
import { KeptResults } from './kept.ts'
import { forgetOffline } from '../../../../platform/ui/device/offline.ts'
import { Stuck } from './stuck.tsx'

export interface KeptData {
  language: Language
  phone_bank_id: string
  /** Taken off by the host, who may let them in again. */
  may_return: boolean
}

const again_ms = 10_000
const look_every_ms = 30_000

/** On the page that says a phone bank is closed: what this device still holds is sent, and the caller is told. */
export function KeptOnDevice({ language, phone_bank_id, may_return }: KeptData) {
  const t = useMemo(() => translator(language), [language])
  const [kept] = useState(() => new KeptResults(phone_bank_id, null, may_return))
  const { unsent, saved, undo_lost, stuck } = useSyncExternalStore(kept.subscribe, kept.now)
  useEffect(() => {
    const send = async () => {
      const isDone = await kept.send()
      // Nothing is left to send: nothing of the phone bank need stay on the device.
      if (isDone) await forgetOffline('/call/', `/call/${phone_bank_id}`)
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
  useEffect(() => {
    if (!may_return) return undefined
    const look = async () => {
      const answer = await call(next, { phone_bank: phone_bank_id }, { holding: [], want: 0 })
      if (answer.ok && answer.value.door !== 'removed') location.reload()
    }
    const timer = setInterval(() => void look(), look_every_ms)
    const shown = () => void (document.visibilityState === 'visible' && look())
    document.addEventListener('visibilitychange', shown)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', shown)
    }
  }, [may_return, phone_bank_id])
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
