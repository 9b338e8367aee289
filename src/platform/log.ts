import pino from 'pino'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

/** A wrong word is told of by `readConfig`, in words; until then as much is logged as without it. */
const asked = logLevels.find((level) => level === process.env.HANPYO_LOG)

/** A problem of the database carries the whole connection it came from, keys and all: pages that tell nothing. */
function told(problem: unknown): unknown {
  if (!(problem instanceof Error)) return problem
  const { client: _, ...rest } = pino.stdSerializers.err(problem) as pino.SerializedError & { client?: unknown }
  return rest
}

/** One JSON line per event to stderr (stdout belongs to the CLI's answers). Personal data never goes in: ids only. */
export const log = pino(
  {
    level: asked ?? (process.env.NODE_ENV === 'test' ? 'silent' : 'info'),
    base: null,
    // PostgreSQL's details hold the row: "Key (email)=(grace@example.com) already exists."
    redact: ['*.password', '*.token', '*.phone', '*.email', '*.secret', 'problem.detail', 'problem.where'],
    serializers: { problem: told },
  },
  pino.destination({ dest: 2, sync: true }),
)
