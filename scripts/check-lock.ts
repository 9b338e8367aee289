import { readFileSync } from 'node:fs'

interface Package {
  version?: string
  integrity?: string
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
export const withoutIntegrity = (
  packages: Record<string, Package & { link?: boolean; inBundle?: boolean }>,
): string[] =>
  Object.entries(packages)
    .filter(([path, each]) => path !== '' && !each.link && !each.inBundle && !each.integrity)
    .map(([path]) => `${path} has no integrity`)

function check(): number {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> }
  const found = [...missingFromLock(packages), ...withoutIntegrity(packages)]
  for (const line of found) console.error(line)
  console.log(`lock: ${Object.keys(packages).length} packages, ${found.length} problems`)
  return found.length ? 1 : 0
}

if (import.meta.main) process.exitCode = check()
