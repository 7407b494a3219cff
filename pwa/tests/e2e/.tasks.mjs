import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { launchAt, pin, signIn } from './browser.mjs'
import { startFake } from './fake-server.mjs'
import { ready } from './steps.mjs'
const port = 9444
const fake = await startFake({ keepAlive: true })
const folder = await mkdtemp(join(tmpdir(), 'lh-'))
const context = await launchAt(port, folder)
function typeSoon(digits) {
  const timer = setInterval(() => {
    if (!document.querySelector('[role=group]')) return
    clearInterval(timer)
    for (const key of digits) window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  }, 50)
}
const page = await context.newPage()
await signIn(page, fake.url)
await ready(page)
await page.close()
await context.addInitScript(typeSoon, pin)
for (let run = 0; run < 4; run++) {
  const { lhr, artifacts } = await lighthouse(`${fake.url}/`, { port, output: 'json', logLevel: 'error', onlyCategories: ['performance'], disableStorageReset: true })
  const ev = artifacts.Trace.traceEvents
  const mains = ev.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => `${e.pid}:${e.tid}`)
  const tasks = ev.filter((e) => e.name === 'RunTask' || e.name === 'ThreadControllerImpl::RunTask').filter((e) => mains.includes(`${e.pid}:${e.tid}`) && e.tdur)
  const t0 = Math.min(...tasks.map((e) => e.ts))
  const over = tasks.map((e) => ({ at: Math.round((e.ts - t0) / 1000), cpu: Math.round((4 * e.tdur) / 1000), e })).filter(({ cpu }) => cpu > 50)
  console.log(Math.round(lhr.categories.performance.score * 100), 'tbt', lhr.audits['total-blocking-time'].displayValue, 'over', over.reduce((s, { cpu }) => s + cpu - 50, 0))
  for (const { at, cpu, e } of over) {
    const inside = ev.filter((x) => x.pid === e.pid && x.tid === e.tid && x.ts >= e.ts && x.ts < e.ts + e.dur && x.tdur > 2000 && x !== e)
    console.log(`   at ${at} cpu4 ${cpu}:`, inside.map((x) => `${x.name}${x.args?.data?.functionName ? '(' + x.args.data.functionName + ')' : ''} ${Math.round(x.tdur * 4 / 1000)}`).slice(0, 8).join(' | '))
  }
}
await context.close()
fake.close()
await rm(folder, { recursive: true, force: true })
process.exit(0)
