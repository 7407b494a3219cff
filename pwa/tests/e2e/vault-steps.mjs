// What the stories of the lock have in common.
import { sha256 } from './fake-evidence.mjs'
import { fillReached, answers, finishVisit, openHousehold } from './steps.mjs'

/** A visit with words in it that is not finished, all of it on the disk. */
export async function openVisit(page, name, notes) {
  await openHousehold(page, name)
  await answers(page).button('开始走访', 'Start the visit').click()
  await page.getByLabel(/想说明|Anything to explain/).fill(notes)
  await page
    .getByRole('banner')
    .getByText(/已存在本机|On this phone/)
    .waitFor()
}

/** A finished visit with photo and signature that the server does not take yet. */
export async function lockedOutbox(page, fake, name = '王秀英') {
  Object.assign(fake.state.faults, { pushStatus: 503, evidenceStatus: 503 })
  await openHousehold(page, name)
  await fillReached(page)
  await finishVisit(page)
}

/** A phone as the version before left it: everything in the clear, a visit being written, and one finished that has not gone. */
export async function oldStore(page, url, { user, households, campaigns }, notes) {
  const [first, second] = households
  const [{ id: campaign_id }] = campaigns
  const at = new Date().toISOString()
  const said = { campaign_id, mode: 'home', position: null, recipient: null, aid: [], notes }
  const draft = {
    ...said,
    id: crypto.randomUUID(),
    household_id: first.id,
    outcome: null,
    started_at: at,
    strokes: [],
    stroke_box: null,
    camera_open: false,
    updated_at: at,
  }
  const body = {
    ...said,
    household_id: second.id,
    outcome: 'no_answer',
    started_at: at,
    ended_at: at,
    group: null,
    evidence: [],
    signature_ink: null,
    six_knows: null,
    needs: [],
    amends: null,
  }
  const body_text = JSON.stringify(body)
  const id = crypto.randomUUID()
  const item = {
    id,
    sequence: 1,
    previous: '',
    kind: 'visit',
    made_at: at,
    time_token: null,
    body_text,
    body_sha256: sha256(body_text),
    campaign_id,
    household_id: second.id,
    slip_id: null,
    label: second.head_name,
  }
  const rest = { attempts: 0, next_attempt_ms: 0, receipt: null, received_at: null, standing: null, problem: null }
  const rows = {
    meta: [{ key: 'device', value: crypto.randomUUID() }],
    campaigns,
    households,
    drafts: [draft],
    outbox: [item],
    deliveries: [{ id, sequence: 1, state: 'waiting', ...rest }],
  }
  await plainStore(page, url, user, rows)
}

/** Rows in the clear, as the version before would have kept them, laid down before the app is opened. */
export async function plainStore(page, url, user, rows) {
  await page.goto(`${url}/icon.svg`)
  await page.evaluate(
    ([name, tables, filled]) =>
      new Promise((resolve, reject) => {
        // Dexie multiplies its versions by ten.
        const request = indexedDB.open(name, 20)
        request.addEventListener('error', () => reject(request.error))
        request.addEventListener('upgradeneeded', () => {
          for (const [table, schema] of Object.entries(tables)) {
            const [key, ...indexes] = schema.split(', ')
            const made = request.result.createObjectStore(table, key === '++' ? { autoIncrement: true } : { keyPath: key })
            for (const index of indexes)
              made.createIndex(index.replace('&', ''), index.replace('&', ''), { unique: index.startsWith('&') })
            for (const row of filled[table] ?? []) made.put(row)
          }
        })
        request.addEventListener('success', () => resolve(request.result.close()))
      }),
    [`nuanfang-${user.id}`, tablesBefore, rows],
  )
}

const tablesBefore = {
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
  slips: 'id, state',
  counts: 'id, &slip_id',
  outbox: 'id, &sequence, household_id, slip_id',
}
