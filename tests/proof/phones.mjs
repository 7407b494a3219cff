// A thousand phones at once: each sends twenty visits in a request, and a picture of each, in its own time; together 420 visits a second.
import { Dice } from './kit/dice.mjs'
import { spread } from './kit/figures.mjs'
import { History } from './kit/history.mjs'
import { Person, lines } from './kit/http.mjs'
import { judge } from './kit/judge.mjs'
import { Phone, camera, visit } from './kit/phone.mjs'
import { serve } from './kit/program.mjs'
import { scratch } from './kit/workshop.mjs'
import { freshSeason, password } from './kit/world.mjs'
import { rest } from './kit/writers.mjs'

const phones = 1_000
const batch = 20
const visitsPerSecond = 420
/** So many that each is visited a few times, as in a season, not dozens of times. */
const homes = 60_000
/** What must be held in a run of its whole length. */
const goal = { seconds: 600, visitsPerSecond: 400, p99Ms: 1_000 }

export default async function thousandPhones({ amount, seed }) {
  const dice = new Dice(seed)
  const data = `${await scratch('phones')}/data`
  const season = await freshSeason(data, homes)
  const server = await serve(data)
  const history = new History()
  const cadre = await new Person(() => server.url, lines(phones)).signIn('cadre', password)
  const take = camera(dice, 100)
  const world = { season, history, cadre, take, next: 0, took: [], later: 0, until: performance.now() + amount * 1_000 }
  const every = (phones * batch * 1_000) / visitsPerSecond
  const since = performance.now()
  const all = Array.from({ length: phones }, (_, n) => live(world, new Phone(dice.fork(n)), (every * n) / phones, every))
  await Promise.all(all)
  const seconds = (performance.now() - since) / 1_000
  await server.stop()
  const found = await judge(data, history, season)
  const { p50, p99, most } = spread(world.took)
  const rate = Math.round(found.acknowledged / seconds)
  const isWhole = amount >= goal.seconds
  if (isWhole && (rate < goal.visitsPerSecond || p99 > goal.p99Ms)) throw new Error(`${rate} visits/s, p99 ${p99} ms`)
  return {
    done: amount,
    figures: {
      ...found,
      'visits/s': rate,
      'a request takes ms p50': p50,
      p99,
      most,
      failed: 0,
      'told to come back': world.later,
      'writes of over a second': server.slow().length,
      ...longest(server.slow()),
      ...(isWhole ? {} : { speed: 'not judged in a run this short' }),
    },
  }
}

async function live(world, phone, first, every) {
  const start = performance.now()
  for (let due = start + first; due < world.until; due += every) {
    await rest(Math.max(0, due - performance.now()))
    await world.cadre.mayGoOn()
    await once(world, phone)
  }
}

async function once(world, phone) {
  const { history, season } = world
  const taken = Array.from({ length: batch }, () => world.take(phone.dice))
  const items = taken.map((one) => phone.item('visit', visit(season, season.homes[world.next++ % season.homes.length], [one])))
  history.tries(items)
  const answer = await timed(world, () => world.cadre.call('POST', '/field/push', phone.parcel(items)))
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.text}`)
  history.answered(phone, items, answer.json())
  history.latest.length = 0
  for (const one of taken) {
    history.picturesTried.add(one.sha256)
    const sent = await timed(world, () =>
      world.cadre.call('PUT', `/evidence/${one.sha256}`, one.bytes, { 'Content-Type': one.mediaType }),
    )
    if (sent.status !== 201) throw new Error(`answered ${sent.status}: ${sent.text}`)
    history.pictures.add(one.sha256)
  }
}

/** As a phone does it: told to come back it comes back, and how long that took is all of it what the phone waited. */
async function timed(world, work) {
  const since = performance.now()
  for (;;) {
    const answer = await work()
    const again = Number(answer.headers['retry-after'])
    if (answer.status !== 503 || !again) {
      world.took.push(performance.now() - since)
      return answer
    }
    world.later += 1
    await rest(again * 1_000)
  }
}

function longest(slow) {
  const most = slow.reduce((a, b) => (a.work_ms + a.disk_ms > b.work_ms + b.disk_ms ? a : b), { work_ms: 0, disk_ms: 0 })
  return { 'of the longest the work took ms': most.work_ms, 'the disk': most.disk_ms }
}
