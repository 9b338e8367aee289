import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Something between Hanpyo and PostgreSQL, reached like a server: `host` is the folder of its socket. */
export interface Pooler {
  host: string
  port: number
  close(): Promise<void>
}

export interface PoolerOptions {
  /** When a session goes to the next client. */
  mode?: 'session' | 'transaction' | 'statement'
  /** Sessions of each user in each database. Few, so that clients share them. */
  size?: number
  /** Who may log in, beside the owner. PgBouncer knows nobody else. */
  users?: string[]
}

const port = 6432
const socketIn = (folder: string): string => join(folder, `.s.PGSQL.${port}`)

export const pgBouncerPath = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find((path) =>
  existsSync(path),
)

/** The real PgBouncer in front of the server whose socket lies in `server`, for roles that need no password there. */
export async function openPgBouncer(
  server: string,
  { mode = 'transaction', size = 2, users = [] }: PoolerOptions = {},
): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), 'hanpyo-bouncer-'))
  // Like PostgreSQL it does not run as root; its user must reach both sockets.
  const { uid, gid } = statSync(server)
  chownSync(folder, uid, gid)
  const known = ['postgres', ...users].map((user) => `"${user}" ""\n`)
  writeFileSync(join(folder, 'users'), known.join(''), { mode: 0o644 })
  writeFileSync(
    join(folder, 'ini'),
    `[databases]
* = host=${server}
[pgbouncer]
unix_socket_dir = ${folder}
listen_port = ${port}
auth_type = trust
auth_file = ${join(folder, 'users')}
pool_mode = ${mode}
default_pool_size = ${size}
max_client_conn = 400
server_login_retry = 0.2
`,
    { mode: 0o644 },
  )
  const program = spawn(pgBouncerPath ?? 'pgbouncer', [join(folder, 'ini')], {
    uid,
    gid,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(program, 'exit')
  let said = ''
  await new Promise<void>((resolve, reject) => {
    program.stderr.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes('process up')) resolve()
    })
    program.once('exit', () => reject(new Error(`PgBouncer ended: ${said}`)))
  })
  return {
    host: folder,
    port,
    async close() {
      program.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A pooler of our own which does what matters of PgBouncer, for machines without it: clients share a few sessions of the
 * server, never reset, the one used last first; process numbers are made up; `options` at the start are refused. For
 * servers that ask for no password.
 */
export async function openStandIn(
  server: string,
  { mode = 'transaction', size = 2 }: PoolerOptions = {},
): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), 'hanpyo-pooler-'))
  const pools = new Map<string, SharedSessions>()
  const clients = new Set<Socket>()
  const listener = createServer((socket) => {
    clients.add(socket)
    socket.on('close', () => clients.delete(socket))
    socket.on('error', () => socket.destroy())
    receive(socket, (startup) => {
      const { user = '', database = user, options } = parametersOf(startup)
      if (options !== undefined) return refuse(socket, '08P01', 'unsupported startup parameter: options')
      const key = `${user}/${database}`
      let pool = pools.get(key)
      if (!pool) {
        pool = new SharedSessions(join(server, '.s.PGSQL.5432'), startup, mode, size)
        pools.set(key, pool)
      }
      return pool.welcome(socket)
    })
  })
  listener.listen(socketIn(folder))
  await once(listener, 'listening')
  return {
    host: folder,
    port,
    async close() {
      for (const pool of pools.values()) pool.close()
      for (const socket of clients) socket.destroy()
      await new Promise((resolve) => listener.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Take = (frame: Buffer) => void

const sslRequest = 80_877_103
const version3 = 196_608

/** Calls `started` with the first message, then whatever it returned with each that follows. */
function receive(socket: Socket, started: (startup: Buffer) => Take): void {
  let take: Take | null = null
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const at = take ? 1 : 0 // the first message has no letter
      if (rest.length < at + 4) return
      const length = at + rest.readInt32BE(at)
      if (rest.length < length) return
      const frame = rest.subarray(0, length)
      rest = rest.subarray(length)
      if (take) take(frame)
      else if (frame.readInt32BE(4) === version3) take = started(frame)
      else if (frame.readInt32BE(4) === sslRequest) socket.write('N')
      else {
        socket.destroy() // somebody asks to cancel
        return
      }
    }
  })
}

function parametersOf(startup: Buffer): Partial<Record<string, string>> {
  const words = startup.subarray(8).toString().split('\0')
  return Object.fromEntries(words.flatMap((word, index) => (index % 2 === 0 && word ? [[word, words[index + 1]]] : [])))
}

