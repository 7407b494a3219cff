// A scripted day of one phone and the desk, one thing after the other, always the same: what goes wrong is sent again, word for word.
import { Cut, Person } from './http.mjs'
import { entry } from './office.mjs'
import { Phone, picture, visit } from './phone.mjs'
import { password } from './world.mjs'
import { rest } from './writers.mjs'

/** Answers that mean: nothing was done, come again. */
const later = new Set([500, 503, 507])
const mostTries = 40

/** The day's deeds, in order; each is sent until it is answered. */
export function deeds(season, history, dice, visits) {
  const phone = new Phone(dice)
  const list = []
  for (let n = 0; n < visits; n += 1) {
    const taken = picture(dice)
    list.push({ what: 'picture', taken })
    list.push({
      what: 'visit',
      phone,
      items: [phone.item('visit', visit(season, season.homes[n % season.homes.length], [taken]))],
    })
    if (n % 3 === 0)
      for (const kind of ['receipt', 'issue', 'return']) list.push({ what: 'entry', made: entry(season, dice, kind) })
  }
  for (const { what, taken, items, made } of list) {
    if (what === 'picture') history.picturesTried.add(taken.sha256)
    else if (what === 'visit') history.tries(items)
    else history.entriesTried.set(made.id, { kind: made.kind, fen: made.fen })
  }
  return list
}

export class Day {
  constructor(where, history) {
    Object.assign(this, { where, history, refusals: {} })
  }

  async signIn(whenCut) {
    for (const name of ['cadre', 'centre']) {
      this[name] = new Person(this.where)
      for (let tries = 0; !this[name].token; tries += 1) {
        await this[name].signIn(name, password).catch((cause) => this.#notYet(cause, tries, whenCut))
      }
    }
  }

  async #notYet(cause, tries, whenCut) {
    if (tries > mostTries) throw cause
    if (cause instanceof Cut) await whenCut(cause)
    else if (later.has(cause.status)) this.refusals[cause.status] = (this.refusals[cause.status] ?? 0) + 1
    else throw cause
  }

  /** Does them one by one; `whenCut` brings the server back, or says that it is gone for good. */
  async live(list, whenCut) {
    for (const deed of list) {
      for (let tries = 0; !(await this.#once(deed, whenCut)); tries += 1) {
        if (tries > mostTries) throw new Error(`${deed.what} is still refused: ${JSON.stringify(this.refusals)}`)
        await rest(10)
      }
    }
  }

  async #once(deed, whenCut) {
    try {
      const answer = await this.#send(deed)
      if (answer.status < 300) {
        this.#heard(deed, answer)
        return true
      }
      if (!later.has(answer.status)) throw new Error(`${deed.what} is answered ${answer.status}: ${answer.text}`)
      this.refusals[answer.status] = (this.refusals[answer.status] ?? 0) + 1
    } catch (cause) {
      if (!(cause instanceof Cut)) throw cause
      await whenCut(cause)
    }
    return false
  }

  #send({ what, taken, phone, items, made }) {
    if (what === 'picture')
      return this.cadre.call('PUT', `/evidence/${taken.sha256}`, taken.bytes, { 'Content-Type': taken.mediaType })
    if (what === 'visit') return this.cadre.call('POST', '/field/push', phone.parcel(items))
    return this.centre.call('POST', '/ledger/entries', made.text)
  }

  #heard({ what, taken, phone, items, made }, answer) {
    if (what === 'picture') this.history.pictures.add(taken.sha256)
    else if (what === 'visit') this.history.answered(phone, items, answer.json())
    else this.history.entries.add(made.id)
  }
}
