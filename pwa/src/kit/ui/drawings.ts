/** Small line drawings on a 120 × 96 ground, in the house's hand: `fill` is the warm part, `line` what is drawn in ink. */
interface Drawing {
  fill: string
  line: string
}

const ground = 'M14 84h92'
const house = 'M60 20 28 46v38h64V46Z'

export const drawings = {
  check: {
    fill: `${house}`,
    line: `${ground}M22 50 60 19l38 31M30 46v38M90 46v38M60 74c-10-7-15-12-15-19a8 8 0 0 1 15-4 8 8 0 0 1 15 4c0 7-5 12-15 19Z`,
  },
  outbox: {
    fill: 'M30 50h60v34H30Z',
    line: `${ground}M30 50v34h60V50M30 50l8-8h14M90 50l-8-8H68M30 50h18l4 8h16l4-8h18M60 44V14M50 24l10-10 10 10`,
  },
  people: {
    fill: 'M38 60a22 22 0 0 1 44 0v24H38Z',
    line: `${ground}M60 40a12 12 0 1 0 0-24 12 12 0 0 0 0 24ZM38 84V64c0-10 10-18 22-18s22 8 22 18v20M28 52a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM18 84V70c0-6 4-11 10-12M92 52a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM102 84V70c0-6-4-11-10-12`,
  },
  search: {
    fill: 'M54 66a24 24 0 1 0 0-48 24 24 0 0 0 0 48Z',
    line: 'M54 66a24 24 0 1 0 0-48 24 24 0 0 0 0 48ZM71 59l23 23M46 36c2-4 5-6 9-6M30 84h20M60 84h12',
  },
  offline: {
    fill: 'M40 66a14 14 0 0 1 0-28 20 20 0 0 1 38-5 16 16 0 0 1 3 33Z',
    line: `M40 66a14 14 0 0 1 0-28 20 20 0 0 1 38-5 16 16 0 0 1 3 33ZM54 44l14 14M68 44 54 58M30 84h60`,
  },
  today: {
    fill: 'M30 34h60v-8H30Z',
    line: `M30 26h60v58H30ZM30 40h60M44 18v14M76 18v14M44 54h8M68 54h8M44 68h8M68 68h8${ground}`,
  },
  door: {
    fill: 'M44 18h32v66H44Z',
    line: `${ground}M40 84V14h40v70M44 18h32v66M68 52v4M52 30h16M88 84V66l8-8 8 8v18`,
  },
  refresh: {
    fill: 'M60 30a22 22 0 1 1 0 44 22 22 0 0 1 0-44Z',
    line: `M82 52a22 22 0 1 1-7-16M76 24v12H64M60 40v13l8 5${ground}`,
  },
  alert: {
    fill: 'M60 20 26 78h68Z',
    line: `M60 20 26 78h68ZM60 40v18M60 66v1${ground}`,
  },
  phone: {
    fill: 'M44 22h32v50H44Z',
    line: `${ground}M40 84V20a6 6 0 0 1 6-6h28a6 6 0 0 1 6 6v64M56 78h8M60 60c-8-6-12-9-12-15a6 6 0 0 1 12-3 6 6 0 0 1 12 3c0 6-4 9-12 15Z`,
  },
  file: {
    fill: 'M38 16h32l14 14v54H38Z',
    line: `${ground}M38 84V16h32l14 14v54M70 16v14h14M50 46h22M50 58h22M50 70h12`,
  },
} as const satisfies Record<string, Drawing>

export type DrawingName = keyof typeof drawings
