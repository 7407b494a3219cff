// What a run found, as a line in target/proof/ and as a row of docs/proof.md. Only rows that ran are replaced.
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from './program.mjs'

const page = join(root, 'docs/proof.md')
const [begin, end] = ['<!-- rows: written by scripts/proof -->', '<!-- end of rows -->']

function commit() {
  const git = (...args) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim()
  // What a run writes down does not make the program another one.
  const isClean = git('status', '--porcelain', '--', ':!docs/proof.md') === ''
  return git('rev-parse', '--short=10', 'HEAD') + (isClean ? '' : ' and changes')
}

export function machine() {
  const { model } = cpus()[0]
  return `${cpus().length} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release().split('-')[0]}`
}

/** A line, for programs. */
export function keep(report) {
  const folder = join(root, 'target/proof')
  mkdirSync(folder, { recursive: true })
  const whole = { ...report, commit: commit(), machine: machine(), at: new Date().toISOString() }
  appendFileSync(join(folder, `${report.row}.json`), `${JSON.stringify(whole)}\n`)
  return whole
}

const number = (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : value)
const cell = (text) => String(text).replaceAll('|', '/').replaceAll('\n', ' ')

function line(report, { what, goal, isAtMost }) {
  const figures = Object.entries(report.figures ?? {}).map(([name, value]) => `${name} ${number(value)}`)
  const result = report.wrong
    ? `**failed**: ${cell(report.wrong).slice(0, 300)}`
    : `held${figures.length ? `: ${figures.join(', ')}` : ''}`
  const cells = [
    what,
    isAtMost ? 'every one' : number(goal),
    number(report.done),
    result,
    report.seed,
    number(Math.round(report.seconds)),
    `${report.profile} ${report.commit}`,
    `\`${report.command}\``,
    report.at.slice(0, 10),
    report.machine,
  ]
  return `| ${cells.map(cell).join(' | ')} |`
}

/** Puts the row into the page. */
export function write(report, row) {
  const text = readFileSync(page, 'utf8')
  const [before, rest] = text.split(begin)
  const [table, after] = rest.split(end)
  const [head, rule, ...lines] = table.trim().split('\n')
  const isThis = (old) => old.startsWith(`| ${row.what} |`)
  const fresh = line(report, row)
  const kept = lines.some(isThis) ? lines.map((old) => (isThis(old) ? fresh : old)) : [...lines, fresh]
  writeFileSync(page, `${before}${begin}\n${[head, rule, ...kept].join('\n')}\n${end}${after}`)
}
