import { useI18n } from '@/kit/i18n'

/** The words for a code; one this version has no words for is shown as it came rather than hidden. */
export function useSay() {
  const { t, te, locale } = useI18n()
  const say = (group: string, code: string | null | undefined): string => {
    if (!code) return t('desk.shell.none')
    return te(`${group}.${code}`) ? t(`${group}.${code}`) : code
  }
  return { t, say, locale }
}
