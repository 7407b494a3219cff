// Changes the rules of reconciliation and of the ledger in every small way that cargo-mutants knows, and asks their own tests to notice.
// The pure core is laid out as a package of its own in target/mutants: what is compiled a thousand times must be small.
//   node scripts/mutants.mjs [arguments for cargo-mutants]
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** A file without what it says to tables, HTTP and OpenAPI, and, in rooms that are not tried, without tests: each costs time a thousand times. */
function bare(path, text) {
  const told = '(?:utoipa::|diesel::|ToSql|FromSql|From<DieselError>|FromRequest|ResponseError)'
  const is_tried = /^server\/(?:findings|ledger)\//.test(path)
  return text
    .replace(/^use (?:actix_web|diesel|utoipa)::.*;$/gm, '')
    .replace(/,(\s*)(?:diesel::\w+::)?(?:AsExpression|FromSqlRow|ToSchema)(?=[,)])/g, '$1')
    .replace(/#\[(?:diesel|schema)\(.*\)\]/g, '')
    .replace(new RegExp(`^( *)(impl(?:<.*?>)? ${told}|pub fn of\\(request: &HttpRequest)`, 'gm'), '$1#[cfg(any())] $2')
    .replaceAll('#[cfg(test)]', is_tried ? '#[cfg(test)]' : '#[cfg(any())]')
    // Few cases, always the same: what the rules mean is held by an example at every boundary, and no mutant lives or dies by chance.
    .replace(/#!\[proptest_config\(.*\)\]/, '#![proptest_config(ProptestConfig::with_cases(32))]')
}

/** The files of a module: its own, and those in the folder of its name. */
function files(module) {
  const inside = existsSync(join(root, module)) ? readdirSync(join(root, module), { recursive: true }).map((name) => `${module}/${name}`) : []
  return [`${module}.rs`, `${module}_tests.rs`, ...inside].filter((path) => path.endsWith('.rs') && existsSync(join(root, path)))
}

rmSync(core, { recursive: true, force: true })
for (const [room, kept] of Object.entries(rooms)) {
  for (const path of kept.flatMap((name) => files(`server/${room}/${name}`))) write(path, bare(path, read(path)))
}
for (const [room, kept] of Object.entries(rooms)) write(`server/${room}/mod.rs`, slim(read(`server/${room}/mod.rs`), kept))
write('server/kit/log.rs', log)
for (const path of ['server/kit/http/problems.en.json', 'server/kit/http/problems.zh-CN.json', 'tests/vectors']) cpSync(join(root, path), join(core, path), { recursive: true })
const names = Object.keys(rooms).filter((room) => !room.includes('/'))
write('server/lib.rs', `#![allow(dead_code, unused_imports, unreachable_pub, missing_docs)]\n${names.map((room) => `pub mod ${room};`).join('\n')}\n`)
/** What of the house's dependencies the pure core needs. */
const needed = ['chrono', 'geographiclib-rs', 'proptest', 'rand', 'serde', 'serde_json', 'serde_path_to_error', 'sha2', 'tracing', 'unicode-normalization', 'uuid']
const house = read('Cargo.toml')
const dependency = (name) => new RegExp(`^${name} = .+$`, 'm').exec(house)[0]
write(
  'Cargo.toml',
  `[package]
name = "nuanfang-core"
edition = "2024"
[workspace]
[lib]
path = "server/lib.rs"
doctest = false
[dependencies]
${needed.map(dependency).join('\n')}
[profile.dev]
debug = false
[profile.dev.package."*"]
opt-level = 1
`,
)
write('Cargo.lock', read('Cargo.lock').replace('name = "nuanfang"', 'name = "nuanfang-core"'))

const chosen = tried.flatMap((glob) => ['--file', glob])
const given = ['mutants', '--dir', core, '--in-place', '--output', join(root, 'target/mutants'), ...chosen, ...process.argv.slice(2), '--', '--lib', '--', 'findings::', 'ledger::']
const env = { CARGO_TARGET_DIR: join(root, 'target/mutants/build'), PROPTEST_RNG_SEED: '1', PROPTEST_MAX_SHRINK_ITERS: '0', ...process.env }
const ran = spawnSync('cargo', given, { stdio: 'inherit', env })
process.exit(ran.status ?? 2)
