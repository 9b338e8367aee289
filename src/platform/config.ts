import { isIP } from 'node:net'
import { z } from 'zod'
import { logLevels } from './log.ts'
import { nearestWord } from './nearest.ts'
import type { TwilioAccount } from './telephony/twilio.ts'

const port = z
  .string()
  .regex(/^\d{1,5}$/) // Number() would read blanks as 0, any free port, and 1e4 as a port too
  .transform(Number)
  .refine((number) => number <= 65535)
/** With a path in it no link of ours would lead there: all of them begin at the root. */
const isOrigin = (url: string): boolean => /^https?:\/\/[^/?#@]+\/?$/i.test(url)

/** Every variable we read; a wrong one is named with what it got and what it takes. */
const Environment = z.object({
  HANPYO_DATA: z.string().min(1).optional().describe('folder for everything kept: database, uploads, secret'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('postgresql://… of a server of yours (15 or newer); without it the embedded one is used'),
  DATABASE_DIRECT_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'postgresql://… of the same server without a pooler in between; needed where DATABASE_URL leads to PgBouncer',
    ),
  HANPYO_PORT: port.prefault('8017').describe('port to listen on, 0-65535'),
  HANPYO_HOST: z
    .string()
    .min(1)
    // What has only digits and dots, or a colon, is meant as an address and never a name.
    .refine((host) => !/^[\d.]+$|:/.test(host) || isIP(host) !== 0)
    .default('127.0.0.1')
    .describe('address of this machine to listen on, for example 127.0.0.1, or 0.0.0.0 for all'),
  HANPYO_URL: z
    .url({ protocol: /^https?$/, abort: true })
    .refine(isOrigin)
    .optional()
    .describe('address people open, for example https://vote.example.org, without a path; needed behind a proxy'),
  HANPYO_METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('lets /metrics be read from other machines; 16 characters or more'),
  HANPYO_LOG: z
    .enum(logLevels)
    .optional()
    .describe(`how much is logged: ${logLevels.join(', ')}`),
  HANPYO_ACCEPT_LAW: z
    .enum(['0', '1'])
    .default('0')
    .describe(
      '1 says for every voter file and list of numbers the command line imports that the limit on use is kept; 0 or 1',
    ),
  HANPYO_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('smtp://user:password@host:587; without it mail goes to an outbox one can read in the browser'),
  HANPYO_SMTP_PLAIN: z
    .enum(['0', '1'])
    .default('0')
    .describe('1 lets mail go without encryption to a mail server on another machine that offers none; 0 or 1'),
  HANPYO_PRIVATE_WEBHOOKS: z
    .enum(['0', '1'])
    .default('0')
    .describe('1 lets messages to other programs go to addresses of your own network; 0 or 1'),
  HANPYO_TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/)
    .optional()
    .describe(
      'Account SID of Twilio, AC and 32 characters; with HANPYO_TWILIO_AUTH_TOKEN phone banks can call over a bridge',
    ),
  HANPYO_TWILIO_AUTH_TOKEN: z
    .string()
    .regex(/^[0-9a-zA-Z]{16,64}$/)
    .optional()
    .describe('Auth Token of the same Twilio account; a secret'),
  HANPYO_TWILIO_API_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address of Twilio’s interface; only for trying against another one'),
  HANPYO_MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/)
    .optional()
    .describe('sender of mail, an address or a name with it, for example Our Org <office@example.org>'),
})

