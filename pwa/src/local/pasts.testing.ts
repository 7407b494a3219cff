// What earlier versions of the app have left on phones.
const common = {
  meta: 'key',
  campaigns: 'id',
  teams: 'id',
  households: 'id',
  entitlements: 'id, household_id',
  goods: 'id',
  funds: 'id',
  custody: '++',
  visits: 'id, household_id',
  drafts: 'id, household_id',
  deliveries: 'id, state, sequence',
  pictures: 'sha256, visit_id',
  bytes: 'sha256',
}
/** The stores as they lie on phones, by version; a past one is never changed. */
export const pasts = {
  1: { tables: { ...common, outbox: 'id, &sequence, household_id' }, more: {} },
  2: {
    tables: { ...common, slips: 'id, state', counts: 'id, &slip_id', outbox: 'id, &sequence, household_id, slip_id' },
    more: { slip_id: null },
  },
  // As it lies there before a PIN is set; encrypted afterwards.
  3: {
    tables: {
      ...common,
      slips: 'id, state',
      counts: 'id, &slip_id',
      outbox: 'id, &sequence, household_id, slip_id',
      stranded: '++, table',
    },
    more: { slip_id: null },
  },
  // Has what was asked for and the order to walk in.
  4: {
    tables: {
      ...common,
      slips: 'id, state',
      counts: 'id, &slip_id',
      outbox: 'id, &sequence, household_id, slip_id',
      stranded: '++, table',
      needs: 'id, household_id',
      walks: 'campaign_id',
    },
    more: { slip_id: null },
  },
  // Has whom a supervisor is to ask.
  5: {
    tables: {
      ...common,
      slips: 'id, state',
      counts: 'id, &slip_id',
      outbox: 'id, &sequence, household_id, slip_id, check_id',
      stranded: '++, table',
      needs: 'id, household_id',
      walks: 'campaign_id',
      checks: 'id',
      askings: 'id, &check_id',
    },
    more: { slip_id: null, check_id: null },
  },
} satisfies Record<number, { tables: Record<string, string>; more: object }>
