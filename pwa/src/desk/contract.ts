import type { components } from '@/api/schema'
import type { Whole } from '@/api/whole'
import type { Org, Person, TeamFile } from '@/rooms/accounts/desk/people'
import type { DeskFund, Frozen, Item, Standard } from '@/rooms/campaigns/desk/campaign'
import type { Readiness } from '@/rooms/campaigns/desk/readiness'
import type { DeskEntitlement } from '@/rooms/campaigns/desk/entitlement'
import type { Changes, Happening } from '@/rooms/boards/desk/changes'
import type { Progress } from '@/rooms/boards/desk/progress'
import type { FileChange, HouseholdFile, HouseholdRow, Matches } from '@/rooms/households/desk/household'
import type { Verdict } from '@/rooms/households/desk/roster'
import type { SavedView } from '@/rooms/households/desk/views'
import type { DeskFinding, ManySettled } from '@/rooms/findings/desk/finding'
import type { Flow } from '@/rooms/ledger/desk/flow'
import type { Account, Balances, Entry, Sum } from '@/rooms/ledger/desk/ledger'
import type { Slip } from '@/rooms/ledger/desk/slip'
import type { DeskNeed } from '@/rooms/needs/desk/need'
import type { VisitFile, VisitRow } from '@/rooms/visits/desk/visit'
import type { DeskCampaign, DeskTeam } from './useDesk'

type Server = components['schemas']
type Fits<Ours, Theirs extends keyof Server> = Whole<Server[Theirs]> extends Ours ? true : { theirs: Theirs; doesNotFit: Ours }

/** The desk's shapes against the server's own document: when one moves, this file no longer compiles. */
export const agrees: [
  Fits<DeskCampaign, 'CampaignView'>,
  Fits<Standard, 'Standard'>,
  Fits<Item, 'Item'>,
  Fits<DeskFund, 'Fund'>,
  Fits<DeskEntitlement, 'Entitlement'>,
  Fits<Frozen, 'Frozen'>,
  Fits<HouseholdFile, 'HouseholdBody'>,
  Fits<FileChange, 'FileChange'>,
  Fits<Verdict, 'ImportReply'>,
  Fits<Sum, 'SumView'>,
  Fits<Account, 'AccountView'>,
  Fits<Balances, 'BalancesView'>,
  Fits<Entry, 'EntryView'>,
  Fits<Flow, 'FlowView'>,
  Fits<Slip, 'SlipView'>,
  Fits<DeskFinding, 'FindingView'>,
  Fits<ManySettled, 'SettledMany'>,
  Fits<Person, 'PersonView'>,
  Fits<Org, 'OrgView'>,
  Fits<TeamFile, 'TeamView'>,
  Fits<DeskTeam, 'TeamView'>,
  Fits<Progress, 'Progress'>,
  Fits<Changes, 'Changes'>,
  Fits<Happening, 'Happening'>,
  Fits<DeskNeed, 'NeedView'>,
  Fits<HouseholdRow, 'HouseholdRow'>,
  Fits<Matches, 'Matches'>,
  Fits<Readiness, 'Readiness'>,
  Fits<SavedView, 'SavedView'>,
  Fits<VisitRow, 'VisitRow'>,
  Fits<Omit<VisitFile, 'findings' | 'signature_ink' | 'recipient'>, 'VisitView'>,
] = [
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
]
