/** Millionths as a percentage with one place. */
export function share(ppm: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    ppm / 1_000_000,
  )
}

/** `0.07` as a percentage, exactly. */
export function rateWords(rate: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 4 }).format(Number(rate))
}

/** `T3/below_line`: the team's code, and the category. */
export function partsOf(stratum: string): { team: string; category: string } {
  const at = stratum.indexOf('/')
  return at < 0 ? { team: stratum, category: '' } : { team: stratum.slice(0, at), category: stratum.slice(at + 1) }
}

/** How many were drawn beyond the share, because every stratum gets some; none where the share alone was drawn. */
export function beyondShare({ size, seats }: { size: number; seats: number }): number {
  return Math.max(0, seats - size)
}

/** To the second, with the year, by the clock of China: what strangers note down and compare later. */
export function exactTime(at: string, language: string): string {
  const how = { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Asia/Shanghai' } as const
  return new Intl.DateTimeFormat(language, how).format(new Date(at))
}
