import { ref } from 'vue'

export type Theme = 'system' | 'light' | 'dark'
export const themes: readonly Theme[] = ['system', 'light', 'dark']
export const textScales = [1, 1.15, 1.3, 1.5] as const

const themeKey = 'nuanfang.theme'
const scaleKey = 'nuanfang.text'
const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null

export const theme = ref<Theme>('system')
export const textScale = ref(1)

function show(): void {
  const isDark = theme.value === 'dark' || (theme.value === 'system' && dark?.matches)
  const root = document.documentElement
  root.dataset.theme = isDark ? 'dark' : 'light'
  root.classList.toggle('van-theme-dark', Boolean(isDark))
  root.style.setProperty('--text-scale', String(textScale.value))
  // Both say the same once a theme is chosen: the system's own preference no longer decides.
  for (const meta of document.querySelectorAll('meta[name=theme-color]'))
    meta.setAttribute('content', isDark ? '#171412' : '#fbf8f4')
}

export function startLooks(): void {
  const kept = localStorage.getItem(themeKey)
  theme.value = themes.find((name) => name === kept) ?? 'system'
  const scale = Number(localStorage.getItem(scaleKey))
  textScale.value = textScales.find((step) => step === scale) ?? 1
  dark?.addEventListener('change', show)
  show()
}

export function chooseTheme(name: Theme): void {
  theme.value = name
  localStorage.setItem(themeKey, name)
  show()
}

export function chooseTextScale(scale: number): void {
  textScale.value = scale
  localStorage.setItem(scaleKey, String(scale))
  show()
}
