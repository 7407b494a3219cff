import type { BaseMap, CheckGoods, CheckSeen, Me, Need, Pull } from '@/api/types'
import type { ReceiptKey } from './receipt'
import { type Store, readMeta, writeMeta } from './store'

export interface Contact {
  cursor: string | null
  pulled_at: string | null
  time_token: string | null
  /** All the server ever gave: a receipt given before it changed its key comes back as it was. */
  receipt_keys: ReceiptKey[]
}

/** Takes what the server gave: a whole pull replaces the pack, a delta changes it; the small lists always come whole. */
export async function applyPull(store: Store, pull: Pull, now: string): Promise<void> {
  const { campaigns, teams, households, entitlements, goods, funds, custody, slips, visits, needs, meta, drafts, counts } = store
  const { checks, askings } = store
  await store.transaction(
    'rw',
    [
      campaigns,
      teams,
      households,
      entitlements,
      goods,
      funds,
      custody,
      slips,
      visits,
      needs,
      meta,
      drafts,
      counts,
      checks,
      askings,
    ],
    async () => {
      // A household taken away while its visit is open stays until that visit is finished.
      const visited = (await drafts.toArray()).flatMap((draft) => draft.household_id ?? [])
      const kept = (await households.bulkGet(visited)).flatMap((household) => household ?? [])
      if (pull.whole) await Promise.all([households.clear(), entitlements.clear(), visits.clear(), needs.clear()])
      await Promise.all([campaigns.clear(), teams.clear(), goods.clear(), funds.clear(), custody.clear(), slips.clear()])
      await households.bulkPut(pull.households)
      await households.bulkDelete(pull.removed)
      const still = new Set((await households.bulkGet(visited)).map((household) => household?.id))
      await households.bulkPut(kept.filter((household) => !still.has(household.id)))
      await entitlements.bulkPut(pull.entitlements)
      await entitlements.where('household_id').anyOf(pull.removed).delete()
      await visits.bulkPut(pull.visits)
      // Of a changed household all its open needs come: what is not among them has been answered.
      await needs
        .where('household_id')
        .anyOf([...pull.households.map(({ id }) => id), ...pull.removed])
        .delete()
      await needs.bulkPut((pull.needs ?? []).map(needRow))
      await campaigns.bulkPut(pull.campaigns)
      await teams.bulkPut(pull.teams)
      await goods.bulkPut(pull.goods)
      await funds.bulkPut(pull.funds)
      await custody.bulkPut(pull.custody)
      await slips.bulkPut(pull.slips)
      // Signed by another or taken back: there is nothing left to count.
      const over = pull.slips.filter((slip) => slip.state !== 'waiting').map((slip) => slip.id)
      await counts.where('slip_id').anyOf(over).delete()
      await applyChecks(store, pull.checks)
      await writeMeta(store, 'check_goods', pull.check_goods ?? [])
      await writeMeta(store, 'cursor', pull.cursor)
      await writeMeta(store, 'pulled_at', now)
      await writeMeta(store, 'time_token', pull.time_token)
      await writeMeta(store, 'base_map', pull.base_map ?? null)
      await keepReceiptKey(store, pull.receipt_key)
    },
  )
}

/** All of them, or nothing where none has changed. What is being written about stays, and says that it is over. */
async function applyChecks({ checks, askings }: Store, given: CheckSeen[] | null | undefined): Promise<void> {
  if (!given) return
  const begun = (await askings.toArray()).map((asking) => asking.check_id)
  const rows = given.map((check, place) => ({ ...check, place }))
  const still = new Set(rows.map(({ id }) => id))
  const over = (await checks.bulkGet(begun)).flatMap((check) =>
    check && !still.has(check.id) ? [{ ...check, gone: true as const }] : [],
  )
  await checks.clear()
  await checks.bulkPut([...rows, ...over])
}

/** What a campaign promises to anybody, to pick from when a household is asked. */
export const readCheckGoods = async (store: Store): Promise<CheckGoods[]> =>
  (await readMeta<CheckGoods[]>(store, 'check_goods')) ?? []

const needRow = (need: Need) => ({ ...need, id: `${need.visit_id}/${need.line}` })

export const readBaseMap = (store: Store): Promise<BaseMap | null> => readMeta<BaseMap>(store, 'base_map')

export async function readContact(store: Store): Promise<Contact> {
  return {
    cursor: await readMeta(store, 'cursor'),
    pulled_at: await readMeta(store, 'pulled_at'),
    time_token: await readMeta(store, 'time_token'),
    receipt_keys: await receiptKeys(store),
  }
}

async function receiptKeys(store: Store): Promise<ReceiptKey[]> {
  const keys = (await readMeta<ReceiptKey[]>(store, 'receipt_keys')) ?? []
  // Earlier versions kept the last one only.
  const last = await readMeta<ReceiptKey>(store, 'receipt_key')
  return last && !keys.some((key) => key.kid === last.kid) ? [...keys, last] : keys
}

export async function keepReceiptKey(store: Store, key: ReceiptKey): Promise<void> {
  const others = (await receiptKeys(store)).filter((one) => one.kid !== key.kid)
  await writeMeta(store, 'receipt_keys', [...others, key])
}

/** A new team or office makes the old pack the wrong one; the next pull then starts from nothing. */
export async function checkPack(store: Store, user: Me): Promise<void> {
  const reach = JSON.stringify([user.org.id, user.teams.map((team) => team.id).sort(), [...user.roles].sort()])
  const before = await readMeta<string>(store, 'reach')
  if (before !== null && before !== reach) await store.meta.delete('cursor')
  await writeMeta(store, 'reach', reach)
}

/** What the office gave leaves the phone at sign-out; drafts, outbox and pictures stay, for the server may lack them. */
export async function clearPack(store: Store): Promise<void> {
  const { campaigns, teams, households, entitlements, goods, funds, custody, slips, visits, needs, checks, meta } = store
  const pack = [campaigns, teams, households, entitlements, goods, funds, custody, slips, visits, needs, checks]
  await store.transaction('rw', [...pack, meta], async () => {
    await Promise.all(pack.map((table) => table.clear()))
    await meta.bulkDelete(['cursor', 'pulled_at', 'base_map', 'check_goods'])
  })
}
