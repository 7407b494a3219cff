// PostgreSQL's backends, its postmaster and the connections to it killed under fifty writers; the program goes on by itself.
import { Dice } from './kit/dice.mjs'
import { spread } from './kit/figures.mjs'
import { History } from './kit/history.mjs'
import { judge } from './kit/judge.mjs'
import { cluster, wire } from './kit/postgres.mjs'
import { ready, serve } from './kit/program.mjs'
import { scratch } from './kit/workshop.mjs'
import { makeSeason } from './kit/world.mjs'
import { Writers, rest } from './kit/writers.mjs'

/** A slice of the run has fewer, for they stand in one queue. */
const writersOf = (amount) => (amount < 100 ? 12 : 50)
const ways = ['backend', 'connection', 'postmaster']

export default async function postgresKills({ amount, seed }) {
  const dice = new Dice(seed)
  const folder = await scratch('postgres')
  const postgres = await cluster(folder)
  const line = await wire(postgres.port)
  const data = `${folder}/data`
  const season = await makeSeason(data, 400, ['--database-url', postgres.url])
  const throughLine = postgres.url.replace(`:${postgres.port}/`, `:${line.port}/`)
  const server = await serve(data, { more: ['--database-url', throughLine] })
  const history = new History()
  const crew = new Writers({ where: () => server.url, season, history, dice, count: writersOf(amount) })
  await crew.signIn()
  const [counts, again] = [{}, []]
  let isOver = false
  const working = crew.work(() => isOver || !server.isUp(), { stays: true })
  for (let n = 0; n < amount; n += 1) {
    await crew.mayGoOn()
    const way = ways[n % ways.length]
    const enough = crew.answers + dice.between(0, 5)
    while (crew.answers < enough && server.isUp()) await rest(3)
    if (!server.isUp()) throw new Error(`it ended by itself: ${server.words()}`)
    const since = performance.now()
    await kill[way]({ postgres, line, dice })
    await ready(server.url, since)
    again.push(performance.now() - since)
    counts[way] = (counts[way] ?? 0) + 1
    await crew.askAgain()
  }
  isOver = true
  await working
  await crew.finish()
  await server.stop()
  const found = await judge(data, history, season, { url: postgres.url })
  line.close()
  const { p50, p99 } = spread(again)
  return {
    done: amount,
    figures: {
      writers: writersOf(amount),
      ...counts,
      ...found,
      refused: JSON.stringify(crew.refusals).replaceAll('"', ''),
      'whole again ms p50': p50,
      'whole again ms p99': p99,
    },
  }
}

const kill = {
  async backend({ postgres, dice }) {
    const backends = postgres.backends()
    if (backends.length > 0) process.kill(dice.one(backends), 'SIGKILL')
  },
  async connection({ line }) {
    line.cut()
  },
  postmaster: ({ postgres }) => postgres.killPostmaster(),
}
