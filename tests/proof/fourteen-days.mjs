// Fourteen days without a line, then one of 64 kbit/s of which every fifth connection is cut: everything arrives, and at most 1.1 bytes are
// sent for each that is needed. The phone is the app's own code (its store, its outbox, its sending), the server the real one.
//
// Time runs faster: the line carries `pace` times as much, and every clock the app reads (Date, performance, timers) runs `pace` times as
// fast, so that to the app it is 64 kbit/s and every wait is as long as it would be. What does not shrink with it are the server's
// answering and this machine's work: to the app they seem slower by `pace`, never faster.
import { fork } from 'node:child_process'
import { Dice } from './kit/dice.mjs'
import { History } from './kit/history.mjs'
import { Person } from './kit/http.mjs'
import { judge } from './kit/judge.mjs'
import { serve } from './kit/program.mjs'
import { thinLine } from './kit/thin-line.mjs'
import { scratch } from './kit/workshop.mjs'
import { freshSeason, password } from './kit/world.mjs'

const lineBytes = 8_000
const cutEvery = 5
const picturesEach = 4
const most = 1.1

export default async function fourteenDays({ amount, seed }) {
  const dice = new Dice(seed)
  const isSlice = amount < 10
  const [pace, pictureBytes] = isSlice ? [40, 40_000] : [20, 300_000]
  const data = `${await scratch('fourteen')}/data`
  const season = await freshSeason(data, 100)
  const server = await serve(data)
  const person = await new Person(() => server.url).signIn('cadre', password)
  const line = await thinLine(() => server.url, { bytesPerSecond: lineBytes * pace, cutEvery, dice: dice.fork('line') })
  const me = await person.done('GET', '/me')
  const told = await phone(person, {
    office: server.url,
    url: line.url,
    pace,
    season,
    me,
    token: person.token,
    visits: amount,
    picturesEach,
    pictureBytes,
    seed,
  })
  line.close()
  await server.stop()
  const history = new History()
  history.tries(told.items)
  for (const { id, state, receipt, problem } of told.deliveries) {
    if (state !== 'received') throw new Error(`visit ${id} is ${state}: ${problem?.code}`)
    history.acknowledged.set(id, receipt)
  }
  for (const { sha256, arrived } of told.pictures) {
    history.picturesTried.add(sha256)
    if (arrived) history.pictures.add(sha256)
  }
  const found = await judge(data, history, season)
  if (history.acknowledged.size !== amount || history.pictures.size !== amount * picturesEach)
    throw new Error(`not all arrived: ${JSON.stringify(found)}`)
  const ratio = Math.round((line.sent / told.needed) * 1e4) / 1e4
  // A few small pictures say little of a line; the whole is held to it.
  if (!isSlice && ratio > most) throw new Error(`${ratio} bytes sent for each needed`)
  return {
    done: amount,
    figures: {
      ...found,
      'MB needed': told.needed / 1e6,
      'bytes sent for each needed': ratio,
      connections: line.connections,
      cut: line.cuts,
      'hours on the line': told.hours,
      'time ran faster by': pace,
    },
  }
}

/** The app in a process of its own, for its clocks are not ours. */
async function phone(person, wish) {
  const app = fork(new URL('./kit/app-phone.mjs', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  process.on('exit', () => app.kill('SIGKILL'))
  const told = new Promise((resolve, reject) => {
    app.on('message', (message) => {
      if (message.wantsToken) void person.again().then(() => app.send({ token: person.token }), reject)
      else resolve(message)
    })
    app.once('exit', (code) => reject(new Error(`the app's process ended with ${code}`)))
  })
  app.send(wish)
  return told.finally(() => app.kill())
}
