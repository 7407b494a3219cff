import type { VirtualItem } from '@tanstack/vue-virtual'
import { ref, shallowRef } from 'vue'
import type { Camera } from '@/kit/map/camera'
import type { Kind, Order, Show } from './rows'

/**
 * How Today was last looked at, so that coming back from a household finds it as it was left.
 * In memory alone, and no word of anybody's: a new start begins afresh.
 */
export const todayView = {
  isMap: ref(false),
  show: ref<Show>('todo'),
  kind: ref<Kind | null>(null),
  /** Null until somebody chooses. */
  order: ref<Order | null>(null),
  camera: shallowRef<Camera | null>(null),
  /** How high the rows were, so that a place far down is found again. */
  measured: [] as VirtualItem[],
}
