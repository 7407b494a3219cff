import { type Scene, type Preview, ask, cashOf, handsOver } from './scene'

/** I01: whoever took the aid is neither head nor member and no reason is given, or nobody is named. */
export function unknownRecipient({ said, file }: Scene): Preview[] {
  if (!file) return []
  const expected = { names_on_file: file.names.length }
  const { recipient } = said
  if (!recipient) return handsOver(said) && !said.group ? ask('I01', 'review', 'recipient', expected, { is: 'nobody' }) : []
  const isKnown = file.names.some((name) => folded(name) === folded(recipient.name))
  if (isKnown || hasWords(recipient.proxy_reason)) return []
  return ask('I01', 'review', 'recipient', expected, { is: 'proxy', relation: recipient.relation })
}

/** G01: a group's recipients do not add up to the total, or the cash handed over is not that total. */
export function rosterDoesNotAddUp({ said: { group, aid } }: Scene): Preview[] {
  if (!group) return []
  const { recipients, total_fen } = group
  const sum = recipients.reduce((all, one) => all + one.amount_fen, 0)
  const cash = cashOf(aid)
  if (sum !== total_fen)
    return ask('G01', 'block', 'group', { recipients: recipients.length, total_fen: sum }, { is: 'sum', total_fen })
  return cash === total_fen ? [] : ask('G01', 'block', 'group', { total_fen }, { is: 'aid', total_fen: cash })
}

/** A name as it is compared: without spaces and the dots in names of many peoples; letter by letter, as the server folds it. */
function folded(name: string): string {
  return Array.from(name.replace(/[\p{White_Space}·•.・]/gu, ''), (letter) => letter.toLowerCase()).join('')
}

const hasWords = (text: string | null | undefined) => /\P{White_Space}/u.test(text ?? '')
