// A thousand phones at once, of a thousand cadres: each sends twenty visits of the last days in a request, and a picture of each, in its
// own time; together 420 visits a second.
import { cadreName } from './kit/crew.mjs'
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
const minute = 60_000
/** A cadre is at a door every six minutes, from morning to evening, and began sixty hours ago: none of it is late. */
const [everyMinutes, aDay, beganMinutesAgo] = [6, 96, 60 * 60]
/** What must be held in a run of its whole length. */
const goal = { seconds: 600, visitsPerSecond: 400, p99Ms: 1_000 }

export default async function thousandPhones({ amount, seed }) {
  const dice = new Dice(seed)
  const data = `${await scratch('phones')}/data`
  const season = await freshSeason(data, homes, phones)
  const server = await serve(data)
  const history = new History()
  const cadres = await signIn(server)
  const take = camera(dice, 100)
  const world = {
    season,
    history,
    take,
    began: Date.now() - beganMinutesAgo * minute,
    took: [],
    later: 0,
    until: performance.now() + amount * 1_000,
  }
  const every = (phones * batch * 1_000) / visitsPerSecond
  const since = performance.now()
  const all = cadres.map((cadre, n) =>
    live(world, { cadre, n, made: 0, phone: new Phone(dice.fork(n)) }, (every * n) / phones, every),
  )
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

async function signIn(server) {
  const agent = lines(phones)
  const cadres = Array.from({ length: phones }, () => new Person(() => server.url, agent))
  for (const [n, cadre] of cadres.entries()) (await cadre.signIn(cadreName(n), password)).goesOn()
  return cadres
}

async function live(world, whose, first, every) {
  const start = performance.now()
  for (let due = start + first; due < world.until; due += every) {
    await rest(Math.max(0, due - performance.now()))
    await whose.cadre.mayGoOn()
    await once(world, whose)
  }
}

/** The next visit of a cadre's round. */
function nextVisit({ season, take, began }, whose) {
  const turn = whose.made++
  const taken = take(whose.phone.dice)
  const home = season.homes[(turn % (homes / phones)) * phones + whose.n]
  const at = began + (Math.floor(turn / aDay) * 24 * 60 + (turn % aDay) * everyMinutes) * minute
  return { taken, item: whose.phone.item('visit', visit(season, home, [taken], new Date(at))) }
}

async function once(world, whose) {
  const { history } = world
  const { cadre, phone } = whose
  const made = Array.from({ length: batch }, () => nextVisit(world, whose))
  const items = made.map(({ item }) => item)
  history.tries(items)
  const answer = await timed(world, () => cadre.call('POST', '/field/push', phone.parcel(items)))
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.text}`)
  history.answered(phone, items, answer.json())
  history.latest.length = 0
  for (const { taken } of made) {
    history.picturesTried.add(taken.sha256)
    const sent = await timed(world, () =>
      cadre.call('PUT', `/evidence/${taken.sha256}`, taken.bytes, { 'Content-Type': taken.mediaType }),
    )
    if (sent.status !== 201) throw new Error(`answered ${sent.status}: ${sent.text}`)
    history.pictures.add(taken.sha256)
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
