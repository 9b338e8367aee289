/*
 * npm leaves out optional packages whose "engines" the Node it runs on does not meet, without a word; some of the compiled
 * ones we need ask for 20.19. Installed with an older Node 20, everything is installed once more by the Node that came along.
 * Plain JavaScript: that older Node may have to read it.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { arch } from 'node:os'
import { join, resolve } from 'node:path'

const [, major = '0', minor = '0'] = /node\/v(\d+)\.(\d+)/.exec(process.env.npm_config_user_agent ?? '') ?? []
const own = join('node_modules', `node-linux-${arch()}`, 'bin', 'node')
const npm = process.env.npm_execpath
const isTooOld = Number(major) > 0 && (Number(major) < 20 || (Number(major) === 20 && Number(minor) < 19))

if (isTooOld && npm && process.env.npm_command === 'ci' && existsSync(own)) {
  console.log(
    `Node ${major}.${minor} leaves out parts that are needed: installing once more with the Node of this project.`,
  )
  // node_modules is emptied first, and this Node with it.
  const folder = mkdtempSync(resolve('.install-'))
  const node = join(folder, 'node')
  copyFileSync(own, node)
  const { status } = spawnSync(node, [npm, 'ci'], { stdio: 'inherit' })
  rmSync(folder, { recursive: true, force: true })
  process.exit(status ?? 1)
}
