// Answers lost after the server did what was asked: sent again with the same id, everything is there once and nothing is called a conflict.
import { Dice } from './kit/dice.mjs'
import { History } from './kit/history.mjs'
import { Cut, Person, lines } from './kit/http.mjs'
import { judge } from './kit/judge.mjs'
import { entry } from './kit/office.mjs'
import { Phone, picture, visit } from './kit/phone.mjs'
import { serve } from './kit/program.mjs'
import { losing } from './kit/proxy.mjs'
import { scratch } from './kit/workshop.mjs'
import { freshSeason, password } from './kit/world.mjs'
import { storeAt, all } from './kit/store.mjs'
import { rest } from './kit/writers.mjs'

const workers = 24
const lossPercent = 70
const hastyPercent = 15
const kinds = ['visit', 'picture', 'refresh', 'issue', 'return']

export default async function lostAnswers({ amount, seed }) {
  const dice = new Dice(seed)
  const data = `${await scratch('lost')}/data`
  const season = await freshSeason(data, 400)
  const server = await serve(data)
  const fates = dice.fork('fates')
  const fate = () => {
    const throwing = fates.unit() * 100
    if (throwing < hastyPercent) return 'hasty'
    return throwing < lossPercent ? 'lost' : 'answer'
  }
  const proxy = await losing(() => server.url, fate)
  const world = { season, history: new History(), share: Math.ceil(amount / kinds.length), lost: proxy.lost, tries: 0 }
  const here = () => proxy.url
  const straight = () => server.url
  const centre = await new Person(here).signIn('centre', password, straight)
  const begun = []
  for (let n = 0; n < workers; n += 1) {
    const cadre = await new Person(here, lines(4)).signIn('cadre', password, straight)
    begun.push(work(world, dice.fork(n), cadre, centre))
  }
  await Promise.all(begun)
  await proxy.close()
  await server.stop()
  const store = storeAt(data)
  const [[ended]] = await all(store, ['count(*)'], 'FROM sessions WHERE ended_why IS NOT NULL')
  if (ended !== 0) throw new Error(`${ended} honest sessions were ended`)
  const found = await judge(data, world.history, season)
  // Everything was answered in the end, so nothing may be there beside what was acknowledged.
  if (found.visits !== found.acknowledged) throw new Error(`${found.visits} visits for ${found.acknowledged} that were made`)
  return { done: proxy.lost.total, figures: { ...proxy.lost, tries: world.tries, ...found } }
}

/** Goes on until enough answers of every kind were lost. */
async function work(world, dice, cadre, centre) {
  const phone = new Phone(dice)
  for (;;) {
    const wanted = kinds.filter((kind) => (world.lost[kind] ?? 0) < world.share)
    if (wanted.length === 0) return
    await deeds[dice.one(wanted)](world, dice, { phone, cadre, centre })
  }
}

/** The same words, until an answer comes; who is told to come back does. */
async function untilAnswered(world, kind, person, method, path, body, headers = {}) {
  for (;;) {
    world.tries += 1
    await person.mayGoOn()
    try {
      const answer = await person.call(method, path, body, { ...headers, 'X-Kind': kind })
      if (answer.status !== 503) return answer
      await rest(answer.headers['retry-after'] * 1_000)
    } catch (cause) {
      if (!(cause instanceof Cut)) throw cause
    }
  }
}

function mustBe(answer, statuses) {
  if (!statuses.includes(answer.status)) throw new Error(`answered ${answer.status}: ${answer.text}`)
  return answer
}

const deeds = {
  async visit(world, dice, { phone, cadre }) {
    const items = Array.from({ length: dice.between(1, 3) }, () =>
      phone.item('visit', visit(world.season, dice.one(world.season.homes))),
    )
    world.history.tries(items)
    const answer = await untilAnswered(world, 'visit', cadre, 'POST', '/field/push', phone.parcel(items))
    world.history.answered(phone, items, mustBe(answer, [200]).json())
  },
  async picture(world, dice, { cadre }) {
    const taken = picture(dice)
    world.history.picturesTried.add(taken.sha256)
    const answer = await untilAnswered(world, 'picture', cadre, 'PUT', `/evidence/${taken.sha256}`, taken.bytes, {
      'Content-Type': taken.mediaType,
    })
    mustBe(answer, [200, 201])
    world.history.pictures.add(taken.sha256)
  },
  async refresh(world, dice, { cadre }) {
    const said = { Cookie: cadre.cookie, 'X-Requested-With': 'proof' }
    cadre.take(mustBe(await untilAnswered(world, 'refresh', cadre, 'POST', '/session/refresh', '', said), [200]))
  },
  issue: (world, dice, { centre }) => book(world, dice, centre, 'issue'),
  return: (world, dice, { centre }) => book(world, dice, centre, 'return'),
}

async function book(world, dice, centre, kind) {
  // What is issued comes in first, so that the store is never empty.
  for (const one of kind === 'issue' ? ['receipt', 'issue'] : [kind]) {
    const made = entry(world.season, dice, one)
    world.history.entriesTried.set(made.id, { kind: one, fen: made.fen })
    mustBe(await untilAnswered(world, one, centre, 'POST', '/ledger/entries', made.text), [200, 201])
    world.history.entries.add(made.id)
  }
}
