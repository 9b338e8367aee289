import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseProblem } from './pooler.ts'

/** As whom PostgreSQL runs, where that is not who we are. */
export interface User {
  uid: number
  gid: number
}

/** Where the data of a cluster lie, and whose they are. */
export interface Place {
  home: string
  user: User | null
}

/** In a folder whose database lies elsewhere: the path of that. */
const elsewhere = 'elsewhere'

/**
 * Finds the database of `folder`. A new one is made in the folder itself or, where `nobody` cannot reach that (root's
 * home), in one of its own under /var/lib. One that is there is used as it is, under whoever owns it. A folder that was
 * copied or moved without its database is refused: an empty one made in its place would look like all was lost.
 */
export function placeOf(folder: string): Place {
  const told = toldPlace(folder)
  const isHere = existsSync(join(folder, 'pg'))
  if (process.getuid?.() !== 0) {
    if (!isHere && told)
      throw new DatabaseProblem(
        `The database of ${folder} was made by root and lies in ${told}. Stop Hanpyo, move ${told}/pg to ${folder}/pg and give that folder to the user who runs Hanpyo (chown -R).`,
      )
    if (isHere) refuseForeign(join(folder, 'pg'))
    return { home: folder, user: null }
  }
  const apart = join('/var/lib/hanpyo', createHash('sha256').update(folder).digest('hex').slice(0, 16))
  for (const home of [folder, apart]) {
    if (!existsSync(join(home, 'pg'))) continue
    const user = userOf(home)
    if (!mayEnter(home, user)) continue
    tellPlace(folder, home)
    return { home, user }
  }
  if (isHere)
    throw new DatabaseProblem(
      `${folder} holds a database, but PostgreSQL does not run as root, and the user who owns the database may not enter that folder. Put the folder elsewhere, not below root's home for instance.`,
    )
  if (told === apart)
    throw new DatabaseProblem(
      `The database of ${folder} lay in ${told}; nothing is there any more. Take it from a backup; to begin anew, remove ${join(folder, elsewhere)}.`,
    )
  if (told)
    throw new DatabaseProblem(
      `The database of ${folder} is not in it: it lies in ${told}, made when the folder was elsewhere. Of a folder that was moved: mv ${told} ${apart}. Of a copy: cp -a ${told} ${apart}`,
    )
  return newPlace(folder, apart)
}

function newPlace(folder: string, apart: string): Place {
  const user = nobody()
  const isReached = mayEnter(dirname(folder), user)
  const home = isReached ? folder : apart
  if (!isReached) {
    mkdirSync(apart, { recursive: true })
    chmodSync(dirname(apart), 0o755)
  }
  chownSync(home, user.uid, user.gid)
  chmodSync(home, 0o755)
  return { home, user }
}

/** Once there is a database: a first start that was killed has not lost one. */
export function tellPlace(folder: string, home: string): void {
  if (home !== folder) writeFileSync(join(folder, elsewhere), `${home}\n`)
}

function toldPlace(folder: string): string | null {
  const path = join(folder, elsewhere)
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** PostgreSQL refuses to run as root, so then it runs as the owner of its data. */
function userOf(home: string): User {
  const { uid, gid } = statSync(join(home, 'pg'))
  if (uid !== 0) return { uid, gid }
  // Copied by root without their owner.
  const user = nobody()
  spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, home])
  return user
}

function nobody(): User {
  const { uid, gid } = users().find(({ name }) => name === 'nobody') ?? { uid: 65534, gid: 65534 }
  return { uid, gid }
}

/** Its data can be read by their owner alone. */
function refuseForeign(data: string): void {
  const { uid } = statSync(data)
  if (uid === process.getuid?.()) return
  const home = dirname(data)
  if (uid === nobody().uid)
    throw new DatabaseProblem(
      `The database in ${home} was made by root. Run this as root, or stop Hanpyo and give its folder to the user who is to run it: chown -R USER ${dirname(home)}`,
    )
  const owner = users().find((user) => user.uid === uid)?.name
  throw new DatabaseProblem(
    `The database in ${home} belongs to ${owner ?? `uid ${uid}`}. Run this as that user: sudo -u ${owner ?? `'#${uid}'`} …`,
  )
}

function users(): (User & { name: string })[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return { name, uid: Number(uid), gid: Number(gid) }
  })
}

const mayEnter = (folder: string, user: User): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0

/**
 * The folder of the socket of a server that we start: beside the data, where it is the same whatever the user and the
 * folder of temporary files. A socket's path may be 107 bytes long at most; a deeper one lies among temporary files.
 */
export function socketFolder({ home, user }: Place): string {
  const beside = join(home, 'socket')
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12)
  const base = tmpdir().length < 60 ? tmpdir() : '/tmp'
  const isShort = Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= 107
  const owner = user?.uid ?? process.getuid?.()
  const folder = isShort ? beside : join(base, `hanpyo-${owner}-${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user) lchownSync(folder, user.uid, user.gid)
  const made = lstatSync(folder)
  if (!made.isDirectory() || made.uid !== owner || (made.mode & 0o077) !== 0)
    throw new DatabaseProblem(`${folder} is for the socket of PostgreSQL, but others have a hand in it. Remove it.`)
  return folder
}
