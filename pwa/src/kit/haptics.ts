/** A short pulse that is felt with the phone in a glove or a pocket: a tick for a press, one for done, two for a refusal. */
const pulses = { tick: [12], good: [20], warn: [30, 60, 30] } as const

export type Pulse = keyof typeof pulses

/** Whoever asked the system for less motion is not shaken either; a phone that cannot, or may not, stays still. */
export function pulse(kind: Pulse): void {
  if (typeof navigator.vibrate !== 'function') return
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  navigator.vibrate([...pulses[kind]])
}
