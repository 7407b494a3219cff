// A row that is a test of the server's own: tests/powercut.rs.
import { child, root } from './kit/program.mjs'

export default async function powerCuts({ amount, seed }) {
  const environment = { ...process.env, POWER_CUTS: String(amount), SEED: String(seed), RUST_BACKTRACE: '0' }
  const line = ['test', '--release', '--locked', '--test', 'powercut', '--', '--nocapture', '--test-threads', '1']
  const test = child(process.env.CARGO ?? 'cargo', line, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [test.stdout, test.stderr]) stream.on('data', (chunk) => (said += chunk))
  const code = await new Promise((resolve) => test.once('close', resolve))
  if (code !== 0) throw new Error(/panicked at[\s\S]{0,1500}/.exec(said)?.[0] ?? said.slice(-1_500))
  const told = [...said.matchAll(/(\d+) power cuts among (\d+) calls, (\d+) visits and (\d+) pictures/g)]
  const figures = Object.fromEntries(
    told.map(([, cuts, calls, visits, pictures], n) => [
      n === 0 ? 'through a checkpoint' : 'from the start on',
      `${cuts} cuts among ${calls} calls, ${visits} visits and ${pictures} pictures acknowledged`,
    ]),
  )
  return { done: told.reduce((sum, [, cuts]) => sum + Number(cuts), 0), figures, profile: 'release' }
}
