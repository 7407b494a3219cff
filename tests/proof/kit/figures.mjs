// Figures of many measurements.
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] * 10) / 10
  return { p50: at(50), p99: at(99), most: at(100) }
}
