// Fifty people at work: phones that send pictures and visits, a desk that keeps the books; whatever is not answered they send again
// when the server is back, word for word.
import { cadreName } from './crew.mjs'
import { Cut, Person, lines } from './http.mjs'
import { entry } from './office.mjs'
import { Phone, picture, visit } from './phone.mjs'
import { password } from './world.mjs'

/** What a server may answer while it is unwell; nothing of it was done. */
const later = new Set([500, 503, 507])

export class Writers {
  /** `cadres`: of how many the phones are; where it is not one, each has a round of their own. */
  constructor({ where, season, history, dice, count, cadres = 1 }) {
    Object.assign(this, { where, season, history, count, cadres })
    this.answers = 0
    /** What is answered with a status instead of what was asked for: how often. */
    this.refusals = {}
    this.people = Array.from({ length: count }, (_, n) => {
      const own = dice.fork(n)
      return { dice: own, phone: new Phone(own), isDesk: n === 0, unsent: null, round: n % cadres, turn: 0 }
    })
  }

  async signIn() {
    const agent = lines(this.count * 2)
    const signIn = (name) => new Person(this.where, agent).signIn(name, password)
    this.centre = await signIn('centre')
    this.crew = this.cadres === 1 ? [await signIn('cadre')] : []
    for (let n = this.crew.length; n < this.cadres; n += 1) this.crew.push((await signIn(cadreName(n))).goesOn())
    for (const { phone, round } of this.people) phone.cadre = this.crew[round]
  }

  async mayGoOn() {
    await Promise.all([...this.crew, this.centre].map((person) => person.mayGoOn()))
  }

  /** They work until `isOver`, or until the line breaks, where `stays` does not say that they try on. */
  async work(isOver, { stays = false, pauseMs = 0 } = {}) {
    await Promise.all(this.people.map((person) => this.#work(person, isOver, stays, pauseMs)))
  }

  async #work(person, isOver, stays, pauseMs) {
    while (!isOver()) {
      person.unsent ??= person.isDesk ? this.#book(person) : this.#visit(person)
      try {
        if (await person.unsent.send()) person.unsent = null
        else await rest(pauseMs || 20)
      } catch (cause) {
        if (!(cause instanceof Cut)) throw cause
        if (!stays) return
        await rest(20)
      }
      if (pauseMs) await rest(pauseMs)
    }
  }

  #took(answer, statuses) {
    if (statuses.includes(answer.status)) {
      this.answers += 1
      return true
    }
    if (!later.has(answer.status)) throw new Error(`answered ${answer.status}: ${answer.text}`)
    this.refusal = answer.text
    this.refusals[answer.status] = (this.refusals[answer.status] ?? 0) + 1
    return false
  }

  /** Any home; on a round the next one. */
  #home(person) {
    const { homes } = this.season
    return this.cadres === 1 ? person.dice.one(homes) : homes[(this.cadres * person.turn++ + person.round) % homes.length]
  }

  #visit(person) {
    const { dice, phone } = person
    const taken = picture(dice)
    this.history.picturesTried.add(taken.sha256)
    const items = Array.from({ length: 3 }, () => phone.item('visit', visit(this.season, this.#home(person), [taken])))
    let hasPicture = false
    const send = async () => {
      if (!hasPicture) {
        const answer = await phone.cadre.call('PUT', `/evidence/${taken.sha256}`, taken.bytes, {
          'Content-Type': taken.mediaType,
        })
        if (!this.#took(answer, [200, 201])) return false
        hasPicture = true
        this.history.pictures.add(taken.sha256)
      }
      this.history.tries(items)
      const answer = await phone.cadre.call('POST', '/field/push', phone.parcel(items))
      if (!this.#took(answer, [200])) return false
      this.history.answered(phone, items, answer.json())
      return true
    }
    return { send }
  }

  #book({ dice }) {
    const entries = ['receipt', 'issue', 'return'].map((kind) => entry(this.season, dice, kind))
    for (const { id, kind, fen } of entries) this.history.entriesTried.set(id, { kind, fen })
    const send = async () => {
      while (entries.length > 0) {
        const [first] = entries
        if (!this.#took(await this.centre.call('POST', '/ledger/entries', first.text), [200, 201])) return false
        this.history.entries.add(first.id)
        entries.shift()
      }
      return true
    }
    return { send }
  }

  /** Right after a crash, what was acknowledged last is where a loss would show first. */
  async askAgain() {
    for (const { parcel, items, phone } of this.history.latest.splice(0).slice(-10)) {
      const { results } = (await this.#untilTaken(phone.cadre, parcel)).json()
      const lost = results.find((result) => result.status !== 'duplicate')
      if (lost) throw new Error(`acknowledged, then lost: ${JSON.stringify(lost)}`)
      this.history.answered(phone, items, { results })
    }
    this.history.latest.length = 0
  }

  async #untilTaken(cadre, parcel) {
    for (let tries = 0; ; tries += 1) {
      const answer = await cadre.call('POST', '/field/push', parcel)
      if (answer.status === 200) return answer
      if (answer.status !== 503 || tries > 200) throw new Error(`asked again: ${answer.status} ${answer.text}`)
      await rest(50)
    }
  }

  /** Sends what is left, so that nothing is half said at the end. */
  async finish() {
    for (const person of this.people) {
      for (let tries = 0; person.unsent; tries += 1) {
        if (await person.unsent.send()) person.unsent = null
        else if (tries > 200)
          throw new Error(`still refused after ${tries} tries: ${JSON.stringify(this.refusals)}, at last ${this.refusal}`)
        else await rest(20)
      }
    }
  }
}

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
