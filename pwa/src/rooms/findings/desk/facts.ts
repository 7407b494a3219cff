/** One figure of what was expected or found: how to write it is told by its name. */
export type Measure =
  'yuan' | 'distance' | 'seconds' | 'minutes' | 'hours' | 'days' | 'speed' | 'pixels' | 'bits' | 'count' | 'goods'
export type Naming = 'moment' | 'words' | 'visit' | 'team' | 'household' | 'slip' | 'item' | 'fund' | 'hash'
export type Fact =
  | { as: Measure; key: string; value: number; unit?: string }
  | { as: Naming; key: string; value: string }
  | { as: 'yes'; key: string; value: boolean }

const measures: [RegExp, Measure][] = [
  [/_fen$/, 'yuan'],
  [/_milli$/, 'goods'],
  [/(^|_)kmh$/, 'speed'],
  [/(^|_)days$/, 'days'],
  [/_min$/, 'minutes'],
  [/(^|_)bits$/, 'bits'],
  [/_px$/, 'pixels'],
  [/_m$/, 'distance'],
  [/_s$/, 'seconds'],
  [/_h$/, 'hours'],
]
const namings: [RegExp, Naming][] = [
  [/_at$/, 'moment'],
  [/(^|_)visit(_id|s|_ids)$/, 'visit'],
  [/(^|_)team(_id|s|_ids)$/, 'team'],
  [/(^|_)household(_id|s|_ids)$/, 'household'],
  [/(^|_)(slip|entry)(_id|s|_ids)$/, 'slip'],
  [/(^|_)item(_id|s|_ids)$/, 'item'],
  [/(^|_)fund(_id|s|_ids)$/, 'fund'],
  [/(^|_)sha256$/, 'hash'],
]
const as = <T>(table: [RegExp, T][], key: string): T | undefined => table.find(([ending]) => ending.test(key))?.[1]

function factOf(key: string, value: unknown, around: Record<string, unknown>): Fact[] {
  if (typeof value === 'number') {
    const measure = as(measures, key) ?? 'count'
    const unit = measure === 'goods' && typeof around.unit === 'string' ? { unit: around.unit } : {}
    return [{ as: measure, key, value, ...unit }]
  }
  if (typeof value === 'string') return value ? [{ as: as(namings, key) ?? 'words', key, value }] : []
  if (typeof value === 'boolean') return [{ as: 'yes', key, value }]
  if (Array.isArray(value)) return value.flatMap((one) => factOf(key, one, around))
  return value && typeof value === 'object' ? factsOf(value) : []
}

/** Takes the JSON of a finding apart, however deep; a bare number or word stands under the key "value". A unit goes with its quantity. */
export function factsOf(json: unknown): Fact[] {
  if (json === null || json === undefined) return []
  if (typeof json !== 'object' || Array.isArray(json)) return factOf('value', json, {})
  const around = json as Record<string, unknown>
  const hasQuantity = Object.keys(around).some((key) => key.endsWith('_milli'))
  return Object.entries(around)
    .filter(([key]) => !(key === 'unit' && hasQuantity))
    .flatMap(([key, value]) => factOf(key, value, around))
}

/** What a key says where no words were written for it: its own, without the unit. */
export function plainKey(key: string): string {
  return key.replace(/_(fen|milli|kmh|min|px|m|s|h|at|ids?|sha256)$/, '').replaceAll('_', ' ')
}
