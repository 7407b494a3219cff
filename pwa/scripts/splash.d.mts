import type { HtmlTagDescriptor } from 'vite'

export const splashes: { file: string; width: number; height: number; dots: number; paper: string; media: string }[]
export const splashLinks: HtmlTagDescriptor[]
