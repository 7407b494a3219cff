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

/** As in a season, each has a round of their own, and a home is visited a few times. */
const homesOf = (amount) => (amount < 100 ? 480 : 4_000)
/** After so many kills the whole store is held against the history, and another season begins. */
const chapter = 100

export default async function postgresKills({ amount, seed }) {
  const dice = new Dice(seed)
  const folder = await scratch('postgres')
  const postgres = await cluster(folder)
  const line = await wire(postgres.port)
  const [counts, again, refused] = [{}, [], {}]
  const sum = { visits: 0, acknowledged: 0, pictures: 0, entries: 0 }
  for (let done = 0; done < amount; done += chapter) {
    const url = postgres.addDatabase(`proof_${done}`)
    const lives = { first: done, last: Math.min(done + chapter, amount) - 1 }
    const means = { postgres, line, dice, url, data: `${folder}/${done}`, writers: writersOf(amount), homes: homesOf(amount) }
    const { found, refusals } = await oneChapter(means, lives, counts, again)
    for (const key of Object.keys(sum)) sum[key] += found[key]
    for (const [status, times] of Object.entries(refusals)) refused[status] = (refused[status] ?? 0) + times
    postgres.dropDatabase(`proof_${done}`)
  }
  line.close()
  const { p50, p99 } = spread(again)
  return {
    done: amount,
    figures: {
      writers: writersOf(amount),
      ...counts,
      ...sum,
      refused: JSON.stringify(refused).replaceAll('"', ''),
      'whole again ms p50': p50,
      'whole again ms p99': p99,
    },
  }
}

async function oneChapter({ postgres, line, dice, url, data, writers, homes }, { first, last }, counts, again) {
  const season = await makeSeason(data, homes, ['--database-url', url], writers)
  const throughLine = url.replace(`:${postgres.port}/`, `:${line.port}/`)
  const server = await serve(data, { more: ['--database-url', throughLine] })
  const history = new History()
  const crew = new Writers({ where: () => server.url, season, history, dice, count: writers, cadres: writers })
  await crew.signIn()
  for (let n = first; n <= last; n += 1) {
    await crew.mayGoOn()
    const way = ways[n % ways.length]
    const enough = crew.answers + dice.between(1, 80)
    let isWhole = false
    const working = crew.work(() => isWhole || !server.isUp(), { stays: true })
    while (crew.answers < enough && server.isUp()) await rest(3)
    if (!server.isUp()) throw new Error(`it ended by itself: ${server.words()}`)
    const since = performance.now()
    await kill[way]({ postgres, line, dice })
    await ready(server.url, since)
    again.push(performance.now() - since)
    counts[way] = (counts[way] ?? 0) + 1
    isWhole = true
    await working
    await crew.askAgain()
  }
  await crew.finish()
  await server.stop()
  return { found: await judge(data, history, season, { url }), refusals: crew.refusals }
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
