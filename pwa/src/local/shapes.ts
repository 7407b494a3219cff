import type {
  AidLine,
  Answers,
  CheckSeen,
  Evidence,
  Found,
  Ink,
  ItemKind,
  Mode,
  Need,
  NeedSaid,
  Outcome,
  Position,
  ProblemBody,
  Recipient,
  SixKnows,
  Standing,
} from '@/api/types'

/** A visit still being written. Its pictures are rows of their own; everything else is here, saved at every change. */
export interface Draft {
  id: string
  campaign_id: string
  /** None of a household on no list, and of a group. */
  household_id: string | null
  mode: Mode
  outcome: Outcome | null
  started_at: string
  position: Position | null
  recipient: Recipient | null
  aid: AidLine[]
  strokes: Stroke[]
  stroke_box: { width: number; height: number } | null
  notes: string
  /** Set before the camera opens, so that an app the system killed comes back to this visit. */
  camera_open: boolean
  updated_at: string
  /** What follows, drafts of earlier versions of the app lack: see `asWhole`. */
  found?: Found | null
  roster?: RosterLine[] | null
  /** Whose signature of the roster the strokes are, until it is kept as a picture. */
  signing?: string | null
  /** By phone or letter nothing is handed over, unless it is said so. */
  far_aid?: boolean
  needs?: NeedSaid[]
  six_knows?: SixKnows
  /** Which missing paper a picture shows: its hash by the paper's code. */
  materials?: Record<string, string>
  amending?: Amending | null
}

/** Somebody on the roster of a group. Their signature is a picture of the visit's, by its hash. */
export interface RosterLine {
  id: string
  name: string
  id_number: string
  amount_fen: number
  signature: string | null
}

/** The visit that is corrected: it keeps its times, and its photos are named again. */
export interface Amending {
  id: string
  reason: string
  ended_at: string
  photos: Evidence[]
  /** What was signed then, and for what; a correction begun without a line lacks it. */
  signed?: { signatures: Evidence[]; fen: Record<string, number>; aid: AidLine[]; ink: Ink | null }
}

/** What a household asked for and still waits for; named by its visit and its line there. */
export interface NeedRow extends Need {
  id: string
}

/** The order somebody means to walk in: one for each campaign, their own, and known to this phone alone. */
export interface Walk {
  campaign_id: string
  household_ids: string[]
  made_at: string
}

/** A count of a slip still being made. One for each slip; saved at every change, like a visit's draft. */
export interface Count {
  /** The item's, once it is sealed. */
  id: string
  slip_id: string
  campaign_id: string
  lines: AidLine[]
  words: string
  strokes: Stroke[]
  stroke_box: { width: number; height: number } | null
  updated_at: string
}

/** A household to be asked, in the server's order. */
export interface CheckRow extends CheckSeen {
  place: number
  /** Answered elsewhere or replaced since somebody began to ask here: kept for what they have written. */
  gone?: true
}

/** The blind form as it is typed. */
export interface Typed {
  how: Answers['how']
  came: 'yes' | 'no' | ''
  who: string
  cameOn: string
  cash: string
  /** By item; empty for none. */
  goods: Record<string, string>
  signedBy: string
  satisfied: Answers['satisfied']
  words: string
}

/** The asking of one household, still being written; saved at every change, like a visit's draft. */
export interface Asking {
  /** The item's, once it is sealed. */
  id: string
  check_id: string
  campaign_id: string
  typed: Typed
  position: Position | null
  /** As a visit's draft has it. */
  camera_open: boolean
  updated_at: string
}

export interface Stroke {
  points: { x: number; y: number; time: number; pressure: number }[]
}

/** What is known of a picture; its bytes lie apart, so that a list never loads them. */
export interface Picture {
  sha256: string
  /** The item that names it: a visit, an acknowledgement or a check. An older tab may still write here, so the name stays. */
  visit_id: string
  evidence: Evidence
  taken_ms: number
  arrived_at: string | null
  attempts: number
  next_attempt_ms: number
  problem: ProblemBody | null
  /** Why the server could not take it yet; it is tried again without anybody's doing. */
  put_off?: ProblemBody | null
}

export interface PictureBytes {
  /** Of the plain picture, whatever lies here. */
  sha256: string
  bytes: ArrayBuffer
  /** Not encrypted under the PIN: the picture of a finished visit goes also when nobody opens the app. */
  open?: boolean
  /** The bytes are an envelope to the server's key: nobody here can look at them, and they travel as they are. */
  sealed?: true
}

/** What is remembered of an item nobody here can read any more: as much as the pages show, and no more. */
export interface Known {
  outcome: Outcome
  ended_at: string
  aid: AidLine[]
  amends: string | null
  /** Items of earlier versions lack these. */
  mode?: Mode
  started_at?: string
}

/** An item of the chain as it was sealed; never changed afterwards. `label` and `known` are encrypted by the store where it has a key. */
export interface OutboxItem {
  id: string
  sequence: number
  previous: string
  kind: ItemKind
  made_at: string
  time_token: string | null
  /** What travels in the clear, where the campaign has no key to seal to; null in a sealed item. */
  body_text: string | null
  /** What travels instead: the envelope, in base64. Items of earlier versions lack it. */
  sealed?: string | null
  /** SHA-256 of what travels, letter for letter. */
  body_sha256: string
  campaign_id: string
  household_id: string | null
  slip_id: string | null
  /** Items of earlier versions lack it, for none was a check. */
  check_id?: string | null
  label: string
  /** Of a sealed visit; of one in the clear the body tells. */
  known?: Known | null
  /** The pictures whose envelopes were written with this item, and what those hash to. */
  envelopes?: { sha256: string; envelope_sha256: string }[]
}

export type DeliveryState = 'waiting' | 'received' | 'needs_me'

/** How far an item has come; the only part of the outbox that changes. */
export interface Delivery {
  id: string
  sequence: number
  state: DeliveryState
  attempts: number
  next_attempt_ms: number
  receipt: string | null
  received_at: string | null
  standing: Standing | null
  problem: ProblemBody | null
  /** Why the server could not take it yet; it is tried again without anybody's doing. */
  put_off?: ProblemBody | null
}
