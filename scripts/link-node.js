// Runs after `npm ci`, by whatever Node the machine has, hence plain JavaScript. Older npm takes the link to the Node we
// bring along away again with the one for the other processor, and npm scripts would run on the machine's own.
import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url)) // Node 20.0 knows no import.meta.dirname
const ours = `node-linux-${process.arch}/bin/node`
const link = join(modules, '.bin/node')
if (existsSync(join(modules, ours)) && !existsSync(link)) {
  rmSync(link, { force: true }) // one that leads nowhere
  symlinkSync(join('..', ours), link)
}
