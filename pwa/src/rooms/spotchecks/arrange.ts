import { distanceM } from '@/kit/position/distance'
import { type Place, toWgs84 } from '@/kit/position/datum'
import type { Checks } from './readChecks'

type Open = Checks['open'][number]

const folded = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

/** What was begun first; then by the way there, where it is known from where; else as the server told them. */
export function arrange(
  open: readonly Open[],
  query: string,
  here: Place | null,
  initials: ((text: string) => string) | null = null,
): (Open & { distance_m: number | null })[] {
  const wanted = folded(query)
  const far = ({ home }: Open) => (home && here ? distanceM(here, toWgs84(home, home.datum)) : null)
  return open
    .filter(({ head_name, address }) =>
      [head_name, address, ...(initials ? [initials(head_name), initials(address)] : [])].some((text) =>
        folded(text).includes(wanted),
      ),
    )
    .map((check) => ({ ...check, distance_m: far(check) }))
    .sort(
      (a, b) => Number(b.begun) - Number(a.begun) || (a.distance_m ?? Infinity) - (b.distance_m ?? Infinity) || a.place - b.place,
    )
}
