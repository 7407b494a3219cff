// The disk full again and again in a busy hour: answered with 507 or 503, resumed when there is room, nothing lost.
// The disk is a small one in memory, which only root may make.
import { execFileSync } from 'node:child_process'
import { mkdir, open, rm, statfs } from 'node:fs/promises'
import { Dice } from './kit/dice.mjs'
import { spread } from './kit/figures.mjs'
import { History } from './kit/history.mjs'
import { judge } from './kit/judge.mjs'
import { serve } from './kit/program.mjs'
import { scratch } from './kit/workshop.mjs'
import { freshSeason } from './kit/world.mjs'
import { Writers, rest } from './kit/writers.mjs'

const writers = 16
const diskMib = 256
/** What is kept of a season grows: so many times on one disk, then another. */
const chapter = 10
/** What a server without room may say, and 500 is nothing of it. */
const allowed = new Set(['503', '507'])

export default async function diskFull({ amount, seed }) {
  const dice = new Dice(seed)
  const sum = { visits: 0, pictures: 0, entries: 0, 'answered 507': 0, 'answered 503': 0 }
  const again = []
  for (let done = 0; done < amount; done += chapter) {
    const found = await oneDisk(dice, Math.min(chapter, amount - done), again)
    for (const key of Object.keys(sum)) sum[key] += found[key] ?? 0
  }
  return { done: amount, figures: { ...sum, 'resumed after ms p99': spread(again).p99 } }
}

async function oneDisk(dice, times, again) {
  const disk = await scratch('disk')
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMib}m`, 'tmpfs', disk])
  try {
    return await onDisk(dice, disk, times, again)
  } finally {
    execFileSync('umount', ['-l', disk])
  }
}

async function onDisk(dice, disk, times, again) {
  const [data, filler] = [`${disk}/data`, `${disk}/filler`]
  await mkdir(data)
  const season = await freshSeason(data, 100)
  const history = new History()
  const server = await serve(data)
  const crew = new Writers({ where: () => server.url, season, history, dice, count: writers })
  await crew.signIn()
  let isOver = false
  const working = crew.work(() => isOver || !server.isUp(), { stays: true, pauseMs: 15 })
  const until = async (holds, what) => {
    for (const deadline = performance.now() + 120_000; !holds(); await rest(5)) {
      if (!server.isUp()) throw new Error(`it ended: ${server.words()}`)
      if (performance.now() > deadline) throw new Error(`${what} did not come: ${JSON.stringify(crew.refusals)}`)
    }
  }
  const refused = () => Object.values(crew.refusals).reduce((sum, n) => sum + n, 0)
  for (let n = 0; n < times; n += 1) {
    const busy = crew.answers + dice.between(5, 60)
    await until(() => crew.answers >= busy, 'an answer')
    const before = refused() + dice.between(1, 40)
    await fill(disk, filler, dice.below(3) * 4_096)
    await until(() => refused() >= before, 'a refusal')
    await rm(filler)
    const [since, wanted] = [performance.now(), crew.answers + 1]
    await until(() => crew.answers >= wanted, 'an answer after there is room again')
    again.push(performance.now() - since)
  }
  isOver = true
  await working
  await crew.finish()
  await server.stop()
  const errors = server.errors()
  const others = Object.keys(crew.refusals).filter((status) => !allowed.has(status))
  if (others.length > 0) throw new Error(`a full disk was answered with ${JSON.stringify(crew.refusals)}: ${errors}`)
  const found = await judge(data, history, season)
  return { ...found, 'answered 507': crew.refusals[507], 'answered 503': crew.refusals[503] }
}

/** Takes all room but so many bytes. */
async function fill(disk, filler, left) {
  const file = await open(filler, 'w')
  const piece = Buffer.alloc(64 << 10)
  try {
    for (;;) {
      const { bavail, bsize } = await statfs(disk)
      const room = bavail * bsize - left
      if (room <= 0) break
      await file.write(piece, 0, Math.min(piece.length, room))
    }
  } catch (cause) {
    // Somebody else took the last of it.
    if (cause.code !== 'ENOSPC') throw cause
  } finally {
    await file.close()
  }
}
