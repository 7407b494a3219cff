// Changes the rules of reconciliation and of the ledger in every small way that cargo-mutants knows, and asks their own tests to notice.
// The pure core is laid out as a package of its own in target/mutants: what is compiled a thousand times must be small.
//   node scripts/mutants.mjs [arguments for cargo-mutants]
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const core = join(root, 'target/mutants/core')
const read = (path) => readFileSync(join(root, path), 'utf8')
const write = (path, text) => {
  mkdirSync(dirname(join(core, path)), { recursive: true })
  writeFileSync(join(core, path), text)
}

/** What of each room is pure: its model, and the rules that are tried. */
const rooms = {
  kit: ['clock', 'digest', 'geo', 'http', 'id', 'idnumber', 'log', 'text'],
  'kit/http': ['language', 'problem', 'words'],
  accounts: ['model'],
  households: ['model'],
  campaigns: ['model', 'policy'],
  ledger: ['model', 'rules'],
  visits: ['model'],
  findings: ['model', 'rules'],
}
/** The log without its tables. */
const log = `#[derive(Debug, Clone, Default)]
pub struct Author(pub Option<String>);
#[derive(Debug, Clone)]
pub struct Event { pub chain: String, pub verb: &'static str, pub subject_kind: &'static str, pub subject: String, pub facts: serde_json::Value }
`
const tried = ['server/findings/rules.rs', 'server/findings/rules/*.rs', 'server/ledger/rules.rs', 'server/ledger/rules/*.rs', 'server/ledger/model/*.rs']

/** A room's story with only the statements about what is kept. */
function slim(text, kept) {
  const code = text.replace(/^\s*\/\/.*$/gm, '').split(';')
  const subject = (statement) => /^(?:pub(?:\([^)]*\))? )?(?:mod|use) (\w+)/.exec(statement.trim())?.[1]
  const lines = code.filter((statement) => kept.includes(subject(statement))).map((statement) => `${statement.trim()};`)
  return `${lines.map((line) => line.replace(/^mod /, 'pub mod ')).join('\n')}\n`
}

rmSync(core, { recursive: true, force: true })
for (const [room, kept] of Object.entries(rooms)) {
  write(`server/${room}/mod.rs`, slim(read(`server/${room}/mod.rs`), kept))
  for (const name of kept) {
    for (const path of [`server/${room}/${name}.rs`, `server/${room}/${name}_tests.rs`, `server/${room}/${name}`]) {
      try {
        cpSync(join(root, path), join(core, path), { recursive: true })
      } catch (error) {
        if (error.code !== 'ENOENT') throw error
      }
    }
  }
}
write('server/kit/log.rs', log)
for (const file of ['problems.en.json', 'problems.zh-CN.json']) cpSync(join(root, 'server/kit/http', file), join(core, 'server/kit/http', file))
cpSync(join(root, 'tests/vectors'), join(core, 'tests/vectors'), { recursive: true })
const names = Object.keys(rooms).filter((room) => !room.includes('/'))
write('server/lib.rs', `#![allow(dead_code, unused_imports, unreachable_pub, missing_docs)]\n${names.map((room) => `pub mod ${room};`).join('\n')}\n`)
// The same dependencies with the same features: what is built already is built once.
const manifest = read('Cargo.toml')
  .replace('name = "nuanfang"', 'name = "nuanfang-core"')
  .replace(/^default-run.*\n/m, '')
  .replace(/\[\[(?:bin|bench)\]\]\n(?:.+\n)*/g, '')
  .replace(/\[lints\.\w+\]\n(?:.+\n)*/g, '')
write('Cargo.toml', manifest.replace('[lib]', '[workspace]\n\n[lib]'))
write('Cargo.lock', read('Cargo.lock').replace('name = "nuanfang"', 'name = "nuanfang-core"'))
cpSync(join(root, '.cargo'), join(core, '.cargo'), { recursive: true })

const files = tried.flatMap((glob) => ['--file', glob])
const given = ['mutants', '--dir', core, '--in-place', '--output', join(root, 'target/mutants'), ...files, ...process.argv.slice(2), '--', '--lib', '--', 'findings::', 'ledger::']
const ran = spawnSync('cargo', given, { stdio: 'inherit', env: { ...process.env, CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(root, 'target') } })
process.exit(ran.status ?? 2)
