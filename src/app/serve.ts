import type { Runner } from 'graphile-worker'
import { actorOfSession } from '../features/access/session.ts'
import type { Config } from '../platform/config.ts'
import { log } from '../platform/log.ts'
import { startJobs } from '../platform/jobs/jobs.ts'
import { openInstallation, type OpenInstallation } from './installation.ts'
import { jobs } from './jobs.ts'
import { buildApp, listen, type Listening } from './server.ts'

export interface ServeOptions {
  is_demo: boolean
  /** Throw away what is there and start over (demo only). */
  is_fresh: boolean
}

/** Runs web server and jobs in this process until SIGINT, SIGTERM or SIGHUP. */
export async function serveUntilStopped(config: Config, _options: ServeOptions): Promise<void> {
  // Before anything is opened: a signal during the start must not leave the database running.
  const stopped = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal))
  })
  let installation: OpenInstallation | null = null
  let worker: Runner | null = null
  let listening: Listening | null = null
  try {
    installation = await openInstallation(config)
    worker = await startJobs(installation.database.ownerPool, jobs, installation)
    const app = buildApp(installation, actorOfSession)
    listening = await listen(app, config.host, config.port)
    if (!config.url) installation.url = `http://localhost:${listening.port}`
    if (config.port !== 0 && listening.port !== config.port) {
      process.stdout.write(`Port ${config.port} is in use, so this is port ${listening.port}.\n`)
    }
    process.stdout.write(`Hanpyo is at ${installation.url}\n`)
    log.info({ port: listening.port }, 'listening')
    await stopped
  } finally {
    await listening?.close()
    await worker?.stop()
    await installation?.close()
  }
}
