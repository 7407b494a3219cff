import { type Ref, computed, ref, shallowRef, watch } from 'vue'
import { useSay } from '@/desk/say'
import type { ProblemBody } from '@/api/types'
import { useSession } from '@/rooms/accounts/useSession'
import type { DeskFinding, ManySettled } from './finding'
import { allWith, codeOf, mayPick, toggled } from './picking'
import { settlingOf } from './settling'
import { useKeys } from './useKeys'

/** Working through a page of findings: where one is, what is open, what is picked, and the keys for all of it. */
export function useQueue(items: Ref<readonly DeskFinding[]>, again: () => Promise<void>) {
  const { t } = useSay()
  const { user } = useSession()
  const at = ref(-1)
  const opened = shallowRef<ReadonlySet<string>>(new Set())
  const picked = shallowRef<ReadonlySet<string>>(new Set())
  /** The finding that is being written about, or "many". */
  const writing = ref('')
  const refused = shallowRef<{ finding: DeskFinding; problem: ProblemBody }[]>([])
  const rows = new Map<string, { focus: () => void }>()

  const code = computed(() => codeOf(items.value, picked.value))
  const pickedItems = computed(() => items.value.filter((one) => picked.value.has(one.id)))
  const alike = computed(() => allWith(items.value, code.value ?? '', user))
  const canPick = computed(() => items.value.some((one) => mayPick(user, one)))

  /** Why a finding cannot be picked now; empty when it can. */
  function barred(finding: DeskFinding): string {
    if (settlingOf(user, finding).barred === 'own') return t('desk.findings.ownVisit')
    if (!mayPick(user, finding)) return t('desk.findings.notToPick')
    return code.value && code.value !== finding.code ? t('desk.findings.otherCause') : ''
  }
  function pick(finding: DeskFinding): void {
    if (picked.value.has(finding.id) || barred(finding) === '') picked.value = toggled(items.value, picked.value, finding)
  }
  function clear(): void {
    picked.value = new Set()
    writing.value = ''
  }
  function open(finding: DeskFinding, isOpen = true): void {
    const next = new Set(opened.value)
    if (isOpen) next.add(finding.id)
    else next.delete(finding.id)
    opened.value = next
  }
  async function settled(answer: ManySettled): Promise<void> {
    const known = new Map(items.value.map((one) => [one.id, one]))
    refused.value = answer.refused.flatMap(({ id, problem }) => {
      const finding = known.get(id)
      return finding ? [{ finding, problem }] : []
    })
    clear()
    await again()
  }

  function move(by: number): void {
    if (items.value.length === 0) return
    at.value = Math.min(items.value.length - 1, Math.max(0, at.value + by))
    rows.get(items.value[at.value]?.id ?? '')?.focus()
  }
  const onCurrent = (act: (finding: DeskFinding) => void) => () => {
    const finding = items.value[at.value]
    if (finding) act(finding)
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    x: onCurrent(pick),
    e: onCurrent((finding) => {
      if (picked.value.size > 0) writing.value = 'many'
      else if (settlingOf(user, finding).barred !== 'role') {
        open(finding)
        writing.value = finding.id
      }
    }),
  })

  watch(items, (now) => {
    const there = new Set(now.map((one) => one.id))
    picked.value = new Set([...picked.value].filter((id) => there.has(id)))
    opened.value = new Set([...opened.value].filter((id) => there.has(id)))
    at.value = Math.min(at.value, now.length - 1)
  })
  const keep = (id: string, row: unknown) => {
    if (row) rows.set(id, row as { focus: () => void })
    else rows.delete(id)
  }
  const pickAlike = () => {
    picked.value = new Set(alike.value.map((one) => one.id))
  }
  return {
    at,
    opened,
    picked,
    pickedItems,
    alike,
    canPick,
    writing,
    refused,
    barred,
    pick,
    pickAlike,
    clear,
    open,
    settled,
    keep,
  }
}
