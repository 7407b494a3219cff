// The long runs of docs/proof.md.
//   scripts/proof                        every row at its goal; hours
//   scripts/proof ROW [amount] [seed]    one row; the page's row is rewritten
//   scripts/proof slice                  a little of each, for `make test`; the page stays as it is
//   scripts/proof list
// PROOF_PROFILE=debug takes the tests' own build of the program instead of the release.
import { keep, write } from './kit/report.mjs'
import { profile } from './kit/program.mjs'
import { rows } from './rows.mjs'

const usualSeed = 2027

async function runRow(name, amount, seed) {
  const { default: tell } = await import(`./${rows[name].file}`)
  const since = performance.now()
  const report = {
    row: name,
    amount,
    seed,
    profile: profile ?? 'another build beside',
    command: `scripts/proof ${name} ${amount} ${seed}`,
  }
  try {
    Object.assign(report, await tell({ amount, seed, name }))
  } catch (cause) {
    Object.assign(report, { done: 0, wrong: cause.message, stack: cause.stack })
  }
  return { ...report, seconds: (performance.now() - since) / 1_000 }
}

function say(report) {
  const figures = Object.entries(report.figures ?? {}).map(([name, value]) => `${name} ${value}`)
  console.log(
    `${report.wrong ? 'FAILED' : 'held  '}  ${report.row} ${report.amount}, seed ${report.seed}, ${report.seconds.toFixed(0)} s\n        ${report.stack ?? figures.join(', ')}`,
  )
  return !report.wrong
}

async function slices() {
  let held = true
  for (const [name, row] of Object.entries(rows))
    if (row.slice !== null) held = say(await runRow(name, row.slice, usualSeed)) && held
  return held
}

async function whole(name, amount, seed) {
  const report = keep(await runRow(name, amount, seed))
  write(report, rows[name])
  return say(report)
}

const [word, amount, seed] = process.argv.slice(2)
let held = true
if (word === 'list')
  for (const [name, row] of Object.entries(rows)) console.log(`${name.padEnd(15)} ${String(row.goal).padStart(8)}  ${row.what}`)
else if (word === 'slice') held = await slices()
else if (word === undefined)
  for (const [name, row] of Object.entries(rows)) held = (await whole(name, row.goal, usualSeed)) && held
else if (rows[word]) held = await whole(word, Number(amount ?? rows[word].goal), Number(seed ?? usualSeed))
else {
  console.error(`there is no row ${word}; \`scripts/proof list\` names them`)
  process.exit(2)
}
process.exit(held ? 0 : 1)
