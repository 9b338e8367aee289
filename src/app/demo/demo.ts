import type { Config } from '../../platform/config.ts'
import { log } from '../../platform/log.ts'
import { FakeTwilio, type Rings } from '../../platform/testing/fake-twilio.ts'
import { makeDataFolder, type OpenInstallation } from '../installation.ts'
import { serveUntilStopped } from '../serve.ts'
import { startPracticeCards, takePracticeCards } from './practice-cards.ts'
import { seedTown, townSeed } from './seed.ts'
import { openTown, type TownState } from './state.ts'
import { welcome } from './welcome.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

export interface DemoOptions {
  /** Throw away the town that is there. */
  is_fresh: boolean
  /** Of a town that is made now. */
  voters?: number | undefined
}

/** Opens the practice town, making it first where there is none. */
export async function serveDemo(config: Config, { is_fresh, voters }: DemoOptions): Promise<void> {
  if (process.env.HANPYO_LOG === undefined) log.level = 'warn' // the terminal is for whoever tries Hanpyo
  let town: TownState | null = null
  // Its people are made up and so are their numbers: whatever is configured, none of them is really rung.
  const carrier = await FakeTwilio.start({ usual: ringsInTown, pace_ms: 1500 })
  const cards = await startPracticeCards()
  await serveUntilStopped(
    { ...config, twilio: carrier.account },
    {
      async before() {
        makeDataFolder(config.data)
        const opened = await openTown(config.data, is_fresh)
        town = opened
        if (opened.remark) say(opened.remark)
        return opened.close
      },
      async prepare(installation: OpenInstallation, signal: AbortSignal) {
        if (!town?.is_empty) return takePracticeCards(installation, cards)
        const started = performance.now()
        say('Making the practice town. This happens once and takes half a minute or so.')
        await seedTown(installation, { seed: townSeed, rows: voters, signal, say })
        await takePracticeCards(installation, cards)
        await town.filled()
        say(`The town is ready after ${((performance.now() - started) / 1000).toFixed(0)} s.\n`)
      },
      welcome,
    },
  ).finally(() => Promise.all([carrier.stop(), cards.stop()]))
}

/** Most people of the town answer; by the last digit of their number some do not, always the same ones. */
const ringsInTown = (phone: string): Rings =>
  ({ '5': 'busy', '6': 'no_answer', '7': 'voicemail', '9': 'failed' } as const)[phone.slice(-1)] ?? 'answered'
