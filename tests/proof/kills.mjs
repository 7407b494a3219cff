// kill -9 under fifty writers, then ready again; SQLite and a folder.
import { Dice } from './kit/dice.mjs'
import { spread } from './kit/figures.mjs'
import { History } from './kit/history.mjs'
import { judge } from './kit/judge.mjs'
import { serve } from './kit/program.mjs'
import { scratch } from './kit/workshop.mjs'
import { freshSeason } from './kit/world.mjs'
import { Writers, rest } from './kit/writers.mjs'

const writers = 50
/** After so many kills the whole store is held against the history, and another season begins. */
const chapter = 250
const readyMs = 2_000

export default async function kills({ amount, seed }) {
  const dice = new Dice(seed)
  const folder = await scratch('kills')
  const ready = []
  const sum = { visits: 0, acknowledged: 0, pictures: 0, entries: 0 }
  for (let done = 0; done < amount; done += chapter) {
    const found = await oneChapter(dice, `${folder}/${done}`, Math.min(chapter, amount - done), ready)
    for (const key of Object.keys(sum)) sum[key] += found[key]
  }
  const { p50, p99, most } = spread(ready)
  if (amount >= 100 && p99 > readyMs) throw new Error(`ready again after ${p99} ms at the 99th percentile`)
  return { done: amount, figures: { ...sum, 'ready ms p50': p50, 'ready ms p99': p99, 'ready ms most': most } }
}

async function oneChapter(dice, data, lives, ready) {
  const season = await freshSeason(data, 400)
  const history = new History()
  let server = await serve(data)
  const crew = new Writers({ where: () => server.url, season, history, dice, count: writers })
  await crew.signIn()
  for (let life = 0; life < lives; life += 1) {
    await crew.mayGoOn()
    const enough = crew.answers + dice.between(1, 80)
    const working = crew.work(() => !server.isUp())
    while (crew.answers < enough && server.isUp()) await Promise.race([rest(3), server.ended])
    if (!server.isUp()) throw new Error(`it ended by itself: ${server.words()}`)
    await server.kill()
    await working
    server = await serve(data)
    ready.push(server.readyMs)
    await crew.askAgain()
  }
  await crew.finish()
  await server.stop()
  return judge(data, history, season)
}
