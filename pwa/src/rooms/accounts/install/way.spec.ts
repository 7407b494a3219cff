import { describe, expect, it } from 'vitest'
import { appAround, wayToInstall } from './way'

const android =
  'Mozilla/5.0 (Linux; Android 11; V2025A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36'
const huawei =
  'Mozilla/5.0 (Linux; Android 10; HarmonyOS; NOH-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 HuaweiBrowser/15.0 Mobile Safari/537.36'
const wechat = `${android.replace('V2025A', 'V2025A; wv')} MicroMessenger/8.0.50 WeChat/arm64`
const wecom = `${android} wxwork/4.1.22 MicroMessenger/7.0.1`
const dingtalk = `${android} AliApp(DingTalk/7.5.10)`
const qq = `${android} V1_AND_SQ_9.0.0 QQ/9.0.0`
const qqBrowser = `${android} MQQBrowser/14.5`
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1'
const iphoneChrome = iphone.replace('Version/17.4', 'CriOS/123.0')
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15'
const where = (agent: string, more = {}) =>
  wayToInstall({ agent, touchPoints: 5, isStandalone: false, canPrompt: false, ...more })

describe('the way to the home screen', () => {
  it('is_one_button_where_the_browser_offers_it_and_its_menu_where_not', () => {
    expect([where(android, { canPrompt: true }), where(android), where(huawei), where(qqBrowser)]).toEqual([
      'prompt',
      'android',
      'android',
      'android',
    ])
  })
  it('inside_a_chat_app_is_to_leave_it_first', () => {
    for (const agent of [wechat, wecom, dingtalk, qq, `${iphone} MicroMessenger/8.0.49`])
      expect(where(agent, { canPrompt: true }), agent).toBe('in_app')
    expect([wechat, wecom, dingtalk, qq, android, qqBrowser, iphone].map(appAround)).toEqual([
      'wechat',
      'wecom',
      'dingtalk',
      'qq',
      null,
      null,
      null,
    ])
  })
  it('on_an_iphone_or_ipad_is_by_sharing_and_elsewhere_than_safari_says_so', () => {
    expect([where(iphone), where(iphoneChrome), where(mac)]).toEqual(['ios_safari', 'ios_other', 'ios_safari'])
    expect(where(mac, { touchPoints: 0 })).toBe('desktop')
  })
  it('is_none_once_it_is_there', () => {
    expect([where(android, { isStandalone: true }), where(wechat, { isStandalone: true })]).toEqual(['installed', 'installed'])
  })
})
