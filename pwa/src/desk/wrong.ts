import { Offline, Problem } from '@/api/problem'

type Say = (key: string, named?: Record<string, unknown>) => string

/** What went wrong, and the next step, in words for the person at the desk. */
export function wrongWords(cause: unknown, t: Say): string {
  if (cause instanceof Offline) return t('desk.shell.wrong.offline')
  if (!(cause instanceof Problem)) return t('desk.shell.wrong.page')
  const { title, detail, request_id, errors } = cause.body
  const said = detail && title && detail !== title ? `${title}。${detail}`.replace('。。', '。') : detail || title
  const words = /[一-鿿]/.test(said) ? said : said.replace('。', '. ').replace('.. ', '. ')
  const fields = (errors ?? []).map((error) => fieldWords(error.pointer, error.detail))
  const id = cause.status >= 500 && request_id ? t('desk.shell.wrong.requestId', { id: request_id }) : ''
  const after = cause.retryAfterS ? t('desk.shell.wrong.retryAfter', { seconds: cause.retryAfterS }) : ''
  return [words, ...fields, after, id].filter(Boolean).join(' ')
}

function fieldWords(pointer: string, detail = ''): string {
  const name = pointer.replace(/^\//, '')
  return name ? `${name}: ${detail};` : detail
}

/** The server's word for one field of a form, by its JSON pointer. */
export function fieldWrong(cause: unknown, pointer: string): string {
  if (!(cause instanceof Problem)) return ''
  return cause.body.errors?.find((error) => error.pointer === pointer)?.detail ?? ''
}
