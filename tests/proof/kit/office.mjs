// The desk at work: money comes in, goes out to the team, comes back.
export function entry(season, dice, kind, fen = 100) {
  const lines = [{ kind: 'cash', fund_id: season.fund, amount_fen: fen }]
  const body = { id: dice.id(), kind, campaign_id: season.campaign, happened_at: new Date().toISOString(), words: '续拨', lines }
  if (kind === 'receipt') body.fund_id = season.fund
  else body.team_id = season.team
  return { id: body.id, kind, fen, text: JSON.stringify(body) }
}
