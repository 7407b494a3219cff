/** What came of one lot: how many were done, how many stood there already, and which were refused and why. */
export interface LotDone {
  done: number
  unchanged: number
  refused: { id: string; why: string }[]
}
export interface Work {
  done: number
  unchanged: number
  refused: Map<string, string>
  /** Asked for and not come to: stopped, or the line went. They stay picked. */
  left: string[]
  wrong: unknown
}

/** As many as a request carries: short enough to be stopped between two, long enough that thousands are soon done. */
export const lotSize = 500

/**
 * Does something with many households, lot after lot. What was done stays done: a stop or a lost line leaves the rest,
 * and what the server refuses is kept with its reason.
 */
export async function inLots(
  ids: readonly string[],
  work: (lot: string[]) => Promise<LotDone>,
  told: (through: number) => void = () => undefined,
  isStopped: () => boolean = () => false,
): Promise<Work> {
  const all: Work = { done: 0, unchanged: 0, refused: new Map(), left: [], wrong: null }
  for (let from = 0; from < ids.length; from += lotSize) {
    if (isStopped()) return { ...all, left: ids.slice(from) }
    const lot = ids.slice(from, from + lotSize)
    try {
      const { done, unchanged, refused } = await work(lot)
      all.done += done
      all.unchanged += unchanged
      for (const { id, why } of refused) all.refused.set(id, why)
    } catch (cause) {
      return { ...all, left: ids.slice(from), wrong: cause }
    }
    told(Math.min(from + lotSize, ids.length))
  }
  return all
}
