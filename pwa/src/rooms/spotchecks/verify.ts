import { sha256Hex } from '@/kit/hash'

/** The proof of a draw, as the server exports it. */
export interface Proof {
  kind: string
  k: number
  commitment: string
  campaign_seed: string | null
  draw_seed: string
  rate: string
  min_per_stratum: number
  root: string
  seats: Record<string, number>
  frame: [string, string][]
  drawn: string[]
}
/** Past so many households a page would stand still; the program on a desk does it in seconds. */
export const mostVerified = 20_000

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
const encoder = new TextEncoder()
function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
/** Bytewise: names are compared as UTF-8, which for these letters is the order of their code points. */
const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** `ceil(rate · n)` in whole numbers. */
function share(rate: string, count: number): number {
  const [whole = '0', places = ''] = rate.split('.')
  const millionths = BigInt(whole) * 1_000_000n + BigInt(places.padEnd(6, '0'))
  return Math.max(1, Number((millionths * BigInt(count) + 999_999n) / 1_000_000n))
}

function seatsOf(strata: Map<string, string[]>, size: number, all: number, least: number): Record<string, number> {
  const names = [...strata.keys()].sort(inOrder)
  const count = (name: string) => strata.get(name)?.length ?? 0
  const seats = new Map(names.map((name) => [name, Math.floor((size * count(name)) / all)]))
  const left = size - [...seats.values()].reduce((sum, one) => sum + one, 0)
  const byFraction = [...names].sort((a, b) => ((size * count(b)) % all) - ((size * count(a)) % all) || inOrder(a, b))
  for (const name of byFraction.slice(0, left)) seats.set(name, (seats.get(name) ?? 0) + 1)
  return Object.fromEntries(names.map((name) => [name, Math.max(seats.get(name) ?? 0, Math.min(least, count(name)))]))
}

async function drawnOf(
  proof: Proof,
  strata: Map<string, string[]>,
  seats: Record<string, number>,
  root: string,
): Promise<string[]> {
  const drawn: string[] = []
  const before = joined(bytesOf(proof.draw_seed), bytesOf(root))
  for (const [name, ids] of strata) {
    const scored = await Promise.all(ids.map(async (id) => ({ id, score: await sha256Hex(joined(before, encoder.encode(id))) })))
    scored.sort((a, b) => inOrder(a.score, b.score))
    drawn.push(...scored.slice(0, seats[name] ?? 0).map((one) => one.id))
  }
  return drawn.sort(inOrder)
}

const same = (a: Record<string, number>, b: Record<string, number>): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => a[name] === b[name])

export type Part = 'commitment' | 'draw_seed' | 'root' | 'seats' | 'drawn'

/** Repeats a draw, here and now; the parts in which the proof differs from it. */
export async function differences(proof: Proof): Promise<Part[]> {
  const wrong: Part[] = []
  if (proof.campaign_seed !== null) {
    const seed = bytesOf(proof.campaign_seed)
    if ((await sha256Hex(joined(seed))) !== proof.commitment) wrong.push('commitment')
    const own = await sha256Hex(joined(seed, encoder.encode(proof.kind), Uint8Array.of(proof.k)))
    if (own !== proof.draw_seed) wrong.push('draw_seed')
  }
  const frame = [...proof.frame].sort((a, b) => inOrder(a[0], b[0]))
  const root = await sha256Hex(frame.map(([id, stratum]) => `${id}\t${stratum}\n`).join(''))
  if (root !== proof.root) wrong.push('root')
  const strata = new Map<string, string[]>()
  for (const [id, stratum] of frame) {
    const there = strata.get(stratum)
    if (there) there.push(id)
    else strata.set(stratum, [id])
  }
  const seats = seatsOf(strata, share(proof.rate, frame.length), frame.length, proof.min_per_stratum)
  if (!same(seats, proof.seats)) wrong.push('seats')
  const drawn = await drawnOf(proof, strata, seats, root)
  if (drawn.join() !== [...proof.drawn].sort(inOrder).join()) wrong.push('drawn')
  return wrong
}
