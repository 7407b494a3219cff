/**
 * A full or damaged phone can reset the whole database without a word. The last sequence number is therefore
 * noted outside it too, so that a loss is told to the person instead of being found at the office.
 */
interface Canary {
  device: string
  sequence: number
}

const canaryKey = (userId: string) => `nuanfang.canary.${userId}`
const generationKey = (userId: string) => `nuanfang.generation.${userId}`

export function noteSealed(userId: string, canary: Canary): void {
  localStorage.setItem(canaryKey(userId), JSON.stringify(canary))
}

/** How many sealed visits the canary knows and the store does not. */
export function lostSince(userId: string, device: string, lastSequence: number): number {
  const text = localStorage.getItem(canaryKey(userId))
  if (!text) return 0
  const canary = JSON.parse(text) as Canary
  if (canary.device !== device) return canary.sequence
  return Math.max(0, canary.sequence - lastSequence)
}

export function generationOf(userId: string): number {
  return Number(localStorage.getItem(generationKey(userId)) ?? 0)
}

export function nextGeneration(userId: string): number {
  const next = generationOf(userId) + 1
  localStorage.setItem(generationKey(userId), String(next))
  return next
}
