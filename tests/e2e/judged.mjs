// Every page of the desk before the judges of the phone's: sound to a screen reader, and no wider than its window.
import assert from 'node:assert/strict'
import { axeFindings, tooWide } from '../../pwa/tests/e2e/judge.mjs'
import { deskPages, walkDesk } from './desk-pages.mjs'

const looks = [
  { name: 'zh-light', width: 1440, height: 900 },
  { name: 'en-dark', width: 768, height: 1024, language: 'en', dark: true },
]

export const judgedStories = {
  async every_page_of_the_desk_is_sound_in_both_themes_and_languages({ browser, url, pages: opened }) {
    const pages = await deskPages(url)
    const wrong = []
    for (const look of looks) {
      const seen = async (name, page) => {
        for (const words of [...(await axeFindings(page)), ...(await tooWide(page))]) wrong.push(`${look.name} ${name}: ${words}`)
      }
      await walkDesk({ browser, url, look, pages, opened, seen })
    }
    assert.deepEqual(wrong, [], wrong.join('\n'))
  },
}
