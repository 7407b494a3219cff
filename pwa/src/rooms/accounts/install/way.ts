/** What tells how this browser puts an app on the home screen. */
export interface Where {
  agent: string
  touchPoints: number
  isStandalone: boolean
  /** The browser has offered to install. */
  canPrompt: boolean
}

export type Way = 'installed' | 'prompt' | 'in_app' | 'ios_safari' | 'ios_other' | 'android' | 'desktop'

/** Apps that show pages in a window of their own, which keeps nothing reliably and installs nothing. */
const around = [
  ['wecom', /wxwork/i],
  ['wechat', /MicroMessenger/i],
  ['dingtalk', /DingTalk/i],
  ['alipay', /AlipayClient/i],
  ['feishu', /\b(Lark|Feishu)\//i],
  ['qq', /\sQQ\//],
  ['weibo', /\bWeibo/i],
  ['other', /baiduboxapp|NewsArticle|aweme|Quark\/[\d.]+ .*wv\)|XueXi|FBAN|FBAV|Instagram|; wv\)/i],
] as const

export type Around = (typeof around)[number][0]

export function appAround(agent: string): Around | null {
  return around.find(([, mark]) => mark.test(agent))?.[0] ?? null
}

/** An iPad calls itself a Mac, but is touched. */
function isApple(agent: string, touchPoints: number): boolean {
  return /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)
}

export function wayToInstall({ agent, touchPoints, isStandalone, canPrompt }: Where): Way {
  if (isStandalone) return 'installed'
  if (appAround(agent)) return 'in_app'
  if (canPrompt) return 'prompt'
  if (isApple(agent, touchPoints))
    return /CriOS|FxiOS|EdgiOS|OPiOS|UCBrowser|MQQBrowser|Quark/.test(agent) ? 'ios_other' : 'ios_safari'
  return /Android|HarmonyOS|OpenHarmony/i.test(agent) ? 'android' : 'desktop'
}
