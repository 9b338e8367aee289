import { resumeDrops } from '../features/postal/jobs.ts'
import { scheduleDuplicates } from '../features/people/duplicates/jobs.ts'
import { scheduleEndorsementReminders } from '../features/endorsements/mails/jobs.ts'
import { scheduleReminders } from '../features/people/membership/jobs.ts'
import { hasOrganization } from '../features/access/queries.ts'
import { actorOfSession } from '../features/access/session.ts'
import { setupCode } from '../features/organizations/rules.ts'
import { resumePersonImports } from '../features/people/imports/jobs.ts'
import { startDeliveries, type Deliveries } from '../features/webhooks/deliver.ts'
import {
  resumeExports,
  resumeVersions,
  scheduleNight,
  startTargeting,
  stopTargeting,
} from '../features/targeting/jobs.ts'
import { startPhoneBanks } from '../features/phonebanks/jobs.ts'
import { watchImports } from '../features/voterfile/jobs.ts'
import type { Config } from '../platform/config.ts'
import { log } from '../platform/log.ts'
import { startJobs } from '../platform/jobs/jobs.ts'
import { openInstallation, tellAddress, toldAddress, type OpenInstallation } from './installation.ts'
import { jobs } from './jobs.ts'
import { buildApp, listen, type Listening } from './server.ts'
import { scheduleTidy } from './tidy.ts'

export interface ServeOptions {
  /** The web server; else this process only works off jobs. */
  web?: boolean
  jobs?: boolean
  /** Runs before the installation is opened. Returns what to do after it is closed. */
  before?(): Promise<() => Promise<void>>
  /** Runs in the open installation before anybody can visit it. */
  prepare?(installation: OpenInstallation, signal: AbortSignal): Promise<void>
  /** What the terminal says below the address. */
  welcome?(installation: OpenInstallation): Promise<string>
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Runs web server and jobs in this process until SIGINT, SIGTERM or SIGHUP. */
export async function serveUntilStopped(config: Config, options: ServeOptions = {}): Promise<void> {
  // Before anything is opened: a signal during the start must not leave the database running.
  const stop = new AbortController()
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        stop.abort()
        resolve()
      })
    }
  })
  let after: (() => Promise<void>) | null = null
  let installation: OpenInstallation | null = null
  let worker: Awaited<ReturnType<typeof startJobs>> | null = null
  let deliveries: Deliveries | null = null
  let listening: Listening | null = null
  let stopWatching = (): void => undefined
  try {
    after = (await options.before?.()) ?? null
    if (stop.signal.aborted) return
    installation = await openInstallation(config)
    await options.prepare?.(installation, stop.signal)
    if (stop.signal.aborted) return
    if (options.jobs !== false) {
      stopWatching = await watchImports(installation, ({ names, is_resumed }) =>
        say(
          `The import of ${names.join(', ')} was interrupted and rolled back: the voters are as before it. ` +
            (is_resumed ? 'It is taken up again now.' : 'Run it again.'),
        ),
      )
      const people = await resumePersonImports(installation)
      if (people > 0)
        say(`Imports of people taken up again after an interruption: ${people}. Until then nobody is changed.`)
      await resumeVersions(installation)
      await resumeExports(installation)
      await resumeDrops(installation)
      await startPhoneBanks(installation)
      await scheduleNight(installation.database.owner, installation.clock.now())
      await scheduleReminders(installation.database.owner, installation.clock.now())
      await scheduleEndorsementReminders(installation.database.owner, installation.clock.now())
      await scheduleDuplicates(installation.database.owner, installation.clock.now())
      await scheduleTidy(installation.database.owner, installation.clock.now())
    }
    if (options.jobs !== false) {
      const { database, clock } = installation
      worker = await startJobs(database.ownerPool, jobs, installation)
      deliveries = startDeliveries({
        owner: database.owner,
        now: () => clock.now(),
        allow_private: config.private_webhooks,
      })
    }
    if (options.web === false) {
      installation.url = toldAddress(config) ?? installation.url
      say('Working off jobs. Ctrl-C stops it.')
    } else {
      listening = await listen(buildApp(installation, actorOfSession), config.host, config.port)
      if (!config.url) installation.url = `http://localhost:${listening.port}`
      if (config.port !== 0 && listening.port !== config.port) {
        say(`Port ${config.port} is in use, so this is port ${listening.port}.`)
      }
      tellAddress(config.data, installation.url)
      say(`Hanpyo is at ${installation.url}`)
      if (!(await hasOrganization(installation.database.owner))) {
        say(`No organization yet. Open ${installation.url}/setup and type this code: ${setupCode(installation.secret)}`)
      }
      log.info({ port: listening.port }, 'listening')
    }
    // Nobody waits for it: until it is loaded the database answers.
    startTargeting(installation).catch((problem: unknown) =>
      log.error({ problem }, 'the columns of targeting could not be loaded'),
    )
    if (options.welcome) say(await options.welcome(installation))
    await stopped
  } catch (problem) {
    if (!stop.signal.aborted) throw problem
  } finally {
    await listening?.close()
    stopWatching()
    await deliveries?.stop()
    await worker?.stop()
    if (installation) await stopTargeting(installation)
    await installation?.close()
    await after?.()
  }
}
