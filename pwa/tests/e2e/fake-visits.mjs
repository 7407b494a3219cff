// What the server would not take of a visit, as far as the phone could get it wrong.
const needKinds = new Set(['medical', 'schooling', 'work', 'housing', 'goods', 'legal', 'other'])
const knows = new Set(['address', 'living_conditions', 'cause', 'illness', 'low_income_benefit', 'schooling', 'measure'])
const says = (text, most) => typeof text === 'string' && text.trim() !== '' && [...text].length <= most

export function visitFaults(body) {
  const faults = []
  const unless = (holds, where) => holds || faults.push(where)
  const named = Number(Boolean(body.household_id)) + Number(Boolean(body.found))
  unless(named <= 1 && (named === 1 || body.group), 'household_id')
  unless(body.started_at <= body.ended_at, 'ended_at')
  if (body.found) unless(says(body.found.name, 100), 'found/name')
  if (body.recipient) unless(says(body.recipient.name, 100), 'recipient/name')
  for (const line of body.aid) unless((line.amount_fen ?? line.quantity_milli) > 0, 'aid')
  if (body.amends) unless(says(body.amend_reason, 2000), 'amend_reason')
  for (const need of body.needs)
    unless(needKinds.has(need.kind) && ['now', 'soon', 'later'].includes(need.urgency) && says(need.words, 2000), 'needs')
  for (const [name, words] of Object.entries(body.six_knows ?? {}))
    unless(knows.has(name) && says(words, 500), `six_knows/${name}`)
  const names = body.evidence.map((one) => one.sha256)
  unless(new Set(names).size === names.length, 'evidence')
  if (body.group) groupFaults(body, unless)
  return faults
}

function groupFaults({ group, evidence }, unless) {
  unless(group.recipients.length > 0 && group.recipients.length <= 500, 'group/recipients')
  const signatures = new Set(evidence.filter((one) => one.kind === 'signature').map((one) => one.sha256))
  for (const one of group.recipients) {
    unless(says(one.name, 100) && one.amount_fen >= 0, 'group/recipients/name')
    unless(one.signature === null || signatures.has(one.signature), 'group/recipients/signature')
  }
}