const message = (letter: string, ...parts: readonly (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  const head = Buffer.alloc(5)
  head.write(letter)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const nothing: Take = () => undefined

function refuse(socket: Socket, code: string, text: string): Take {
  socket.end(message('E', `SFATAL\0VFATAL\0C${code}\0M${text}\0\0`))
  return nothing
}

interface Session {
  socket: Socket
  client: Client | null
}

interface Client {
  socket: Socket
  session: Session | null
  /** Messages that wait for a session. */
  waiting: Buffer[]
  /** Questions the server has not said it is done with. */
  open: number
}

/** The sessions of one user in one database, and the clients that share them. */
class SharedSessions {
  readonly #path: string
  readonly #startup: Buffer
  readonly #mode: NonNullable<PoolerOptions['mode']>
  readonly #size: number
  readonly #idle: Session[] = []
  readonly #all = new Set<Socket>()
  #queue: Client[] = []
  /** Who waits to be greeted, until the server has told us what to say. */
  readonly #arriving = new Map<Socket, () => void>()
  /** What the server says of itself when one logs in. */
  #parameters: Buffer | null = null

  constructor(path: string, startup: Buffer, mode: NonNullable<PoolerOptions['mode']>, size: number) {
    this.#path = path
    this.#startup = startup
    this.#mode = mode
    this.#size = size
  }

  welcome(socket: Socket): Take {
    const client: Client = { socket, session: null, waiting: [], open: 0 }
    const key = Buffer.alloc(8)
    key.writeInt32BE(1_000_000_000 + Math.floor(Math.random() * 1_000_000_000))
    const greet = (): void => {
      const said = this.#parameters ?? Buffer.alloc(0)
      socket.write(Buffer.concat([message('R', Buffer.alloc(4)), said, message('K', key), message('Z', 'I')]))
    }
    if (this.#parameters) greet()
    else this.#arriving.set(socket, greet)
    if (this.#all.size === 0) this.#open()
    socket.on('close', () => {
      this.#arriving.delete(socket)
      this.#queue = this.#queue.filter((each) => each !== client)
      // What it left open must not be the next one's.
      if (client.session) client.session.socket.destroy()
    })
    return (frame) => {
      if (frame[0] === 'X'.charCodeAt(0)) socket.end()
      else {
        client.waiting.push(Buffer.from(frame))
        this.#pump(client)
      }
    }
  }

  close(): void {
    for (const socket of this.#all) socket.destroy()
  }

  #pump(client: Client): void {
    if (!client.session && !this.#queue.includes(client)) {
      this.#queue.push(client)
      this.#serve()
    }
    if (!client.session) return
    for (const frame of client.waiting) {
      if (frame[0] === 'Q'.charCodeAt(0) || frame[0] === 'S'.charCodeAt(0)) client.open++
      client.session.socket.write(frame)
    }
    client.waiting = []
  }

  #serve(): void {
    for (let session = this.#idle.at(-1); session && this.#queue.length; session = this.#idle.at(-1)) {
      this.#idle.pop()
      this.#give(session)
    }
    if (this.#queue.length && this.#all.size < this.#size) this.#open()
  }

  #give(session: Session): void {
    const client = this.#queue.shift()
    session.client = client ?? null
    if (!client) return void this.#idle.push(session)
    client.session = session
    this.#pump(client)
  }

  #open(): void {
    const socket = connect(this.#path)
    const session: Session = { socket, client: null }
    this.#all.add(socket)
    let isReady = false
    let refusal = message('E', 'SFATAL\0VFATAL\0C08006\0Mserver connection lost\0\0')
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.#all.delete(socket)
      const at = this.#idle.indexOf(session)
      if (at >= 0) this.#idle.splice(at, 1)
      const lost = session.client ? [session.client.socket] : []
      if (!isReady) lost.push(...this.#arriving.keys(), ...this.#queue.map((each) => each.socket))
      for (const each of lost) each.end(refusal)
      if (!isReady) this.#queue = []
      this.#serve()
    })
    const greeting: Buffer[] = []
    socket.write(this.#startup)
    // The server's first message has a letter already.
    let rest = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
        const frame = rest.subarray(0, 1 + rest.readInt32BE(1))
        rest = rest.subarray(frame.length)
        const letter = String.fromCharCode(frame[0] ?? 0)
        if (isReady) this.#answer(session, frame, letter)
        else if (letter === 'S') greeting.push(Buffer.from(frame))
        else if (letter === 'E') refusal = Buffer.from(frame)
        else if (letter === 'Z') {
          isReady = true
          this.#parameters = Buffer.concat(greeting)
          for (const greet of this.#arriving.values()) greet()
          this.#arriving.clear()
          this.#give(session)
        }
      }
    })
  }

  #answer(session: Session, frame: Buffer, letter: string): void {
    const { client } = session
    if (!client) return
    if (letter !== 'Z') return void client.socket.write(frame)
    client.open--
    const isIdle = frame[5] === 'I'.charCodeAt(0)
    if (this.#mode === 'statement' && !isIdle) {
      refuse(client.socket, '08P01', 'transaction blocks not allowed in statement pooling mode')
      return
    }
    client.socket.write(frame)
    if (client.open > 0 || client.waiting.length || !isIdle || this.#mode === 'session') return
    client.session = null
    this.#give(session)
  }
}
