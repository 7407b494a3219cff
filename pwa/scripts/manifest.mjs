// What the browser is told of the app before and after it is installed.
const picture = (src, sizes, more = {}) => ({ src, sizes, type: 'image/png', ...more })
const shortcut = (name, url, icon) => ({ name, short_name: name, url, icons: [picture(`${icon}.png`, '96x96')] })
const screen = (name, label) => ({
  src: `screens/${name}.jpg`,
  sizes: '720x1280',
  type: 'image/jpeg',
  form_factor: 'narrow',
  label,
})

export const manifest = {
  id: '/',
  name: '暖访 · 送温暖走访',
  short_name: '暖访',
  description: '工会送温暖走访:没有网络也能记,有网络就送到。',
  lang: 'zh-CN',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  categories: ['productivity', 'government'],
  background_color: '#fbf8f4',
  theme_color: '#fbf8f4',
  prefer_related_applications: false,
  launch_handler: { client_mode: 'navigate-existing' },
  icons: [
    picture('icon-192.png', '192x192'),
    picture('icon-512.png', '512x512'),
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
    picture('icon-maskable-192.png', '192x192', { purpose: 'maskable' }),
    picture('icon-maskable-512.png', '512x512', { purpose: 'maskable' }),
    picture('icon-mono-512.png', '512x512', { purpose: 'monochrome' }),
  ],
  shortcuts: [
    shortcut('今日名单', '/', 'shortcut-today'),
    shortcut('发送', '/outbox', 'shortcut-outbox'),
    shortcut('我的', '/me', 'shortcut-me'),
  ],
  share_target: {
    action: '/shared',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: 'pictures', accept: ['image/*'] }] },
  },
  screenshots: [
    screen('today', '今天要走访的家庭'),
    screen('household', '一户的情况和要带的款物'),
    screen('visit', '在门口记一次走访'),
    screen('outbox', '每一件到了没有'),
  ],
}