/** What was typed, as far as it may be shown: no secret, and of addresses that carry a password only where they begin. */
function shown(name: string, typed: string): string {
  if (/TOKEN|ACCOUNT_SID/.test(name)) return '…'
  if (/DATABASE|SMTP/.test(name) && typed.length > 12) return `${typed.slice(0, 12)}…`
  return typed.replace(/^([a-z]+:\/*)?.*@/is, '$1…@')
}

/** Read elsewhere, each where it is needed. */
const others = ['HANPYO_CHROMIUM', 'HANPYO_PASSWORD']
const ours = 'HANPYO_'

/** A letter too many, and what is set counts for nothing: an empty database instead of the one that is meant. */
function mistypedName(name: string): string[] {
  const known = [...Object.keys(Environment.shape), ...others]
  if (!name.startsWith(ours) || known.includes(name)) return []
  const words = known.filter((each) => each.startsWith(ours)).map((each) => each.slice(ours.length))
  const meant = nearestWord(name.slice(ours.length), words)
  return meant ? [`${name} is no variable of Hanpyo. Is ${ours}${meant} meant?`] : []
}

/** What a variable takes, in words. */
export const takes = (name: keyof typeof Environment.shape): string => Environment.shape[name].description ?? ''

export interface Config {
  data: string
  database_url: string | null
  /** The same database without the pooler that stands at `database_url`. */
  database_direct_url: string | null
  port: number
  host: string
  url: string | null
  metrics_token: string | null
  smtp_url: string | null
  /** Mail may go to a server on another machine without encryption. */
  accepts_plain_smtp: boolean
  mail_from: string
  /** The command line need not be told at each import that the limit on use of voter files is kept. */
  accept_law: boolean
  private_webhooks: boolean
  /** null: calls over the bridge are not set up. */
  twilio: TwilioAccount | null
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] }

/** Reads the environment. `data` is the default folder. */
export function readConfig(environment: Record<string, string | undefined>, data: string): ConfigResult {
  // A variable set to nothing is one not set.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const mistyped = Object.keys(given).flatMap(mistypedName)
  if (mistyped.length > 0) return { ok: false, problems: mistyped }
  const result = Environment.safeParse(given)
  if (!result.success) {
    return {
      ok: false,
      problems: result.error.issues.map((issue) => {
        const name = String(issue.path[0])
        const typed = String(given[name])
        return `${name}="${shown(name, typed)}" is not valid. It takes: ${takes(name as keyof typeof Environment.shape)}.`
      }),
    }
  }
  const value = result.data
  const { HANPYO_TWILIO_ACCOUNT_SID: account_sid, HANPYO_TWILIO_AUTH_TOKEN: auth_token } = value
  if (Boolean(account_sid) !== Boolean(auth_token)) {
    return {
      ok: false,
      problems: ['HANPYO_TWILIO_ACCOUNT_SID and HANPYO_TWILIO_AUTH_TOKEN go together: set both or none.'],
    }
  }
  if (value.DATABASE_DIRECT_URL && !value.DATABASE_URL) {
    return {
      ok: false,
      problems: ['DATABASE_DIRECT_URL goes with DATABASE_URL: without a pooler in between set DATABASE_URL alone.'],
    }
  }
  return {
    ok: true,
    config: {
      data: value.HANPYO_DATA ?? data,
      database_url: value.DATABASE_URL ?? null,
      database_direct_url: value.DATABASE_DIRECT_URL ?? null,
      port: value.HANPYO_PORT,
      host: value.HANPYO_HOST,
      url: value.HANPYO_URL?.replace(/\/$/, '') ?? null,
      metrics_token: value.HANPYO_METRICS_TOKEN ?? null,
      smtp_url: value.HANPYO_SMTP_URL ?? null,
      accepts_plain_smtp: value.HANPYO_SMTP_PLAIN === '1',
      accept_law: value.HANPYO_ACCEPT_LAW === '1',
      mail_from: value.HANPYO_MAIL_FROM ?? 'Hanpyo <hanpyo@localhost>',
      private_webhooks: value.HANPYO_PRIVATE_WEBHOOKS === '1',
      twilio:
        account_sid && auth_token
          ? {
              account_sid,
              auth_token,
              api_url: (value.HANPYO_TWILIO_API_URL ?? 'https://api.twilio.com').replace(/\/$/, ''),
            }
          : null,
    },
  }
}
