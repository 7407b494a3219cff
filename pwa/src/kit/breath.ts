type Scheduler = { yield?: () => Promise<void> }

/** Between two pieces of work the browser may paint and hear the thumb: a slow phone stands still for no longer than one of them. */
export function breath(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }
  if (scheduler?.yield) return scheduler.yield()
  return new Promise((resolve) => setTimeout(resolve))
}
