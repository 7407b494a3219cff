// Bugs planted on purpose, each in a copy of the house: the slice that is there for it must catch it, and say what it is there to say.
import { execFileSync } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { program, root, run } from './kit/program.mjs'

const cargo = process.env.CARGO ?? 'cargo'
// A target of its own, so that no planted bug is ever left in a program that somebody runs.
const target = join(root, 'target/planted')
const row = (name, amount) => ['node', 'tests/proof/main.mjs', name, String(amount), '1']
const patchOf = (bug) => join(root, 'tests/planted', `${bug}.patch`)
const powerCuts = [cargo, 'test', '--locked', '--test', 'powercut', 'whatever']

const planted = [
  { bug: 'phone-does-not-wait-for-the-disk', slice: row('fourteen-days', 2), says: /called saved before the disk has it/ },
  // The seal binds a visit to its id: under another the server does not open it.
  { bug: 'sent-again-with-a-new-id', slice: row('fourteen-days', 2), says: /is needs_me: seal_broken/ },
  {
    bug: 'refresh-token-revoked-at-once',
    build: true,
    slice: row('lost-answers', 200),
    says: /session_ended|honest sessions were ended/,
  },
  { bug: 'folder-not-synced-after-the-rename', slice: powerCuts, says: /has no file/ },
  { bug: 'acknowledged-before-the-sync', slice: powerCuts, says: /was acknowledged and is gone/ },
  // Somebody may find their session unknown before a power cut finds anything.
  { bug: 'acknowledged-before-the-commit', slice: powerCuts, says: /was acknowledged and is gone/ },
]

export default async function plantedBugs({ amount, seed }) {
  // The house changes under them: a bug that cannot be planted any more catches nothing.
  for (const { bug } of planted) execFileSync('git', ['apply', '--check', patchOf(bug)], { cwd: root })
  if (amount === 0) return { done: 0, figures: { 'can be planted': planted.length } }
  // One copy for all, so that what is built for one is half built for the next.
  const copy = join(target, 'house')
  await rm(copy, { recursive: true, force: true })
  execFileSync('git', ['clone', '-q', root, copy])
  await cp(join(root, 'pwa/node_modules'), join(copy, 'pwa/node_modules'), { recursive: true, verbatimSymlinks: true })
  const figures = {}
  for (const one of planted.slice(0, amount)) {
    execFileSync('git', ['apply', patchOf(one.bug)], { cwd: copy })
    figures[one.bug] = await caught(copy, one)
    execFileSync('git', ['checkout', '-q', '--', '.'], { cwd: copy })
  }
  return { done: Object.keys(figures).length, figures, seed }
}

async function caught(copy, { bug, build, slice, says }) {
  const own = { CARGO_TARGET_DIR: target, RUST_BACKTRACE: '0' }
  if (build) {
    // The tests' own build, as everywhere here: a plain one would compile half the dependencies again.
    const built = await run(['test', '--locked', '--no-run', '--test', 'powercut'], { command: cargo, cwd: copy, more: own })
    if (built.code !== 0) throw new Error(`${bug} does not build: ${built.said.slice(-800)}`)
  }
  const [command, ...args] = slice
  const more = { ...own, NUANFANG: build ? join(target, 'debug/nuanfang') : program }
  const { code, said } = await run(args, { command, cwd: copy, more })
  if (code === 0) throw new Error(`${bug} was not caught`)
  const heard = says.exec(said)?.[0]
  if (!heard) throw new Error(`${bug} failed for another reason: ${said.slice(-800)}`)
  return `caught: ${heard}`
}
