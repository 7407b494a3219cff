// What an iPhone shows while the installed app opens: it takes a picture of exactly its own size, or none. Drawn by icons.mjs.

/** Width and height in points and pixels to the point, upright: every size an iPhone has had since the SE of 2016. */
const phones = [
  [320, 568, 2],
  [375, 667, 2],
  [414, 736, 3],
  [375, 812, 3],
  [414, 896, 2],
  [414, 896, 3],
  [390, 844, 3],
  [393, 852, 3],
  [402, 874, 3],
  [420, 912, 3],
  [428, 926, 3],
  [430, 932, 3],
  [440, 956, 3],
]
/** The page's own paper, so that nothing flashes when the app follows. */
const papers = { light: '#fbf8f4', dark: '#171412' }

export const splashes = phones.flatMap(([width, height, dots]) =>
  Object.entries(papers).map(([look, paper]) => ({
    file: `splash/${width}x${height}@${dots}-${look}.png`,
    width,
    height,
    dots,
    paper,
    media:
      `(device-width: ${width}px) and (device-height: ${height}px) and (-webkit-device-pixel-ratio: ${dots})` +
      ` and (orientation: portrait) and (prefers-color-scheme: ${look})`,
  })),
)

/** For the page's head; only the picture whose words hold is ever fetched. */
export const splashLinks = splashes.map(({ file, media }) => ({
  tag: 'link',
  attrs: { rel: 'apple-touch-startup-image', href: `/${file}`, media },
  injectTo: 'head',
}))
