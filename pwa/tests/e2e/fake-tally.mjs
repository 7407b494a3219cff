// What the door holds from one phone: item by item, picture by picture, and the numbers that are missing between them.
export function tallyOf(state, device) {
  const own = [...state.items].filter(([, item]) => item.device === device)
  const named = own.flatMap(([, item]) => item.body.evidence.map((one) => one.sha256))
  const held = (names) => names.filter((name) => state.evidence.has(name)).length
  const items = own
    .map(([id, { sequence, kind, body }]) => {
      const names = body.evidence.map((one) => one.sha256)
      return { id, sequence, kind, state: 'stored', pictures_named: names.length, pictures_held: held(names) }
    })
    .sort((a, b) => b.sequence - a.sequence)
  const highest = state.tails.get(device)?.sequence ?? 0
  return {
    server_time: new Date().toISOString(),
    accepted_through: highest,
    highest,
    gaps: [],
    items,
    visits: items.filter((item) => item.kind === 'visit').length,
    pictures_named: named.length,
    pictures_held: held(named),
    missing: named.filter((name) => !state.evidence.has(name)),
  }
}
