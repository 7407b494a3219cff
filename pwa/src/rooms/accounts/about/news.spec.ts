import { describe, expect, it } from 'vitest'
import { version } from '@/kit/version'
import en from './news.en.json'
import zh from './news.zh-CN.json'
import { isUnread } from './news'

describe('what is new', () => {
  it('is_told_of_this_version_in_both_languages_line_for_line', () => {
    expect(zh[0]?.version).toBe(version)
    const shape = (news: typeof zh) => news.map((one) => [one.version, one.lines.length])
    expect(shape(en)).toEqual(shape(zh))
  })
  it('is_marked_until_it_was_read_and_never_for_whoever_comes_new', () => {
    expect([isUnread(null, '2'), isUnread('1', '2'), isUnread('2', '2')]).toEqual([false, true, false])
  })
})
