// Seals and opens for another implementation to check, one JSON line {aad, plain, envelope} (base64) for each:
//   node crossing.mjs seal <public key, base64> <key id> <how many>   prints them, sealed by the phone's own code
//   node crossing.mjs open <private key, base64 of 32 bytes> [flip]   reads them, opens each; exit 1 on any that is not as it says
// With `flip` every envelope is also tried with one bit of it changed, another bit each time: none may open.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createServer } from 'vite'
import { keyIdOf, openEnvelope, privateKeyFrom } from './envelopes.mjs'

const atOnce = 64
const fromBase64 = (text) => new Uint8Array(Buffer.from(text, 'base64'))
const toBase64 = (bytes) => Buffer.from(bytes).toString('base64')
const hex = (bytes) => Buffer.from(bytes).toString('hex')
const [mode, ...given] = process.argv.slice(2)

/** What the phone seals: items, pictures and its own key, of many lengths; every hundredth as large as a picture is. */
function* things(count) {
  for (let at = 0; at < count; at += 1) {
    const id = crypto.randomUUID()
    const length = at % 100 === 99 ? 300_000 : (at * 37) % 5000
    const plain = new Uint8Array(length)
    for (let from = 0; from < length; from += 65_536) crypto.getRandomValues(plain.subarray(from, from + 65_536))
    const aads = [
      `item\n${id}\nvisit`,
      `item\n${id}\nacknowledge`,
      `picture\n${hex(plain.subarray(0, 32))}`,
      `vault\n${id}\n${id}`,
    ]
    yield { plain, aad: aads[at % aads.length] }
  }
}

async function say(text) {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Node cannot read the phone's own code as it stands. */
async function withPhone(work) {
  const root = new URL('../', import.meta.url).pathname
  const server = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  try {
    await work(await server.ssrLoadModule('/src/local/envelope.ts'))
  } finally {
    await server.close()
  }
}

const seal = (public_key, id, count) => withPhone((phone) => sealAll(phone, { id, public_key }, count))

async function sealAll({ sealTo }, key, count) {
  const line = async ({ plain, aad }) => {
    const sealed = await sealTo(key, plain, aad)
    return `${JSON.stringify({ aad, plain: toBase64(plain), envelope: toBase64(sealed) })}\n`
  }
  let batch = []
  for (const thing of things(count)) {
    batch.push(line(thing))
    if (batch.length < atOnce) continue
    await say((await Promise.all(batch)).join(''))
    batch = []
  }
  await say((await Promise.all(batch)).join(''))
}

/** What is wrong with one line; null when nothing is. */
async function wrongWith(text, number, { privateKey, flip }) {
  const { aad, plain, envelope } = JSON.parse(text)
  const bytes = fromBase64(envelope)
  const opens = (changed) => openEnvelope({ id: keyIdOf(bytes), privateKey }, changed, aad).catch(() => null)
  const opened = await opens(bytes)
  if (!opened) return `line ${number} does not open`
  if (Buffer.compare(opened, Buffer.from(plain, 'base64')) !== 0) return `line ${number} opens to something else`
  if (!flip) return null
  const changed = Uint8Array.from(bytes)
  // A prime step walks over head, key, ciphertext and tag, and through all bits of a byte.
  const bit = (number * 7919) % (bytes.length * 8)
  changed[bit >> 3] ^= 1 << (bit & 7)
  return (await opens(changed)) ? `line ${number} opens with bit ${bit} changed` : null
}

async function open(key, flip) {
  const how = { privateKey: await privateKeyFrom(fromBase64(key)), flip }
  let [number, wrong] = [0, 0]
  const judge = async (batch) => {
    for (const words of await Promise.all(batch)) {
      if (!words) continue
      wrong += 1
      console.error(words)
    }
  }
  let batch = []
  for await (const text of createInterface({ input: process.stdin })) {
    batch.push(wrongWith(text, (number += 1), how))
    if (batch.length < atOnce) continue
    await judge(batch)
    batch = []
  }
  await judge(batch)
  console.error(`${number - wrong} of ${number} opened as they were sealed`)
  process.exitCode = wrong > 0 || number === 0 ? 1 : 0
}

if (mode === 'seal' && given.length === 3) await seal(given[0], given[1], Number(given[2]))
else if (mode === 'open' && given.length > 0) await open(given[0], given[1] === 'flip')
else {
  console.error('seal <public key> <key id> <how many> | open <private key> [flip]')
  process.exitCode = 2
}
