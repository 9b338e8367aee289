import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

interface Package {
  version?: string
  integrity?: string
  optional?: boolean
  link?: boolean
  inBundle?: boolean
  engines?: Record<string, string>
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

/**
 * Platform packages that the lock file leaves out although a package in it asks for them. npm forgets those which the
 * registry did not have at the time, and `npm ci` then refuses the lock on every machine.
 */
export function missingFromLock(packages: Record<string, Package>): string[] {
  const there = new Map<string, string | undefined>()
  for (const [path, { version }] of Object.entries(packages)) there.set(path.replace(/^.*node_modules\//, ''), version)
  const missing: string[] = []
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      if (!there.has(name)) missing.push(`${path || 'package.json'} asks for ${name}`)
    }
  }
  return missing
}

/** Packages without a checksum: nobody could tell whether they are what was reviewed. */
export const withoutIntegrity = (packages: Record<string, Package>): string[] =>
  Object.entries(packages)
    .filter(([path, each]) => path !== '' && !each.link && !each.inBundle && !each.integrity)
    .map(([path]) => `${path} has no integrity`)

/**
 * Optional packages that some npm leaves out, in silence: where they ask for a newer Node than runs `npm ci` (ours are
 * compiled parts that only the Node we bring along ever loads), or for glibc, which npm 9 never finds. npm goes by what
 * the lock file says of a package, so what is not said there does not keep it out.
 */
export const leftOutByOldNpm = (packages: Record<string, Package>): string[] =>
  Object.entries(packages)
    .filter(([, each]) => each.optional && (each.engines || asksForGlibc(each)))
    .map(([path]) => `${path} is left out by older npm: node scripts/check-lock.ts --mend`)

const asksForGlibc = ({ libc = [] }: Package): boolean => libc.includes('glibc')

/** The same lock file without what {@link leftOutByOldNpm} finds. */
export function forOldNpm<T extends { packages: Record<string, Package> }>(lock: T): T {
  const packages = Object.entries(lock.packages).map(([path, each]) => {
    const { engines: _, libc, ...rest } = each
    if (!each.optional) return [path, each] as const
    return [path, libc && !asksForGlibc(each) ? { ...rest, libc } : rest] as const
  })
  return { ...lock, packages: Object.fromEntries(packages) }
}

function check(): number {
  const { values } = parseArgs({ options: { mend: { type: 'boolean', default: false } } })
  let lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> }
  if (values.mend) {
    lock = forOldNpm(lock)
    writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  }
  const { packages } = lock
  const found = [...missingFromLock(packages), ...withoutIntegrity(packages), ...leftOutByOldNpm(packages)]
  for (const line of found) console.error(line)
  console.log(`lock: ${Object.keys(packages).length} packages, ${found.length} problems`)
  return found.length ? 1 : 0
}

if (import.meta.main) process.exitCode = check()
