import { mkdirSync } from 'node:fs'
import type { Config } from '../../platform/config.ts'
import { log } from '../../platform/log.ts'
import type { OpenInstallation } from '../installation.ts'
import { serveUntilStopped } from '../serve.ts'
import { seedTown, townSeed } from './seed.ts'
import { openTown, type TownState } from './state.ts'
import { welcome } from './welcome.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Opens the practice town, making it first where there is none. */
export async function serveDemo(config: Config, { is_fresh }: { is_fresh: boolean }): Promise<void> {
  if (process.env.HANPYO_LOG === undefined) log.level = 'warn' // the terminal is for whoever tries Hanpyo
  let town: TownState | null = null
  await serveUntilStopped(config, {
    async before() {
      mkdirSync(config.data, { recursive: true })
      town = await openTown(config.data, is_fresh)
      if (town.remark) say(town.remark)
      return town.close
    },
    async prepare(installation: OpenInstallation, signal: AbortSignal) {
      if (!town?.is_empty) return
      const started = performance.now()
      say('Making the practice town. This happens once and takes less than a minute.')
      await seedTown(installation, { seed: townSeed, signal, say })
      await town.filled()
      say(`The town is ready after ${((performance.now() - started) / 1000).toFixed(0)} s.\n`)
    },
    welcome,
  })
}
