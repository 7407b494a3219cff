import { type Day, type DayAhead, everyDay } from './progress'

/** A day of the burn-up: what was reached by its end, or what is to be expected. */
export interface Point {
  day: string
  reached: number | null
  expected: number | null
  low: number | null
  high: number | null
}

/** Days behind, then days ahead; today is the last one behind and the first one ahead, so that the lines meet. */
export function burnUp(days: readonly Day[], ahead: readonly DayAhead[], reached: number): Point[] {
  const shown = everyDay(days, 60)
  const cut = ahead[0]?.day ?? '9999-12-31'
  const behind = shown.filter((day) => day.day < cut)
  const since = shown.filter((day) => day.day >= cut).reduce((sum, day) => sum + day.reached, 0)
  let sum = reached - since - behind.reduce((all, day) => all + day.reached, 0)
  const points: Point[] = behind.map((day) => {
    sum += day.reached
    return { day: day.day, reached: sum, expected: null, low: null, high: null }
  })
  const last = points.at(-1)
  if (last && ahead.length > 0) Object.assign(last, { expected: last.reached, low: last.reached, high: last.reached })
  return [...points, ...ahead.map((day) => ({ ...day, reached: null }))]
}

/** Thousandths as people say them: one place below ten, whole numbers above. */
export function perDay(milli: number, language: string): string {
  const value = milli / 1000
  return new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
}
